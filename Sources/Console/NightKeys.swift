import Telephony

/// Night keys: an office that is put to night by hand.
extension CommandRunner {
    /// Every key that a scheme has, and whether it is pressed.
    var nightKeys: Table {
        let pressed = environment.nights()
        let schemes = settings.office.schemes.values.sorted { $0.id < $1.id }
        let keys = Set(schemes.compactMap(\.nightKey)).sorted()
        return Table(
            columns: [
                .init("key", Catalogue.columnKey), .init("on", Catalogue.columnNight),
                .init("until", Catalogue.columnUntil), .init("schemes", Catalogue.columnSchemes),
            ],
            rows: keys.map { key in
                let until = pressed[key].flatMap { $0 == .max ? nil : wallTime($0) }
                return [
                    .init(key), .init(say(pressed[key] == nil ? Catalogue.off : Catalogue.on), .bool(pressed[key] != nil)),
                    .init(until ?? "", .optional(until)),
                    .init(schemes.filter { $0.nightKey == key }.map(\.id).joined(separator: ", ")),
                ]
            }, empty: Catalogue.noNightKeys)
    }

    func press(_ key: String, _ isOn: Bool) throws(CommandFailure) -> Reply {
        let keys = Set(settings.office.schemes.values.compactMap(\.nightKey)).sorted()
        guard keys.contains(key) else { throw CommandFailure(Catalogue.noNightKey(key, among: keys)) }
        try environment.press(key, isOn)
        let morning = settings.office.calendar.nextMorning(after: view.now.civil)
        let text = isOn ? Catalogue.nightPressed(key, until: morning.map(wallTime)) : Catalogue.nightReleased(key)
        return print(text: say(text) + "\n", json: .object([("key", .string(key)), ("on", .bool(isOn))]))
    }

    /// `2026-11-24 09:00`.
    private func wallTime(_ second: Int) -> String {
        let time = CivilTime(utc: Int64(second) * 1000, offset: 0)
        return "\(time.isoDate) \(time.hour.padded(2)):\(time.minute.padded(2))"
    }
}
