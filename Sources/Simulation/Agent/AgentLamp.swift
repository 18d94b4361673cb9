import Signalling
import Telephony

/// The lamp of waiting messages: a subscription to them (RFC 3842), and NOTIFYs with one or without.
struct LampState: Sendable {
    var callID: String?, tag = "", remoteTag: String?, sequence: UInt32 = 0
    var remoteTarget: SIPURI?
    /// The counts that the lamp shows: new and old.
    var new = 0, old = 0
}

extension SimulatedAgent {
    /// Subscribes, refreshes, or with zero takes it back.
    mutating func watchMessages(for expires: Duration, of resource: String? = nil) {
        if lamp.callID == nil {
            (lamp.callID, lamp.tag) = (unique("lamp") + "@" + address.address.host, unique("tag"))
        }
        lamp.sequence += 1
        var from = NameAddress(uri: SIPURI(user: user, host: domain))
        from.tag = lamp.tag
        var to = NameAddress(uri: SIPURI(user: resource ?? user, host: domain))
        to.tag = lamp.remoteTag
        var message = Message(
            .request(.subscribe, lamp.remoteTarget ?? to.uri), from: from, to: to, callID: lamp.callID ?? "",
            sequence: lamp.sequence, sequenceMethod: .subscribe)
        dress(&message)
        message.headers += [
            Header("Event", "message-summary"), Header("Accept", "application/simple-message-summary"),
            Header("Expires", String(expires.components.seconds)),
        ]
        credentials(for: &message)
        request(message, to: server, for: .subscribe)
    }

    mutating func subscribeConcluded(_ status: Int, _ response: Message?) {
        guard status == 200, let response else { return notice(.lampRefused(status: status)) }
        attempts[response.callID] = nil
        lamp.remoteTag = response.to.tag
        lamp.remoteTarget = response.contacts.first?.uri
    }

    /// A NOTIFY outside of calls.
    mutating func takeLamp(_ request: Message, _ key: TransactionKey) {
        if request.to.tag != nil, request.to.tag != lamp.tag || request.callID != lamp.callID {
            return respond(key, 481, "Subscription Does Not Exist")
        }
        respond(key, 200, "OK")
        if request.to.tag != nil, request.header("Subscription-State")?.hasPrefix("terminated") == true {
            (lamp.callID, lamp.remoteTag, lamp.remoteTarget) = (nil, nil, nil)
        }
        let body = String(decoding: request.body, as: UTF8.self)
        let lines = body.split(separator: "\r\n").map { $0.split(separator: ":", maxSplits: 1).map { String($0.trimmed) } }
        let fields = Dictionary(lines.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        let counts = (fields["Voice-Message"] ?? "").split(whereSeparator: { $0 == "/" || $0 == " " }).compactMap { Int($0) }
        guard counts.count >= 2, (fields["Messages-Waiting"] == "yes") == (counts[0] > 0) else {
            return notice(.lampRefused(status: 400))
        }
        guard (lamp.new, lamp.old) != (counts[0], counts[1]) else { return }
        (lamp.new, lamp.old) = (counts[0], counts[1])
        notice(.lamp(new: counts[0], old: counts[1]))
    }
}
