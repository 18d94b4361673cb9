import Routing
import Telephony

extension Schema.Section {
    static let conferences = Self(
        word: "conference",
        help: Wording(ru: "комната для конференций: все слышат всех", en: "a conference room: everybody hears everybody"),
        name: .conferenceID, isOrdered: false,
        keys: [
            .init("name", "название", "name", [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "number", "внутренний номер комнаты", "the room's number inside the office",
                [.value("N", .internalNumber(all: false), "внутренний номер: 890", "a number inside the office: 890")]),
            .init(
                "pin", "код, который набирают при входе; нет — входит любой", "the code to enter; absent: everybody may",
                [.value(.pin)]),
            .init(
                "limit", "сколько участников", "how many people", standard: "\(Conference.largest)",
                [.value("COUNT", .integer(2...Conference.largest), "от 2 до 16", "2 to 16")]),
            .init(
                "announce", "сигнал, когда кто-то входит или выходит", "a tone when somebody comes or goes", standard: "on",
                [.onOff]),
        ], later: [])
}

extension Schema.Value {
    static let conferenceID = Self(
        "ID", .id, Wording(ru: "имя комнаты", en: "a conference room's name"), names: "conference")
}

extension Schema.TargetKind {
    static let conference = Self(
        word: "conference", help: Wording(ru: "в комнату для конференций", en: "into a conference room"), value: .conferenceID)
}

extension ConfigurationDocument {
    /// The rooms, and the numbers that are dialled for them.
    func addConferences(to office: inout Office) {
        for item in items("conference") {
            guard let id = item.path.name else { continue }
            var room = Conference(id, name: words("name", of: item.path)?.first ?? "")
            room.pin = words("pin", of: item.path)?.first
            room.limit = words("limit", of: item.path)?.first.flatMap(Read.natural) ?? room.limit
            room.announces = words("announce", of: item.path)?.first != "off"
            office.conferences[id] = room
            if let number = words("number", of: item.path)?.first { office.serviceNumbers[number] = .conference(id) }
        }
    }
}

extension Validation {
    /// A room's number is nobody else's; a code keeps out only whom it is hard for to guess.
    mutating func checkConferences(_ owners: inout [String: String]) {
        for item in document.items("conference") {
            guard let id = item.path.name else { continue }
            checkNumber(of: item, &owners)
            for entry in item.entries("pin") {
                guard let pin = entry.words.first?.value, Self.isGuessed(pin, of: id) else { continue }
                warn(entry.line, Catalogue.weakPIN("\(item.path)"), Catalogue.betterPIN)
            }
            let isReachable = document.references.contains { $0.target == item.path }
            if item.entries("number").isEmpty, !isReachable {
                warn(item.line, Catalogue.conferenceUnreachable(id), Catalogue.add("set \(item.path) number 890"))
            }
        }
    }
}
