import CallControl
import FollowUp
import Routing
import Signalling
import Telephony

/// What a key of a telephone may watch: a person, a department, or what is switched or done by a code, so that the same key dials it.
public enum Lamp: Hashable, Sendable {
    /// Whether he is called, or talks.
    case `extension`(ExtensionNumber)
    /// Whether somebody waits for it, or nobody of it is free.
    case department(DepartmentID)
    /// Whether the night key is pressed.
    case night(String)
    /// Whether a call is parked there.
    case slot(String)
    /// Whether somebody is to be called back.
    case missed(Responsible)
    /// What he has said of himself.
    case state(ExtensionNumber, PersonalState)
}

/// One subscription, as `show lamps` has it.
public struct LampView: Equatable, Sendable {
    /// The account of the phone, what it watches as it was dialled, and the event package.
    public var account: String, resource: String, package: String
    /// What the lamp shows.
    public var light: Light
    /// When the subscription ends: milliseconds since 1970 UTC.
    public var expires: Int64

    /// What a lamp shows, in a word that stays.
    public enum Light: String, Sendable, CaseIterable {
        case dark, blinking, lit
    }

    /// A lamp from its parts.
    public init(account: String, resource: String, package: String, light: Light, expires: Int64) {
        (self.account, self.resource, self.package) = (account, resource, package)
        (self.light, self.expires) = (light, expires)
    }
}

/// Lamps of busy people and of everything else that has one: `dialog` (RFC 4235) and `presence` (RFC 3856).
extension Exchange {
    /// One subscription to a lamp.
    struct LampWatch: Sendable {
        var lamp: Lamp, package: EventPackage
    }

    /// Who watches what, and what was shown last.
    struct LampWatches: Sendable {
        var watches: [SubscriptionID: LampWatch] = [:]
        var watchers: [Lamp: [SubscriptionID]] = [:]
        /// Everything watched that is no person, in the order in which it was first asked for.
        var others: [Lamp] = []
        var shown: [Lamp: Light] = [:]
        /// Tasks have changed since lamps were looked at.
        var tasksChanged = false

        mutating func add(_ id: SubscriptionID, _ watch: LampWatch) {
            watches[id] = watch
            if watchers[watch.lamp] == nil, !watch.lamp.isPerson { others.append(watch.lamp) }
            watchers[watch.lamp, default: []].append(id)
        }

        mutating func remove(_ id: SubscriptionID) {
            guard let lamp = watches.removeValue(forKey: id)?.lamp else { return }
            watchers[lamp]?.removeAll { $0 == id }
            guard watchers[lamp]?.isEmpty ?? false else { return }
            (watchers[lamp], shown[lamp]) = (nil, nil)
            others.removeAll { $0 == lamp }
        }
    }

    /// A phone of the office wants to watch something: everybody may, as a lamp tells no more than a look through the door; only who is
    /// to be called back is not for everybody.
    mutating func watch(_ id: SubscriptionID, _ subscriber: Subscriber, for number: ExtensionNumber) {
        guard let lamp = lamp(subscriber.resource, of: number) else { return order(.refuse(id, status: 404)) }
        if case .missed(let responsible) = lamp, !isConcerned(number, by: responsible) {
            return order(.refuse(id, status: 403))
        }
        let watch = LampWatch(lamp: lamp, package: subscriber.package)
        busyLamps.add(id, watch)
        let light = busyLamps.shown[lamp] ?? light(of: lamp)
        busyLamps.shown[lamp] = light
        order(.grant(id, state(of: watch, light)))
    }

    /// What the number or code means to the one who watches it.
    private func lamp(_ resource: String, of number: ExtensionNumber) -> Lamp? {
        let office = settings.office
        if office.extensions[resource] != nil { return .extension(resource) }
        let department = { (name: String) in office.departments.values.first { $0.number == name || $0.id == name }?.id }
        if let id = department(resource) { return .department(id) }
        if office.parking.slots.contains(resource) { return .slot(resource) }
        guard let order = office.codes.order(resource) else { return nil }
        switch order.feature {
        case .night: return switchboard.nightKey(order).map { .night($0) }
        case .missed:
            guard let named = order.argument(0), named != number else { return .missed(.extension(number)) }
            return office.extensions[named] != nil
                ? .missed(.extension(named)) : department(named).map { .missed(.department($0)) }
        case .doNotDisturb: return .state(number, .undisturbed)
        case .pause: return .state(number, .paused)
        case .login: return order.argument(0).flatMap(department).map { .state(number, .loggedOut($0)) }
        case .forwardAlways, .forwardNoAnswer, .forwardBusy, .forwardUnreachable, .absence, .ownClient, .recordPrompt, .pickup,
            .intercom, .whoAmI, .time, .echo, .testTone:
            return nil
        }
    }

    /// Whether the missed calls of a person or department are his business: his own, and those of departments that he is of.
    private func isConcerned(_ number: ExtensionNumber, by responsible: Responsible) -> Bool {
        switch responsible {
        case .extension(let other): other == number
        case .department(let id): settings.office.departments[id]?.members.contains { $0.number == number } ?? false
        }
    }

    private func light(of lamp: Lamp) -> Light {
        switch lamp {
        case .extension(let number): switchboard.light(of: number)
        case .department(let id): switchboard.light(ofDepartment: id)
        case .slot(let slot): switchboard.light(ofSlot: slot)
        case .night(let key): switchboard.light(ofNight: key, at: now)
        case .missed(let responsible): Light(taskBook.owes(responsible))
        case .state(let number, .loggedOut(let id)): Light(switchboard.light(of: number, .loggedOut(id)) == .dark)
        case .state(let number, let state): switchboard.light(of: number, state)
        }
    }

    private func state(of watch: LampWatch, _ light: Light) -> EventState {
        guard watch.package == .presence else { return .dialogs(DialogInfo(light)) }
        if case .extension(let number) = watch.lamp, !switchboard.isReachable(number) { return .presence(.away) }
        return .presence(light == .dark ? .available : .busy)
    }

    /// Every lamp that may show something else is looked at, and whoever watches one that does is told.
    mutating func lightBusyLamps() {
        let (people, isChanged) = switchboard.takeChangedLights()
        guard isChanged || busyLamps.tasksChanged, !busyLamps.watches.isEmpty else { return }
        busyLamps.tasksChanged = false
        for number in people { look(at: .extension(number), isTouched: true) }
        for lamp in busyLamps.others { look(at: lamp) }
    }

    /// Somebody who came or went shows in presence only, so a touched person is told of even where his lamp stays as it was; what was
    /// told already is not sent again.
    private mutating func look(at lamp: Lamp, isTouched: Bool = false) {
        guard let watchers = busyLamps.watchers[lamp] else { return }
        let light = light(of: lamp)
        guard isTouched || busyLamps.shown[lamp] != light else { return }
        busyLamps.shown[lamp] = light
        for id in watchers {
            if let watch = busyLamps.watches[id] { order(.notify(id, state(of: watch, light))) }
        }
    }

    /// The office has changed: lamps of what is no more go out for good, the others show how things are.
    mutating func reviewBusyLamps() {
        for lamp in busyLamps.watchers.keys.sorted(by: { "\($0)" < "\($1)" }) { look(at: lamp, isTouched: true) }
    }

    /// Every subscription, in the order in which they came.
    public func lamps(at moment: Moment) -> [LampView] {
        core.subscribers.map { id, subscriber, until in
            let light: Light =
                if let lamp = busyLamps.watches[id]?.lamp { self.light(of: lamp) } else {
                    Light((lamps.subscribers[id].map { count(for: $0).new } ?? 0) > 0)
                }
            return LampView(
                account: subscriber.account, resource: subscriber.resource, package: subscriber.package.rawValue,
                light: light.word, expires: moment.utc + (until - moment.uptime).milliseconds)
        }
    }
}

extension Lamp {
    fileprivate var isPerson: Bool { if case .extension = self { true } else { false } }
}

extension Light {
    /// In a word that stays.
    fileprivate var word: LampView.Light {
        switch self {
        case .dark: .dark
        case .blinking: .blinking
        case .lit: .lit
        }
    }
}

extension DialogInfo {
    fileprivate init(_ light: Light) {
        switch light {
        case .dark: self.init(.terminated)
        case .blinking(let caller): self.init(.early, caller: caller)
        case .lit: self.init(.confirmed)
        }
    }
}
