import Routing
import Telephony

/// Turns a notice into lines of the outbox: whom it is told by which channel, each in his own language.
public struct NoticePosting {
    private let notice: Notice
    private let office: Office
    private let message: VoiceMessage?

    /// `message` is what the caller left.
    public init(_ notice: Notice, office: Office, message: VoiceMessage?) {
        (self.notice, self.office, self.message) = (notice, office, message)
    }

    /// One line for each address, whomever it reaches; people without any have one in the list.
    public var notices: [OutgoingNotice] {
        var order: [NoticeAddress] = []
        var readers: [NoticeAddress: [ExtensionNumber]] = [:]
        func add(_ address: NoticeAddress, _ person: ExtensionNumber?) {
            if readers[address] == nil { order.append(address) }
            readers[address, default: []] += [person].compactMap(\.self)
        }
        for person in notice.recipients {
            let addresses = office.extensions[person]?.notify.compactMap(\.address) ?? []
            for address in addresses.isEmpty ? [.list] : addresses { add(address, person) }
        }
        // A mailbox has its own readers besides.
        for address in message.map({ office.recipients(of: $0.box).compactMap(\.address) }) ?? [] { add(address, nil) }
        for hook in office.outreach.webhooks.values.sorted(by: { $0.id < $1.id }) where !hook.isNamedOnly {
            add(.webhook(hook.id), nil)
        }
        if order.isEmpty { add(.list, nil) }
        return order.map { outgoing(to: $0, readers[$0] ?? []) }
    }

    private func outgoing(to address: NoticeAddress, _ people: [ExtensionNumber]) -> OutgoingNotice {
        let language = people.first.flatMap { office.extensions[$0]?.language } ?? office.language
        let phrases = NoticePhrases(notice, office, message: message, language: language)
        let call = notice.call
        let isProgram = if case .webhook = address { true } else { false }
        let key = "\(key)-\(address)"
        var outgoing = OutgoingNotice(
            key: key, kind: notice.kind, at: call.at, utcOffset: call.utcOffset, address: address, people: people,
            subject: phrases.subject, text: isProgram ? "\(body(key))" : phrases.text)
        (outgoing.call, outgoing.task, outgoing.message) = (call.id, notice.task?.id, message?.id)
        (outgoing.client, outgoing.name) = (call.client?.number ?? call.from, call.client?.name ?? "")
        return outgoing
    }

    /// Calls are counted over restarts; the time tells them apart where the count had to begin anew.
    private var key: String { "\(notice.kind.rawValue)-\(notice.call.id)-\(notice.call.at)" }

    /// What a webhook is told; keys may be added and stay.
    private func body(_ key: String) -> JSON {
        let call = notice.call
        let at = CivilTime(utc: call.at, offset: call.utcOffset).iso8601
        return .object([
            ("event", .string(notice.kind.rawValue)), ("key", .string(key)), ("at", .string(at)),
            ("call", .integer(call.id.number)), ("direction", .string(call.direction.rawValue)), ("from", .string(call.from)),
            ("number", .optional(call.number)), ("label", .optional(call.label)), ("department", .optional(call.department)),
            ("addressee", .optional(call.addressee)), ("result", .string(call.result.rawValue)),
            ("cause", .string(call.cause.rawValue)), ("wait", .seconds(call.wait)), ("ringing", .seconds(call.ringing)),
            ("client", call.client.map(json) ?? .null), ("task", notice.task.map(json) ?? .null),
            ("message", message.map(json) ?? .null), ("recipients", .array(notice.recipients.map(JSON.string))),
        ])
    }

    private func json(_ client: CallRecord.Client) -> JSON {
        .object([
            ("number", .string(client.number)), ("name", .optional(client.name.nonEmpty)), ("known", .bool(client.isKnown)),
            ("tel", .string("tel:" + client.number)),
        ])
    }

    private func json(_ task: CallbackTask) -> JSON {
        .object([
            ("id", .integer(task.id.number)), ("type", .string(task.kind.rawValue)), ("attempts", .integer(task.attempts)),
            ("deadline", .optional(task.deadline.map { office.zone.civil($0.utc(offset: office.zone.offset(of:))).iso8601 })),
            ("assignee", .optional(task.assignee?.description)),
        ])
    }

    private func json(_ message: VoiceMessage) -> JSON {
        .object([
            ("id", .integer(message.id)), ("box", .string(message.box)), ("duration", .seconds(message.length)),
        ])
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
