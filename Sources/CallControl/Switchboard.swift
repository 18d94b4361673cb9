import Routing
import Telephony

/// All calls of the exchange. Facts about legs come in, orders go out; the only time it knows is what it is told.
public struct Switchboard: Sendable {
    var floor: Floor
    var calls: [CallID: Call] = [:]
    var callbacks = CallbackQueue()
    var callOf: [LegID: CallID] = [:]
    private var timers = TimerTable<Timer>()
    private var nextCall: Int

    /// What a timer is for.
    private enum Timer: Hashable, Sendable {
        case call(CallID)
        /// A member's pause after a call.
        case pause(ExtensionNumber)
        /// Somebody may be called back by now.
        case callbacks
        /// A night key goes off by itself.
        case morning
    }

    /// A switchboard for `office` whose next call is number `nextCall`.
    public init(office: Office, nextCall: Int = 1) {
        floor = Floor(router: Router(office), now: Moment(uptime: .zero, utc: 0))
        self.nextCall = nextCall
    }

    /// New rules for new calls; a call that rings goes on by the links it has.
    public mutating func reconfigure(_ office: Office) {
        floor.router = Router(office)
        floor.forgetStates()
    }

    /// Goes on counting calls from here; smaller than now is ignored.
    public mutating func countCalls(from number: Int) { nextCall = max(nextCall, number) }

    /// Chance for the strategies that draw lots.
    public mutating func seed(_ seed: UInt64) { floor.dice = Dice(seed: seed) }

    /// What the last run knew of people's days.
    public mutating func restore(_ rows: [Ledger.Row], _ familiars: [Ledger.Familiar], nights: [String: Int] = [:]) {
        floor.ledger.restore(rows, familiars)
        floor.nights = nights
    }

    /// Night keys of the office's schemes that are pressed now, and until which second of the office's wall clock.
    public func nights(at moment: Moment) -> [String: Int] {
        floor.nights.filter { moment.clockTrust == .untrusted || moment.civil.wallSecond < $0.value }
    }

    /// A leg id for a call that comes in.
    public mutating func newLeg() -> LegID { floor.newLeg() }

    /// When it wants to be woken.
    public var deadline: Instant? {
        mutating get { timers.deadline }
    }

    /// What happened to a leg, and when; gives the orders that follow, in sequence.
    public mutating func handle(_ fact: Fact, at moment: Moment) -> [Order] {
        floor.now = moment
        switch fact {
        case .offered(let leg, let offer):
            let id = newCall()
            callOf[leg] = id
            act(on: id, Call(id, offer)) { call, floor in call.begin(leg, offer, on: &floor) }
        case .turnedAway(let offer, let cause):
            var call = Call(newCall(), offer)
            _ = call.arrive(offer, on: &floor)
            call.close(cause, on: &floor)
        case .transferRequested(let leg, _, .some(let consulting)):
            attendedTransfer(leg, consulting)
        case .ended(let leg, let cause):
            if !consultationEnded(leg, cause) { pass(fact, of: leg) }
        case .rang(let leg), .earlyMediaBegan(let leg), .spoke(let leg), .answered(let leg), .held(let leg), .resumed(let leg),
            .transferRequested(let leg, _, nil), .pressed(let leg, _), .played(let leg, _):
            pass(fact, of: leg)
        case .lookedUp(let id, _), .configured(let id, _), .owed(let id, _, _):
            if let call = calls[id] { act(on: id, call) { call, floor in call.handle(fact, on: &floor) } }
        case .nightKey(let key, let isOn): floor.press(key, isOn)
        case .callback(let task, let order): take(order, of: task)
        case .recorded(let clip, let length): recorded(clip, length)
        case .reachable(let number, true):
            if floor.registered.insert(number).inserted {
                floor.freed.append(number)
                floor.lights.touch(number)
            }
        case .reachable(let number, false):
            if floor.registered.remove(number) != nil { floor.lights.touch(number) }
        }
        admitLatecomers()
        return takeOrders()
    }

    /// Time passed; gives the orders that are due.
    public mutating func wake(at moment: Moment) -> [Order] {
        floor.now = moment
        while let timer = timers.popDue(at: moment.uptime) {
            switch timer {
            case .call(let id):
                if let call = calls[id] { act(on: id, call) { call, floor in call.wake(on: &floor) } }
            case .pause(let number):
                floor.resume(number)
            case .callbacks, .morning: break  // looked after below, as after everything
            }
        }
        admitLatecomers()
        return takeOrders()
    }

    /// Tells a leg's call.
    private mutating func pass(_ fact: Fact, of leg: LegID) {
        if let id = callOf[leg], let call = calls[id] {
            act(on: id, call) { call, floor in call.handle(fact, on: &floor) }
        } else if case .answered = fact {
            floor.orders.append(.release(leg, .answeredElsewhere))
        }
    }

    // MARK: What is going on

    /// One party of a call as `show calls` sees it.
    public struct LegStatus: Equatable, Sendable {
        /// Whose leg it is.
        public var party: Caller
        /// The extension, or the outside number.
        public var name: String
        /// Whether it called, or is called.
        public var isCaller: Bool
        /// Whether it is in the talk; else its phone rings, or it waits.
        public var isTalking: Bool
        /// Since when.
        public var since: Moment
    }

    /// One call as `show calls` sees it.
    public struct CallStatus: Equatable, Sendable {
        /// The call.
        public var id: CallID
        /// Who calls, and what was dialled.
        public var from: String, to: String
        /// Whether somebody talks already; else phones ring, or a tone is heard.
        public var isTalking: Bool, hearsTone: Bool
        /// Whether it waits in a department's queue.
        public var isQueued = false
        /// Whether an answering machine listens to the caller.
        public var isAtMachine = false
        /// Where it is parked.
        public var slot: String?
        /// When it came.
        public var since: Moment
        /// Every party.
        public var legs: [LegStatus]
    }

    /// Every call that is up, oldest first.
    public var status: [CallStatus] {
        calls.values.sorted { $0.id < $1.id }.compactMap { call -> CallStatus? in
            guard let head = call.journal.lines.first, case .arrived(_, _, _, let dialled) = head.entry else { return nil }
            let (isTalking, hearsTone) =
                switch call.stage {
                case .talking, .consulting: (true, false)
                case .tone, .menu, .announcing, .feature, .mailbox, .visit, .house: (false, true)
                case .conference(let visit): visit.step == .seated ? (true, false) : (false, true)
                case .paging(let paging): (paging.hasBegun, false)
                case .lookingUp, .hunting, .callingBack, .parked, .over: (false, false)
                }
            let legs = call.legs.compactMap { leg in status(of: leg, in: call, head: head.at, isTalking: isTalking) }
            var view = CallStatus(
                id: call.id, from: call.callerID.number, to: dialled, isTalking: isTalking, hearsTone: hearsTone,
                isQueued: call.queued != nil, since: head.at, legs: legs)
            switch call.stage {
            case .mailbox, .visit: view.isAtMachine = true
            case .parked(let parked): view.slot = parked.slot
            case .lookingUp, .hunting, .menu, .announcing, .feature, .conference, .callingBack, .house, .talking, .consulting,
                .tone, .over, .paging:
                break
            }
            return view
        }
    }

    private func status(of leg: LegID, in call: Call, head: Moment, isTalking: Bool) -> LegStatus? {
        guard let party = floor.party(leg) else { return nil }
        var (since, name) = (head, "")
        var isCaller = true
        for line in call.journal.lines {
            switch line.entry {
            case .dialled(leg, let target, _): (since, name, isCaller) = (line.at, target, false)
            case .rang(leg), .pickedUp(leg), .answered(leg): since = line.at
            case .conference: since = line.at
            case .arrived, .number, .received, .department, .addressed, .away, .served, .callbackOrdered, .voicemail, .message,
                .because, .menu, .dialled, .rang, .pickedUp, .answered, .ended, .transferred, .closed:
                break
            }
        }
        if isCaller { name = call.callerID.number }
        if case .extension(let number) = party { name = number }
        return LegStatus(party: party, name: name, isCaller: isCaller, isTalking: isTalking, since: since)
    }

    /// The call that a leg belongs to.
    public func call(of leg: LegID) -> CallID? { callOf[leg] }

    // MARK: Inside

    mutating func newCall() -> CallID {
        defer { nextCall += 1 }
        return CallID(nextCall)
    }

    mutating func act(on id: CallID, _ before: Call, _ step: (inout Call, inout Floor) -> Void) {
        var call = before
        step(&call, &floor)
        settle(call, before: before.legs)
    }

    /// Takes the call back after a step, whatever came of it.
    mutating func settle(_ settled: Call, before: [LegID]) {
        var call = settled
        let legs = call.legs
        floor.lights.stir()
        var ended: Loan?
        if let loan = call.loan, !legs.contains(loan.leg) { (ended, call.loan) = (loan, nil) }
        for leg in before where !legs.contains(leg) && callOf[leg] == call.id { callOf[leg] = nil }
        for leg in legs { callOf[leg] = call.id }
        floor.keepParked(call)
        floor.keepDictated(call)
        if case .over = call.stage {
            calls[call.id] = nil
            callbackEnded(call)
        } else {
            calls[call.id] = call
        }
        floor.queue.set(.caller(call.id), call.queued)
        if case .over = call.stage, let next = call.redial { callBack(next.number, on: next.leg, after: call) }
        if calls[call.id] != nil, let deadline = call.deadline {
            timers.set(.call(call.id), at: deadline)
        } else {
            timers.cancel(.call(call.id))
        }
        if case .consulting(let consulting) = call.stage, consulting.call == nil { beginConsultation(for: call.id, consulting) }
        if let ended { takeBack(ended) }
        if let wish = calls[call.id]?.wish { fulfil(wish, of: call.id) }
    }

    private mutating func attendedTransfer(_ leg: LegID, _ consulting: LegID) {
        guard let id = callOf[leg], let other = callOf[consulting], id != other, var call = calls[id],
            var consultation = calls[other],
            floor.party(leg) == floor.party(consulting)
        else {
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        let before = (call.legs, consultation.legs)
        call.join(leg, with: &consultation, consulting, on: &floor)
        settle(consultation, before: before.1)
        settle(call, before: before.0)
    }

    private mutating func admitLatecomers() {
        while let number = floor.freed.popLast() {
            for turn in turns where floor.isFree(number) && floor.isReachable(number) {
                switch turn {
                case .caller(let id):
                    guard let call = calls[id] else { continue }
                    act(on: id, call) { call, floor in call.joined(by: number, on: &floor) }
                case .callback(let task): if mayCallBack(task, by: number) { callBack(task, by: number) }
                }
            }
        }
        callBackByTheFree()
    }

    /// Everybody who waits for whoever gets free, longest first.
    private var turns: [CallQueue.Owner] {
        let callers = calls.values.compactMap { call -> (CallQueue.Place, CallQueue.Owner)? in
            guard case .hunting = call.stage else { return nil }
            return (call.huntPlace, .caller(call.id))
        }
        let clients = callbacks.entries.values.map { ($0.place, CallQueue.Owner.callback($0.order.task)) }
        return (callers + clients).sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// How full each trunk is and has been.
    public var trunkUses: [TrunkID: TrunkUse] { floor.trunkUses }

    private mutating func takeOrders() -> [Order] {
        for (number, until) in floor.newPauses { timers.set(.pause(number), at: until) }
        floor.newPauses = []
        if let morning = floor.endNights() { timers.set(.morning, at: morning) } else { timers.cancel(.morning) }
        if let look = callbacks.nextLook(after: floor.now.uptime) {
            timers.set(.callbacks, at: look)
        } else {
            timers.cancel(.callbacks)
        }
        defer { floor.orders = [] }
        return floor.orders
    }
}
