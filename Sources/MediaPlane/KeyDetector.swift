import CSpanDSP
import Telephony

/// Finds keys in the voice itself (ITU-T Q.24), for a far end that sends them neither by RFC 4733 nor by INFO. Owned by one thread.
final class KeyDetector {
    /// A weaker tone is no key, in dBm0; telephones send at -4 to -15.
    private static let threshold: Int32 = -33
    /// Keys taken at a time; more do not fit into the voice that is heard between two looks.
    private static let keyLimit = 8

    /// Allocated here, freed in `deinit`, used by nobody else.
    private let receiver: OpaquePointer?

    init() {
        receiver = dtmf_rx_init(nil, nil, nil)
        dtmf_rx_parms(receiver, 0, -1, -1, Self.threshold)
    }

    deinit { dtmf_rx_free(receiver) }

    /// The keys that begin in these samples.
    func hear(_ samples: UnsafePointer<Int16>, _ count: Int) -> [Digit] {
        dtmf_rx(receiver, samples, Int32(count))
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.keyLimit + 1) { text in
            let count = dtmf_rx_get(receiver, text.baseAddress, Int32(Self.keyLimit))
            return text.prefix(count).compactMap { Digit(rawValue: Character(Unicode.Scalar(UInt8(bitPattern: $0)))) }
        }
    }
}
