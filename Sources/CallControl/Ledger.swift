import Routing
import Telephony

/// What the strategies remember of people: how many calls they took today and how long they talked, by department and in all,
/// and whom a client talked to. Days are the office's own; a new day begins with empty counts.
public struct Ledger: Equatable, Sendable {
    /// What is counted apart.
    public enum Account: Hashable, Sendable {
        /// Calls that came to a department.
        case department(DepartmentID)
        /// Every call from outside.
        case incoming
        /// His own calls out.
        case outgoing
        /// When his last talk ended and his last offer came, whoever with: its rows have neither calls nor talk time.
        case all
        /// What was talked by a route, whoever called: its rows have no member.
        case route(String)

        /// The word that the store keeps; a department's or route's id follows a colon.
        public var text: String {
            switch self {
            case .department(let id): "department:" + id
            case .incoming: "in"
            case .outgoing: "out"
            case .all: "all"
            case .route(let id): "route:" + id
            }
        }

        /// Reads what `text` writes; nil for anything else.
        public init?(_ text: String) {
            switch text {
            case "in": self = .incoming
            case "out": self = .outgoing
            case "all": self = .all
            case let other where other.hasPrefix("department:"): self = .department(String(other.dropFirst(11)))
            case let other where other.hasPrefix("route:"): self = .route(String(other.dropFirst(6)))
            default: return nil
            }
        }
    }

    /// One person's line in one account.
    public struct Row: Equatable, Sendable {
        /// Whose line.
        public var member: ExtensionNumber
        /// In which account.
        public var account: Account
        /// The day that `calls` and `talk` are of: days since 1970-01-01.
        public var day: Int
        /// What is remembered.
        public var load: MemberLoad

        /// A row from its parts.
        public init(member: ExtensionNumber, account: Account, day: Int, load: MemberLoad) {
            (self.member, self.account, self.day, self.load) = (member, account, day, load)
        }
    }

    /// Whom a client talked to in a department on a day.
    public struct Familiar: Equatable, Sendable {
        /// Where.
        public var department: DepartmentID
        /// The client's number.
        public var client: String
        /// With whom, last.
        public var member: ExtensionNumber
        /// Days since 1970-01-01.
        public var day: Int

        /// A line from its parts.
        public init(department: DepartmentID, client: String, member: ExtensionNumber, day: Int) {
            (self.department, self.client, self.member, self.day) = (department, client, member, day)
        }
    }

    private struct Key: Hashable, Sendable {
        var member: ExtensionNumber, account: Account
    }
    private struct Client: Hashable, Sendable {
        var department: DepartmentID, number: String
    }

    private var rows: [Key: Row] = [:]
    private var familiars: [Client: Familiar] = [:]

    /// Nothing remembered.
    public init() {}

    /// Takes back what the store kept.
    public mutating func restore(_ rows: [Row], _ familiars: [Familiar]) {
        for row in rows { self.rows[Key(member: row.member, account: row.account)] = row }
        for line in familiars { self.familiars[Client(department: line.department, number: line.client)] = line }
    }

    /// A member's load today as `department` counts it; when he last talked and was last offered a call, whoever with.
    public func load(of member: ExtensionNumber, in department: Department, today: Int) -> MemberLoad {
        let group = row(member, .department(department.id), today).load, every = row(member, .all, today).load
        var load = group
        let counted: [Account] =
            switch department.count {
            case .inGroup: [.department(department.id)]
            case .incoming: [.incoming]
            case .both: [.incoming, .outgoing]
            }
        (load.calls, load.talk) = counted.map { row(member, $0, today).load }.reduce((0, .zero)) {
            ($0.0 + $1.calls, $0.1 + $1.talk)
        }
        // What was kept before every talk and offer was is the department's own.
        load.lastEnded = [group.lastEnded, every.lastEnded].compactMap { $0 }.max()
        load.lastOffered = [group.lastOffered, every.lastOffered].compactMap { $0 }.max()
        return load
    }

    /// How long was talked by a route today, calls that are up not counted.
    public func spent(on route: String, today: Int) -> Duration { row("", .route(route), today).load.talk }

    /// A call went by the route for so long; gives the row to keep.
    public mutating func spend(_ length: Duration, on route: String, at moment: Moment) -> Row {
        talked("", .route(route), for: length, at: moment)
    }

    /// A member's load today by the department's own calls alone.
    func groupLoad(of member: ExtensionNumber, in department: DepartmentID, today: Int) -> MemberLoad {
        row(member, .department(department), today).load
    }

    /// Whom this client talked to today in the department.
    public func familiar(to client: String, in department: DepartmentID, today: Int) -> ExtensionNumber? {
        guard let line = familiars[Client(department: department, number: client)], line.day == today else { return nil }
        return line.member
    }

    /// A call was offered to him, of a department where one is named; gives the rows to keep.
    public mutating func offered(_ member: ExtensionNumber, in department: DepartmentID?, at moment: Moment) -> [Row] {
        ([.all] + (department.map { [.department($0)] } ?? [])).map { account in
            change(member, account, moment) { $0.lastOffered = moment.utc }
        }
    }

    /// He has talked to somebody, whoever it was; gives the row to keep.
    public mutating func talkEnded(_ member: ExtensionNumber, at moment: Moment) -> Row {
        change(member, .all, moment) { $0.lastEnded = moment.utc }
    }

    /// He talked, from the answer to now; gives the row to keep.
    public mutating func talked(_ member: ExtensionNumber, _ account: Account, for length: Duration, at moment: Moment) -> Row {
        change(member, account, moment) { load in
            load.calls += 1
            load.talk += length
            load.lastEnded = moment.utc
        }
    }

    /// The client talked to him; gives the line to keep.
    public mutating func met(_ client: String, _ member: ExtensionNumber, in department: DepartmentID, at moment: Moment)
        -> Familiar
    {
        let day = moment.civil.dayNumber
        if familiars.count >= 1000 { familiars = familiars.filter { $0.value.day == day } }
        let line = Familiar(department: department, client: client, member: member, day: day)
        familiars[Client(department: department, number: client)] = line
        return line
    }

    private func row(_ member: ExtensionNumber, _ account: Account, _ today: Int) -> Row {
        guard var row = rows[Key(member: member, account: account)] else {
            return Row(member: member, account: account, day: today, load: MemberLoad())
        }
        if row.day != today { (row.day, row.load.calls, row.load.talk) = (today, 0, .zero) }
        return row
    }

    private mutating func change(
        _ member: ExtensionNumber, _ account: Account, _ moment: Moment, _ change: (inout MemberLoad) -> Void
    ) -> Row {
        var row = row(member, account, moment.civil.dayNumber)
        change(&row.load)
        rows[Key(member: member, account: account)] = row
        return row
    }
}
