import Configuration
import Routing
import Telephony

/// One thing that `contacts set` changes; an empty word takes away what was there.
public enum ContactChange: Equatable, Sendable {
    case name(String), company(String), note(String), language(String), preset(String), owner(String)
}

/// What commands ask of the contact book and order it to do. All of it answers before it returns.
public struct ContactBook {
    /// Whoever has the number with these digits.
    public var find: (String) throws(CommandFailure) -> Contact?
    /// Contacts with a text, or with digits in a number: from the one of this index on, at most so many.
    public var search: (_ text: String, _ digits: String, _ offset: Int, _ limit: Int) throws(CommandFailure) -> ContactPage
    /// Takes entries in, all or none; true: instead of the whole book.
    public var take: ([ContactEntry], Bool) throws(CommandFailure) -> ContactTally
    /// Deletes whoever has the number; false: nobody has.
    public var delete: (String) throws(CommandFailure) -> Bool

    /// A book from its parts.
    public init(
        find: @escaping (String) throws(CommandFailure) -> Contact?,
        search: @escaping (String, String, Int, Int) throws(CommandFailure) -> ContactPage,
        take: @escaping ([ContactEntry], Bool) throws(CommandFailure) -> ContactTally,
        delete: @escaping (String) throws(CommandFailure) -> Bool
    ) {
        (self.find, self.search, self.take, self.delete) = (find, search, take, delete)
    }
}

extension CommandSyntax {
    static let contacts = [
        CommandSyntax("contacts import FILE [--replace] [--check]", Catalogue.helpContactsImport, for: .owner) {
            run, said throws(CommandFailure) in
            try run.importContacts(replace: said.has("--replace"), check: said.has("--check"))
        },
        CommandSyntax("contacts export FILE", Catalogue.helpContactsExport, for: .owner, file: .written) {
            run, _ throws(CommandFailure) in try run.exportContacts()
        },
        CommandSyntax("contacts list [TEXT] [page N]", Catalogue.helpContactsList, for: .owner, isList: true) {
            run, said throws(CommandFailure) in
            try run.listContacts(said["TEXT"], page: said["N"].flatMap { Int($0) } ?? 1)
        },
        CommandSyntax("contacts show NUMBER", Catalogue.helpContactsShow, for: .owner) { run, said throws(CommandFailure) in
            try run.showContact(said["NUMBER"] ?? "")
        },
        CommandSyntax("contacts own NUMBER N", Catalogue.helpContactsOwn, for: .owner) { run, said throws(CommandFailure) in
            let owner = said["N"] ?? ""
            return try run.change(said["NUMBER"] ?? "", [.owner(owner == "none" ? "" : owner)])
        },
        CommandSyntax(
            "contacts set NUMBER [name TEXT] [company TEXT] [language LANGUAGE] [class CLASS] [note TEXT]",
            Catalogue.helpContactsSet, for: .owner
        ) { run, said throws(CommandFailure) in
            let changes = ContactChange.all(in: said)
            guard !changes.isEmpty else { throw CommandFailure(Catalogue.missing("name TEXT", after: said["NUMBER"] ?? "")) }
            return try run.change(said["NUMBER"] ?? "", changes)
        },
        CommandSyntax("contacts delete NUMBER", Catalogue.helpContactsDelete, for: .owner) { run, said throws(CommandFailure) in
            try run.deleteContact(said["NUMBER"] ?? "")
        },
    ]
}

extension ContactChange {
    /// What was said, word by word and value by value; `none` takes away.
    static func all(in spoken: SpokenCommand) -> [ContactChange] {
        zip(spoken.said, spoken.said.dropFirst()).compactMap { word, value in
            guard word.label == nil, value.label != nil else { return nil }
            let text = value.text == "none" ? "" : value.text
            switch word.text {
            case "name": return .name(text)
            case "company": return .company(text)
            case "note": return .note(text)
            case "language": return .language(text)
            case "class": return .preset(text)
            default: return nil
            }
        }
    }
}

/// `contacts …`
extension CommandRunner {
    /// Contacts on one page of a list.
    private static let pageLength = 100

    func importContacts(replace: Bool, check: Bool) throws(CommandFailure) -> Reply {
        guard let attachment else { throw CommandFailure(Catalogue.noAttachment) }
        let file = ContactsFile(attachment, office: settings.office)
        guard file.errors.isEmpty else { return refusal(file.errors) }
        let notes = file.unused.isEmpty ? "" : say(Catalogue.unusedColumns(file.unused.map { $0.printable })) + "\n"
        if check {
            let json = JSON.object([("contacts", .integer(file.entries.count)), ("unused", .array(file.unused.map(JSON.string)))])
            let reply = print(text: say(Catalogue.contactsChecked(file.entries.count)) + "\n", json: json)
            return Reply(output: reply.output, errors: notes)
        }
        let tally = try environment.contacts.take(file.entries, replace)
        let json = JSON.object([
            ("added", .integer(tally.added)), ("changed", .integer(tally.changed)),
            ("unused", .array(file.unused.map(JSON.string))),
        ])
        let text = say(Catalogue.imported(added: tally.added, changed: tally.changed)) + "\n"
        return Reply(output: print(text: text, json: json).output, errors: notes)
    }

    /// The table itself is the output; the client puts it into the file.
    func exportContacts() throws(CommandFailure) -> Reply {
        let found = try environment.contacts.search("", "", 0, ContactsFile.lineLimit)
        let output =
            switch format {
            case .json: "\(table(found.contacts).json)\n"
            case .text, .csv: ContactsFile.text(found.contacts, in: language)
            }
        return Reply(output: output, errors: say(Catalogue.exported(found.contacts.count)) + "\n")
    }

    func listContacts(_ text: String?, page: Int) throws(CommandFailure) -> Reply {
        let text = text ?? ""
        let digits = ContactsFile.number(text, country: settings.office.country)?.digits ?? ""
        let offset = (page - 1) * Self.pageLength
        let found = try environment.contacts.search(text, digits, offset, Self.pageLength)
        let pages = max(1, (found.total + Self.pageLength - 1) / Self.pageLength)
        guard page <= pages else { throw CommandFailure(Catalogue.noPage(page, pages)) }
        var reply = print(table(found.contacts))
        if page < pages { reply.errors = say(Catalogue.pageOf(page, pages, total: found.total)) + "\n" }
        return reply
    }

    func showContact(_ number: String) throws(CommandFailure) -> Reply {
        let number = try phoneNumber(number)
        guard let contact = try environment.contacts.find(number.digits) else {
            throw CommandFailure(Catalogue.noContact("\(number)"))
        }
        return show(contact)
    }

    func change(_ number: String, _ changes: [ContactChange]) throws(CommandFailure) -> Reply {
        let number = try phoneNumber(number)
        var entry = ContactEntry([])
        let known = try environment.contacts.find(number.digits)
        // A number that is known stays where it stands among the contact's numbers, and as it was written.
        entry.numbers = [known?.numbers.first ?? number]
        for change in changes { try take(change, into: &entry) }
        _ = try environment.contacts.take([entry], false)
        return try showContact(number.raw)
    }

    func deleteContact(_ number: String) throws(CommandFailure) -> Reply {
        let number = try phoneNumber(number)
        guard try environment.contacts.delete(number.digits) else { throw CommandFailure(Catalogue.noContact("\(number)")) }
        return print(
            text: say(Catalogue.contactDeleted("\(number)")) + "\n", json: .object([("deleted", .string("\(number)"))]))
    }

    private func phoneNumber(_ word: String) throws(CommandFailure) -> PhoneNumber {
        guard let number = ContactsFile.number(word, country: settings.office.country) else {
            throw CommandFailure(Catalogue.badValue(word.printable, "NUMBER"))
        }
        return number
    }

    private func take(_ change: ContactChange, into entry: inout ContactEntry) throws(CommandFailure) {
        switch change {
        case .name(let text): entry.name = try checked(text, ContactsFile.textLimit)
        case .company(let text): entry.company = try checked(text, ContactsFile.textLimit)
        case .note(let text): entry.note = try checked(text, ContactsFile.noteLimit)
        case .language(let word):
            guard let code = word.isEmpty ? "" : ContactsFile.language(word) else {
                throw CommandFailure(Catalogue.badValue(word.printable, "LANGUAGE"))
            }
            entry.language = code
        case .preset(let word):
            guard let id = word.isEmpty ? "" : ContactsFile.preset(word) else {
                throw CommandFailure(Catalogue.badValue(word.printable, "CLASS"))
            }
            entry.preset = id
        case .owner(let word):
            guard let number = word.isEmpty ? "" : ContactsFile.owner(word, in: settings.office) else {
                throw CommandFailure(Catalogue.noSuchEmployee(word.printable))
            }
            entry.owner = number
        }
    }

    private func checked(_ text: String, _ limit: Int) throws(CommandFailure) -> String {
        let text = ContactsFile.clean(text)
        guard text.count <= limit else { throw CommandFailure(Catalogue.textTooLong(text.cut(30), limit)) }
        return text
    }

    // MARK: Printing

    private func table(_ contacts: [Contact]) -> Table {
        Table(
            columns: [
                .init("id", nil), .init("name", Catalogue.columnName), .init("company", Catalogue.columnCompany),
                .init("numbers", Catalogue.columnNumbers), .init("owner", Catalogue.columnOwner), .init("language", nil),
                .init("class", Catalogue.columnClass), .init("note", nil), .init("provisional", nil), .init("made", nil),
                .init("firstEmployee", nil), .init("lastEmployee", nil),
            ],
            rows: contacts.map { contact in
                [
                    .init(contact.id), .init(contact.name.isEmpty ? say(Catalogue.unnamed) : contact.name, .string(contact.name)),
                    .init(contact.company),
                    .init(
                        contact.numbers.map(\.description).joined(separator: ", "),
                        .array(contact.numbers.map { .string($0.description) })),
                    .init(contact.owner), .init(contact.language), .init(contact.preset), .init(contact.note),
                    .init("", .bool(contact.isProvisional)), .init("", .string(civil(contact.madeAt).iso8601)),
                    .init(contact.firstEmployee), .init(contact.lastEmployee),
                ]
            }, empty: Catalogue.noContacts)
    }

    private func show(_ contact: Contact) -> Reply {
        let named = { (number: ExtensionNumber?) in
            number.map { number in
                let name = settings.office.extensions[number]?.name ?? ""
                return name.isEmpty ? number : "\(number) \(name)"
            }
        }
        let columns = Catalogue.contactColumns.map(say)
        let values = [
            contact.name.isEmpty ? say(Catalogue.unnamed) : contact.name, contact.company,
            contact.numbers.map { $0.raw == $0.description ? $0.raw : "\($0) (\($0.raw))" }.joined(separator: ", "),
            named(contact.owner) ?? "—", contact.language ?? "", contact.preset ?? "", contact.note,
        ]
        let made = dateAndTime(contact.madeAt) + (contact.isProvisional ? " " + say(Catalogue.madeByExchange) : "")
        let rows =
            Array(zip(columns, values)) + [
                (say(Catalogue.contactMade), contact.madeAt == 0 ? "" : made),
                (say(Catalogue.contactFirst), named(contact.firstEmployee) ?? ""),
                (say(Catalogue.contactLast), named(contact.lastEmployee) ?? ""),
            ]
        let shown = rows.filter { !$0.1.isEmpty }
        let column = (shown.map(\.0.count).max() ?? 0) + 2
        let lines = shown.flatMap { title, value in
            value.printable.wrapped(after: title.paddedRight(column), indent: column, width: width)
        }
        let json: JSON = if case .array(let rows) = table([contact]).json, let first = rows.first { first } else { .null }
        return print(text: lines.map { $0 + "\n" }.joined(), json: json)
    }
}
