import Signalling
import Telephony

/// What people or fate do, in the words of a ladder: `anna dials 200`, `101 hangs up`, `our next 200 to mtt is lost`.
public struct Deed: Equatable, Sendable, CustomStringConvertible {
    /// The words.
    public let description: String
    /// A deed by its words; they are understood when it is done.
    public init(_ words: String) { description = words }
}

/// A deed that nobody can do: a misspelt one, or one about a call that is not there.
public struct ImpossibleDeed: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
}

extension SimulatedOffice {
    /// Somebody who can do something: an agent and, behind a trunk, the outside number.
    struct Person { var agent: Int, number: String? }

    /// Does it now.
    public mutating func perform(_ deed: Deed) throws {
        note(.deed(deed.description))
        let words = deed.description.split(separator: " ").map { String($0) }
        guard words.count > 1 else { throw ImpossibleDeed(description: "“\(deed)” says nothing") }
        if try performFate(words) { return }
        if words.dropFirst().first == "⇒" { return try sendByHand(words) }
        try perform(words[1], Array(words.dropFirst(2)), by: person(words[0]), deed)
    }

    /// Does it later.
    public mutating func plan(_ deed: Deed, at due: Instant) { agenda.add(.deed(deed), at: due) }

    /// What happens to the exchange, the disk and the wires.
    private mutating func performFate(_ words: [String]) throws -> Bool {
        switch words.joined(separator: " ") {
        case "apus is killed": kill()
        case "apus starts": start()
        case let deed where deed.hasPrefix("night key ") && words.count == 5: press(words)
        case "store fails": store.isFailing = true
        case "store works": store.isFailing = false
        default:
            if words.starts(with: ["store", "takes"]), let seconds = Double(words.last ?? "") {
                store.delay = .milliseconds(Int64(seconds * 1000))
                return true
            }
            return try performLoss(words)
        }
        return true
    }

    /// `night key 1 is pressed`, `night key 1 is released`.
    private mutating func press(_ words: [String]) { tell(.nightKey(words[2], words[4] == "pressed")) }

    /// `our next [WORD] to X is lost`, `the next [WORD] from X is lost`.
    private mutating func performLoss(_ words: [String]) throws -> Bool {
        guard words.count >= 6, words[1] == "next", words.suffix(2) == ["is", "lost"] else { return false }
        let middle = words[2..<(words.count - 2)].filter { $0 != "packet" && $0 != "the" }
        guard let way = middle.firstIndex(where: { $0 == "to" || $0 == "from" }), let name = middle.last else { return false }
        let end = agents[try person(name).agent].seenAs
        let word = way == middle.startIndex ? nil : middle[middle.startIndex]
        network.set(
            SimulatedNetwork.Snare(
                from: middle[way] == "from" ? end : nil, to: middle[way] == "to" ? end : nil, word: word))
        return true
    }

    /// Who a name means: an agent, or somebody outside who is reached over the first trunk.
    func person(_ name: String) throws -> Person {
        if let index = agents.firstIndex(where: { $0.name == name }) { return Person(agent: index, number: nil) }
        let number = number(name)
        let trunks = agents.indices.filter { agents[$0].role == .trunk }
        guard number.first.map({ $0 == "+" || $0.isNumber }) == true, let first = trunks.first else {
            throw ImpossibleDeed(description: "nobody is called \(name)")
        }
        let busy = trunks.first { agents[$0].calls.contains { isSame($0.person, number) && $0.state != .over } }
        return Person(agent: busy ?? first, number: number)
    }

    private func isSame(_ one: String, _ other: String) -> Bool { one == other || normal(one) == normal(other) }

    /// The number that a name stands for, or the name itself.
    private func number(_ name: String) -> String {
        aliases.filter { $0.value == name }.map(\.key).min() ?? name
    }

    /// The calls of a person, newest last, that are in one of these states.
    private func find(_ person: Person, _ fits: (AgentCall) -> Bool) -> AgentCall? {
        agents[person.agent].calls.last { (person.number == nil || isSame($0.person, person.number ?? "")) && fits($0) }
    }

    /// The call that a person has in the hand.
    private func current(_ person: Person) -> AgentCall? {
        find(person) { $0.isLive && $0.state != .ringing && $0.holding == nil } ?? find(person) { $0.isLive }
    }

    private mutating func perform(_ verb: String, _ rest: [String], by person: Person, _ deed: Deed) throws {
        let agent = person.agent
        switch (verb, rest.first) {
        case ("dials", let number?), ("calls", let number?):
            try dial(number, late: rest.contains("late"), by: rest.contains("via") ? through(rest.last ?? "", person) : person)
        case ("answers", nil): try with(find(person) { $0.state == .ringing }, of: person, deed) { $0.answer($1) }
        case ("hangs", "up"), ("hang", "up"): try with(current(person), of: person, deed) { $0.hangUp($1) }
        case ("declines", nil): try refuse(person, 603, deed)
        case ("is", "busy"): try refuse(person, 486, deed)
        case ("refuses", let status?): try refuse(person, Int(status) ?? 500, deed)
        case ("redirects", "to"):
            let target = number(rest.last ?? "")
            try with(find(person) { $0.state == .ringing }, of: person, deed) { $0.redirect($1, to: target) }
        case ("holds", let how):
            let hold = how.map { AgentCall.Hold(rawValue: $0) } ?? .sendonly
            try with(current(person), of: person, deed) { $0.hold($1, hold) }
        case ("resumes", nil): try with(find(person) { $0.holding != nil }, of: person, deed) { $0.hold($1, nil) }
        case ("transfers", "to"):
            let target = number(rest.last ?? "")
            try with(current(person), of: person, deed) { $0.transfer($1, to: target) }
        case ("consults", let number?):
            try with(current(person), of: person, deed) { $0.hold($1, .sendonly) }
            try dial(number, late: false, by: person)
        case ("joins", _): try join(person, deed)
        case ("presses", let key?): try press(key, person, deed)
        case ("signals", let key?):
            try with(current(person), of: person, deed) { $0.signal($1, key) }
        case ("sounds", let key?):
            guard let leg = current(person).flatMap({ media.leg(at: $0.theirs?.audioEndpoint) }) else {
                throw ImpossibleDeed(description: "“\(deed)”: nobody gets it")
            }
            for digit in key.compactMap(Digit.init) { tell(.media(.toneDigit(leg, digit))) }
        case ("subscribes", nil): act(agent) { $0.watchMessages(for: .seconds(3600)) }
        case ("subscribes", "to"): act(agent) { $0.watchMessages(for: .seconds(3600), of: rest.last) }
        case ("unsubscribes", nil): act(agent) { $0.watchMessages(for: .zero) }
        case ("watches", "presence"?): act(agent) { $0.watch(rest.last ?? "", isPresence: true, for: .seconds(3600)) }
        case ("watches", let whom?): act(agent) { $0.watch(whom, isPresence: false, for: .seconds(3600)) }
        case ("unwatches", let whom?): act(agent) { $0.watch(whom, isPresence: false, for: .zero) }
        case ("registers", nil): act(agent) { $0.register() }
        case ("unregisters", nil): act(agent) { $0.unregister() }
        case ("reboots", nil): reboot(agent)
        case ("loses", "network"): setOffline(agent, true)
        case ("is", "back"): setOffline(agent, false)
        case ("falls", "silent"): setMuted(agent, true)
        case ("speaks", "again"): setMuted(agent, false)
        default: throw ImpossibleDeed(description: "nobody can “\(deed)”")
        }
    }

    private func through(_ trunk: String, _ person: Person) throws -> Person {
        Person(agent: try self.person(trunk).agent, number: person.number)
    }

    private mutating func dial(_ name: String, late: Bool, by person: Person) throws {
        let number = number(name)
        let agent = agents[person.agent]
        let isLate = agent.manners.lateOffer || late
        let caller = person.number.map { NameAddress(uri: SIPURI(user: $0, host: agent.address.address.host)) }
        act(person.agent) {
            let before = $0.manners.lateOffer
            $0.manners.lateOffer = isLate
            let (_, outputs) = $0.dial(number, as: caller, at: $0.now)
            $0.outputs = outputs
            $0.manners.lateOffer = before
        }
    }

    private mutating func with(
        _ call: AgentCall?, of person: Person, _ deed: Deed, _ body: (inout SimulatedAgent, Int) -> Void
    ) throws {
        guard let call else { throw ImpossibleDeed(description: "“\(deed)”: there is no such call") }
        act(person.agent) { body(&$0, call.id) }
    }

    private mutating func refuse(_ person: Person, _ status: Int, _ deed: Deed) throws {
        try with(find(person) { $0.state == .ringing }, of: person, deed) { $0.decline($1, status: status) }
    }

    /// Attended transfer: the held one gets the one in the hand.
    private mutating func join(_ person: Person, _ deed: Deed) throws {
        guard let second = find(person, { $0.isLive && $0.holding == nil }) else {
            throw ImpossibleDeed(description: "“\(deed)”: there is no second call")
        }
        try with(find(person) { $0.isLive && $0.holding != nil }, of: person, deed) {
            $0.transfer($1, to: second.peer, replacing: second.id)
        }
    }

    private mutating func press(_ key: String, _ person: Person, _ deed: Deed) throws {
        for character in key {
            guard let digit = Digit(rawValue: character), let call = current(person),
                let leg = media.leg(at: call.theirs?.audioEndpoint)
            else { throw ImpossibleDeed(description: "“\(deed)”: nobody gets it") }
            press(digit, Ear(agent: person.agent, call: call.id), leg)
        }
    }

    private mutating func press(_ digit: Digit, _ ear: Ear, _ leg: MediaLegID) {
        keys.append(Keystroke(at: now, ear: ear, digit: digit))
        for (other, hearing) in heard.sorted(by: { $0.key < $1.key })
        where hearing == .party(ear) && media.legs[leg]?.withholdsKeys != true {
            note(.digit(digit, by: self.person(other)))
        }
        tell(.media(.digit(leg, digit)))
    }

    private mutating func setOffline(_ agent: Int, _ isOffline: Bool) {
        if isOffline { offline.insert(agent) } else { offline.remove(agent) }
        isUnsettled = true
    }

    private mutating func setMuted(_ agent: Int, _ isMuted: Bool) {
        agents[agent].isMuted = isMuted
        isUnsettled = true
    }

    /// `101 ⇒ 180`, `mtt ⇒ ACK`, `mallory ⇒ BYE as anna`: one message, and nothing that a person would notice first.
    private mutating func sendByHand(_ words: [String]) throws {
        let deed = Deed(words.joined(separator: " "))
        if words.count == 5, words[3] == "as" { return try sendForged(words[2], as: person(words[4]), deed) }
        let person = try person(words[0])
        isByHand = true
        defer { isByHand = false }
        switch words[2] {
        case "INVITE": try dial(words.last ?? "", late: words.contains("late"), by: person)
        case "again": try repeatInvite(person, deed)
        case "ACK":
            try with(current(person), of: person, deed) { $0.acknowledge($1, sequence: $0.call($1)?.invite.sequence ?? 1) }
        case "BYE", "CANCEL": try with(current(person), of: person, deed) { $0.hangUp($1) }
        case "200": try with(find(person) { $0.state == .ringing }, of: person, deed) { $0.answer($1) }
        case let word:
            guard let status = Int(word) else { throw ImpossibleDeed(description: "nobody can “\(deed)”") }
            try with(find(person) { $0.state == .ringing }, of: person, deed) { agent, call in
                if status < 200 { agent.progress(call, status) } else { agent.decline(call, status: status) }
            }
        }
    }

    /// The last INVITE on another path: other branch, same Call-ID, tag and CSeq (RFC 3261 §8.2.2.2).
    private mutating func repeatInvite(_ person: Person, _ deed: Deed) throws {
        try with(current(person), of: person, deed) { agent, id in
            guard var invite = agent.call(id)?.invite else { return }
            invite.vias[0].parameters["branch"] = agent.unique("z9hG4bK")
            agent.send(invite, to: agent.server)
        }
    }

    /// A third party that knows the dialog sends a request in it.
    private mutating func sendForged(_ method: String, as victim: Person, _ deed: Deed) throws {
        guard let call = current(victim), var forged = agents[victim.agent].inDialog(Method(rawValue: method), call.id) else {
            throw ImpossibleDeed(description: "“\(deed)”: there is no such call")
        }
        let stranger = Endpoint(.v4(0xC633_6442), 5060)
        forged.vias = [
            Via(transport: "UDP", host: stranger.address.host, port: 5060, parameters: [Parameter("branch", "z9hG4bK-forged")])
        ]
        agents[victim.agent].withCall(call.id) { $0.localSequence -= 1 }
        inject(forged, from: stranger)
    }
}
