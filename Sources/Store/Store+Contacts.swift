import Routing
import Synchronization
import Telephony

/// The contact book. Questions wait for no write, and see what the disk does not know yet; changes wait for the disk.
extension Store {
    /// The longest list of contacts that a query gives.
    public static let contactLimit = 200_000

    /// Whether the book is empty: then no look-up need be made.
    public var isBookEmpty: Bool { !hasContacts.load(ordering: .relaxed) }

    /// What the book knows of the client with these digits; nothing where it cannot be read, which `health` tells.
    public func card(of client: String) -> ClientCard {
        if isBookEmpty || client.isEmpty { return .blank }
        // Asked first: what reaches the disk in the meantime is then applied twice, which changes nothing.
        let meetings = disk.meetings.waiting(of: client)
        let known: Contact?
        do throws(DatabaseError) {
            known = try bookReader.withLock { database throws(DatabaseError) in try Self.contact(client, in: database) }
        } catch {
            disk.noteFault(error)
            return .blank
        }
        return Self.taught(known, meetings)?.card ?? .blank
    }

    /// Whoever has the number with these digits. Throws where the file cannot be read.
    public func contact(_ digits: String) throws(StoreError) -> Contact? {
        let meetings = disk.meetings.waiting(of: digits)
        let known = try read { database throws(DatabaseError) in try Self.contact(digits, in: database) }
        return Self.taught(known, meetings)
    }

    private static func contact(_ digits: String, in database: Database) throws(DatabaseError) -> Contact? {
        // The edition first: an import may put another one in force between any two questions, with other people by these ids.
        let edition = try ContactRows.edition(in: database)
        guard var contact = try ContactRows.find(digits, edition: edition, in: database) else { return nil }
        contact.numbers = try ContactRows.numbers(of: contact.id, edition: edition, in: database)
        return contact
    }

    private static func taught(_ known: Contact?, _ meetings: [Meeting]) -> Contact? {
        guard var contact = known ?? meetings.first?.newcomer else { return nil }
        for meeting in meetings {
            if let employee = meeting.employee { contact.meet(employee, meeting.learning) }
        }
        return contact
    }

    /// Contacts with the text in name or company or as owner, or with the digits in a number, by name; without both: all.
    /// Throws where the file cannot be read.
    public func contacts(
        matching text: String = "", digits: String = "", offset: Int = 0, limit: Int = contactLimit
    ) throws(StoreError) -> ContactPage {
        try read { database throws(DatabaseError) in
            try ContactRows.search(text, digits: digits, offset: max(0, offset), limit: max(0, limit), in: database)
        }
    }

    /// Changes the contact that has the entry's first number, or makes it. Throws where it could not be written.
    public func write(_ entry: ContactEntry) throws(StoreError) {
        _ = try importContacts([entry])
    }

    /// Deletes whoever has the number; false where nobody has. Throws where it could not be written.
    public func deleteContact(_ digits: String) throws(StoreError) -> Bool {
        try edit { edition, database throws(DatabaseError) in
            guard let contact = try ContactRows.find(digits, edition: edition, in: database) else { return false }
            try ContactRows.remove(contact.id, edition: edition, from: database)
            return true
        }
    }

    /// Takes entries in, all of them or none; `replacing`: the book is theirs alone afterwards, but who stays keeps his id and whom
    /// he talked to. A long list is written beside the book in small pieces, so that no call waits for it. Throws where it could
    /// not be written.
    public func importContacts(_ entries: [ContactEntry], replacing: Bool = false) throws(StoreError) -> ContactTally {
        hasContacts.store(true, ordering: .relaxed)
        if !replacing, entries.count <= BookImport.portion {
            return try edit { edition, database throws(DatabaseError) in
                var work = BookImport(from: edition, to: edition, replacing: false)
                for entry in entries { try work.take(entry, into: database) }
                return work.tally
            }
        }
        return try bookPen.withLock { _ throws(StoreError) in
            try BookImport.run(entries, replacing: replacing, on: disk)
        }
    }

    /// One change of the book that holds, as one transaction; meetings that wait are written before it.
    private func edit<Result: Sendable>(
        _ body: (Int64, Database) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        try bookPen.withLock { _ throws(StoreError) in
            try disk.write { database throws(DatabaseError) in
                let met = disk.meetings.waiting
                let result = try database.transaction { () throws(DatabaseError) in
                    let edition = try ContactRows.edition(in: database)
                    for meeting in met { try ContactRows.write(meeting, edition: edition, to: database) }
                    return try body(edition, database)
                }
                disk.meetings.forget(met.count)
                return result
            }
        }
    }
}
