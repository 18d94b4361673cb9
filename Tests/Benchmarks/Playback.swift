import Glibc
import Telephony

/// A hundred people who hear music, a tone or phrases: silent, and talking into it as telephones do.
enum Playback {
    static let listeners = 100
    static let length = Duration.seconds(5)

    static func run() throws -> [Row] {
        let load = try Load(listeners)
        let desk = try Desk(load)
        for index in 0..<listeners {
            let tones = Tone.allCases
            let sound = index % 2 == 0 ? Sound.music : .tone(tones[index / 2 % tones.count], index % 4 < 2 ? .ru : .us)
            desk.plane.perform([.play(MediaLegID(index), sound)])
        }
        let silent = try desk.measure { try load.run(length, to: load.phones.map { _ in nil }) }
        let talking = try desk.measure { try load.run(length, to: desk.legs) }
        let wideband = try byG722(load)
        let spoken = try bySpeech(load), crowd = try bySpeech(Load(400))
        return [
            Row("playback: \(listeners) listeners", share(silent), atMost: 12, unit: "% of a core", digits: 1),
            Row("playback: \(listeners) listeners who talk", share(talking), atMost: 12, unit: "% of a core", digits: 1),
            Row("playback: \(listeners) listeners by G.722", share(wideband), atMost: 12, unit: "% of a core", digits: 1),
            Row("playback: \(listeners) listeners of phrases", share(spoken), atMost: 12, unit: "% of a core", digits: 1),
            Row("playback: 400 listeners of phrases, by 100", share(crowd), atMost: 12, unit: "% of a core", digits: 1),
        ]
    }

    private static func byG722(_ load: Load) throws -> (cpu: Int64, sent: Int) {
        let desk = try Desk(load, codec: .g722)
        for index in 0..<listeners {
            desk.plane.perform([.play(MediaLegID(index), index % 2 == 0 ? .music : .tone(.ringback, .ru))])
        }
        return try desk.measure { try load.run(length, to: load.phones.map { _ in nil }) }
    }

    /// Everybody hears phrases of his own, one after the other, as long as the measurement lasts.
    private static func bySpeech(_ load: Load) throws -> (cpu: Int64, sent: Int) {
        let sounds = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sounds"
        let desk = try Desk(load, clips: ["ru": sounds + "/ru"])
        let phrases = PromptPhrase.allCases.filter { $0.isSpoken(in: .ru) }
        for index in load.phones.indices {
            let clips = (0..<30).map { phrases[(index * 7 + $0 * 11) % phrases.count].clip(in: .ru) }
            desk.plane.perform([.play(MediaLegID(index), .speech(Speech(index, clips)))])
        }
        return try desk.measure { try load.run(length, to: load.phones.map { _ in nil }) }
    }

    /// CPU for 50 packets a second to each listener.
    private static func share(_ measured: (cpu: Int64, sent: Int)) -> Double {
        Double(measured.cpu) / Double(max(1, measured.sent)) * Double(listeners * 50) / 1e9 * 100
    }
}
