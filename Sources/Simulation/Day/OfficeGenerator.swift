import Exchange
import Routing
import Signalling
import Telephony

/// Draws an office: extensions with their rules, departments, a trunk or two, numbers and routes. Forwards only lead upwards,
/// as a configuration with a loop would not be accepted.
struct OfficeGenerator {
    var dice: Dice
    let phones: Int

    /// Trunks live here.
    static let trunkEnds = [Endpoint(.v4(0xCB00_710A), 5060), Endpoint(.v4(0xCB00_710B), 5060)]

    mutating func settings() -> Settings {
        var office = Office()
        (office.name, office.country) = ("Ромашка", .ru)
        office.noAnswer = NoAnswerStep(after: .seconds(Int64(20 + dice.roll(60))), target: .busy)
        let numbers = (0..<phones).map { String(101 + $0) }
        for (index, number) in numbers.enumerated() { office.extensions[number] = person(number, index, numbers) }
        for (index, id) in ["sales", "service", "office"].enumerated() {
            office.departments[id] = department(id, number: String(200 + index), numbers)
        }
        addTrunks(to: &office)
        addNumbers(to: &office, numbers)
        var sip = SIPSettings(listen: [.init(.udp, SimulatedOffice.ownEndpoint)], domain: "office.lan")
        for account in office.extensions.values.flatMap(\.phones) { sip.accounts[account.name] = account.secret }
        for trunk in office.trunks.values.sorted(by: { $0.id < $1.id }) {
            sip.peers.append(.init(id: trunk.id, address: trunk.peer, port: trunk.port))
        }
        return Settings(office: office, sip: sip, media: MediaSettings())
    }

    private mutating func person(_ number: String, _ index: Int, _ all: [String]) -> Extension {
        var person = Extension(number, name: "Person \(number)", phones: [.init(name: number, secret: "secret-\(number)")])
        if dice.chance(1, in: 6) { person.phones.append(.init(name: "\(number)-kitchen", secret: "kitchen-\(number)")) }
        person.calls = dice.chance(1, in: 4) ? 2 : 1
        let above = Array(all[(index + 1)...])
        if dice.chance(2, in: 3) {
            person.noAnswer = [NoAnswerStep(after: seconds(5...40), target: target(above))]
            if dice.chance(1, in: 3) { person.noAnswer.append(NoAnswerStep(after: seconds(5...30), target: target(above))) }
        }
        if dice.chance(1, in: 6) { person.onBusy = target(above) }
        if dice.chance(1, in: 6) { person.onUnreachable = target(above) }
        if dice.chance(1, in: 15), let next = above.first { person.forward = .extension(next) }
        return person
    }

    private mutating func department(_ id: String, number: String, _ all: [String]) -> Department {
        let members = all.shuffled(using: &dice).prefix(2 + dice.roll(4))
        var department = Department(id, name: id, number: number, members: Array(members))
        department.strategy = dice.chance(1, in: 2) ? .all : .sequential
        department.step = seconds(5...15)
        if dice.chance(2, in: 3) { department.noAnswer = [NoAnswerStep(after: seconds(10...60), target: target(all.suffix(3)))] }
        if dice.chance(1, in: 3) { department.onBusy = target(all.suffix(3)) }
        if dice.chance(1, in: 2) { department.queue = QueueRules(limit: 1 + dice.roll(4), tellsPosition: dice.chance(1, in: 2)) }
        if dice.chance(1, in: 2) { department.impatience = Impatience(after: seconds(5...20), repeats: .seconds(30)) }
        if dice.chance(1, in: 3) { department.wrapUp = seconds(5...15) }
        return department
    }

    private mutating func addTrunks(to office: inout Office) {
        for (index, id) in ["mtt", "beeline"].prefix(1 + dice.roll(2)).enumerated() {
            var trunk = Trunk(id, peer: Self.trunkEnds[index].address)
            trunk.channels = dice.chance(1, in: 2) ? 6 : nil
            trunk.callerID = "+74951234567"
            office.trunks[id] = trunk
        }
        let trunks = office.trunks.keys.sorted()
        office.routes = [
            OutgoingRoute("city", mask: "8##########", tollClass: .local, trunks: trunks),
            OutgoingRoute("world", mask: "810*", tollClass: .international, trunks: trunks.reversed()),
        ]
    }

    private mutating func addNumbers(to office: inout Office, _ all: [String]) {
        office.schemes["main"] = Scheme("main", otherwise: .department(dice.chance(1, in: 2) ? "sales" : "service"))
        office.numbers = [
            NumberRule("+74951234567", target: .scheme("main"), label: "Москва"),
            NumberRule("+74951234570", target: .extension(all[dice.roll(all.count)])),
        ]
    }

    private mutating func target(_ above: some Collection<String>) -> Target {
        switch dice.roll(10) {
        case 0..<5: above.randomElement(using: &dice).map { .extension($0) } ?? .busy
        case 5..<7: .busy
        case 7: .drop
        case 8: .external("+79161110000")
        default: .department("office")
        }
    }

    private mutating func seconds(_ range: ClosedRange<Int>) -> Duration {
        .seconds(Int64(range.lowerBound + dice.roll(range.count)))
    }
}
