import Telephony

/// The music that everybody on hold hears: one programme at one place, encoded once per codec and 20 ms, whoever listens. It is read
/// ahead by the library; where the disk is late, there is silence. Owned by the media thread.
final class Music {
    /// The programme as its owner sees it.
    private(set) var report = MusicReport()
    /// Asks the library for a portion; false where it cannot be asked now.
    private let ask: (Int) -> Bool
    /// The portion that is heard and the next one, each at its number's parity, and which ones were asked for.
    private var portions: [MusicPortion?] = [nil, nil], asked = [-1, -1]
    private let silence = [Int16](repeating: 0, count: Voice.frame)
    private var encoders: [Codec: VoiceEncoder] = [:]
    private let octets: [UnsafeMutablePointer<UInt8>]
    private var encodedAt: [Int]
    private var tick = -1

    init(_ ask: @escaping (Int) -> Bool) {
        self.ask = ask
        octets = Codec.allCases.map { _ in .allocate(capacity: Voice.frame) }
        encodedAt = Codec.allCases.map { _ in -1 }
    }

    deinit {
        for buffer in octets { buffer.deallocate() }
    }

    /// Somebody will hear it from this tick on.
    func prepare(for tick: Int) {
        let number = tick / Programme.portion
        for wanted in number...number + 1 where asked[wanted & 1] != wanted && ask(wanted) { asked[wanted & 1] = wanted }
    }

    /// A portion has come. One that is not awaited any more is left.
    func take(_ portion: MusicPortion) {
        guard asked[portion.number & 1] == portion.number else { return }
        portions[portion.number & 1] = portion
        report.unreadable += portion.unreadable
    }

    /// The files have been looked through.
    func take(_ found: MusicReport) {
        let unreadable = report.unreadable
        report = found
        report.unreadable = unreadable
    }

    /// The programme's 20 ms at `tick` in a codec; valid until the next tick.
    func frame(_ codec: Codec, at tick: Int) -> UnsafePointer<UInt8> {
        let number = tick / Programme.portion, portion = portions[number & 1]
        let isHere = portion?.number == number
        if self.tick != tick {
            self.tick = tick
            prepare(for: tick)
            if !isHere { report.unreadable += 1 }
        }
        let slot: Int
        switch codec {
        case .alaw: slot = 0
        case .ulaw: slot = 1
        case .g722: slot = 2
        }
        if encodedAt[slot] != tick {
            encodedAt[slot] = tick
            let encoder = encoders[codec] ?? VoiceEncoder(codec)
            encoders[codec] = encoder
            let samples = isHere ? portion?.samples ?? silence : silence
            let place = isHere ? tick % Programme.portion * Voice.frame : 0
            samples.withUnsafeBufferPointer { samples in
                if let start = samples.baseAddress { encoder.encode(start + place, Voice.frame, into: octets[slot]) }
            }
        }
        return UnsafePointer(octets[slot])
    }
}
