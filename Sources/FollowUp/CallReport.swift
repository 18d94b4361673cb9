import Telephony

/// How many calls came out how.
public struct CallTotals: Equatable, Sendable {
    /// Somebody talked.
    public var answered = 0
    /// Came to us and nobody took them.
    public var missed = 0
    /// Went out and nobody took them.
    public var notReached = 0
    /// Content with a menu or prompt.
    public var served = 0
    /// Could not be taken.
    public var refused = 0
    /// Cut by a restart.
    public var interrupted = 0

    /// No calls.
    public init() {}

    /// Counts `calls`.
    public init(_ calls: some Sequence<CallRecord>) {
        for call in calls { add(1, direction: call.direction, result: call.result) }
    }

    /// `count` more calls of one kind.
    public mutating func add(_ count: Int, direction: CallDirection, result: CallResult) {
        switch Catalogue.Outcome(result, direction) {
        case .answered: answered += count
        case .missed: missed += count
        case .notReached: notReached += count
        case .served: served += count
        case .refused: refused += count
        case .interrupted: interrupted += count
        }
    }

    /// All of them.
    public var calls: Int { answered + missed + notReached + served + refused + interrupted }
}

/// What a report calls people and departments; what is not here is shown by its number or id.
public struct ReportNames: Equatable, Sendable {
    /// The office's own name.
    public var office: String
    /// Names by extension number.
    public var extensions: [String: String]
    /// Names by department id.
    public var departments: [String: String]

    /// Names from their parts.
    public init(office: String = "", extensions: [String: String] = [:], departments: [String: String] = [:]) {
        (self.office, self.extensions, self.departments) = (office, extensions, departments)
    }
}

/// The report of all calls of a period: one value, printed three ways.
public struct CallReport: Equatable, Sendable {
    /// The calls, oldest first.
    public var calls: [CallRecord]
    /// Their counts.
    public var totals: CallTotals
    /// When.
    public var span: ReportSpan
    /// Whose.
    public var scope: ReportScope
    /// Of the text.
    public var language: Language
    /// Of the people.
    public var names: ReportNames

    /// A report on `calls`, which are already those of the period and scope. `totals` count more than these where the list is only
    /// the newest of them, which the text then says; nil: these are all.
    public init(
        calls: [CallRecord], totals: CallTotals? = nil, span: ReportSpan, scope: ReportScope, language: Language,
        names: ReportNames
    ) {
        (self.calls, self.span, self.scope, self.language, self.names) = (calls, span, scope, language, names)
        self.totals = totals ?? CallTotals(calls)
    }

    /// The stable keys of one call, in order.
    static let keys = [
        "id", "at", "direction", "from", "to", "number", "department", "employee", "label", "result", "cause", "wait", "talk",
        "legs", "ringing", "addressee", "received", "numberLabel", "message", "client", "name", "known", "recording",
    ]

    /// A list of calls, times in ISO 8601 with the office's offset, durations in seconds.
    public var json: JSON { .array(calls.map { .object(Self.members($0, language)) }) }

    /// RFC 4180 in UTF-8 with a header row: the JSON's keys; a call's legs stand in one field, `target outcome rang; …`.
    public var csv: String {
        var text = Self.keys.joined(separator: ",") + "\r\n"
        for call in calls { text += Self.csvLine(Self.members(call, language), legs: call.legs) }
        return text
    }

    /// One call with its stable keys.
    static func members(_ call: CallRecord, _ language: Language) -> [(String, JSON)] {
        // A machine's mark outranks the number's label, which has a key of its own.
        let label = call.message == nil ? call.label : Catalogue.answeringMachine.text(in: language)
        let legs = call.legs.map { leg in
            JSON.object([
                ("target", .string(leg.target)), ("at", .string(iso(leg.at, call))), ("rang", .seconds(leg.rang)),
                ("outcome", .string(leg.outcome.rawValue)),
            ])
        }
        let values: [JSON] = [
            .integer(call.id.number), .string(iso(call.at, call)), .string(call.direction.rawValue), .string(call.from),
            .string(call.to), .optional(call.number), .optional(call.department), .optional(call.employee), .optional(label),
            .string(call.result.rawValue), .string(call.cause.rawValue), .seconds(call.wait), .seconds(call.talk), .array(legs),
            .seconds(call.ringing), .optional(call.addressee), .optional(call.received), .optional(call.label),
            call.message.map(JSON.integer) ?? .null, .optional(call.client?.number),
            .optional(call.client.flatMap { Optional($0.name).nonEmpty }),
            call.client.map { .bool($0.isKnown) } ?? .null, call.recording.map(JSON.seconds) ?? .null,
        ]
        return Array(zip(keys, values))
    }

    /// One row of such members.
    static func csvLine(_ members: [(String, JSON)], legs: [CallRecord.Leg]) -> String {
        let fields = members.map { key, value in
            switch value {
            case .null: ""
            case .string(let text): text
            case .array: legs.map { "\($0.target) \($0.outcome.rawValue) \(JSON.seconds($0.rang))" }.joined(separator: "; ")
            case .bool, .integer, .number, .object: value.description
            }
        }
        return CSV.line(fields)
    }

    static func iso(_ utc: Int64, _ call: CallRecord) -> String { CivilTime(utc: utc, offset: call.utcOffset).iso8601 }
}

extension Catalogue.Outcome {
    /// How a call of this direction came out.
    public init(_ result: CallResult, _ direction: CallDirection) {
        switch result {
        case .answered: self = .answered
        case .missed:
            switch direction {
            case .incoming, .internal: self = .missed
            case .outgoing: self = .notReached
            }
        case .served: self = .served
        case .refused: self = .refused
        case .interrupted: self = .interrupted
        }
    }
}
