import Routing
import Telephony

extension Schema.Section {
    static let paging = Self(
        word: "paging",
        help: Wording(
            ru: "оповещение: телефоны сами включаются на громкую связь",
            en: "paging: telephones switch themselves on and say it aloud"),
        name: Schema.Value("ID", .id, Wording(ru: "имя группы", en: "the group's name"), names: "paging"), isOrdered: false,
        keys: [
            .init("name", "название", "name", [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "number", "какой номер набирают", "the number that is dialled",
                [.value("N", .internalNumber(all: false), "внутренний номер: 870", "a number inside the office: 870")]),
            .init("member", "чей телефон включается", "whose telephone", lines: .named, [.value(.extensionNumber)]),
            .init(
                "speaker", "кто может говорить; нет — все сотрудники", "who may speak; absent: every employee",
                lines: .named, [.value(.extensionNumber)]),
            .init(
                "limit", "сколько можно говорить", "how long somebody may speak", standard: "1m",
                [.value("DUR", .duration(5...600), "от 5s до 10m", "5s to 10m")]),
        ], later: [])
}

extension Schema.Key {
    static let autoAnswer = Self(
        "auto-answer", "включается ли телефон сам: оповещение и интерком",
        "whether the telephone switches itself on for paging and intercom", standard: "on", isInheritable: true, [.onOff])
}

extension ConfigurationDocument {
    /// Paging groups.
    var paging: [PagingID: PagingGroup] {
        var groups: [PagingID: PagingGroup] = [:]
        for item in items("paging") {
            guard let id = item.path.name else { continue }
            var group = PagingGroup(id, name: words("name", of: item.path)?.first ?? "")
            group.number = words("number", of: item.path)?.first ?? ""
            group.members = item.entries("member").compactMap { $0.words.first?.value }
            group.speakers = item.entries("speaker").compactMap { $0.words.first?.value }
            group.limit = words("limit", of: item.path)?.first.flatMap(Read.duration) ?? group.limit
            groups[id] = group
        }
        return groups
    }
}

extension Validation {
    /// A group needs a number of its own and somebody to listen.
    mutating func checkPaging(_ owners: inout [String: String]) {
        for item in document.items("paging") {
            guard let id = item.path.name else { continue }
            checkNumber(of: item, &owners)
            if item.entries("number").isEmpty {
                warn(item.line, Catalogue.lacks("\(item.path)", "number"), Catalogue.add("set \(item.path) number 870"))
            }
            if item.entries("member").isEmpty {
                let example = "set \(item.path) member \(settings.office.extensions.keys.min() ?? "101")"
                warn(item.line, Catalogue.nobodyListens(id), Catalogue.add(example))
            }
        }
    }
}
