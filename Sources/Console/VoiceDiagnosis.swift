import Configuration
import Routing
import Telephony

/// What the voice of a telephone was like that was rung for it.
public struct VoiceMeasurement: Equatable, Sendable {
    /// Packets both ways.
    public var statistics: MediaStatistics
    /// What was said into it: RMS of speech and the highest peak, in dB below full scale; nil: nothing that could be heard.
    public var speech: Double?, peak: Double?

    /// A measurement from its parts.
    public init(_ statistics: MediaStatistics, speech: Double? = nil, peak: Double? = nil) {
        (self.statistics, self.speech, self.peak) = (statistics, speech, peak)
    }

    /// How it is, taken together.
    public enum Verdict: String, Sendable { case good, poor, bad }

    /// Packets lost of a hundred, as we got them; and as the telephone says that it got them: nil where it does not say.
    var loss: Double { Self.share(statistics.lost, of: statistics.received + statistics.lost) }
    var farLoss: Double? { statistics.farEnd.map { Self.share($0.lost, of: statistics.sent) } }

    private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) * 100 / Double(whole) }

    /// What is wrong, in plain words, the worst first.
    var findings: [(verdict: Verdict, text: Wording)] {
        let refused = Catalogue.voiceRefused(statistics.refused)
        guard statistics.received > 0 else { return [(.bad, statistics.refused > 0 ? refused : Catalogue.voiceNothingCame)] }
        var found: [(Verdict, Wording)] = []
        if statistics.sent == 0 { found.append((.bad, Catalogue.voiceNothingSent)) }
        for (loss, isOurs) in [(loss, true), (farLoss ?? 0, false)] where loss >= 1 {
            found.append((loss >= 3 ? .bad : .poor, Catalogue.voiceLoss(Self.percent(loss), fromPhone: isOurs)))
        }
        for (jitter, isOurs) in [(statistics.jitter, true), (statistics.farEnd?.jitter ?? 0, false)] where jitter >= 30 {
            found.append((jitter >= 60 ? .bad : .poor, Catalogue.voiceJitter(Int(jitter.rounded()), fromPhone: isOurs)))
        }
        if let speech {
            if speech < -38 { found.append((.poor, Catalogue.voiceQuiet)) }
            if speech > -10 || peak ?? -100 > -0.5 { found.append((.poor, Catalogue.voiceLoud)) }
        } else {
            found.append((.poor, Catalogue.voiceSilent))
        }
        // A straggler of the call before, or a packet of comfort noise, is nothing.
        if statistics.refused > 10 { found.append((.poor, refused)) }
        return found.sorted { $0.0 == .bad && $1.0 != .bad }
    }

    var verdict: Verdict { findings.contains { $0.verdict == .bad } ? .bad : findings.isEmpty ? .good : .poor }

    /// `1.5`.
    static func percent(_ share: Double) -> String { "\(Int(share)).\(Int(share * 10) % 10)" }
}

extension CommandRunner {
    /// Has a telephone rung, plays a tone and an echo, and tells what its voice was like.
    func diagnoseVoice(_ number: ExtensionNumber) throws(CommandFailure) -> Reply {
        try refuseUnlessIdle(number)
        guard let measured = try environment.measure(number) else {
            return Reply(exitCode: 1, errors: say(Catalogue.voiceNotTaken(number)) + "\n")
        }
        let (statistics, findings) = (measured.statistics, measured.findings)
        var lines = [
            say(
                Catalogue.voiceFrom(
                    number, statistics.received, VoiceMeasurement.percent(measured.loss), Int(statistics.jitter.rounded()))),
            statistics.farEnd.map { far in
                say(
                    Catalogue.voiceTo(
                        number, statistics.sent, VoiceMeasurement.percent(measured.farLoss ?? 0), Int(far.jitter.rounded())))
            } ?? say(Catalogue.voiceNoReports(number, statistics.sent)),
        ]
        if let speech = measured.speech { lines.append(say(Catalogue.voiceLevel(Int(speech.rounded())))) }
        lines += findings.map { "! " + say($0.text) }
        lines.append(say(Catalogue.voiceVerdict(measured.verdict.rawValue)))
        let text = lines.flatMap { $0.wrapped(after: "", indent: 2, width: width) }.map { $0 + "\n" }.joined()
        let reply = print(text: text, json: json(number, measured))
        return Reply(exitCode: measured.verdict == .bad ? 1 : 0, output: reply.output)
    }

    private func json(_ number: ExtensionNumber, _ measured: VoiceMeasurement) -> JSON {
        let statistics = measured.statistics
        func decibels(_ level: Double?) -> JSON { level.map { .integer(Int($0.rounded())) } ?? .null }
        return .object([
            ("extension", .string(number)), ("verdict", .string(measured.verdict.rawValue)),
            ("received", .integer(statistics.received)), ("lost", .integer(statistics.lost)),
            ("jitter", .integer(Int(statistics.jitter.rounded()))), ("refused", .integer(statistics.refused)),
            ("sent", .integer(statistics.sent)), ("farLost", statistics.farEnd.map { .integer($0.lost) } ?? .null),
            ("farJitter", statistics.farEnd.map { .integer(Int($0.jitter.rounded())) } ?? .null),
            ("level", decibels(measured.speech)), ("peak", decibels(measured.peak)),
            ("remarks", .array(measured.findings.map { .string(say($0.text)) })),
        ])
    }
}
