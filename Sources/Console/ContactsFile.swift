import Configuration
import Routing
import Telephony

/// A contact list as people keep it in a spreadsheet: read with all its faults at once, and written so that it reads back.
struct ContactsFile {
    /// What an import takes in.
    private(set) var entries: [ContactEntry] = []
    /// In the order of lines, at most `errorLimit`.
    private(set) var errors: [ConfigurationError] = []
    /// Headings that mean nothing here.
    private(set) var unused: [String] = []

    static let errorLimit = 100
    /// Lines of contacts that one file may have.
    static let lineLimit = 200_000
    static let textLimit = 200, noteLimit = 1000
    private static let digitsLimit = 32

    private enum Column: CaseIterable {
        case name, company, numbers, owner, language, preset, note

        /// Headings that people write, folded, without digits.
        var headings: Set<String> {
            switch self {
            case .name: ["name", "full name", "displayname", "display name", "имя", "фио", "контакт", "клиент"]
            case .company: ["company", "organization", "organisation", "компания", "организация", "фирма"]
            case .numbers:
                [
                    "number", "numbers", "phone", "phones", "phone number", "telephone", "mobile", "телефон", "телефоны", "номер",
                    "номера",
                    "мобильный", "номер телефона", "рабочий телефон", "мобильный телефон",
                ]
            case .owner: ["owner", "manager", "ответственный", "менеджер"]
            case .language: ["language", "язык"]
            case .preset: ["class", "класс"]
            case .note: ["note", "notes", "comment", "примечание", "заметка", "комментарий"]
            }
        }
    }

    private let office: Office
    private var columns: [Column?] = []
    /// The line that a number stood on first.
    private var places: [String: Int] = [:]
    private var line = 1

    init(_ text: String, office: Office) {
        self.office = office
        var reader = CSVReader(text)
        if readHeader(&reader) { read(&reader) }
    }

    private mutating func read(_ reader: inout CSVReader) {
        while errors.count < Self.errorLimit {
            do throws(CSVReader.Fault) {
                guard let fields = try reader.next() else { return }
                line = reader.line
                guard entries.count < Self.lineLimit else {
                    return refuse(Catalogue.tooManyContacts(Self.lineLimit), Catalogue.shorten)
                }
                take(fields)
            } catch {
                line = reader.line
                refuse(error)
            }
        }
        errors.append(
            ConfigurationError(line: nil, text: Catalogue.furtherErrors(Self.errorLimit), hint: Catalogue.correctTheseFirst))
    }

    private mutating func refuse(_ text: Wording, _ hint: Wording) {
        errors.append(ConfigurationError(line: line, text: text, hint: hint))
    }

    private mutating func refuse(_ fault: CSVReader.Fault) { refuse(fault.wording, fault.hint) }

    // MARK: The first line

    private mutating func readHeader(_ reader: inout CSVReader) -> Bool {
        let fields: [String]
        do throws(CSVReader.Fault) {
            fields = try reader.next() ?? []
        } catch {
            refuse(error)
            return false
        }
        line = max(1, reader.line)
        for field in fields {
            let word = Self.heading(field)
            let column = Column.allCases.first { $0.headings.contains(word) }
            if column == nil, !field.isEmpty { unused.append(field) }
            if let column, column != .numbers, columns.contains(column) {
                refuse(Catalogue.columnTwice(field), Catalogue.keepOne)
            }
            columns.append(column)
        }
        if !columns.contains(.numbers) { refuse(Catalogue.noNumbersColumn, Catalogue.contactsHeader) }
        return errors.isEmpty
    }

    /// `Телефон(ы) 2` is `телефоны`, `Phone_1:` is `phone`.
    private static func heading(_ field: String) -> String {
        let letters = field.folded.map { $0.isLetter ? $0 : $0 == "_" || $0 == "-" || $0.isWhitespace ? " " : "." }
        return String(letters.filter { $0 != "." }).split(separator: " ").joined(separator: " ")
    }

    // MARK: A contact

    private mutating func take(_ fields: [String]) {
        guard fields.count <= columns.count || fields[columns.count...].allSatisfy(\.isEmpty) else {
            return refuse(Catalogue.tooManyFields(fields.count, columns.count), Catalogue.quoteSeparators)
        }
        let before = errors.count
        var entry = ContactEntry([])
        for (column, field) in zip(columns, fields) where !field.isEmpty {
            switch column {
            case .name: entry.name = text(field, Self.textLimit)
            case .company: entry.company = text(field, Self.textLimit)
            case .note: entry.note = text(field, Self.noteLimit)
            case .numbers: for part in field.split(separator: ";") { take(number: part, into: &entry) }
            case .owner: entry.owner = owner(field)
            case .language: entry.language = language(field)
            case .preset: entry.preset = preset(field)
            case nil: break
            }
        }
        guard errors.count == before else { return }
        if entry.numbers.isEmpty { return refuse(Catalogue.contactWithoutNumber, Catalogue.giveNumber) }
        for number in entry.numbers {
            if let other = places[number.digits] {
                refuse(Catalogue.numberTwice(number.raw, line: other), Catalogue.oneContactPerNumber)
            }
            places[number.digits] = line
        }
        entries.append(entry)
    }

    private mutating func take(number part: Substring, into entry: inout ContactEntry) {
        let raw = Self.clean(String(part))
        if raw.isEmpty { return }
        guard let number = Self.number(raw, country: office.country) else {
            return refuse(
                Catalogue.badValue(raw, "NUMBER"),
                Self.isScientific(raw) ? Catalogue.numberCutBySpreadsheet : Catalogue.numberExample)
        }
        if !entry.numbers.contains(number) { entry.numbers.append(number) }
    }

    /// A number as people write it; nil for anything else.
    static func number(_ raw: String, country: Country) -> PhoneNumber? {
        let isShaped = raw.unicodeScalars.allSatisfy {
            ("0"..."9").contains($0) || "+ -().*#/\u{A0}–".unicodeScalars.contains($0)
        }
        let number = PhoneNumber(raw, country: country)
        guard isShaped, (2...digitsLimit).contains(number.digits.utf8.count), raw.utf8.count <= 2 * digitsLimit else {
            return nil
        }
        return number
    }

    /// `7,91612E+10`: the spreadsheet has cut a number that it took for a quantity.
    private static func isScientific(_ raw: String) -> Bool {
        raw.contains { $0 == "E" || $0 == "e" } && raw.allSatisfy { $0.isNumber || ",.+eE".contains($0) }
    }

    private mutating func text(_ field: String, _ limit: Int) -> String {
        let text = Self.clean(field)
        if text.count > limit { refuse(Catalogue.textTooLong(text.cut(30), limit), Catalogue.shorten) }
        return text
    }

    private mutating func owner(_ field: String) -> String? {
        if let number = Self.owner(field, in: office) { return number }
        refuse(Catalogue.noSuchEmployee(field), Catalogue.employees(office.extensions.keys.sorted()))
        return nil
    }

    /// An employee by his number or his full name.
    static func owner(_ word: String, in office: Office) -> ExtensionNumber? {
        if office.extensions[word] != nil { return word }
        let named = office.extensions.values.filter { $0.name.folded == word.folded && !word.isEmpty }
        return named.count == 1 ? named[0].number : nil
    }

    private mutating func language(_ field: String) -> String? {
        if let code = Self.language(field) { return code }
        refuse(Catalogue.badValue(field, "LANGUAGE"), Catalogue.languageExample)
        return nil
    }

    /// A code of ISO 639-1.
    static func language(_ word: String) -> String? {
        let code = word.lowercased()
        return code.utf8.count == 2 && code.utf8.allSatisfy { (97...122).contains($0) } ? code : nil
    }

    private mutating func preset(_ field: String) -> String? {
        if let id = Self.preset(field) { return id }
        refuse(Catalogue.badValue(field, "CLASS"), Catalogue.classExample)
        return nil
    }

    /// A word of latin letters, digits and `-`.
    static func preset(_ word: String) -> String? {
        let id = word.lowercased()
        let isWord = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        return isWord && (1...32).contains(id.utf8.count) && !id.hasPrefix("-") ? id : nil
    }

    /// One line without control characters, and without the apostrophe that keeps a spreadsheet from calculating.
    static func clean(_ field: String) -> String {
        var text = field
        if text.hasPrefix("'"), text.dropFirst().first.map(CSV.isFormula) ?? false { text.removeFirst() }
        guard text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else { return text }
        return text.unicodeScalars.split { $0.value < 32 || $0.value == 127 }.map { String($0) }.joined(separator: " ")
    }

    // MARK: Writing

    /// The contacts as a file for the spreadsheets of that language; a mark at its beginning says that it is UTF-8.
    static func text(_ contacts: [Contact], in language: Language) -> String {
        let separator: Character = language == .ru ? ";" : ","
        let lines = [Catalogue.contactColumns.map { $0.text(in: language) }] + contacts.map(fields)
        return "\u{FEFF}" + lines.map { CSV.line($0, separator: separator) }.joined()
    }

    private static func fields(_ contact: Contact) -> [String] {
        [
            contact.name, contact.company, contact.numbers.map(\.raw).joined(separator: "; "),
            contact.owner ?? "", contact.language ?? "", contact.preset ?? "", contact.note,
        ]
    }
}
