import CSpanDSP
import Telephony

/// G.711 companding, and the map from either law to the other (ITU-T G.711 tables 3 and 4).
enum G711 {
    /// The µ-law octet that stands for each A-law octet.
    static let ulawOfAlaw = (0...255).map { alaw_to_ulaw(UInt8($0)) }
    /// The A-law octet that stands for each µ-law octet.
    static let alawOfUlaw = (0...255).map { ulaw_to_alaw(UInt8($0)) }

    static func encodeAlaw(_ sample: Int16) -> UInt8 { linear_to_alaw(Int32(sample)) }
    static func encodeUlaw(_ sample: Int16) -> UInt8 { linear_to_ulaw(Int32(sample)) }
    static func decodeAlaw(_ octet: UInt8) -> Int16 { alaw_to_linear(octet) }
    static func decodeUlaw(_ octet: UInt8) -> Int16 { ulaw_to_linear(octet) }
}

/// Voice is 8 kHz linear between codecs: G.722's narrow-band mode reads and writes it directly (spandsp's
/// `G722_SAMPLE_RATE_8000`: the upper sub-band stays empty), so no codec of ours needs a resampler.
enum Voice {
    /// Samples, and octets in every codec of ours, of the 20 ms that we send at a time.
    static let frame = 160
}

/// Linear voice into one codec. Owned by one thread.
final class VoiceEncoder {
    let codec: Codec
    /// Allocated here, freed in `deinit`, used by nobody else.
    private let g722: OpaquePointer?

    init(_ codec: Codec) {
        self.codec = codec
        g722 = codec == .g722 ? g722_encode_init(nil, 64_000, Int32(G722_SAMPLE_RATE_8000)) : nil
    }

    deinit {
        if let g722 { g722_encode_free(g722) }
    }

    /// Encodes `count` samples to as many octets.
    func encode(_ samples: UnsafePointer<Int16>, _ count: Int, into octets: UnsafeMutablePointer<UInt8>) {
        switch codec {
        case .alaw: for index in 0..<count { octets[index] = G711.encodeAlaw(samples[index]) }
        case .ulaw: for index in 0..<count { octets[index] = G711.encodeUlaw(samples[index]) }
        case .g722: if let g722 { g722_encode(g722, octets, samples, Int32(count)) }
        }
    }
}

/// One codec into linear voice. Owned by one thread.
final class VoiceDecoder {
    let codec: Codec
    /// Allocated here, freed in `deinit`, used by nobody else.
    private let g722: OpaquePointer?

    init(_ codec: Codec) {
        self.codec = codec
        g722 = codec == .g722 ? g722_decode_init(nil, 64_000, Int32(G722_SAMPLE_RATE_8000)) : nil
    }

    deinit {
        if let g722 { g722_decode_free(g722) }
    }

    /// Decodes `count` octets to as many samples.
    func decode(_ octets: UnsafePointer<UInt8>, _ count: Int, into samples: UnsafeMutablePointer<Int16>) {
        switch codec {
        case .alaw: for index in 0..<count { samples[index] = G711.decodeAlaw(octets[index]) }
        case .ulaw: for index in 0..<count { samples[index] = G711.decodeUlaw(octets[index]) }
        case .g722: if let g722 { g722_decode(g722, samples, octets, Int32(count)) }
        }
    }
}

/// 20 ms of nothing in each codec. Owned by one thread.
final class Silence {
    private let octets: UnsafeMutablePointer<UInt8>

    init() {
        octets = .allocate(capacity: Codec.allCases.count * Voice.frame)
        let samples = [Int16](repeating: 0, count: Voice.frame)
        for codec in Codec.allCases { VoiceEncoder(codec).encode(samples, Voice.frame, into: octets + Self.offset(codec)) }
    }

    deinit { octets.deallocate() }

    /// The octets; valid while this object lives.
    func frame(_ codec: Codec) -> UnsafePointer<UInt8> { UnsafePointer(octets + Self.offset(codec)) }

    private static func offset(_ codec: Codec) -> Int {
        switch codec {
        case .alaw: 0
        case .ulaw: Voice.frame
        case .g722: 2 * Voice.frame
        }
    }
}
