import CallControl
import Exchange
import Routing
import Telephony

/// A call that the installer expects to go a certain way: an `expect` line. It is thought through at each commit, with every phone there
/// and nobody answering, and stops a commit by which it no longer comes true.
struct ExpectedCall {
    /// Who calls.
    enum Caller: Equatable {
        /// Somebody who is not in the contact book, somebody who is, somebody who hides his number.
        case unknown, known, anonymous
        /// An extension, or this number outside.
        case number(String)
    }

    var name: String
    var caller: Caller
    var dialled: String
    /// The office's wall clock.
    var at: CivilTime
    /// What shall ring, and how soon.
    var target: Target
    var within: Duration?
    var line: Int?

    /// Reads `from WHO to NUMBER at TIME rings TARGET [within DUR]`.
    init?(_ item: ConfigurationDocument.Item) {
        let entry = item.entries("call").first
        let words = entry?.words.map(\.value) ?? []
        guard let name = item.path.name, words.count >= 8, let time = Read.dateAndTime(words[5]) else { return nil }
        let limit = words.lastIndex(of: "within").map { $0 + 1 }
        within = limit.flatMap { words.indices.contains($0) ? Read.duration(words[$0]) : nil }
        let end = within == nil ? words.endIndex : limit.map { $0 - 1 } ?? words.endIndex
        guard let target = Read.target(words[7..<end]) else { return nil }
        (self.name, dialled, at, self.target, line) = (name, words[3], time, target, entry?.line ?? item.line)
        caller =
            switch words[1] {
            case "unknown": .unknown
            case "known": .known
            case "anonymous": .anonymous
            case let number: .number(number)
            }
    }

    /// A number that stands for somebody nobody knows.
    private static let stranger: [Country: String] = [.ru: "+79000000000", .us: "+12015550100"]

    /// Thinks the call through by these settings; nil if it comes true.
    func fault(by office: Office, in zone: Zone) -> ConfigurationError? {
        let rehearsal = rehearse(by: office, in: zone)
        let wanted = "\(target)"
        let found = moment(of: target, in: rehearsal, office)
        if let found, found <= within ?? found { return nil }
        let text =
            found.map { Catalogue.laterThanExpected(name, wanted: wanted, after: $0.told) }
            ?? Catalogue.notAsExpected(name, wanted: wanted)
        return ConfigurationError(line: line, text: text, hint: Catalogue.insteadHappens(rehearsal.course))
    }

    private func rehearse(by office: Office, in zone: Zone) -> Rehearsal {
        var (board, time) = (Switchboard(office: office), at)
        time.offset = zone.offset(of: time)
        let moment = Moment(uptime: .zero, utc: time.utc, utcOffset: time.offset)
        for number in office.extensions.keys.sorted() { _ = board.handle(.reachable(number, true), at: moment) }
        var (number, card) = (Self.stranger[office.country] ?? "", ClientCard.blank)
        switch caller {
        case .unknown: break
        case .known: card = ClientCard(contact: 0)
        case .anonymous: number = ""
        case .number(let given): number = given
        }
        if let person = office.extensions[number] {
            let offer = Offer(
                caller: .extension(number), callerID: CallerID(number: number, name: person.name), dialled: dialled)
            return board.rehearse(offer, at: moment)
        }
        let shown = number.isEmpty ? "" : PhoneNumber(number, country: office.country).description
        let offer = Offer(
            caller: .trunk(office.trunk(of: dialled)), callerID: CallerID(number: shown), dialled: dialled)
        return board.rehearse(offer, card: card, at: moment)
    }

    /// When the target is come to.
    private func moment(of target: Target, in rehearsal: Rehearsal, _ office: Office) -> Duration? {
        switch target {
        case .extension(let number): return rehearsal.rings.first { $0.target == number }?.from
        case .external(let number):
            let sent = Set(Router(office).lines(to: number).map(\.number) + [number])
            return rehearsal.rings.first { $0.trunk != nil && sent.contains($0.target) }?.from
        case .department, .scheme, .menu, .conference: return rehearsal.stations.first { $0.target == target }?.at
        case .voicemail(let box):
            guard case .voicemail(box, let after) = rehearsal.ending else { return nil }
            return after
        case .busy: if case .busyTone(let after) = rehearsal.ending { return after } else { return nil }
        case .prompt(let id): return rehearsal.speeches.first { $0.clips.contains(Clip("own/\(id)")) }?.at
        case .drop: if case .released(_, let after) = rehearsal.ending { return after } else { return nil }
        }
    }
}

extension ConfigurationDocument {
    /// Expected calls that would not go as expected.
    func unfulfilled(_ zones: (String) -> Zone?) -> [ConfigurationError] {
        let expected = items("expect").compactMap(ExpectedCall.init)
        guard !expected.isEmpty else { return [] }
        let office = compiled.office
        let zone = zones(office.timezone) ?? .utc
        return expected.compactMap { $0.fault(by: office, in: zone) }
    }
}

extension Rehearsal {
    /// Where the call comes by and who rings, each with its time: `0:00 department sales`, `0:10 110`.
    public var course: [String] {
        let stations = stations.map { (at: $0.at, text: "\($0.at.told) \($0.target)") }
        let rings = rings.map { (at: $0.from, text: "\($0.from.told) \($0.target)") }
        // Phrases by their names, whatever the language; a prompt of the office as it is written in the configuration.
        let spoken = speeches.map { speech in
            let words = speech.clips.map { clip in
                let name = String(clip.name.drop { $0 != "/" }.dropFirst())
                return clip.name.hasPrefix("own/") ? "prompt \(name)" : "“\(name)”"
            }
            return (at: speech.at, text: "\(speech.at.told) \(words.joined(separator: " "))")
        }
        let ends: [(at: Duration, text: String)] =
            switch ending {
            case .busyTone(let after): [(after, "\(after.told) busy")]
            case .voicemail(let box, let after): [(after, "\(after.told) voicemail \(box)")]
            case .released(let cause, let after): [(after, "\(after.told) \(cause.rawValue)")]
            case .open: []
            }
        // An extension that is come to and rings at once is told once.
        let atOnce = Set(self.rings.map { "\($0.from.told) extension \($0.target)" })
        let once = stations.filter { !atOnce.contains($0.text) }
        return (spoken + once + rings + ends).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(
            \.element.text)
    }
}

extension Duration {
    /// `0:05`, `2:00`.
    var told: String {
        let seconds = Int(milliseconds / 1000)
        return "\(seconds / 60):\((seconds % 60).padded(2))"
    }
}

extension Schema.Section {
    static let expectations = Self(
        word: "expect",
        help: Wording(
            ru: "ожидание: проверяется при каждой записи настроек и не даст записать, если не сбывается",
            en: "an expectation: checked at each commit, and stops one by which it does not come true"),
        name: Schema.Value("TEXT", .text, Wording(ru: "название в кавычках", en: "its name in quotes")), isOrdered: true,
        keys: [
            .init(
                "call", "звонок и что должно произойти", "a call and what shall happen",
                [
                    .word("from", "кто звонит", "who calls"),
                    .value(
                        "WHO", .caller, "unknown, known, anonymous, внутренний или внешний номер",
                        "unknown, known, anonymous, an extension or a number outside"),
                    .word("to", "на какой номер", "which number is called"),
                    .value("NUMBER", .number, "номер организации или внутренний", "a company number or one inside"),
                    .word("at", "когда", "when"),
                    .value("TIME", .dateAndTime, "дата и время: 2026-11-23T12:00", "date and time: 2026-11-23T12:00"),
                    .word("rings", "что должно зазвонить", "what shall ring"), .target,
                    .optional([
                        .word("within", "не позже чем через", "at the latest after"),
                        .value("DUR", .duration(0...3600), "время: 1s", "a time: 1s"),
                    ]),
                ])
        ],
        later: [])
}
