import CallControl
import Exchange
import FollowUp
import Signalling
import Telephony

/// What is to be written: orders taken in, a call's older row replaced by its newer one, everything bounded.
struct Backlog {
    /// A call's row.
    struct Row {
        var call: CallRecord
        var up: Bool
    }

    /// Rows that are kept while the disk takes none: about 2 MB of an office's calls.
    static let rowCapacity = 2000
    /// Changes of bindings that are kept; a phone that is left out comes again with its next REGISTER.
    static let bindingCapacity = 5000
    /// Loads and acquaintances that are kept while the disk takes none.
    static let ledgerCapacity = 5000
    /// How long bindings, loads and acquaintances may lag.
    static let lag = Duration.seconds(2)

    /// How long the row of a call that is up may lag: a power cut in this time forgets a call that has only begun, and in return
    /// calls that begin and end together cost the card one write.
    static let openLag = Duration.milliseconds(200)

    private(set) var rows: [Row] = []
    /// Who waits for them and has had no answer.
    private var tickets: [StoreTicket] = []
    /// Nil: to be removed.
    private(set) var bindings: [String: Binding?] = [:]
    /// Loads and acquaintances, the newest of each.
    private(set) var loads: [String: Ledger.Row] = [:]
    private(set) var familiars: [String: Ledger.Familiar] = [:]
    /// Night keys: until when they are pressed; nil: not any more.
    private(set) var nights: [String: Int?] = [:]
    /// Meetings wait; they are kept by `Meetings`, for look-ups to see.
    private(set) var hasMeetings = false
    /// When what may lag must be written.
    private(set) var laggardsDue: Instant?
    /// Rows given up because there was no room for more.
    private(set) var lost = 0
    private var indices: [CallID: Int] = [:]

    /// Somebody waits for an answer.
    var isUrgent: Bool { !tickets.isEmpty }
    /// Nothing is to be written.
    var isEmpty: Bool {
        rows.isEmpty && bindings.isEmpty && loads.isEmpty && familiars.isEmpty && nights.isEmpty && !hasMeetings
    }

    /// Takes an order in; the ticket of a row that had to be given up for it.
    mutating func take(_ order: Persistence, at now: Instant) -> StoreTicket? {
        switch order {
        case .open(let call):
            _ = take(Row(call: call, up: true))
            laggardsDue = min(laggardsDue ?? now + Self.openLag, now + Self.openLag)
        case .close(let call, let ticket):
            guard take(Row(call: call, up: false)) else { return ticket }
            tickets.append(ticket)
        case .bind(let binding): change(binding.key, to: binding, at: now)
        case .unbind(let binding): change(binding.key, to: nil, at: now)
        case .tally(let row):
            guard loads.count < Self.ledgerCapacity else { break }
            loads[row.account.text + " " + row.member] = row
            laggardsDue = laggardsDue ?? now + Self.lag
        case .acquaint(let line):
            guard familiars.count < Self.ledgerCapacity else { break }
            familiars[line.department + " " + line.client] = line
            laggardsDue = laggardsDue ?? now + Self.lag
        case .night(let key, let until):
            nights[key] = .some(until)
            laggardsDue = laggardsDue ?? now + Self.lag
        case .met:
            hasMeetings = true
            laggardsDue = laggardsDue ?? now + Self.lag
        }
        return nil
    }

    /// False where there is no room.
    private mutating func take(_ row: Row) -> Bool {
        if let index = indices[row.call.id] {
            rows[index] = row
        } else if rows.count < Self.rowCapacity {
            indices[row.call.id] = rows.count
            rows.append(row)
        } else {
            lost += 1
            return false
        }
        return true
    }

    private mutating func change(_ key: String, to binding: Binding?, at now: Instant) {
        guard bindings[key] != nil || bindings.count < Self.bindingCapacity else { return }
        bindings[key] = .some(binding)
        laggardsDue = laggardsDue ?? now + Self.lag
    }

    /// Who waits, to be answered now and not again.
    mutating func takeTickets() -> [StoreTicket] {
        defer { tickets = [] }
        return tickets
    }

    /// Everything is on the disk, but for meetings that had to wait.
    mutating func clear(meetingsWaitAt now: Instant?) {
        (rows, indices, bindings) = ([], [:], [:])
        (hasMeetings, laggardsDue) = (now != nil, now.map { $0 + Self.lag })
        (loads, familiars, nights) = ([:], [:], [:])
    }

    /// Writes everything as one transaction, and these meetings with it.
    func write(_ meetings: [Meeting], to database: Database) throws(DatabaseError) {
        try database.transaction { () throws(DatabaseError) in
            if !meetings.isEmpty {
                let edition = try ContactRows.edition(in: database)
                for meeting in meetings { try ContactRows.write(meeting, edition: edition, to: database) }
            }
            for row in rows {
                try CallRows.write(row.call, up: row.up, to: database)
                if !row.up { try DecisionRows.write(row.call, to: database) }
            }
            for row in loads.values { try LedgerRows.write(row, to: database) }
            for line in familiars.values { try LedgerRows.write(line, to: database) }
            for (key, until) in nights { try LedgerRows.write(night: key, until: until, to: database) }
            for (key, binding) in bindings {
                if let binding {
                    try BindingRows.write(binding, to: database)
                } else {
                    try BindingRows.remove(key: key, from: database)
                }
            }
        }
    }
}
