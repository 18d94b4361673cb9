import CallControl
import Exchange
import Routing
import Telephony

/// Conference rooms.
extension CommandRunner {
    /// Every room, and who is in it.
    var conferences: Table {
        Table(
            columns: [
                .init("conference", Catalogue.columnConference), .init("name", Catalogue.columnName),
                .init("number", Catalogue.columnNumber), .init("pin", Catalogue.columnPIN),
                .init("limit", Catalogue.columnSeats, isNumber: true), .init("participants", Catalogue.columnParticipants),
            ],
            rows: settings.office.conferences.values.sorted { $0.id < $1.id }.map { room in
                let number = settings.office.serviceNumbers.first { $0.value == .conference(room.id) }?.key
                let isLocked = room.pin != nil
                return [
                    .init(room.id), .init(room.name.isEmpty ? nil : room.name), .init(number),
                    .init(say(isLocked ? Catalogue.on : Catalogue.off), .bool(isLocked)), .init(room.limit),
                    participants(view.conferences[room.id] ?? []),
                ]
            }, empty: Catalogue.noConferences)
    }

    private func participants(_ seats: [Switchboard.ConferenceSeat]) -> Table.Cell {
        let text = seats.map { $0.name.isEmpty ? $0.number : "\($0.number) \($0.name)" }.joined(separator: ", ")
        let json = seats.map { seat in
            JSON.object([
                ("call", .integer(seat.call.number)), ("number", .string(seat.number)), ("name", .string(seat.name)),
                ("since", .string(civil(seat.since).iso8601)),
            ])
        }
        return .init(text.isEmpty ? "—" : text, .array(json))
    }
}
