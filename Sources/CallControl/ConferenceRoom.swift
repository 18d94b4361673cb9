import Routing
import Telephony

/// Who is in a conference room now.
struct ConferenceRoom: Sendable {
    /// The room's number in the mixer.
    let number: Int
    /// In the order in which they came.
    var seats: [LegID] = []
    /// Those who have put the others on hold, and are neither heard nor hear anything meanwhile.
    var away: Set<LegID> = []
}

extension Floor {
    /// Whether somebody more finds a seat.
    func hasSeat(in conference: Conference) -> Bool {
        (rooms[conference.id]?.seats.count ?? 0) < min(conference.limit, Conference.largest)
    }

    /// The leg is in the room from now on; whoever is there alone hears music.
    mutating func sitDown(_ leg: LegID, in conference: Conference) {
        var room = rooms[conference.id] ?? ConferenceRoom(number: newRoom())
        let others = room.seats
        room.seats.append(leg)
        rooms[conference.id] = room
        if others.count == 1 { seat(others[0], in: room) }
        if conference.announces, !others.isEmpty {
            orders.append(.announce(room: room.number, speaking.say(.conferenceJoined)))
        }
        seat(leg, in: room)
    }

    /// The leg has left it.
    mutating func getUp(_ leg: LegID, from conference: Conference) {
        guard var room = rooms[conference.id], room.seats.contains(leg) else { return }
        room.seats.removeAll { $0 == leg }
        room.away.remove(leg)
        rooms[conference.id] = room.seats.isEmpty ? nil : room
        if room.seats.count == 1 {
            seat(room.seats[0], in: room)
        } else if conference.announces, !room.seats.isEmpty {
            orders.append(.announce(room: room.number, speaking.say(.conferenceLeft)))
        }
    }

    /// He has put the room on hold: his music must not be heard in it. Or he is back.
    mutating func hold(_ leg: LegID, _ isAway: Bool, in conference: Conference) {
        guard var room = rooms[conference.id] else { return }
        if isAway { room.away.insert(leg) } else { room.away.remove(leg) }
        rooms[conference.id] = room
        seat(leg, in: room)
    }

    private mutating func seat(_ leg: LegID, in room: ConferenceRoom) {
        if room.away.contains(leg) {
            orders.append(.quiet(leg))
        } else {
            orders.append(room.seats.count == 1 ? .play(leg, .music) : .mix(leg, room: room.number))
        }
    }
}

extension Switchboard {
    /// One party of a conference.
    public struct ConferenceSeat: Equatable, Sendable {
        /// His call.
        public var call: CallID
        /// His number and name as they are shown.
        public var number: String, name: String
        /// Since when he is in it: milliseconds since 1970 UTC.
        public var since: Int64
    }

    /// Who is in which room, in the order in which they came.
    public var conferences: [ConferenceID: [ConferenceSeat]] {
        floor.rooms.mapValues { room in
            room.seats.compactMap { leg in
                guard let call = callOf[leg].flatMap({ calls[$0] }), case .conference(let visit) = call.stage else { return nil }
                return ConferenceSeat(
                    call: call.id, number: call.callerID.number, name: call.callerID.name, since: visit.since.utc)
            }
        }
    }
}
