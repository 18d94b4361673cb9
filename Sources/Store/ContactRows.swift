import Routing
import Telephony

/// The contact book as rows of one edition.
enum ContactRows {
    private static let columns = """
        c.id, c.name, c.company, c.note, c.language, c.preset, c.owner, c.made, c.provisional, c.first_employee, c.last_employee
        """

    /// The edition that holds.
    static func edition(in database: Database) throws(DatabaseError) -> Int64 {
        try database.number("SELECT edition FROM book") ?? 1
    }

    /// Whoever has the number in an edition; nil for the one that holds.
    static func find(_ digits: String, edition: Int64? = nil, in database: Database) throws(DatabaseError) -> Contact? {
        var contact: Contact?
        let sql = """
            SELECT \(columns) FROM contact_numbers n JOIN contacts c ON c.edition = n.edition AND c.id = n.contact
            WHERE n.edition = coalesce(?, (SELECT edition FROM book)) AND n.digits = ?
            """
        try database.query(sql, [edition.map { Value($0) } ?? .null, Value(digits)]) { contact = Self.contact($0) }
        return contact
    }

    /// The numbers of a contact, the one to call first.
    static func numbers(of id: Int, edition: Int64, in database: Database) throws(DatabaseError) -> [PhoneNumber] {
        var numbers: [PhoneNumber] = []
        try database.query(
            "SELECT raw, digits FROM contact_numbers WHERE edition = ? AND contact = ? ORDER BY position",
            [
                Value(edition), Value(id),
            ]
        ) { numbers.append(PhoneNumber(raw: $0.text(0), digits: $0.text(1))) }
        return numbers
    }

    /// How many contacts there are.
    static func count(in database: Database) throws(DatabaseError) -> Int {
        Int(try database.number("SELECT count(*) FROM contacts WHERE edition = (SELECT edition FROM book)") ?? 0)
    }

    /// Contacts with the text in name, company, owner or numbers, by name; without text: all.
    static func search(
        _ text: String, digits: String, offset: Int, limit: Int, in database: Database
    ) throws(DatabaseError) -> ContactPage {
        let edition = try edition(in: database)
        let condition = """
            c.edition = ?1 AND (?2 = '' AND ?3 = '' OR ?2 <> '' AND (instr(c.folded, ?2) > 0 OR c.owner = ?2)
                OR ?3 <> '' AND EXISTS (SELECT 1 FROM contact_numbers n
                    WHERE n.edition = c.edition AND n.contact = c.id AND instr(n.digits, ?3) > 0))
            """
        let values = [Value(edition), Value(text.folded), Value(digits)]
        var contacts: [Contact] = []
        try database.query(
            "SELECT \(columns) FROM contacts c WHERE \(condition) ORDER BY c.folded, c.id LIMIT ?4 OFFSET ?5",
            values + [Value(limit), Value(offset)]
        ) { contacts.append(contact($0)) }
        for index in contacts.indices {
            contacts[index].numbers = try numbers(of: contacts[index].id, edition: edition, in: database)
        }
        let total = try database.number("SELECT count(*) FROM contacts c WHERE \(condition)", values) ?? 0
        return ContactPage(contacts: contacts, total: Int(total))
    }

    /// Writes a contact with its numbers over what was there under its id; a new one gets the next. Numbers that were others' are
    /// his now, and who has none left is gone.
    static func write(_ contact: Contact, isNew: Bool, edition: Int64, to database: Database) throws(DatabaseError) {
        var robbed: Set<Int64> = []
        if !isNew {
            try database.run(
                "DELETE FROM contact_numbers WHERE edition = ? AND contact = ?", [Value(edition), Value(contact.id)])
        }
        for number in contact.numbers {
            let owner = try database.number(
                "SELECT contact FROM contact_numbers WHERE edition = ? AND digits = ?", [Value(edition), Value(number.digits)])
            if let owner { robbed.insert(owner) }
        }
        try database.run(
            "INSERT OR REPLACE INTO contacts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                Value(edition), Value(contact.id), Value(contact.name), Value(contact.company), Value(contact.note),
                Value(contact.language), Value(contact.preset), Value(contact.owner), Value(contact.madeAt),
                contact.isProvisional ? 1 : 0, Value(contact.firstEmployee), Value(contact.lastEmployee),
                Value("\(contact.name) \(contact.company)".folded),
            ])
        for (position, number) in contact.numbers.enumerated() {
            try database.run(
                "INSERT OR REPLACE INTO contact_numbers (edition, digits, contact, position, raw) VALUES (?,?,?,?,?)",
                [Value(edition), Value(number.digits), Value(contact.id), Value(position), Value(number.raw)])
        }
        for id in robbed {
            try database.run(
                """
                DELETE FROM contacts WHERE edition = ?1 AND id = ?2 AND NOT EXISTS (
                    SELECT 1 FROM contact_numbers WHERE edition = ?1 AND contact = ?2)
                """, [Value(edition), Value(id)])
        }
    }

    /// The id of one more contact.
    static func nextID(in database: Database) throws(DatabaseError) -> Int {
        try database.run("UPDATE book SET next = next + 1")
        return Int(try database.number("SELECT next - 1 FROM book") ?? 1)
    }

    /// Takes a contact with his numbers out.
    static func remove(_ id: Int, edition: Int64, from database: Database) throws(DatabaseError) {
        try database.run("DELETE FROM contact_numbers WHERE edition = ? AND contact = ?", [Value(edition), Value(id)])
        try database.run("DELETE FROM contacts WHERE edition = ? AND id = ?", [Value(edition), Value(id)])
    }

    /// Writes what a talk taught.
    static func write(_ meeting: Meeting, edition: Int64, to database: Database) throws(DatabaseError) {
        guard !meeting.client.isEmpty else { return }
        let known = try find(meeting.client, edition: edition, in: database)
        var contact = known ?? meeting.newcomer
        if let employee = meeting.employee { contact.meet(employee, meeting.learning) }
        guard contact != known else { return }
        if known == nil {
            contact.id = try nextID(in: database)
            contact.madeAt = utcNow()
        } else {
            contact.numbers = try numbers(of: contact.id, edition: edition, in: database)
        }
        try write(contact, isNew: known == nil, edition: edition, to: database)
    }

    /// After a rescue whose `book` could not be read: the edition with the most contacts holds.
    static func repair(_ database: Database) throws(DatabaseError) {
        try database.run(
            """
            UPDATE book SET edition = coalesce((SELECT edition FROM contacts GROUP BY edition ORDER BY count(*) DESC LIMIT 1), 1)
            WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.edition = book.edition)
            """)
        try database.run("UPDATE book SET next = max(next, (SELECT coalesce(max(id), 0) + 1 FROM contacts))")
    }

    static func contact(_ row: borrowing Row) -> Contact {
        Contact(
            id: Int(row.integer(0)), name: row.text(1), company: row.text(2), note: row.text(3), language: row.optionalText(4),
            preset: row.optionalText(5), owner: row.optionalText(6), madeAt: row.integer(7), isProvisional: row.integer(8) == 1,
            firstEmployee: row.optionalText(9), lastEmployee: row.optionalText(10))
    }
}
