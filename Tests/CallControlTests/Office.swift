import CallControl
import Routing
import Telephony

/// A switchboard with a clock, and orders as words: `dial 2 101`, `release 1 busy`.
struct Desk {
    var board: Switchboard
    var now = Moment(uptime: .zero, utc: 0)
    /// What shall outlive a restart: loads and acquaintances.
    var kept: [String] = []
    /// The contact book, by digits.
    var book: [String: ClientCard] = [:]
    var answersLookUps = true

    init(_ office: Office, present: [ExtensionNumber] = ["101", "102", "103", "104"]) {
        board = Switchboard(office: office)
        for number in present { _ = board.handle(.reachable(number, true), at: now) }
    }

    mutating func after(_ duration: Duration) -> [String] {
        let end = now.uptime + duration
        var orders: [String] = []
        while let deadline = board.deadline, deadline <= end {
            now = at(deadline)
            orders += words(board.wake(at: now))
        }
        now = at(end)
        return orders
    }

    /// Look-ups are answered at once, unless somebody wants to see them.
    mutating func fact(_ fact: Fact) -> [String] {
        var orders = board.handle(fact, at: now)
        while answersLookUps, let index = orders.firstIndex(where: \.isLookUp) {
            guard case .lookUp(let call, let client) = orders.remove(at: index) else { break }
            orders += board.handle(.lookedUp(call, book[client] ?? .blank), at: now)
        }
        return words(orders)
    }

    mutating func calls(_ number: ExtensionNumber, _ dialled: String) -> (LegID, [String]) {
        let leg = board.newLeg()
        return (leg, fact(.offered(leg, Offer(caller: .extension(number), callerID: CallerID(number: number), dialled: dialled))))
    }

    mutating func comes(on trunk: TrunkID, from number: String, to dialled: String) -> (LegID, [String]) {
        let leg = board.newLeg()
        return (leg, fact(.offered(leg, Offer(caller: .trunk(trunk), callerID: CallerID(number: number), dialled: dialled))))
    }

    private func at(_ uptime: Instant) -> Moment { Moment(uptime: uptime, utc: uptime.nanoseconds / 1_000_000) }

    private mutating func words(_ orders: [Order]) -> [String] {
        let isKept = { (word: String) in word.hasPrefix("tally") || word.hasPrefix("acquaint") || word.hasPrefix("met") }
        let words = orders.map(Self.word)
        kept += words.filter(isKept)
        return words.filter { !isKept($0) }
    }

    static func word(_ order: Order) -> String {
        switch order {
        case .alert(let leg): "alert \(leg)"
        case .dial(let leg, let target, let callerID, .plain, _): "dial \(leg) \(target.name) as \(callerID.number)"
        case .dial(let leg, let target, let callerID, .automatic, _):
            "dial \(leg) \(target.name) as \(callerID.number) automatic"
        case .dial(let leg, let target, let callerID, .named(let ring), _):
            "dial \(leg) \(target.name) as \(callerID.number) ring \(ring)"
        case .answer(let leg, let partner?): "answer \(leg) like \(partner)"
        case .answer(let leg, nil): "answer \(leg)"
        case .release(let leg, let cause): "release \(leg) \(cause)"
        case .bridge(let one, let other): "bridge \(one) \(other)"
        case .play(let leg, .music): "play \(leg) music"
        case .play(let leg, .speech(let speech)):
            "play \(leg) \(speech.id) \(speech.clips.map(\.name).joined(separator: " "))"
        case .night(let key, let until): "night \(key) \(until.map(String.init) ?? "off")"
        case .lookUp(let call, let client): "look up \(call) \(client)"
        case .met(let client, _, let owner): "met \(client) \(owner)"
        case .own(let client, _, let owner): "own \(client) \(owner)"
        case .mark(let number, let state, let isOn): "mark \(number) \(state.text) \(isOn ? "on" : "off")"
        case .askOwed(_, let responsible, let person, _): "ask owed by \(responsible) for \(person)"
        case .configure(_, let lines, let number): "configure \(number) \(lines.joined(separator: "; "))"
        case .play(let leg, .tone(let tone, _)): "play \(leg) \(tone)"
        case .quiet(let leg): "quiet \(leg)"
        case .mix(let leg, let room): "mix \(leg) \(room)"
        case .attend(let leg, let room): "attend \(leg) \(room)"
        case .announce(let room, let clips): "announce \(room) \(clips.map(\.name).joined(separator: " "))"
        case .withhold(let leg): "withhold \(leg)"
        case .press(let leg, let digit): "press \(leg) \(digit.rawValue)"
        case .record(let leg, let recording): "record \(leg) \(recording.clip.name)"
        case .unrecord(let leg, let clip): "unrecord \(leg) \(clip.name)"
        case .endRecording(let clip): "endRecording \(clip.name)"
        case .report(let leg, .succeeded): "report \(leg) succeeded"
        case .report(let leg, .failed(let cause)): "report \(leg) failed \(cause)"
        case .awaitRecord(let call): "await record \(call)"
        case .recorded(let recording): "recorded \(recording.call)"
        case .keep(let message): "keep \(message.id) \(message.state.rawValue)"
        case .erase(let message): "erase \(message)"
        case .measure(let leg, let number): "measure \(leg) of \(number)"
        case .untested(let number): "untested \(number)"
        case .adopt(let prompt, let number): "adopt \(prompt) by \(number)"
        case .greet(let box, let recording): "greet \(box) \(recording.map(String.init) ?? "standard")"
        case .open: "open"
        case .tally(let row): "tally \(row.member) \(row.account.text) \(row.load.calls)"
        case .acquaint(let line): "acquaint \(line.client) \(line.member)"
        case .file(let journal): "file \(journal.lines.last.map { "\($0.entry)" } ?? "")"
        }
    }
}

extension Office {
    /// Four people, sales (101, 102, 103), a trunk with two channels.
    static var small: Office {
        var office = Office()
        for number in ["101", "102", "103", "104"] { office.extensions[number] = Extension(number) }
        office.departments["sales"] = Department("sales", number: "200", members: ["101", "102", "103"])
        office.trunks["mtt"] = Trunk("mtt", peer: .v4(0x0A00_0002))
        office.trunks["spare"] = Trunk("spare", peer: .v4(0x0A00_0003))
        office.numbers = [NumberRule("*", target: .department("sales"), label: "office")]
        office.routes = [OutgoingRoute("all", mask: "8*", tollClass: .national, trunks: ["mtt", "spare"])]
        return office
    }
}

extension Order {
    fileprivate var isLookUp: Bool { if case .lookUp = self { true } else { false } }
}
