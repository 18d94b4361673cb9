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

    /// Takes the confirmation that did not come off the desk, so that nobody confirms what is going back already. In its file it
    /// stays until it is settled.
    func takeDue(_ now: Instant) -> PendingConfirmation? {
        state.withLock { desk in
            guard let pending = desk.pending, pending.until <= now else { return nil }
            desk.pending = nil
            return pending
        }
    }

    /// It has gone back; somebody may have begun to wait anew.
    func settle() { state.withLock { if $0.pending == nil { keep(nil) } } }

    /// It could not go back yet.
    func postpone(_ pending: PendingConfirmation) {
        change { desk in
            guard desk.pending == nil else { return }
            desk.pending = pending
            desk.pending?.until = .now + Self.patience
        }
    }

    private func keep(_ pending: PendingConfirmation?) {
        do throws(SystemError) {
            if let pending { try Files.writeAtomically(Array(pending.text.utf8), to: file) } else { try Files.remove(file) }
        } catch { Log.error("what waits for confirmation is not kept: \(error)") }
    }
}
