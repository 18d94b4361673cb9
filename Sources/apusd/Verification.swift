import FollowUp
import Host
import Store
import Telephony

/// `apusd --verify DIR`: opens what a backup holds as a start would, without a socket, and tells what is in it.
enum Verification {
    /// One line of figures and the configuration as text. Throws why an exchange could not start with it.
    static func report(_ folder: String) throws(StartupError) -> String {
        let (store, revision, totals): (Store, Revision?, CallTotals)
        do throws(StoreError) {
            store = try Store(folder: folder, utc: wallClock()) { _ in }
            (revision, totals) = (try store.newestRevision(), try store.totals(0..<Int64.max))
        } catch { throw StartupError(error.wording) }
        defer { store.close() }
        guard let revision else { throw StartupError(Catalogue.noRevisionInBackup) }
        _ = try Startup.configuration(in: store, at: wallClock())
        let prompts = ((try? Files.names(in: "\(folder)/prompts")) ?? []).count { $0.hasSuffix(".wav") }
        let calls = [totals.answered, totals.missed, totals.notReached, totals.served, totals.refused, totals.interrupted]
        let figures = [
            "revision \(revision.number)", "calls \(calls.reduce(0, +))", "tasks \(store.restored.tasks.count)",
            "messages \(store.restored.voicemail.messages.count)", "prompts \(prompts)",
        ]
        return figures.joined(separator: " ") + "\n" + revision.text
    }
}
