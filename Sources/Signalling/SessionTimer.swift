import Telephony

/// What two ends agreed about proving that the session still lives (RFC 4028).
struct SessionTimer: Equatable, Sendable {
    enum Refresher: Equatable {
        case us, them
    }

    /// What a request's Session-Expires leads to.
    enum Demand: Equatable {
        /// The far end does not know session timers.
        case none
        /// 422 with Min-SE.
        case tooSmall
        case agreed(SessionTimer)
    }

    /// The shortest interval that we accept; seconds.
    static let minimum = 90

    /// Session-Expires in seconds.
    var interval: Int
    var refresher: Refresher

    /// After this time without a refresh, ours or theirs, the session is dead (§10).
    var expiresAfter: Duration { .seconds(interval - min(32, interval / 3)) }
    /// When we refresh; nil if it is theirs to do.
    var refreshesAfter: Duration? {
        switch refresher {
        case .us: .seconds(interval / 2)
        case .them: nil
        }
    }

    /// As the one who answers a request (§9). `wanted` is our own interval in seconds.
    static func demand(of request: Message, wanted: Int) -> Demand {
        guard request.headerList("Supported").contains(where: { $0.equalsIgnoringCase("timer") }) else { return .none }
        let floor = max(request.header("Min-SE").flatMap(seconds) ?? 0, minimum)
        guard let header = request.header("Session-Expires"), let asked = seconds(header) else {
            return .agreed(SessionTimer(interval: max(wanted, floor), refresher: .them))
        }
        if asked < minimum { return .tooSmall }
        return .agreed(
            SessionTimer(interval: min(asked, max(wanted, floor)), refresher: refresher(header) == "uas" ? .us : .them))
    }

    /// As the one who asked, from the 2xx (§7.2); nil: no timer runs.
    init?(answer response: Message) {
        guard let header = response.header("Session-Expires"), let seconds = Self.seconds(header) else { return nil }
        self.init(interval: max(seconds, Self.minimum), refresher: Self.refresher(header) == "uas" ? .them : .us)
    }

    init(interval: Int, refresher: Refresher) { (self.interval, self.refresher) = (interval, refresher) }

    /// The headers of our 2xx.
    var answerHeaders: [Header] {
        switch refresher {
        case .us: [Header("Session-Expires", "\(interval);refresher=uas")]
        case .them: [Header("Session-Expires", "\(interval);refresher=uac"), Header("Require", "timer")]
        }
    }

    /// The header of a request of ours; a refresh keeps the roles as they are.
    static func request(interval: Int, refresher: Refresher?) -> Header {
        let role =
            switch refresher {
            case .us: ";refresher=uac"
            case .them: ";refresher=uas"
            case nil: ""
            }
        return Header("Session-Expires", "\(interval)\(role)")
    }

    /// The number before the parameters, at most a day.
    static func seconds(_ header: String) -> Int? {
        let digits = header.prefix { $0 != ";" }.trimmed
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return min(Int(digits) ?? 86_400, 86_400)
    }

    private static func refresher(_ header: String) -> String? {
        header.split(separator: ";").dropFirst().lazy.map(\.trimmed).first { $0.lowercased().hasPrefix("refresher") }
            .flatMap { $0.split(separator: "=").last.map { $0.trimmed.lowercased() } }
    }
}
