import Telephony

/// A voicemail box's id: an extension's number, a department's id, or a word of its own.
public typealias BoxID = String

/// A voicemail box as the configuration says it.
public struct VoicemailBox: Equatable, Sendable {
    /// Its id.
    public var id: BoxID
    /// Whose it is, for lists and displays.
    public var name: String
    /// Who learns of a message; nil: whoever the box belongs to.
    public var recipients: [Recipient]?
    /// The prompt that callers hear; nil: the standard words.
    public var greeting: String?
    /// The longest message.
    public var limit: Duration
    /// How many days messages are kept.
    public var keptDays: Int
    /// Who listens to it by telephone must know this; nil: nobody can.
    public var pin: String?

    /// Who is told of a message.
    public enum Recipient: Hashable, Sendable {
        /// The lamps of this extension's phones.
        case `extension`(ExtensionNumber)
        /// An address, `a@b.c`.
        case email(String)
        /// A chat of the configuration.
        case telegram(String)
        /// A webhook of the configuration.
        case webhook(String)
    }

    /// A box with factory behaviour.
    public init(_ id: BoxID, name: String = "") {
        (self.id, self.name, limit, keptDays) = (id, name, .minutes(3), 60)
    }
}

/// What the office says of all its boxes together.
public struct VoicemailRules: Equatable, Sendable {
    /// Boxes that the configuration writes of, by id. Every extension and department has one without any line, too.
    public var boxes: [BoxID: VoicemailBox] = [:]
    /// Bytes that all messages together may take; beyond them the oldest go, those that were heard first.
    public var quota = 500 << 20

    /// Nothing written.
    public init() {}
}

extension Office {
    /// The box of this id: a configured one, an extension's or a department's own.
    public func box(_ id: BoxID) -> VoicemailBox? {
        if let box = voicemail.boxes[id] { return box }
        if let person = extensions[id] { return VoicemailBox(id, name: person.name) }
        return departments[id].map { VoicemailBox(id, name: $0.name) }
    }

    /// Who learns of a message in this box: whom the configuration names, else whose box it is.
    public func recipients(of id: BoxID) -> [VoicemailBox.Recipient] {
        if let named = voicemail.boxes[id]?.recipients { return named }
        if extensions[id] != nil { return [.extension(id)] }
        return departments[id]?.members.filter { extensions[$0.number] != nil }.map { .extension($0.number) } ?? []
    }

    /// Boxes whose messages light the lamps of this extension, in order.
    public func boxesLighting(_ number: ExtensionNumber) -> [BoxID] {
        let written = voicemail.boxes.keys.filter { recipients(of: $0).contains(.extension(number)) }
        let own = voicemail.boxes[number] == nil && extensions[number] != nil ? [number] : []
        let departments = departments.keys.filter {
            voicemail.boxes[$0] == nil && recipients(of: $0).contains(.extension(number))
        }
        return Set(written + own + departments).sorted()
    }

    /// The box that a caller means who dials this number: an extension's, or a department's.
    public func box(dialled number: String) -> BoxID? {
        if extensions[number] != nil { return number }
        return departments.values.first { $0.number == number }?.id ?? (voicemail.boxes[number] == nil ? nil : number)
    }
}

extension Router {
    /// Which box a code opens: one's own, or that of the number behind it.
    func mailbox(dialled number: String, by caller: ExtensionNumber) -> Decision {
        let named = String(number.dropFirst(FeatureTable.mailboxCode.count))
        guard let box = office.box(dialled: named.isEmpty ? caller : named) else {
            let because = Explanation(.voicemail, .refused, Catalogue.noRouteTakes(named))
            return Decision(outcome: .refused(.unallocated), number: nil, because: [because])
        }
        return Decision(
            outcome: .mailbox(box), number: nil, because: [Explanation(.voicemail, .taken, Catalogue.opensMailbox(box))])
    }
}

extension FeatureTable {
    /// Opens one's own mailbox; with a number behind it, the box of that extension or department.
    public static var mailboxCode: String { "*" + mailboxDigits }
}
