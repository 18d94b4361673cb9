import Routing
import Telephony

/// An import on its way into an edition of the book.
struct BookImport {
    /// Contacts that are written as one transaction: so long may a call's record have to wait.
    static let portion = 500
    /// Portions after which the log is folded into the file.
    private static let portionsPerFold = 8

    /// Where contacts are looked for, and where they are written.
    let source: Int64, edition: Int64
    let isReplacing: Bool
    private(set) var tally = ContactTally()
    /// Ids that the new edition has taken over.
    private var kept: Set<Int> = []

    init(from source: Int64, to edition: Int64, replacing: Bool) {
        (self.source, self.edition, isReplacing) = (source, edition, replacing)
    }

    /// Writes a new edition beside the one that holds, and turns the page.
    static func run(_ entries: [ContactEntry], replacing: Bool, on disk: DiskThread) throws(StoreError) -> ContactTally {
        disk.setBookInWork(true)
        defer { disk.setBookInWork(false) }
        let old = try disk.write { database throws(DatabaseError) in try ContactRows.edition(in: database) }
        try purge(but: old, on: disk)
        var work = BookImport(from: replacing ? old : old + 1, to: old + 1, replacing: replacing)
        if !replacing { try copy(old, on: disk) }
        var rest = entries[...]
        var portions = 0
        while !rest.isEmpty {
            let portion = rest.prefix(Self.portion)
            rest = rest.dropFirst(Self.portion)
            let before = work
            work = try disk.write { database throws(DatabaseError) in
                var work = before
                try database.transaction { () throws(DatabaseError) in
                    for entry in portion { try work.take(entry, into: database) }
                }
                return work
            }
            portions += 1
            if portions % portionsPerFold == 0 { disk.foldLog() }
        }
        try turnThePage(to: work.edition, on: disk)
        // What is left of the old edition harms nobody: the next import takes it away.
        try? purge(but: work.edition, on: disk)
        return work.tally
    }

    /// Takes one entry in.
    mutating func take(_ entry: ContactEntry, into database: Database) throws(DatabaseError) {
        var known: Contact?
        for number in entry.numbers where known == nil {
            known = try ContactRows.find(number.digits, edition: source, in: database)
        }
        if isReplacing, let contact = known, !kept.insert(contact.id).inserted { known = nil }
        var contact = known ?? Contact()
        if known == nil {
            contact.id = try ContactRows.nextID(in: database)
            contact.madeAt = utcNow()
            tally.added += 1
        } else {
            tally.changed += 1
            if isReplacing {
                let (id, made, first, last) = (contact.id, contact.madeAt, contact.firstEmployee, contact.lastEmployee)
                contact = Contact(id: id, madeAt: made, firstEmployee: first, lastEmployee: last)
            } else {
                contact.numbers = try ContactRows.numbers(of: contact.id, edition: edition, in: database)
            }
        }
        contact.take(entry)
        try ContactRows.write(contact, isNew: isReplacing || known == nil, edition: edition, to: database)
    }

    /// From now on the new edition holds; who was met in the meantime is written into it.
    private static func turnThePage(to edition: Int64, on disk: DiskThread) throws(StoreError) {
        try disk.write { database throws(DatabaseError) in
            let met = disk.meetings.waiting
            try database.transaction { () throws(DatabaseError) in
                try database.run("UPDATE book SET edition = ?", [Value(edition)])
                for meeting in met { try ContactRows.write(meeting, edition: edition, to: database) }
            }
            disk.meetings.forget(met.count)
        }
    }

    /// Copies an edition into the next one.
    private static func copy(_ old: Int64, on disk: DiskThread) throws(StoreError) {
        var (last, portions) = (Int64(0), 0)
        while true {
            let from = last
            let next = try disk.write { database throws(DatabaseError) -> Int64? in
                try database.transaction { () throws(DatabaseError) -> Int64? in
                    let end = try database.number(
                        "SELECT max(id) FROM (SELECT id FROM contacts WHERE edition = ? AND id > ? ORDER BY id LIMIT ?)",
                        [Value(old), Value(from), Value(4 * portion)])
                    guard let end, end > from else { return nil }
                    let range = [Value(old), Value(from), Value(end)]
                    try database.run(
                        """
                        INSERT INTO contacts SELECT edition + 1, id, name, company, note, language, preset, owner, made,
                            provisional, first_employee, last_employee, folded
                        FROM contacts WHERE edition = ? AND id > ? AND id <= ?
                        """, range)
                    try database.run(
                        """
                        INSERT INTO contact_numbers SELECT edition + 1, digits, contact, position, raw
                        FROM contact_numbers WHERE edition = ? AND contact > ? AND contact <= ?
                        """, range)
                    return end
                }
            }
            guard let next else { return }
            last = next
            portions += 1
            if portions % portionsPerFold == 0 { disk.foldLog() }
        }
    }

    /// Removes every edition but one, a bit at a time.
    private static func purge(but edition: Int64, on disk: DiskThread) throws(StoreError) {
        var portions = 0
        for (table, key) in [("contact_numbers", "digits"), ("contacts", "id")] {
            while true {
                let isLeft = try disk.write { database throws(DatabaseError) -> Bool in
                    let ends = ["SELECT min(edition) FROM \(table)", "SELECT max(edition) FROM \(table)"]
                    var other: Int64?
                    for sql in ends {
                        let found = try database.number(sql) ?? 0
                        if found > 0, found != edition { other = found }
                    }
                    guard let other else { return false }
                    try database.run(
                        """
                        DELETE FROM \(table) WHERE edition = ?1 AND \(key) IN
                            (SELECT \(key) FROM \(table) WHERE edition = ?1 ORDER BY \(key) LIMIT ?2)
                        """, [Value(other), Value(4 * portion)])
                    return true
                }
                guard isLeft else { break }
                portions += 1
                if portions % portionsPerFold == 0 { disk.foldLog() }
            }
        }
    }
}
