import Signalling
import Telephony

/// A key of the phone that watches somebody: a subscription to what he is doing (RFC 4235) or whether he is there (RFC 3856).
struct WatchState: Sendable {
    var resource: String, isPresence: Bool
    var tag: String
    var remoteTag: String?
    var remoteTarget: SIPURI?
    var sequence: UInt32 = 0
    /// The version told last; each must be higher.
    var version = -1
    /// What the key shows.
    var shows = ""

    var event: String { isPresence ? "presence" : "dialog" }
    var type: String { isPresence ? "application/pidf+xml" : "application/dialog-info+xml" }
}

extension SimulatedAgent {
    /// Subscribes anew, refreshes, or with zero takes it back.
    mutating func watch(_ resource: String, isPresence: Bool, for expires: Duration) {
        let known = watches.first { $0.value.resource == resource && $0.value.isPresence == isPresence }
        let callID = known?.key ?? unique("watch") + "@" + address.address.host
        var watch = known?.value ?? WatchState(resource: resource, isPresence: isPresence, tag: unique("tag"))
        watch.sequence += 1
        watches[callID] = watch
        var from = NameAddress(uri: SIPURI(user: user, host: domain))
        from.tag = watch.tag
        var to = NameAddress(uri: SIPURI(user: resource, host: domain))
        to.tag = watch.remoteTag
        var message = Message(
            .request(.subscribe, watch.remoteTarget ?? to.uri), from: from, to: to, callID: callID, sequence: watch.sequence,
            sequenceMethod: .subscribe)
        dress(&message)
        message.headers += [
            Header("Event", watch.event), Header("Accept", watch.type), Header("Expires", String(expires.components.seconds)),
        ]
        credentials(for: &message)
        request(message, to: server, for: .watch(callID))
    }

    mutating func watchConcluded(_ callID: String, _ status: Int, _ response: Message?) {
        guard let watch = watches[callID] else { return }
        guard status == 200, let response else {
            watches[callID] = nil
            return notice(.watchRefused(watch.resource, status: status))
        }
        attempts[callID] = nil
        watches[callID]?.remoteTag = response.to.tag
        watches[callID]?.remoteTarget = response.contacts.first?.uri
    }

    /// A NOTIFY about somebody who is watched.
    mutating func takeWatch(_ request: Message, _ key: TransactionKey) {
        guard var watch = watches[request.callID], request.to.tag == watch.tag else {
            return respond(key, 481, "Subscription Does Not Exist")
        }
        respond(key, 200, "OK")
        let body = String(decoding: request.body, as: UTF8.self)
        let shows = watch.isPresence ? Self.presence(body) : Self.dialog(body)
        let version = Self.inside(body, "version=\"", "\"").flatMap { Int($0) } ?? watch.version + 1
        guard let shows, request.contentType == watch.type, version > watch.version,
            body.contains("entity=\"sip:\(watch.resource.replacing("#", with: "%23"))@")
        else { return notice(.watchRefused(watch.resource, status: 400)) }
        let isNews = shows != watch.shows
        (watch.version, watch.shows) = (version, shows)
        watches[request.callID] = watch
        if request.header("Subscription-State")?.hasPrefix("terminated") == true { watches[request.callID] = nil }
        if isNews { notice(.shows(watch.resource, shows)) }
    }

    /// `early from vera`, `confirmed`, `terminated`; nil where it is not the full state of one dialog.
    private static func dialog(_ body: String) -> String? {
        guard body.contains("state=\"full\""), body.components(of: "<dialog ") == 1,
            let state = inside(body, "<state>", "</state>")
        else { return nil }
        return state + (inside(body, "<remote><identity display=\"", "\"").map { " from \($0)" } ?? "")
    }

    /// `open`, `closed`, `open busy`; nil where it is none of them.
    private static func presence(_ body: String) -> String? {
        inside(body, "<basic>", "</basic>").map { $0 + (body.contains("<rpid:busy/>") ? " busy" : "") }
    }

    private static func inside(_ text: String, _ before: String, _ after: String) -> String? {
        guard let start = text.ranges(of: before).first?.upperBound,
            let end = text[start...].ranges(of: after).first?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
