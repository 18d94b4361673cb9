import Telephony

/// Where everybody is (RFC 3261 §10.3): the bindings of every account, made by authenticated REGISTERs.
struct Registrar: Sendable {
    /// What a REGISTER changed.
    enum Change: Equatable {
        case registered(Binding), unregistered(Binding)
    }

    /// What it is answered.
    enum Outcome: Equatable {
        /// 200 with these contacts.
        case accepted([NameAddress])
        case refused(Int, [Header])
    }

    /// The shortest and the longest life that we give, and what one gets who does not ask; seconds.
    static let minimum: Int64 = 60, maximum: Int64 = 3600, standard: Int64 = 3600

    private struct Entry: Sendable {
        var binding: Binding, due: Instant
    }

    private var entries: [String: [Entry]] = [:]

    /// In the order registered.
    func bindings(of account: String) -> [Binding] { entries[account]?.map(\.binding) ?? [] }

    /// All of them, by account.
    var bindings: [Binding] { entries.keys.sorted().flatMap { bindings(of: $0) } }

    /// When a binding ends by our own clock.
    func due(_ binding: Binding) -> Instant? {
        entries[binding.account]?.first { $0.binding.key == binding.key }?.due
    }

    /// One contact of a request, as it is wanted.
    private struct Wish {
        var written: NameAddress, contact: SIPURI, seconds: Int64
    }

    /// Carries out a REGISTER of `account`, all of it or nothing.
    mutating func register(_ request: Message, account: String, flow: Flow, at now: Moment) -> (Outcome, [Change]) {
        let before = entries[account] ?? []
        if before.contains(where: { $0.binding.callID == request.callID && $0.binding.sequence >= request.sequence }) {
            let changes = !request.contacts.isEmpty || request.isStarContact
            if changes { return (.refused(500, []), []) }
        }
        if request.isStarContact {
            guard request.contacts.isEmpty, Self.seconds(request.header("Expires")) == 0 else { return (.refused(400, []), []) }
            entries[account] = nil
            return (.accepted([]), before.map { .unregistered($0.binding) })
        }
        guard request.contacts.count <= SignallingLimit.contacts else { return (.refused(403, []), []) }
        var wishes: [Wish] = []
        for written in request.contacts {
            guard written.uri.scheme == "sip" || written.uri.scheme == "sips" else { return (.refused(400, []), []) }
            let asked = written.parameters["expires"] ?? request.header("Expires")
            let seconds = min(Self.seconds(asked) ?? Self.standard, Self.maximum)
            if (1..<Self.minimum).contains(seconds) {
                return (.refused(423, [Header("Min-Expires", String(Self.minimum))]), [])
            }
            wishes.append(Wish(written: written, contact: Self.reachable(written.uri, flow), seconds: seconds))
        }
        let changes = apply(wishes, request, account, flow, now)
        return (.accepted(listing(account, wishes, now)), changes)
    }

    private mutating func apply(
        _ wishes: [Wish], _ request: Message, _ account: String, _ flow: Flow, _ now: Moment
    ) -> [Change] {
        var list = entries[account] ?? []
        var changes: [Change] = []
        let wanted = wishes.map(\.contact)
        // The same phone under another address: its Call-ID says so.
        let takesOver = wishes.contains { $0.seconds > 0 } || wishes.count == 1
        list.removeAll { entry in
            let gone =
                wanted.contains(entry.binding.contact)
                ? wishes.contains { $0.contact == entry.binding.contact && $0.seconds == 0 }
                : takesOver && entry.binding.callID == request.callID
            if gone { changes.append(.unregistered(entry.binding)) }
            return gone
        }
        for wish in wishes where wish.seconds > 0 {
            let binding = Binding(
                account: account, contact: wish.contact, flow: flow, callID: request.callID, sequence: request.sequence,
                expires: now.utc + wish.seconds * 1000,
                userAgent: String((request.header("User-Agent") ?? "").prefix(SignallingLimit.userAgent)))
            let entry = Entry(binding: binding, due: now.uptime + .seconds(wish.seconds))
            if let place = list.firstIndex(where: { $0.binding.contact == wish.contact }) {
                list[place] = entry
            } else {
                if list.count >= SignallingLimit.contacts, let first = list.indices.min(by: { list[$0].due < list[$1].due }) {
                    changes.append(.unregistered(list.remove(at: first).binding))
                }
                list.append(entry)
            }
            changes.append(.registered(binding))
        }
        entries[account] = list.isEmpty ? nil : list
        return changes
    }

    /// Every contact with the seconds it has left; a phone finds its own as it wrote it, whatever we made of it.
    private func listing(_ account: String, _ wishes: [Wish], _ now: Moment) -> [NameAddress] {
        (entries[account] ?? []).map { entry in
            let left = max(1, ((entry.due - now.uptime).milliseconds + 999) / 1000)
            let uri = wishes.first { $0.contact == entry.binding.contact }?.written.uri ?? entry.binding.contact
            return NameAddress(uri: uri, parameters: [Parameter("expires", String(left))])
        }
    }

    /// Takes over what an earlier run knew; what has ended meanwhile is left out.
    mutating func restore(_ bindings: [Binding], at now: Moment) {
        for binding in bindings where binding.expires > now.utc {
            var list = entries[binding.account] ?? []
            guard list.count < SignallingLimit.contacts, !list.contains(where: { $0.binding.key == binding.key }) else {
                continue
            }
            let left = min(binding.expires - now.utc, Self.maximum * 1000)
            var entry = Entry(binding: binding, due: now.uptime + .milliseconds(left))
            entry.binding.flow.connection = nil  // the streams of an earlier run are gone
            list.append(entry)
            entries[binding.account] = list
        }
    }

    /// Takes away the binding if its time is over.
    mutating func expire(account: String, key: String, at now: Instant) -> Binding? {
        remove(account) { $0.binding.key == key && $0.due <= now }.first
    }

    /// Takes away what was registered over a connection that is gone.
    mutating func disconnect(_ flow: Flow) -> [Binding] {
        entries.keys.sorted().flatMap { account in remove(account) { $0.binding.flow.runs(over: flow) } }
    }

    /// Takes away what belongs to accounts that no longer exist.
    mutating func keep(accounts: some Collection<String>) -> [Binding] {
        let known = Set(accounts)
        return entries.keys.sorted().filter { !known.contains($0) }.flatMap { account in remove(account) { _ in true } }
    }

    private mutating func remove(_ account: String, where isGone: (Entry) -> Bool) -> [Binding] {
        guard let list = entries[account] else { return [] }
        let rest = list.filter { !isGone($0) }
        entries[account] = rest.isEmpty ? nil : rest
        return list.filter(isGone).map(\.binding)
    }

    /// RFC 3261 §10.3 step 7: a malformed value is as good as none.
    private static func seconds(_ text: String?) -> Int64? {
        guard let text = text?.trimmed, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text) ?? maximum
    }

    /// The contact, or where the packet came from if the contact is not there (NAT).
    private static func reachable(_ contact: SIPURI, _ flow: Flow) -> SIPURI {
        var contact = contact
        contact.headers = []
        if contact.address != flow.remote.address || contact.port ?? 5060 != flow.remote.port {
            contact.host = flow.remote.address.host
            contact.port = flow.remote.port
        }
        if flow.transport == .tcp { contact.parameters["transport"] = "tcp" }
        return contact
    }
}
