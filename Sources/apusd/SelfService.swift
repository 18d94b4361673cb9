import CallControl
import Console
import Host
import Synchronization
import Telephony

/// Puts in force what employees change by codes: one at a time, each on a thread of its own, since the disk is waited for.
final class SelfServiceDesk: Sendable {
    /// Changes that may wait; further ones are refused.
    private static let limit = 8

    private let backend: ControlBackend
    private let waiting = Mutex(0)
    private let pen = Mutex(())

    init(_ backend: ControlBackend) { self.backend = backend }

    /// Never waits; the exchange is told what came of it.
    func take(_ call: CallID, _ lines: [String], by number: String) {
        let hasPlace = waiting.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
        let thread =
            hasPlace
            ? try? Thread(name: "self-service") { [self] in
                let outcome = pen.withLock { _ in
                    backend.environment()?.change(lines, by: number) ?? .refused(.later, Catalogue.exchangeSilent)
                }
                waiting.withLock { $0 -= 1 }
                tell(call, outcome, number)
            } : nil
        guard thread == nil else { return }
        if hasPlace { waiting.withLock { $0 -= 1 } }
        tell(call, .refused(.later, Catalogue.changeTookTooLong), number)
    }

    private func tell(_ call: CallID, _ outcome: ChangeOutcome, _ number: String) {
        switch outcome {
        case .done: break
        case .refused(_, let why): Log.notice("extension \(number) may not change its rules: \(why.text(in: .en))")
        }
        _ = backend.inbox.offer(.event(.configured(call, outcome)))
    }
}
