import Glibc
import Telephony

/// A key as a tone in one codec (ITU-T Q.23), for a far end that knows no events. Owned by the media thread.
final class KeyTone {
    /// In Hz: by row and by column of the keypad.
    private static let rows = [697, 770, 852, 941], columns = [1209, 1336, 1477, 1633]
    /// In dBm0: what telephones send, well above what a receiver needs (ITU-T Q.24); the higher one is the stronger, as lines take more
    /// of it away.
    private static let rowLevel = -11.0, columnLevel = -9.0

    let codec: Codec
    private let encoder: VoiceEncoder
    private let samples = UnsafeMutablePointer<Int16>.allocate(capacity: Voice.frame)

    init(_ codec: Codec) { (self.codec, encoder) = (codec, VoiceEncoder(codec)) }

    deinit { samples.deallocate() }

    /// The 20 ms number `index` of the key; nil: of the rest after it.
    func frame(_ digit: Digit?, _ index: Int, into octets: UnsafeMutablePointer<UInt8>) {
        if let digit {
            let (row, column) = Self.place(of: digit)
            for offset in 0..<Voice.frame {
                let position = index * Voice.frame + offset
                samples[offset] = Int16(
                    (Self.sine(Self.rows[row], Self.rowLevel, position)
                        + Self.sine(Self.columns[column], Self.columnLevel, position))
                        .rounded())
            }
        } else {
            samples.update(repeating: 0, count: Voice.frame)
        }
        encoder.encode(samples, Voice.frame, into: octets)
    }

    private static func place(of digit: Digit) -> (row: Int, column: Int) {
        let event = Int(digit.event)
        return switch digit {
        case .d1, .d2, .d3, .d4, .d5, .d6, .d7, .d8, .d9: ((event - 1) / 3, (event - 1) % 3)
        case .star: (3, 0)
        case .d0: (3, 1)
        case .pound: (3, 2)
        case .a, .b, .c, .d: (event - 12, 3)
        }
    }

    /// 0 dBm0 is 3.14 dB below a full-scale sine (ITU-T G.711).
    private static func sine(_ frequency: Int, _ level: Double, _ position: Int) -> Double {
        32_768 * pow(10, (level - 3.14) / 20) * sin(2 * .pi * Double(frequency * position % 8000) / 8000)
    }
}
