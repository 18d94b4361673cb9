import Telephony

/// An extension's number, `101`.
public typealias ExtensionNumber = String
/// A department's id, `sales`.
public typealias DepartmentID = String
/// A scheme's id.
public typealias SchemeID = String
/// A trunk's id.
public typealias TrunkID = String

/// One link of a no-answer chain: when nobody answered for `after`, the call goes to `target`.
public struct NoAnswerStep: Hashable, Sendable {
    /// Counted from when this link's ringing began.
    public var after: Duration
    /// Where it goes then.
    public var target: Target
    /// What the caller hears in between.
    public var announce: Announcement
    /// A step from its parts.
    public init(after: Duration, target: Target, announce: Announcement = .none) {
        (self.after, self.target, self.announce) = (after, target, announce)
    }
}

/// The toll class of a person or a route: each includes those before it.
public enum TollClass: String, Sendable, CaseIterable, Comparable {
    case `internal`, local, national, international
    /// The smaller right first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// An employee, a room, a door phone.
public struct Extension: Equatable, Sendable {
    /// The number that is dialled and that its first phone registers as.
    public var number: ExtensionNumber
    /// The person's name, shown on displays.
    public var name: String
    /// Account names that may register for it (`101`, `101-kitchen`) with their passwords.
    public var phones: [Account]
    /// What happens when a direct call is not answered; empty: the office's rule.
    public var noAnswer: [NoAnswerStep]
    /// Where a direct call goes when every call slot is taken; nil: the no-answer target, at once.
    public var onBusy: Target?
    /// Where it goes when no phone is registered; nil: the no-answer target, at once.
    public var onUnreachable: Target?
    /// Where every direct call goes instead.
    public var forward: Target?
    /// Simultaneous calls; 1 = no call waiting.
    public var calls: Int
    /// Who may take calls that ring at its phones.
    public var pickup = PickupRight.office
    /// What it may dial, and where its rules may send calls.
    public var tollClass: TollClass
    /// A mobile telephone that rings with its phones; whoever picks it up presses 1 to accept.
    public var mobile: String?
    /// The language of prompts for him; nil: the office's.
    public var language: Language?
    /// Whether his telephone may switch itself on, for paging and intercom.
    public var autoAnswers = true
    /// Which of his calls are recorded.
    public var recording = RecordingScope.off
    /// Languages that he takes calls in besides the office's, ISO 639-1.
    public var speaks: [String]
    /// When calls are sent to him; nil: always.
    public var hours: WeeklyHours?
    /// When he is away.
    public var absences: [Absence]
    /// How he is told of missed calls besides the list of notices; empty: not at all.
    public var notify: [NoticeChannel] = []

    /// One phone's login.
    public struct Account: Equatable, Sendable {
        /// The SIP user name.
        public var name: String
        /// The password.
        public var secret: String
        /// A login from its parts.
        public init(name: String, secret: String) { (self.name, self.secret) = (name, secret) }
    }

    /// An extension with factory behaviour.
    public init(_ number: ExtensionNumber, name: String = "", phones: [Account] = []) {
        (self.number, self.name, self.phones) = (number, name, phones)
        (noAnswer, calls, tollClass) = ([], 1, .national)
        (speaks, absences) = ([], [])
    }
}

/// A group that answers under one number.
public struct Department: Equatable, Sendable {
    /// The id in the configuration.
    public var id: DepartmentID
    /// Shown on displays and in reports.
    public var name: String
    /// The number that is dialled for it.
    public var number: String
    /// How members are rung.
    public var strategy: RingStrategy
    /// How long one member rings in a strategy that goes from one to the next.
    public var step: Duration
    /// In the order written.
    public var members: [Member]
    /// Who joins later while the others go on ringing.
    public var additions: [Addition]
    /// Whether a client who calls again on the same day gets whom he talked to here before.
    public var familiar: Bool
    /// How long a member is left alone after a call that he answered, in every department.
    public var wrapUp: Duration
    /// Which calls are counted for the strategies that look at load; where the configuration says nothing, its `standardCount`.
    public var count: CountScope
    /// What happens when nobody answers; counted from the department's first ring. Empty: rings on until the office's limit.
    public var noAnswer: [NoAnswerStep]
    /// Where a call goes when every member is busy; nil: as when nobody answers, at once.
    public var onBusy: Target?
    /// How a caller waits when every member is busy; nil: he does not, `onBusy` holds.
    public var queue: QueueRules?
    /// What an impatient caller is offered; nil: nothing.
    public var impatience: Impatience?
    /// Whether its calls are recorded.
    public var records = false
    /// When it takes calls; nil: always.
    public var hours: WeeklyHours?
    /// Where a call goes out of its hours; nil: as when nobody answers, at once.
    public var onClosed: Target?

    /// What a member hears of a call before he is connected; the caller hears ringing meanwhile.
    public var whisper: Whisper?

    /// What is whispered.
    public enum Whisper: Hashable, Sendable {
        /// A prompt of the office.
        case prompt(String)
        /// The company number that was called.
        case number
        /// That number's label.
        case label
    }

    /// A member and his number for the strategies that rank or weigh.
    public struct Member: Hashable, Sendable {
        /// Whose phones ring: an extension, or a number outside, where whoever picks up presses 1 to accept.
        public var number: ExtensionNumber
        /// The higher the earlier; as a weight, the higher the more calls.
        public var priority: Int

        /// A member from his parts.
        public init(_ number: ExtensionNumber, priority: Int = 0) { (self.number, self.priority) = (number, priority) }
    }

    /// Escalation: somebody who joins at a moment of the hunt.
    public struct Addition: Hashable, Sendable {
        /// Counted from the department's first ring.
        public var after: Duration
        /// Whose phones ring then too.
        public var number: ExtensionNumber

        /// An addition from its parts.
        public init(after: Duration, number: ExtensionNumber) { (self.after, self.number) = (after, number) }
    }

    /// Which calls load a member.
    public enum CountScope: String, Hashable, Sendable, CaseIterable {
        /// Calls that came to this department.
        case inGroup = "in-group"
        /// Every call from outside that he answered.
        case incoming = "in"
        /// Those and his own calls out.
        case both = "in+out"
    }

    /// A department with factory behaviour.
    public init(_ id: DepartmentID, name: String = "", number: String = "", members: [ExtensionNumber] = []) {
        (self.id, self.name, self.number) = (id, name, number)
        self.members = members.map { Member($0) }
        (strategy, step, noAnswer, additions) = (.all, .seconds(15), [], [])
        (familiar, wrapUp, count) = (false, .zero, .inGroup)
    }
}

/// What a call to one of the company's numbers does.
public struct NumberRule: Equatable, Sendable {
    /// The number as written, or a mask; `*` is every number.
    public var mask: String
    /// Only calls of this trunk; nil: of any.
    public var trunk: TrunkID?
    /// Where the call goes: `.extension` for `direct`, `.scheme` for `scheme`.
    public var target: Target
    /// Shown in reports.
    public var label: String?
    /// The region that it stands for; nil: where its digits belong.
    public var region: RegionID?

    /// A rule from its parts.
    public init(_ mask: String, trunk: TrunkID? = nil, target: Target, label: String? = nil, region: RegionID? = nil) {
        (self.mask, self.trunk, self.target, self.label, self.region) = (mask, trunk, target, label, region)
    }
}

/// The rules of a company number.
public struct Scheme: Equatable, Sendable {
    /// The id in the configuration.
    public var id: SchemeID
    /// In the order of their numbers; the first whose conditions hold decides.
    public var rules: [SchemeRule]
    /// Where a call goes that no rule took.
    public var otherwise: Target
    /// The prompt that every caller hears first; he may dial an extension meanwhile.
    public var greeting: String?
    /// The key that puts the office to night by hand: while it is pressed the office counts as closed.
    public var nightKey: String?
    /// What a caller's mobile is sent who reached nobody while the office is closed; nil: nothing.
    public var closedText: String?
    /// A scheme from its parts.
    public init(
        _ id: SchemeID, rules: [SchemeRule] = [], otherwise: Target, greeting: String? = nil, nightKey: String? = nil
    ) {
        (self.id, self.rules, self.otherwise) = (id, rules.sorted { $0.number < $1.number }, otherwise)
        (self.greeting, self.nightKey) = (greeting, nightKey)
    }
}

/// A line to the outside world.
public struct Trunk: Equatable, Sendable {
    /// Where a trunk's called number stands.
    public enum DIDSource: String, Sendable, CaseIterable {
        case requestURI = "request-uri", to
        case calledParty = "called-party"
        case diversion
    }

    /// The id in the configuration.
    public var id: TrunkID
    /// The other exchange's address; it is authenticated by it.
    public var peer: IPAddress
    /// Its port; nil: 5060 to send to, any to come from.
    public var port: UInt16?
    /// UDP or TCP.
    public var transport: TransportKind
    /// Simultaneous calls; nil: no limit.
    public var channels: Int?
    /// Channels that outgoing calls leave free.
    public var reserveIn: Int
    /// Where the called number stands.
    public var didSource: DIDSource
    /// The number shown on outgoing calls; nil: the extension's own.
    public var callerID: String?
    /// The longest the other side lets a call ring.
    public var ringingLimit: Duration?

    /// A trunk with factory behaviour.
    public init(_ id: TrunkID, peer: IPAddress, port: UInt16? = nil) {
        (self.id, self.peer, self.port) = (id, peer, port)
        (transport, reserveIn, didSource) = (.udp, 0, .requestURI)
    }

    /// Where requests are sent.
    public var endpoint: Endpoint { Endpoint(peer, port ?? 5060) }
}

/// A way out for dialled numbers.
public struct OutgoingRoute: Equatable, Sendable {
    /// The id in the configuration.
    public var id: String
    /// Dialled numbers that it takes, by their digits as dialled.
    public var mask: String
    /// Leading digits to take off, then digits to put in front.
    public var strip: Int, prefix: String
    /// The right a caller needs.
    public var tollClass: TollClass
    /// Trunks in order of preference.
    public var trunks: [TrunkID]
    /// So much may be talked by it on one day of the office; nil: no limit.
    public var budget: Duration?

    /// A route from its parts.
    public init(
        _ id: String, mask: String, strip: Int = 0, prefix: String = "", tollClass: TollClass = .local, trunks: [TrunkID],
        budget: Duration? = nil
    ) {
        (self.id, self.mask, self.strip, self.prefix) = (id, mask, strip, prefix)
        (self.tollClass, self.trunks, self.budget) = (tollClass, trunks, budget)
    }
}

/// The whole office, as the configuration says it: who there is and where calls go.
public struct Office: Equatable, Sendable {
    /// Shown in reports.
    public var name: String
    /// Of prompts, console and reports.
    public var language: Language
    /// IANA name, `Europe/Moscow`.
    public var timezone: String
    /// How its clocks go; UTC until whoever knows the time-zone database has said it.
    public var zone = Zone.utc
    /// Tones, numbers, caller id.
    public var country: Country
    /// What the office says of the table of regions.
    public var regions: [RegionSetting]
    /// When the office works.
    public var calendar: WorkCalendar
    /// What a direct call gets where the extension says nothing.
    public var noAnswer: NoAnswerStep
    /// Who a client's own employee is.
    public var owners: OwnerRules
    /// Whether whoever picks up a number outside must press 1 to take a call that he did not expect; else any answer takes it.
    public var acceptsByKey: Bool
    /// Whether a call from outside is answered before words are played to it: else they are early media, which costs the caller
    /// nothing, but which some operators do not let through.
    public var answersToAnnounce = false
    /// Ids of the office's own prompts.
    public var prompts: Set<String>
    /// Employees who may speak a prompt by telephone, by its id.
    public var promptSpeakers: [String: Set<ExtensionNumber>] = [:]
    /// Prompts and conference rooms by the number that is dialled for them.
    public var serviceNumbers: [String: Target] = [:]
    /// By id.
    public var conferences: [ConferenceID: Conference] = [:]
    /// By id.
    public var paging: [PagingID: PagingGroup] = [:]
    /// Addresses that are asked who a client is, by id.
    public var hooks: [String: LookUpHook] = [:]
    /// By id.
    public var menus: [MenuID: Menu] = [:]
    /// Codes that employees dial.
    public var codes = FeatureTable()
    /// What happens to calls that nobody answered.
    public var followUp: FollowUpRules
    /// Answering machines.
    public var voicemail = VoicemailRules()
    /// What carries notices out of the office.
    public var outreach = OutreachSettings()
    /// Where calls are parked.
    public var parking = ParkingRules()
    /// Recordings of calls.
    public var recording = RecordingRules()
    /// By number.
    public var extensions: [ExtensionNumber: Extension]
    /// By id.
    public var departments: [DepartmentID: Department]
    /// In the order written.
    public var numbers: [NumberRule]
    /// By id.
    public var schemes: [SchemeID: Scheme]
    /// Callers who go elsewhere than the scheme says, in the order written.
    public var callers: [CallerRule]
    /// By id.
    public var trunks: [TrunkID: Trunk]
    /// In the order written.
    public var routes: [OutgoingRoute]

    /// An empty office.
    public init() {
        (name, language, timezone, country) = ("", .ru, "Europe/Moscow", .ru)
        (noAnswer, calendar) = (NoAnswerStep(after: .minutes(2), target: .busy), WorkCalendar())
        (owners, followUp, acceptsByKey, prompts, regions) = (OwnerRules(), FollowUpRules(), true, [], [])
        (extensions, departments, numbers, schemes, trunks, routes) = ([:], [:], [], [:], [:], [])
        callers = []
    }
}
