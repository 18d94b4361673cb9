import Routing
import Telephony

/// Who waits for which department: callers in its queue, and clients who rather went and are called back in their turn. There is one
/// queue discipline for the whole office: whoever has waited longest is served first, whatever the departments of the one who gets free.
struct CallQueue: Sendable {
    /// Whose place it is.
    enum Owner: Hashable, Sendable {
        case caller(CallID)
        case callback(TaskID)
    }

    /// When the wait began; of those who came in one moment the one with the smaller number came first.
    struct Place: Hashable, Comparable, Sendable {
        var since: Instant, number: Int
        static func < (left: Self, right: Self) -> Bool { (left.since, left.number) < (right.since, right.number) }
    }

    private var places: [Owner: (department: DepartmentID, place: Place)] = [:]

    /// From now on the owner has this place, or none.
    mutating func set(_ owner: Owner, _ place: (department: DepartmentID, place: Place)?) { places[owner] = place }

    /// How many callers wait in the department's queue.
    func callers(in department: DepartmentID) -> Int {
        places.count { if case .caller = $0.key { $0.value.department == department } else { false } }
    }

    /// How many are served before this place.
    func ahead(of place: Place, in department: DepartmentID) -> Int {
        places.values.count { $0.department == department && $0.place < place }
    }

    /// Since when the caller has waited who has waited longest.
    func longest(in department: DepartmentID) -> Instant? {
        places.compactMap { owner, entry in
            if case .caller = owner, entry.department == department { entry.place.since } else { nil }
        }.min()
    }
}

/// How a caller waits for a department: whether in its queue, and what he is told meanwhile.
struct Waiting: Sendable {
    let department: DepartmentID
    /// When he came to it: his place and his patience count from here.
    let since: Instant
    /// Every member was busy: he has been answered and hears music until somebody takes him.
    var isQueued = false
    /// When he is told his place next, is offered something next, and when members are looked over next.
    var positionDue: Instant?, offerDue: Instant?, lookDue: Instant?
    /// What he hears of us besides music or ringing.
    var speech: Int?
    /// How far he is with what was offered.
    var choice = Choice.notOffered
    /// When a choice that he has begun is given up.
    var choiceEnds: Instant?
    /// How often he was asked for a number.
    var asked = 0

    /// How often he is told his place, and how often members are looked over who came without our noticing: by their hours, or because
    /// their telephone works again.
    static let positionInterval = Duration.seconds(45), lookInterval = Duration.seconds(30)
    /// Silence between two things that are said to him.
    static let breath = Duration.seconds(3)

    init(_ department: Department, since: Instant) {
        (self.department, self.since) = (department.id, since)
    }

    /// When it wants to be woken. What is to be said waits until he has heard what is being said.
    var deadline: Instant? {
        let isSilent = speech == nil && !choice.isBegun
        return [isSilent ? positionDue : nil, isSilent ? offerDue : nil, lookDue, choiceEnds].compactMap { $0 }.min()
    }
}

extension Hunt {
    var isQueued: Bool { waiting?.isQueued ?? false }
    /// The caller is ordering a call back, or has ordered one: meanwhile he is taken nowhere else.
    var isChoosing: Bool { waiting?.choice.isBegun ?? false }
    var isBooked: Bool { if case .booked = waiting?.choice { true } else { false } }
}

extension Call {
    /// The call's place in a queue; nil: it is in none, or the caller has left it for a call back.
    var queued: (department: DepartmentID, place: CallQueue.Place)? {
        guard case .hunting(let hunt) = stage, let waiting = hunt.waiting, waiting.isQueued, !hunt.isBooked else { return nil }
        return (waiting.department, CallQueue.Place(since: waiting.since, number: id.number))
    }

    /// Since when it has waited for whoever may get free, with or without a queue.
    var huntPlace: CallQueue.Place {
        guard case .hunting(let hunt) = stage, let waiting = hunt.waiting else {
            return CallQueue.Place(since: journal.lines.first?.at.uptime ?? .zero, number: id.number)
        }
        return CallQueue.Place(since: waiting.since, number: id.number)
    }

    // MARK: Into the queue

    /// Nobody can be rung now: in a department with a queue the caller waits there as long as somebody may come who is busy, not absent.
    /// False: he does not.
    mutating func waitsInQueue(_ hunt: inout Hunt, on floor: inout Floor) -> Bool {
        guard let waiting = hunt.waiting, let department = floor.router.office.departments[waiting.department],
            let rules = department.queue
        else { return false }
        let there = candidates(hunt, floor).filter {
            !hunt.declined.contains($0) && floor.isOnDuty($0) && floor.isReachable($0) && floor.serves($0, department.id)
        }
        guard there.contains(where: { waiting.isQueued || !floor.isAvailable($0) }) else { return false }
        if waiting.isQueued {
            stage = .hunting(hunt)
            return true
        }
        let line = "set department \(department.id) on-busy to queue"
        guard floor.queue.callers(in: department.id) < rules.limit else {
            explain(.department, .passed, Catalogue.queueIsFull(department.id, rules.limit), line: line, floor)
            return false
        }
        let place = place(of: waiting, floor)
        explain(.department, .taken, Catalogue.departmentQueues(department.id, place: place), line: line, floor)
        enterQueue(rules, place, &hunt, on: &floor)
        return true
    }

    private mutating func enterQueue(_ rules: QueueRules, _ place: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waiting?.isQueued = true
        hunt.waiting?.lookDue = floor.now.uptime + Waiting.lookInterval
        alerted = true
        letGo(of: &hunt, on: &floor)
        // Whoever waits must hear the music, and his keys must come: most networks carry neither before the answer.
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: nil)) }
        floor.orders.append(.open(journal))
        if rules.tellsPosition { tellPosition(place, &hunt, on: &floor) } else { playWaiting(hunt, on: &floor) }
        stage = .hunting(hunt)
    }

    /// Whom he may get: the department's members, and those who joined by escalation.
    private func candidates(_ hunt: Hunt, _ floor: Floor) -> [ExtensionNumber] {
        guard let department = hunt.waiting.flatMap({ floor.router.office.departments[$0.department] }) else { return [] }
        return department.members.map(\.number) + hunt.escalated
    }

    private func place(of waiting: Waiting, _ floor: Floor) -> Int {
        floor.queue.ahead(of: .init(since: waiting.since, number: id.number), in: waiting.department) + 1
    }

    // MARK: Out of it

    /// Somebody got free, and this caller is the one who has waited longest: the strategy says who of those who are free now rings.
    mutating func served(by number: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor) {
        guard candidates(hunt, floor).contains(number), canRing(number, hunt, floor), !hunt.spent.contains(number),
            let department = hunt.waiting.flatMap({ floor.router.office.departments[$0.department] })
        else { return }
        plan(department, &hunt, on: &floor)
        if hunt.escalated.contains(number) { hunt.plan = .direct(number) }
        ringNextWave(&hunt, on: &floor)
    }

    /// Those who could be rung and were overlooked get free once more, and those who did not answer get one more chance.
    private mutating func lookOver(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waiting?.lookDue = floor.now.uptime + Waiting.lookInterval
        hunt.spent = []
        stage = .hunting(hunt)
        floor.freed += candidates(hunt, floor).filter { floor.isAvailable($0) && floor.isReachable($0) && floor.isOnDuty($0) }
    }

    // MARK: What he hears

    mutating func wakeWaiting(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let waiting = hunt.waiting else { return }
        let now = floor.now.uptime
        let isDue = { (moment: Instant?) in moment.map { $0 <= now } ?? false }
        if isDue(waiting.choiceEnds) { return choiceTimedOut(&hunt, on: &floor) }
        if isDue(waiting.lookDue) {
            lookOver(&hunt, on: &floor)
        } else if isDue(waiting.offerDue) {
            offer(&hunt, on: &floor)
        } else if isDue(waiting.positionDue) {
            tellPosition(place(of: waiting, floor), &hunt, on: &floor)
        }
        stage = .hunting(hunt)
    }

    /// His place, and how long it will take where talks of the day tell.
    private mutating func tellPosition(_ place: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let waiting = hunt.waiting, let department = floor.router.office.departments[waiting.department] else { return }
        hunt.waiting?.positionDue = floor.now.uptime + Waiting.positionInterval
        let speaking = floor.speaking
        let wait = floor.expectedWait(at: place, in: department).map { speaking.say(.pause) + speaking.wait($0) }
        speak(speaking.position(place) + (wait ?? []), &hunt, on: &floor)
    }

    /// Says something to the caller while telephones go on ringing and he keeps his place.
    mutating func speak(_ clips: [Clip], _ hunt: inout Hunt, on floor: inout Floor) {
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: nil)) }
        let speech = floor.newSpeech(clips)
        hunt.waiting?.speech = speech.id
        floor.orders.append(.play(hunt.caller, .speech(speech)))
    }

    /// What he hears while he waits: the queue's music, or ringing.
    func playWaiting(_ hunt: Hunt, on floor: inout Floor) {
        let rules = hunt.waiting.flatMap { floor.router.office.departments[$0.department]?.queue }
        let sound: Sound =
            hunt.isQueued && rules?.sound ?? .hold == .hold ? .music : .tone(.ringback, floor.router.office.country)
        floor.orders.append(.play(hunt.caller, sound))
    }

    /// He has heard what was said.
    mutating func spoke(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waiting?.speech = nil
        let later = floor.now.uptime + Waiting.breath
        if let due = hunt.waiting?.offerDue { hunt.waiting?.offerDue = max(due, later) }
        if let due = hunt.waiting?.positionDue { hunt.waiting?.positionDue = max(due, later) }
        choiceWasSaid(&hunt, on: &floor)
    }
}

extension Switchboard {
    /// Who waits for a department.
    public struct QueueStatus: Equatable, Sendable {
        /// Callers in its queue, and since when the one has waited who has waited longest.
        public var callers: Int, longest: Instant?
        /// Clients who are to be called back.
        public var callbacks: Int
    }

    /// Who waits for the department now.
    public func queue(of department: DepartmentID) -> QueueStatus {
        QueueStatus(
            callers: floor.queue.callers(in: department), longest: floor.queue.longest(in: department),
            callbacks: callbacks.entries.values.count { $0.order.department == department })
    }
}

extension Floor {
    /// How long whoever is at this place in the queue will wait, by the department's talks of the day and the members who are there.
    func expectedWait(at place: Int, in department: Department) -> Duration? {
        let today = now.civil.dayNumber
        let there = department.members.map(\.number).filter { isOnDuty($0) && isReachable($0) }
        let (calls, talk) = department.members.reduce((0, Duration.zero)) { sum, member in
            let load = ledger.groupLoad(of: member.number, in: department.id, today: today)
            return (sum.0 + load.calls, sum.1 + load.talk)
        }
        guard calls > 0, !there.isEmpty else { return nil }
        return (talk / calls + department.wrapUp) * place / there.count
    }
}
