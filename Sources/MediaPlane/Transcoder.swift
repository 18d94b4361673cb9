import Glibc
import Telephony

/// One direction of a conversation between two codecs: jitter buffer, decoder, encoder. Owned by the media thread.
final class Transcoder {
    /// Decoded samples that may wait (100 ms); older ones go.
    private static let longestWait = 5 * Voice.frame

    let from: Codec, to: Codec
    let buffer: JitterBuffer
    private let decoder: VoiceDecoder, encoder: VoiceEncoder
    private let waiting: UnsafeMutablePointer<Int16>
    private var count = 0
    private static let capacity = longestWait + PacketQueue.slotSize

    /// Nil where oRTP has no memory.
    init?(from: Codec, to: Codec) {
        guard let buffer = JitterBuffer() else { return nil }
        (self.from, self.to, self.buffer) = (from, to, buffer)
        (decoder, encoder) = (VoiceDecoder(from), VoiceEncoder(to))
        waiting = .allocate(capacity: Self.capacity)
        waiting.initialize(repeating: 0, count: Self.capacity)
    }

    deinit { waiting.deallocate() }

    /// The next 20 ms in the other codec; false where the far end sent too little: then nothing is sent either.
    func frame(into octets: UnsafeMutablePointer<UInt8>) -> Bool {
        buffer.drain { payload, length in
            let length = min(length, PacketQueue.slotSize)
            drop(count - Self.longestWait)
            decoder.decode(payload, length, into: waiting + count)
            count += length
        }
        guard count >= Voice.frame else { return false }
        encoder.encode(waiting, Voice.frame, into: octets)
        drop(Voice.frame)
        return true
    }

    private func drop(_ length: Int) {
        guard length > 0 else { return }
        count -= length
        memmove(waiting, waiting + length, count * MemoryLayout<Int16>.stride)
    }
}
