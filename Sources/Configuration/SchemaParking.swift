import Routing
import Telephony

extension Schema.Section {
    static let parking = Self(
        word: "parking", help: Wording(ru: "парковка звонков", en: "where calls are parked"), name: nil, isOrdered: false,
        keys: [
            .init(
                "number", "сюда переводят, чтобы припарковать; место назовёт станция",
                "transfer here to park; the exchange says the place",
                [.value("N", .internalNumber(all: false), "внутренний номер: 70", "a number inside the office: 70")]),
            .init(
                "slots", "места; набрать место — забрать звонок", "the places; dialling one takes the call",
                [.some(.slot)]),
            .init(
                "recall", "когда звонок, который не забрали, вернётся", "when a call that nobody took comes back",
                standard: "2m", [.value("DUR", .duration(10...3600), "от 10s до 1h", "10s to 1h")]),
        ], later: [])
}

extension Schema.Key {
    static let pickup = Self(
        "pickup", "кто может перехватить его звонок", "who may take calls that ring there", standard: "office",
        isInheritable: true,
        [
            .value(
                "WHO",
                .choice(
                    [
                        .init("off", "никто", "nobody"), .init("department", "коллеги по отделу", "members of its departments"),
                        .init("office", "любой сотрудник", "every employee"),
                    ], later: []), "кто", "who")
        ])
}

extension Schema.Value {
    static let slot = Self(
        "N", .internalNumber(all: false), Wording(ru: "внутренний номер места: 71", en: "a place's number inside the office: 71"))
}

extension ConfigurationDocument {
    /// Where calls are parked.
    var parking: ParkingRules {
        let path = ConfigurationPath("parking")
        let standard = ParkingRules()
        return ParkingRules(
            number: words("number", of: path)?.first, slots: item("parking")?.entries("slots").first?.words.map(\.value) ?? [],
            recall: words("recall", of: path)?.first.flatMap(Read.duration) ?? standard.recall)
    }
}

extension Validation {
    /// Numbers of parking are nobody else's, and there is no parking without a place.
    mutating func checkParking(_ owners: inout [String: String]) {
        guard let item = document.item("parking") else { return }
        if let entry = item.entries("number").first, item.entries("slots").isEmpty {
            refuse(entry.line ?? item.line, Catalogue.lacks("parking", "slots"), Catalogue.add("set parking slots 71 72 73"))
        }
        for entry in item.entries("number") + item.entries("slots") {
            for number in entry.words.map(\.value) {
                if let owner = owners[number] {
                    refuse(entry.line ?? item.line, Catalogue.numberTaken(number, by: owner), Catalogue.chooseAnother)
                }
                owners[number] = owners[number] ?? "parking"
            }
        }
    }
}
