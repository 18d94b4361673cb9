import Routing
import Telephony

extension Schema.Key {
    /// `extension N record …`.
    static let record = Self(
        "record", "какие звонки записывать", "which calls are recorded", standard: "off", isInheritable: true,
        [.value("CALLS", .choice(scopes, later: []), "какие звонки", "which calls")])

    private static let scopes = RecordingScope.allCases.map { scope in
        switch scope {
        case .off: Schema.Choice("off", "никакие", "none")
        case .on: Schema.Choice("on", "все", "all of them")
        case .incoming: Schema.Choice("in", "от клиентов", "from outside")
        case .outgoing: Schema.Choice("out", "клиентам", "to the outside")
        case .outside: Schema.Choice("outside", "с клиентами", "with the outside")
        case .internal: Schema.Choice("internal", "между сотрудниками", "among colleagues")
        }
    }

    /// `department ID record on`.
    static let recordDepartment = Self(
        "record", "записывать ли звонки отдела", "whether the department's calls are recorded", standard: "off", [.onOff])

    /// `office record announce on`.
    static let recordAnnounce = Self(
        "record", "как записываются звонки", "how calls are recorded", standard: "announce on",
        [
            .word("announce", "предупреждать ли всех в разговоре", "whether everybody in the call is told"), .onOff,
        ])
}

extension Schema.Clause {
    /// `office keep recordings 10gb for 90d`.
    static let keepRecordings = Self(
        word: "recordings",
        help: Wording(
            ru: "место под записи разговоров; дальше уходят старые; само по себе 2gb",
            en: "room for recordings of calls; beyond it the oldest go; factory 2gb"),
        pattern: [
            .value("SIZE", .size, "место: 500mb, 2gb", "room: 500mb, 2gb"),
            .optional([
                .word("for", "и не дольше", "and no longer than"),
                .value("AGE", .age(1...36_600), "от 1d до 100y", "1d to 100y"),
            ]),
        ])
}

extension ConfigurationDocument {
    var recording: RecordingRules {
        var rules = RecordingRules()
        rules.announces = words("record", of: ConfigurationPath("office"))?.last != "off"
        for entry in item("office")?.entries("keep") ?? [] where entry.words.first?.value == "recordings" {
            let words = entry.words.map(\.value)
            if words.count > 1 { rules.quota = Read.size(words[1]) ?? rules.quota }
            if words.count > 3 { rules.keptDays = Read.age(words[3]) }
        }
        return rules
    }
}
