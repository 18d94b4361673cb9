import Routing
import Telephony

/// Calls out by routes with a budget: what they have cost so far, and whether one more may begin.
struct Meter: Sendable {
    private var legs: [LegID: (route: String, since: Instant?)] = [:]

    /// The leg goes out by this route.
    mutating func connect(_ leg: LegID, to route: String) { legs[leg] = (route, nil) }

    /// It was answered: from now on it costs.
    mutating func start(_ leg: LegID, at now: Instant) {
        if let known = legs[leg], known.since == nil { legs[leg]?.since = now }
    }

    /// It is over; gives what it cost today, and by which route.
    mutating func stop(_ leg: LegID, at now: Moment) -> (route: String, length: Duration)? {
        guard let known = legs.removeValue(forKey: leg), let since = known.since else { return nil }
        return (known.route, Self.today(since: since, now))
    }

    /// What the calls by a route that are up have cost so far today.
    func running(on route: String, at now: Moment) -> Duration {
        legs.values.reduce(.zero) { sum, leg in
            leg.route == route ? sum + (leg.since.map { Self.today(since: $0, now) } ?? .zero) : sum
        }
    }

    /// What lies before the office's midnight was another day's.
    private static func today(since: Instant, _ now: Moment) -> Duration {
        min(now.uptime - since, .seconds(now.civil.secondOfDay))
    }
}

extension Floor {
    /// Whether a route's budget of the day is not used up, calls that are up counted in.
    func hasBudget(_ route: OutgoingRoute) -> Bool {
        guard let budget = route.budget else { return true }
        return ledger.spent(on: route.id, today: now.civil.dayNumber) + meter.running(on: route.id, at: now) < budget
    }

    /// The route whose budget keeps a number from being called; nil: none does. Emergency calls have none.
    func usedUpRoute(to number: String) -> OutgoingRoute? {
        guard !router.isEmergency(number), let route = router.route(for: number), !hasBudget(route) else { return nil }
        return route
    }

    /// Whether a call can go out by a line now: its trunk has a channel. An emergency call tries in any case, and the trunk may say no.
    func canUse(_ line: OutgoingLine) -> Bool { line.isEmergency || hasChannel(line.trunk) }

    /// A leg is about to go out.
    mutating func meter(_ leg: LegID, _ target: DialTarget) {
        guard case .line(let line) = target, !line.isEmergency, let id = line.route,
            router.office.routes.contains(where: { $0.id == id && $0.budget != nil })
        else { return }
        meter.connect(leg, to: id)
    }
}
