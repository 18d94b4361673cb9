import Configuration
import Routing
import Telephony

/// Employees as other exchanges export them, as lines of the configuration: FreePBX's bulk handler (`extension,name,secret,…`), MikoPBX's
/// employees (`number,user_username,sip_secret,…`), or a table `number,name`.
struct EmployeesFile {
    /// What a column is.
    private enum Column: CaseIterable {
        case number, name, secret, mobile, followMe, followsMe, forward, ring, onBusy, onUnreachable, pin, email, hasVoicemail,
            language

        /// What the exporters call it, folded.
        var headings: Set<String> {
            switch self {
            case .number: ["number", "extension", "номер", "внутренний номер", "внутренний"]
            case .name: ["name", "user_username", "имя", "фио", "сотрудник"]
            case .secret: ["secret", "sip_secret", "пароль sip"]
            case .mobile: ["mobile_number", "mobile", "мобильный", "мобильный телефон"]
            case .followMe: ["findmefollow_grplist"]
            case .followsMe: ["findmefollow_enabled"]
            case .forward: ["fwd_forwarding"]
            case .ring: ["fwd_ringlength", "ringtimer"]
            case .onBusy: ["fwd_forwardingonbusy"]
            case .onUnreachable: ["fwd_forwardingonunavailable"]
            case .pin: ["voicemail_vmpwd"]
            case .email: ["voicemail_email"]
            case .hasVoicemail: ["voicemail_enable"]
            case .language: ["languages_language", "language", "язык"]
            }
        }
    }

    /// Lines of the configuration, and the line of the table that each comes from.
    private(set) var lines: [(text: String, origin: Int)] = []
    /// What is wrong with the table itself, in the order of lines.
    private(set) var errors: [ConfigurationError] = []
    /// Headings with values that were not taken, in the order of columns.
    private(set) var unused: [String] = []
    /// What is in the table and cannot be said here as it stands.
    private(set) var remarks: [Wording] = []
    /// Numbers of the table, in its order.
    private(set) var numbers: [ExtensionNumber] = []

    private static let lineLimit = 10_000

    private let office: Office
    private var columns: [Column?] = [], headings: [String] = []
    private var places: [ExtensionNumber: Int] = [:]
    private var rows: [(fields: [Column: String], line: Int)] = []

    init(_ text: String, office: Office) {
        self.office = office
        // The mark by which spreadsheets know UTF-8.
        var reader = CSVReader(text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
        while errors.count < ContactsFile.errorLimit {
            do throws(CSVReader.Fault) {
                guard let fields = try reader.next() else { break }
                if columns.isEmpty, readHeader(fields) { continue }
                read(fields, reader.line)
            } catch { refuse(reader.line, error.wording, error.hint) }
        }
        if rows.isEmpty, errors.isEmpty { refuse(1, Catalogue.noEmployees, Catalogue.employeesHeader) }
        for (fields, line) in rows { configure(fields, line) }
    }

    /// All lines as one text.
    var text: String { lines.map(\.text).joined(separator: "\n") }

    /// The line of the table that a line of `text` comes from.
    func origin(of line: Int?) -> Int? { line.flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1].origin : nil } }

    private mutating func refuse(_ line: Int, _ text: Wording, _ hint: Wording) {
        errors.append(ConfigurationError(line: line, text: text, hint: hint))
    }

    // MARK: Reading

    /// True for a line of headings; a table without one is `number,name`.
    private mutating func readHeader(_ fields: [String]) -> Bool {
        let words = fields.map { $0.folded.split(separator: " ").joined(separator: " ") }
        let found = words.map { word in Column.allCases.first { $0.headings.contains(word) } }
        guard found.contains(.number) else {
            (columns, headings) = ([.number, .name], ["number", "name"])
            guard fields.first?.utf8.allSatisfy({ (48...57).contains($0) }) == true else {
                refuse(1, Catalogue.noEmployeeNumbers, Catalogue.employeesHeader)
                return true
            }
            return false
        }
        (columns, headings) = (found, fields)
        return true
    }

    private mutating func read(_ fields: [String], _ line: Int) {
        guard rows.count < Self.lineLimit else {
            return refuse(line, Catalogue.tooManyContacts(Self.lineLimit), Catalogue.shorten)
        }
        var row: [Column: String] = [:]
        for (index, field) in fields.enumerated() where !field.isEmpty {
            guard columns.indices.contains(index), let column = columns[index] else {
                let heading = headings.indices.contains(index) ? headings[index] : "\(index + 1)"
                if !unused.contains(heading) { unused.append(heading) }
                continue
            }
            row[column] = ContactsFile.clean(field)
        }
        let number = row[.number] ?? ""
        guard !number.isEmpty, number.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return refuse(line, Catalogue.badValue(number, "N"), Catalogue.employeeNumberExample)
        }
        if let other = places[number] {
            return refuse(line, Catalogue.numberTwice(number, line: other), Catalogue.keepOne)
        }
        places[number] = line
        numbers.append(number)
        rows.append((row, line))
    }

    // MARK: What it means here

    private mutating func configure(_ row: [Column: String], _ line: Int) {
        let number = row[.number] ?? "", me = "set extension \(number)"
        func add(_ words: String) { lines.append(("\(me) \(words)", line)) }
        lines.append((me, line))
        if let name = row[.name] { add("name \(TypedLine.quoted(name))") }
        if let secret = row[.secret], secret != "REGEN" { add("secret \(TypedLine.quoted(secret))") }
        if let mobile = row[.mobile] ?? followMe(row) { add("mobile \(TypedLine.joined([mobile]))") }
        if let language = row[.language]?.prefix(2).lowercased(), ContactsFile.language(language) != nil {
            add("language \(language)")
        }
        let seconds = row[.ring].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 30
        if let target = target(row[.forward], number) {
            lines.append(("delete extension \(number) no-answer", line))
            if office.extensions[number]?.noAnswer.isEmpty != false { lines.removeLast() }
            add("no-answer after \(seconds)s to \(target)")
        } else if isOn(row[.hasVoicemail]), row[.ring].flatMap({ Int($0) }) ?? 0 > 0 {
            add("no-answer after \(seconds)s to voicemail \(number)")
        }
        if let target = target(row[.onBusy], number) { add("on-busy to \(target)") }
        if let target = target(row[.onUnreachable], number) { add("on-unreachable to \(target)") }
        guard isOn(row[.hasVoicemail]) else { return }
        if let pin = row[.pin], !pin.isEmpty, pin.utf8.allSatisfy({ (48...57).contains($0) }) { add("pin \(pin)") }
        if let email = row[.email] { add("voicemail recipients \(number) email:\(email)") }
    }

    /// FreePBX writes numbers outside with `#` behind them, one after the other with `-` between.
    private func followMe(_ row: [Column: String]) -> String? {
        guard isOn(row[.followsMe]), let list = row[.followMe] else { return nil }
        return list.split(separator: "-").first { $0.hasSuffix("#") }.map { String($0.dropLast()) }
    }

    private func isOn(_ word: String?) -> Bool {
        word.map { !["", "no", "0", "false", "disabled"].contains($0.lowercased()) } ?? false
    }

    /// A number as a target: somebody's of the table or of the office, or one outside. What is neither is told.
    private mutating func target(_ number: String?, _ person: ExtensionNumber) -> String? {
        guard let number, !number.isEmpty else { return nil }
        if places[number] != nil || office.extensions[number] != nil { return "extension \(number)" }
        if let department = office.departments.values.first(where: { $0.number == number }) {
            return "department \(department.id)"
        }
        if let outside = ContactsFile.number(number, country: office.country), outside.digits.utf8.count >= 5 {
            return "external \(TypedLine.joined([number]))"
        }
        remarks.append(Catalogue.forwardsToNobody(person, number))
        return nil
    }
}

extension CommandRunner {
    /// Employees from another exchange or a table: what would change, and with `check` no more than that.
    func importEmployees(check: Bool) throws(CommandFailure) -> Reply {
        guard let attachment else { throw CommandFailure(Catalogue.noAttachment) }
        let table = EmployeesFile(attachment, office: settings.office)
        guard table.errors.isEmpty else { return refusal(table.errors) }
        let after: ConfigurationCandidate
        switch self.check(table.text, replace: false) {
        case .success(let candidate): after = candidate
        case .failure(let refused):
            return refusal(
                refused.errors.map { .init(line: table.origin(of: $0.line), text: $0.text, hint: $0.hint) })
        }
        let difference = after.document.difference(from: view.document).map(\.text)
        let result = try apply(table.text, replace: false, check: check, comment: "import \(file ?? "-")".printable)
        let known = table.numbers.count { settings.office.extensions[$0] != nil }
        let changed = Set(difference.compactMap { line in line.split(separator: " ").dropFirst(3).first.map(String.init) })
        let counts = Catalogue.importCounts(
            new: table.numbers.count - known,
            changed: table.numbers.count { changed.contains($0) && settings.office.extensions[$0] != nil },
            same: table.numbers.count { !changed.contains($0) })
        var notes = table.remarks.map { say($0) + "\n" }.joined()
        if !table.unused.isEmpty { notes += say(Catalogue.unusedColumns(table.unused)) + "\n" }
        if format == .json { return Reply(exitCode: result.exitCode, output: result.output, errors: notes) }
        return Reply(
            exitCode: result.exitCode, output: difference.map { $0 + "\n" }.joined() + say(counts) + "\n" + result.output,
            errors: notes + (result.exitCode == 0 ? "" : result.errors))
    }
}
