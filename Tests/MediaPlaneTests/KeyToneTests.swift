import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("Keys in the voice are found, and no voice is a key")
struct KeyToneTests {
    private static let rows = [697, 770, 852, 941], columns = [1209, 1336, 1477, 1633]
    private static let pad = "123A456B789C*0#D"

    /// A key as a telephone sends it: two tones, at -9 dBm0 both, and a pause.
    private func tones(_ keys: String, on: Int = 80, off: Int = 60) -> [Int16] {
        keys.flatMap { key -> [Int16] in
            let place = Self.pad.distance(from: Self.pad.startIndex, to: Self.pad.firstIndex(of: key) ?? Self.pad.startIndex)
            let (low, high) = (sine(Self.rows[place / 4], count: on * 8), sine(Self.columns[place % 4], count: on * 8))
            return zip(low, high).map { Int16((Double($0) + Double($1)) * 0.75) } + [Int16](repeating: 0, count: off * 8)
        }
    }

    private func keys(_ samples: [Int16]) -> String {
        let ear = KeyEar()
        defer { ear.deallocate() }
        var found = ""
        for start in stride(from: 0, to: samples.count, by: Voice.frame) {
            let frame = Array(samples[start..<min(samples.count, start + Voice.frame)])
            found += ear.hear(frame, frame.count).digits.map { String($0.rawValue) }.joined()
        }
        return found
    }

    @Test("Every key, of ordinary and of short length, once")
    func everyKey() {
        #expect(keys(tones(Self.pad)) == Self.pad)
        #expect(keys(tones("5551", on: 50, off: 50)) == "5551")
        #expect(keys(tones("9", on: 3000)) == "9")
    }

    @Test("Silence, single tones and fourteen minutes of speech are no key")
    func talkOff() throws {
        #expect(keys([Int16](repeating: 0, count: 8000)) == "")
        for tone in [425, 697, 941, 1209, 1477] { #expect(keys(sine(tone, count: 4000)) == "") }
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sounds/"
        for language in Language.allCases {
            let ear = KeyEar()
            defer { ear.deallocate() }
            for name in (try? Files.names(in: root + language.rawValue)) ?? [] where name.hasSuffix(".wav") {
                let file = try WAVFile("\(root)\(language.rawValue)/\(name)")
                var samples = [Int16](repeating: 0, count: Voice.frame)
                for frame in 0..<file.frames {
                    _ = samples.withUnsafeMutableBufferPointer { file.read(frame: frame, into: $0.baseAddress!) }
                    #expect(ear.hear(samples, Voice.frame) == .none, "\(language) \(name) sounds like a key")
                }
            }
        }
    }

    @Test("On the wire: told where the leg is listened to, whatever it hears, in each codec", arguments: Codec.allCases)
    func onTheWire(codec: Codec) throws {
        let rig = try Rig(), anna = try Phone(), type = codec.payloadType
        let first = try rig.open(1, for: anna) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (codec, type, type)
            (stream.sendEventType, stream.receiveEventType) = (nil, nil)
        }
        func speak(_ keys: String) throws {
            let samples = tones(keys)
            var octets = [UInt8](repeating: 0, count: samples.count / 160 * 160)
            VoiceEncoder(codec).encode(samples, octets.count, into: &octets)
            for start in stride(from: 0, to: octets.count, by: 160) {
                try anna.speak(Array(octets[start..<start + 160]), type: type, to: first)
                usleep(3000)
            }
        }
        try speak("12")
        rig.perform(.listen(MediaLegID(1), true))
        try speak("34")
        rig.perform(.play(MediaLegID(1), .music))
        try speak("5*")
        #expect(rig.wait { $0.count >= 4 })
        rig.perform(.listen(MediaLegID(1), false))
        try speak("6")
        usleep(50_000)
        #expect(rig.facts == [Digit.d3, .d4, .d5, .star].map { .toneDigit(MediaLegID(1), $0) })
    }
}
