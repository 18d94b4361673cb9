import Telephony

/// One phone's wish to be told of something (RFC 6665); goes by its dialog.
public struct SubscriptionID: Identifier {
    /// The count.
    public let number: Int
    /// The subscription with this count.
    public init(_ number: Int) { self.number = number }
}

/// What can be subscribed to: the value of Event.
public enum EventPackage: String, Sendable, CaseIterable {
    /// Waiting messages (RFC 3842).
    case messageSummary = "message-summary"
    /// What somebody is doing (RFC 4235).
    case dialog
    /// Whether somebody can be called (RFC 3856).
    case presence

    /// The type of its bodies.
    var contentType: String {
        switch self {
        case .messageSummary: "application/simple-message-summary"
        case .dialog: "application/dialog-info+xml"
        case .presence: "application/pidf+xml"
        }
    }

    /// Seconds that a subscription lasts which names none.
    var standardExpiry: Int64 { min(3600, longest) }

    /// The most seconds that one lasts: lamps that a restart of ours has put out come on again by the next refresh.
    var longest: Int64 {
        switch self {
        case .messageSummary: Subscription.maximum
        case .dialog, .presence: 600
        }
    }

    /// The shortest time between two NOTIFYs of one subscription (RFC 4235 §3.10, RFC 3856 §6.10 has five seconds).
    var pace: Duration {
        switch self {
        case .messageSummary: .zero
        case .dialog: .seconds(1)
        case .presence: .seconds(5)
        }
    }
}

/// How what was subscribed to is now: the body of a NOTIFY.
public enum EventState: Equatable, Sendable {
    case messages(MessageSummary)
    case dialogs(DialogInfo)
    case presence(Presence)

    var package: EventPackage {
        switch self {
        case .messages: .messageSummary
        case .dialogs: .dialog
        case .presence: .presence
        }
    }

    /// The body of the NOTIFY of this number, counted from 0, about `entity`.
    func body(at local: Endpoint, of entity: SIPURI, version: Int) -> String {
        switch self {
        case .messages(let summary): summary.text(at: local)
        case .dialogs(let info): info.text(of: entity, version: version)
        case .presence(let presence): presence.text(of: entity)
        }
    }
}

/// Who wants to be told of what.
public struct Subscriber: Equatable, Sendable {
    /// The account that proved itself.
    public var account: String
    /// What of.
    public var package: EventPackage
    /// Of whom: the user part of the Request-URI.
    public var resource: String

    /// A subscriber from its parts.
    public init(account: String, package: EventPackage, resource: String) {
        (self.account, self.package, self.resource) = (account, package, resource)
    }
}

/// An order about subscriptions.
public enum SubscriptionOrder: Equatable, Sendable {
    /// Grant one that was asked for; this is how things are.
    case grant(SubscriptionID, EventState)
    /// Refuse one that was asked for.
    case refuse(SubscriptionID, status: Int)
    /// Tell that things have changed.
    case notify(SubscriptionID, EventState)
    /// Tell a registered phone that did not ask.
    case inform(Binding, EventState)
}

/// What happened to a subscription.
public enum SubscriptionFact: Equatable, Sendable {
    /// Somebody wants one: grant it or refuse it.
    case requested(Subscriber)
    /// It is over.
    case ended
}

/// A subscription as we, the notifier, see it.
struct Subscription: Sendable {
    /// A SUBSCRIBE that waits for its answer.
    struct Request {
        var message: Message, key: ServerKey, seconds: Int64
    }

    /// Shortest and longest, in seconds, and how many there may be: of one account, and of all.
    static let minimum: Int64 = 60, maximum: Int64 = 86_400, accountLimit = 100, limit = 2000
    /// However many lamps change at once, so many NOTIFYs go out in a row, and then one in each interval.
    static let burst = 100, interval = Duration.milliseconds(4)

    let subscriber: Subscriber
    /// Event as it was written, with its id: every NOTIFY repeats it.
    let event: String
    var dialog: Dialog
    /// When it ends.
    var until: Instant
    /// The SUBSCRIBE that opened it, until it is granted.
    var request: Request?
    /// A NOTIFY is on its way; another one waits for its answer.
    var isNotifying = false
    /// How things are, and what was told last.
    var state: EventState?, told: EventState?
    /// NOTIFYs so far, and when the next one may go.
    var version = 0, mayNotify = Instant.zero
    /// A NOTIFY waits for its turn.
    var isWaiting = false

    /// What was subscribed to, as the phone names it.
    var entity: SIPURI {
        let uri = dialog.local.uri
        return SIPURI(user: uri.user, host: uri.host, port: uri.port)
    }
}
