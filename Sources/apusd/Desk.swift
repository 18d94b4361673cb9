import Console
import Host
import Synchronization
import Telephony

/// What installers share. The confirmation that is waited for outlives the process, in a file of its own; the candidate does not.
final class Desk: Sendable {
    /// How long after a failure a configuration is put back again.
    private static let patience = Duration.seconds(10)

    private let state: Mutex<ConsoleDesk>
    private let file: String
    /// Rings when there is something new to wait for.
    let bell: Wakeup

    /// Finds the confirmation that the last process waited for. Throws where the process has no descriptor left.
    init(folder: String, now: Moment) throws(SystemError) {
        file = folder + "/confirmation"
        bell = try Wakeup()
        var desk = ConsoleDesk()
        if let bytes = try? Files.read(file, limit: 1000) {
            desk.pending = PendingConfirmation(String(decoding: bytes, as: UTF8.self), now: now)
        }
        state = Mutex(desk)
    }

    func change(_ body: (inout ConsoleDesk) -> Void) {
        let isNew = state.withLock { desk in
            let before = desk.pending
            body(&desk)
            if desk.pending != before { keep(desk.pending) }
            return desk.pending != before
        }
        if isNew { bell.ring() }
    }

    var deadline: Instant? { state.withLock { $0.pending?.until } }

    /// The confirmation that did not come.
    func due(_ now: Instant) -> PendingConfirmation? {
        state.withLock { $0.pending.flatMap { $0.until <= now ? $0 : nil } }
    }

    /// It is not waited for any more, unless somebody has begun to wait anew.
    func settle(_ pending: PendingConfirmation) { change { if $0.pending == pending { $0.pending = nil } } }

    func postpone(_ pending: PendingConfirmation) {
        change { if $0.pending == pending { $0.pending?.until = .now + Self.patience } }
    }

    private func keep(_ pending: PendingConfirmation?) {
        do throws(SystemError) {
            if let pending { try Files.writeAtomically(Array(pending.text.utf8), to: file) } else { try Files.remove(file) }
        } catch { Log.error("what waits for confirmation is not kept: \(error)") }
    }
}
