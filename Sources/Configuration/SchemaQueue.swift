import Routing
import Telephony

/// How a department's callers wait.
extension Schema.Key {
    static let queue = Self(
        "queue", "как ждут те, для кого нет свободных сотрудников", "how callers wait while every member is busy",
        [
            .optional([
                .word("limit", "сколько могут ждать; само по себе 20", "how many may wait; factory 20"),
                .value("COUNT", .integer(1...500), "от 1 до 500", "1 to 500"),
            ]),
            .optional([
                .word("music", "что слышно при ожидании", "what is heard meanwhile"),
                .value(
                    "SOUND",
                    .choice(
                        [
                            .init("hold", "музыка удержания", "music on hold"),
                            .init("ringback", "длинные гудки", "the ringing tone"),
                        ], later: ["ID"]), "что слышно", "what is heard"),
            ]),
            .optional([
                .word(
                    "position", "говорить ли место в очереди и время; само по себе on",
                    "whether the place and the time are told; factory on"), .onOff,
            ]),
        ])

    static let impatient = Self(
        "impatient", "для нетерпеливых: извиниться и предложить обратный звонок или сообщение",
        "for impatient callers: an apology, and a call back or a message offered", lines: .switched,
        [
            .oneOf([
                .init(word: "on", help: Wording(ru: "включено", en: "on"), pattern: []),
                .init(word: "off", help: Wording(ru: "выключено", en: "off"), pattern: []),
                .init(
                    word: "after",
                    help: Wording(
                        ru: "после скольких секунд ожидания и что; включает", en: "after how long and what; switches on"),
                    pattern: [
                        .value("DUR", .duration(5...600), "от 5s до 10m; само по себе 20s", "5s to 10m; factory 20s"),
                        .optional([
                            .word("offer", "что предложить", "what is offered"),
                            .several(
                                Schema.Value(
                                    "OFFER",
                                    .choice(
                                        [
                                            .init("callback", "обратный звонок, клавиша 1", "a call back, key 1"),
                                            .init("stay", "остаться на линии", "to stay on the line"),
                                            .init("voicemail", "сообщение, клавиша 2", "a message, key 2"),
                                        ], later: []), Wording(ru: "что предложить", en: "what is offered")), before: ["repeat"]),
                        ]),
                        .optional([
                            .word("repeat", "через сколько повторять; само по себе 30s", "how often it is repeated; factory 30s"),
                            .value("DUR", .duration(10...600), "от 10s до 10m", "10s to 10m"),
                        ]),
                    ]),
            ])
        ])
}

extension Schema.TargetKind {
    static let queue = Self(
        word: "queue", help: Wording(ru: "в очередь ожидания отдела", en: "to the department's queue"), value: nil)
}

extension Schema.Element {
    /// `to TARGET`, or to the department's own queue.
    static let toTargetOrQueue: [Self] = toTarget.map { element in
        guard case .value(var place) = element, case .target(let kinds, let later) = place.form else { return element }
        place.form = .target([.queue] + kinds, later: later)
        return .value(place)
    }
}

extension ConfigurationDocument {
    /// Whether callers of a department wait in a queue, and how.
    func queueRules(of path: ConfigurationPath) -> QueueRules? {
        guard words("on-busy", of: path) == ["to", "queue"] else { return nil }
        let words = words("queue", of: path) ?? []
        let standard = QueueRules()
        return QueueRules(
            limit: Self.value(after: "limit", in: words).flatMap(Read.natural) ?? standard.limit,
            sound: Self.value(after: "music", in: words).flatMap(QueueRules.Sound.init) ?? standard.sound,
            tellsPosition: Self.value(after: "position", in: words).map { $0 == "on" } ?? standard.tellsPosition)
    }

    /// What impatient callers of a department are offered; nil: nothing. Details without a switch switch it on.
    func impatience(of path: ConfigurationPath) -> Impatience? {
        let lines = effective("impatient", of: path).lines.map { $0.map(\.value) }
        let details = lines.first { $0.first == "after" }
        let isOn = lines.first { $0.first == "on" || $0.first == "off" }.map { $0.first == "on" } ?? (details != nil)
        guard isOn else { return nil }
        guard let details, details.count > 1 else { return Impatience() }
        let standard = Impatience()
        let offers = details.compactMap(Impatience.Offer.init)
        return Impatience(
            after: Read.duration(details[1]) ?? standard.after, offers: offers.isEmpty ? standard.offers : offers,
            repeats: Self.value(after: "repeat", in: details).flatMap(Read.duration) ?? standard.repeats)
    }

    private static func value(after word: String, in words: [String]) -> String? {
        words.firstIndex(of: word).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
}

/// Queues: what no single line can know.
extension Validation {
    /// Rules of a queue that nobody is sent to, and call-backs that no line could carry.
    mutating func checkQueues() {
        for item in document.items("department") {
            guard let department = settings.office.departments[item.path.name ?? ""] else { continue }
            if let entry = item.entries("queue").first, department.queue == nil {
                warn(entry.line, Catalogue.queueUnused(department.id), Catalogue.add("set \(item.path) on-busy to queue"))
            }
            if department.impatience?.offers.contains(.callback) == true, settings.office.routes.isEmpty {
                let line = item.entries("impatient").first?.line
                warn(line, Catalogue.callbackWithoutRoute(department.id), Catalogue.addRoute)
            }
        }
    }
}
