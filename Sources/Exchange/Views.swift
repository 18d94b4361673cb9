import Routing
import Telephony

/// One registered phone, or an extension without one.
public struct PhoneView: Equatable, Sendable {
    /// The extension's number.
    public var `extension`: ExtensionNumber
    /// The account that registered, `101` or `101-kitchen`.
    public var account: String
    /// Where it is, as a SIP URI; nil: not registered.
    public var contact: String?
    /// What carries its SIP; nil: not registered.
    public var transport: TransportKind?
    /// User-Agent as sent; nil: not registered.
    public var userAgent: String?
    /// When the registration ends: milliseconds since 1970 UTC; nil: not registered.
    public var expires: Int64?
    /// What its extension is doing.
    public var state: PhoneState

    /// A phone from its parts; without a contact it is one that is not registered.
    public init(
        extension: ExtensionNumber, account: String, contact: String? = nil, transport: TransportKind? = nil,
        userAgent: String? = nil, expires: Int64? = nil, state: PhoneState = .unavailable
    ) {
        (self.extension, self.account, self.contact, self.transport) = (`extension`, account, contact, transport)
        (self.userAgent, self.expires, self.state) = (userAgent, expires, state)
    }
}

/// One call that is up.
public struct CallView: Equatable, Sendable {
    /// One party of it.
    public struct Leg: Equatable, Sendable {
        /// An extension's number, or an outside number.
        public var target: String
        /// Whether its phone rings, it talks, or neither yet (`routing`).
        public var state: CallState
        /// Since when: milliseconds since 1970 UTC.
        public var since: Int64
        /// A party from its parts.
        public init(target: String, state: CallState, since: Int64) {
            (self.target, self.state, self.since) = (target, state, since)
        }
    }

    /// The call.
    public var id: CallID
    /// Caller and dialled number, as a record has them.
    public var from: String, to: String
    /// What is happening to it.
    public var state: CallState
    /// Where it is parked.
    public var slot: String?
    /// When it came: milliseconds since 1970 UTC.
    public var since: Int64
    /// Its parties besides the caller, in the order they were tried; who has gone is not among them.
    public var legs: [Leg]

    /// A call from its parts.
    public init(
        id: CallID, from: String, to: String, state: CallState, slot: String? = nil, since: Int64, legs: [Leg] = []
    ) {
        (self.id, self.from, self.to, self.state, self.since, self.legs) = (id, from, to, state, since, legs)
        self.slot = slot
    }
}

/// Who waits for one department.
public struct QueueView: Equatable, Sendable {
    /// Callers in its queue, and how long the one has waited who has waited longest.
    public var waiting: Int, longest: Duration?
    /// Clients who ordered a call back and are to get it.
    public var callbacks: Int

    /// A queue from its parts.
    public init(waiting: Int = 0, longest: Duration? = nil, callbacks: Int = 0) {
        (self.waiting, self.longest, self.callbacks) = (waiting, longest, callbacks)
    }
}

/// How one part of the exchange is: what it counts, and what went wrong last.
public struct PartHealth: Equatable, Sendable {
    /// `sip`, `media`, `store`, `exchange`: a word that stays.
    public var part: String
    /// Counters by name, in the order to print; names are words that stay, in latin letters.
    public var counters: [Counter]
    /// The last fault and when it happened; nil: none since the start, or the last one is over.
    public var fault: Fault?

    /// One counter.
    public struct Counter: Equatable, Sendable {
        /// `received`, `refused`…
        public var name: String
        /// How many since the start.
        public var count: Int
        /// A counter from its parts.
        public init(_ name: String, _ count: Int) { (self.name, self.count) = (name, count) }
    }

    /// Something that went wrong.
    public struct Fault: Equatable, Sendable {
        /// When: milliseconds since 1970 UTC.
        public var at: Int64
        /// What, in one sentence.
        public var text: Wording
        /// A fault from its parts.
        public init(at: Int64, text: Wording) { (self.at, self.text) = (at, text) }
    }

    /// A part's health from its parts.
    public init(_ part: String, counters: [Counter] = [], fault: Fault? = nil) {
        (self.part, self.counters, self.fault) = (part, counters, fault)
    }
}

/// How the exchange is as a whole.
public struct HealthView: Equatable, Sendable {
    /// The program's version.
    public var version: String
    /// How long it has run.
    public var uptime: Duration
    /// When it started: milliseconds since 1970 UTC.
    public var startedAt: Int64
    /// Whether the wall clock may be believed.
    public var clockTrust: ClockTrust
    /// Phones registered, and calls up.
    public var phones: Int, calls: Int
    /// Transport, media, store…
    public var parts: [PartHealth]

    /// Health from its parts.
    public init(
        version: String, uptime: Duration, startedAt: Int64, clockTrust: ClockTrust, phones: Int, calls: Int,
        parts: [PartHealth] = []
    ) {
        (self.version, self.uptime, self.startedAt, self.clockTrust) = (version, uptime, startedAt, clockTrust)
        (self.phones, self.calls, self.parts) = (phones, calls, parts)
    }
}
