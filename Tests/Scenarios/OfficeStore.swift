import Exchange
import FollowUp
import Glibc
import Host
import Simulation
import Store
import Telephony

/// A real database in a folder of its own under /tmp, for what is read back from it: reports of a simulated day, a contact book.
/// The folder goes with its owner.
final class OfficeStore {
    private let path: String
    /// The database.
    let store: Store

    /// An empty one.
    init() throws {
        path = "/tmp/apus-scenario-\(getpid())-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
        mkdir(path, 0o700)
        store = try Store(folder: path, utc: SimulatedOffice.epoch) { _ in }
    }

    /// What the simulated disk keeps of calls and tasks; everything is written when it is there.
    convenience init(of office: SimulatedOffice) throws {
        try self.init()
        store.perform(office.store.tasks.values.sorted { $0.id < $1.id }.map { .task($0) })
        store.perform(office.store.records.map { .close($0, StoreTicket($0.id.number)) })
        store.close()
    }

    deinit {
        store.close()
        for folder in ((try? Files.names(in: path)) ?? []).map({ path + "/" + $0 }) + [path] {
            for name in (try? Files.names(in: folder)) ?? [] { unlink(folder + "/" + name) }
            if rmdir(folder) != 0 { unlink(folder) }
        }
    }

    /// The report of all calls of these days.
    func calls(_ period: ReportPeriod, _ scope: ReportScope = .all, at moment: Moment) throws -> CallReport {
        let span = Self.span(period, moment)
        return CallReport(
            calls: try store.calls(span.utc, scope: scope), totals: try store.totals(span.utc, scope: scope), span: span,
            scope: scope, language: .en, names: ReportNames())
    }

    /// The report on the missed ones, as it is read at a moment.
    func missed(_ period: ReportPeriod, _ scope: ReportScope = .all, at moment: Moment) throws -> MissedReport {
        let span = Self.span(period, moment)
        let found = try store.missed(span.utc, scope: scope)
        return MissedReport(
            calls: found.calls, tasks: found.tasks, totals: found.totals, offered: found.offered, span: span,
            now: moment.clockTrust == .trusted ? moment.utc : nil,
            scope: scope,
            language: .en, names: ReportNames()
        ) { _ in moment.utcOffset }
    }

    private static func span(_ period: ReportPeriod, _ moment: Moment) -> ReportSpan {
        period.span(now: moment.civil) { _ in moment.utcOffset }
    }
}

extension String {
    /// The lines of a report from the one that begins with `start` to the next empty one.
    func section(_ start: String) -> [String] {
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Array(lines.drop { !$0.hasPrefix(start) }.dropFirst().prefix { !$0.isEmpty })
    }
}
