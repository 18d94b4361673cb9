import Console
import Glibc
import Host
import Synchronization
import Telephony

/// Commands that wait for the voice of a telephone to be measured.
final class VoiceTests: Sendable {
    /// Ringing, tone, echo, and somebody who is slow.
    private static let patience = Duration.seconds(90)
    /// How long the recording may need to the disk after the end.
    private static let savingTime = Duration.seconds(3)

    private let waiting = Mutex<[String: Question<VoiceMeasurement?>]>([:])
    private let shelf: PromptShelf

    init(_ shelf: PromptShelf) { self.shelf = shelf }

    /// Has the telephone rung and waits until it is hung up. Throws where the exchange does not answer, or somebody waits already.
    func measure(_ number: String, _ inbox: Mailbox<Inbound>) throws(CommandFailure) -> VoiceMeasurement? {
        guard let question = try? Question<VoiceMeasurement?>() else { throw CommandFailure(Catalogue.exchangeSilent) }
        let isFirst = waiting.withLock { waiting in
            defer { if waiting[number] == nil { waiting[number] = question } }
            return waiting[number] == nil
        }
        guard isFirst else { throw CommandFailure(Catalogue.isEngaged(number)) }
        defer { waiting.withLock { $0[number] = nil } }
        guard inbox.offer(.event(.ring(number, for: .voice))), let answer = question.wait(Self.patience) else {
            throw CommandFailure(Catalogue.exchangeSilent)
        }
        return answer
    }

    /// The telephone is hung up. Never waits: what was said is read on a thread of its own.
    func take(_ number: String, _ statistics: MediaStatistics?) {
        guard let question = waiting.withLock({ $0[number] }) else { return }
        guard let statistics else { return question.reply(nil) }
        _ = try? Thread(name: "voice") { [shelf] in
            let end = Instant.now + Self.savingTime
            var voice: [Float]?
            repeat {
                voice = shelf.takeSample(of: number)
                if voice == nil { usleep(50_000) }
            } while voice == nil && .now < end
            question.reply(Self.measured(statistics, voice ?? []))
        }
    }

    /// Speech is what is at most 20 dB below the loudest 20 ms; all of it below -60 dB is silence.
    private static func measured(_ statistics: MediaStatistics, _ voice: [Float]) -> VoiceMeasurement {
        func decibels(_ value: Float) -> Double { 20 * log10(Double(max(value, 1e-6))) }
        let frames = stride(from: 0, to: voice.count - 159, by: 160).map { start in
            (voice[start..<start + 160].reduce(0) { $0 + $1 * $1 } / 160).squareRoot()
        }
        guard let loudest = frames.max(), decibels(loudest) > -60 else { return VoiceMeasurement(statistics) }
        let spoken = frames.filter { $0 > loudest / 10 }
        let speech = (spoken.reduce(0) { $0 + $1 * $1 } / Float(spoken.count)).squareRoot()
        let peak = voice.lazy.map(\.magnitude).max() ?? 0
        return VoiceMeasurement(statistics, speech: decibels(speech), peak: decibels(peak))
    }
}
