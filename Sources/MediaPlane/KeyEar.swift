import CSpanDSP
import Telephony

/// Finds keys in the voice itself (ITU-T Q.24), for a far end that does not send them otherwise. Plain data behind one pointer: the
/// packet path hears with it before a packet goes on. Owned by the media thread.
struct KeyEar {
    /// A weaker tone is no key, in dBm0; telephones send at -4 to -15.
    private static let threshold: Int32 = -33
    /// Keys that can begin within one packet.
    private static let keyLimit = 2

    /// Both are allocated here, freed in `deallocate`, and used by nobody else.
    private let receiver: OpaquePointer?, g722: OpaquePointer?

    init() {
        receiver = dtmf_rx_init(nil, nil, nil)
        dtmf_rx_parms(receiver, 0, -1, -1, Self.threshold)
        g722 = g722_decode_init(nil, 64_000, Int32(G722_SAMPLE_RATE_8000))
    }

    func deallocate() {
        if let receiver { dtmf_rx_free(receiver) }
        if let g722 { g722_decode_free(g722) }
    }

    /// Whether a key's tones sound, or may be about to.
    var hearsTone: Bool { dtmf_rx_status(receiver) != 0 }

    /// The keys that begin in this packet. `samples` has room for one for each octet, and is written over.
    func hear(
        _ octets: UnsafePointer<UInt8>, _ count: Int, _ codec: Codec, by samples: UnsafeMutablePointer<Int16>
    ) -> KeyPresses.Pressed {
        switch codec {
        case .alaw: for index in 0..<count { samples[index] = G711.decodeAlaw(octets[index]) }
        case .ulaw: for index in 0..<count { samples[index] = G711.decodeUlaw(octets[index]) }
        case .g722: if let g722 { g722_decode(g722, samples, octets, Int32(count)) }
        }
        return hear(samples, count)
    }

    /// The keys that begin in these samples.
    func hear(_ samples: UnsafePointer<Int16>, _ count: Int) -> KeyPresses.Pressed {
        dtmf_rx(receiver, samples, Int32(count))
        // One more for the zero at the end.
        var text: (CChar, CChar, CChar) = (0, 0, 0)
        let found = withUnsafeMutablePointer(to: &text) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: Self.keyLimit + 1) {
                dtmf_rx_get(receiver, $0, Int32(Self.keyLimit))
            }
        }
        return .init(first: found > 0 ? Self.event(text.0) : nil, second: found > 1 ? Self.event(text.1) : nil)
    }

    /// The event code of a key's letter (RFC 4733 §3.2).
    private static func event(_ letter: CChar) -> UInt8? {
        switch letter {
        case 48...57: UInt8(letter - 48)
        case 42: 10
        case 35: 11
        case 65...68: UInt8(letter - 65 + 12)
        default: nil
        }
    }
}

/// Tones of a far end that has events and has never used them: they are its keys if no event comes instead.
struct UntoldTones {
    /// How long an event may take that tells of the same key.
    static let patience: Int64 = 1_500_000_000

    var keys: [Digit]
    /// When the first of them was heard.
    var since: Int64
}

extension MediaThread {
    /// Keys in the voice are told, or no longer.
    func listen(_ row: Int, _ isOn: Bool) {
        guard isOn != (legs[row].ear != nil) else { return }
        if isOn {
            let ear = UnsafeMutablePointer<KeyEar>.allocate(capacity: 1)
            ear.initialize(to: KeyEar())
            legs[row].ear = ear
        } else {
            legs[row].ear?.pointee.deallocate()
            legs[row].ear?.deallocate()
            legs[row].ear = nil
        }
    }

    /// A key was heard in the voice.
    func heard(_ digit: Digit, of row: Int, at now: Int64) {
        if !legs[row].hasEvents || legs[row].pressesByTones { return facts.append(.toneDigit(legs[row].id, digit)) }
        guard !legs[row].hasSentEvents else { return }
        untold[row, default: UntoldTones(keys: [], since: now)].keys.append(digit)
    }

    /// Whoever sent tones and no event for long enough presses by tones.
    func tellTones(at now: Int64) {
        for (row, tones) in untold where legs[row].hasSentEvents || now - tones.since >= UntoldTones.patience {
            untold[row] = nil
            guard !legs[row].hasSentEvents else { continue }
            legs[row].pressesByTones = true
            for digit in tones.keys { facts.append(.toneDigit(legs[row].id, digit)) }
        }
    }
}
