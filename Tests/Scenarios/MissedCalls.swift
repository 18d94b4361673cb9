import FollowUp
import Routing
import Simulation
import Telephony
import Testing

@Suite("Missed calls and what becomes of them")
struct MissedCalls {
    private let vera = "+79161234567"

    /// Vera is outside, 101 and 102 are in sales, 103 is nobody's.
    private let lines =
        twoDesks + """
            set trunk mtt peer 203.0.113.10
            set route city mask 8########## trunk mtt
            set number +74951234567 trunk mtt scheme office label "Москва"
            set number +74951234570 trunk mtt direct 101
            set scheme office otherwise to department sales
            set department sales number 200
            set department sales member 101
            set department sales member 102
            set department sales no-answer after 30s to busy
            set office hours mon-fri 09:00-18:00

            """

    private func open(_ more: String = "", _ prepare: (inout SimulatedOffice) -> Void = { _ in }) throws -> SimulatedOffice {
        try office(lines + more, prepare: prepare)
    }

    private func only(_ office: SimulatedOffice) -> CallbackTask? {
        office.store.tasks.count == 1 ? office.store.tasks.first?.value : nil
    }

    /// Vera calls `number` and gives up after ten seconds.
    private func givesUp(_ office: inout SimulatedOffice, _ number: String = "84951234567", after seconds: Double = 10) throws {
        try office.perform(Deed("vera calls \(number)"))
        office.run(for: .milliseconds(Int64(seconds * 1000)))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
    }

    /// 101 calls Vera, who answers; they talk for so long.
    private func callsBack(_ office: inout SimulatedOffice, _ person: String = "101", talk: Double = 5) throws {
        try office.perform(Deed("\(person) dials 89161234567"))
        office.run(for: .seconds(2))
        try office.perform(Deed("vera answers"))
        office.run(for: .milliseconds(Int64(talk * 1000)))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
    }

    @Test(
        "R-089, R-092: five phones ring in vain: one missed call, its wait and its ringing; R-090, R-091, R-095: client, number, new"
    )
    func oncePerCall() throws {
        var office = try open()
        try givesUp(&office, after: 23.4)
        let record = try #require(office.store.records.last)
        #expect(office.store.records.count == 1 && record.result == .missed && record.cause == .cancelled)
        #expect(record.wait == .milliseconds(23_400) && record.ringing == .milliseconds(23_400))
        #expect(record.client == CallRecord.Client(number: vera) && record.number == "+74951234567" && record.label == "Москва")
        #expect(record.legs.map(\.target) == ["101", "102"] && record.employee == nil && record.task == TaskID(1))
        #expect(only(office)?.assignee == .department("sales") && only(office)?.verdict == .notReturned)
    }

    @Test("R-090, D-28: however the network writes the number, it is one client; the number as it came is kept")
    func spellings() throws {
        var office = try open()
        for spelling in ["89161234567", "79161234567", "+79161234567"] {
            office.aliases = [spelling: "vera"]
            try givesUp(&office)
        }
        #expect(Set(office.store.records.map(\.client?.number)) == [vera])
        #expect(office.store.records.map(\.received) == ["89161234567", "79161234567", nil])
        #expect(only(office)?.attempts == 3)
    }

    @Test("R-021: forwarded and answered by a colleague: nobody's missed call; R-022: not answered: the first addressee's")
    func forwarded() throws {
        var office = try open("set extension 101 no-answer after 10s to extension 103\n")
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(12))
        try office.perform(Deed("103 answers"))
        office.run(for: .seconds(5))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
        #expect(office.store.records.last?.result == .answered && office.store.records.last?.employee == "103")
        #expect(office.store.tasks.isEmpty)
        // Whoever answered has become her own employee: another office, where he has not.
        office = try open("set extension 101 no-answer after 10s to extension 103\n")
        try givesUp(&office, "+74951234570", after: 15)
        let record = try #require(office.store.records.last)
        #expect(record.result == .missed && record.employee == "101" && record.addressee == "101" && !record.isAway)
        #expect(record.legs.map(\.target) == ["101", "103"] && record.legs[0].rang == .seconds(10))
        #expect(only(office)?.assignee == .extension("101"))
    }

    @Test("D-07, R-137: whoever has no phone is still the one it was for, and is not blamed")
    func away() throws {
        var office = try open()
        try office.perform(Deed("101 unregisters"))
        office.run(for: .seconds(1))
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(2))
        let record = try #require(office.store.records.last)
        #expect(record.employee == "101" && record.isAway && record.result == .missed)
        #expect(only(office)?.client.number == vera)
    }

    @Test("G-11: colleagues miss each other, and no task comes of it")
    func noTask() throws {
        var office = try open()
        try office.perform(Deed("103 dials 101"))
        office.run(for: .seconds(5))
        try office.perform(Deed("103 hangs up"))
        office.run(for: .seconds(1))
        #expect(office.store.records.map(\.result) == [.missed] && office.store.tasks.isEmpty)
    }

    @Test("R-111, R-113: a call back closes the task one second into the talk; R-124: in time")
    func callBack() throws {
        var office = try open()
        try givesUp(&office)
        try office.perform(Deed("102 dials 89161234567"))
        office.run(for: .seconds(2))
        #expect(only(office)?.closing == nil)
        try office.perform(Deed("vera answers"))
        office.run(for: .milliseconds(900))
        #expect(only(office)?.closing == nil, "R-111: a ring that is picked up is no talk yet")
        office.run(for: .milliseconds(200))
        #expect(only(office)?.closing?.by == "102" && only(office)?.closing?.way == .outgoing && only(office)?.verdict == .inTime)
    }

    @Test("R-114: he calls again himself and is answered: the task is closed; missed again: it stays, and is raised")
    func callsAgain() throws {
        var office = try open()
        try givesUp(&office)
        try givesUp(&office)
        #expect(only(office)?.attempts == 2 && only(office)?.closing == nil)
        try office.perform(Deed("vera calls 84951234567"))
        office.run(for: .seconds(3))
        try office.perform(Deed("102 answers"))
        office.run(for: .seconds(3))
        #expect(only(office)?.closing?.way == .incoming && only(office)?.closing?.by == "102")
    }

    @Test("R-126, C-10: called back after the deadline: closed, and late for ever")
    func late() throws {
        var office = try open()
        try givesUp(&office)
        office.run(for: .minutes(11))
        try callsBack(&office)
        #expect(only(office)?.closing != nil && only(office)?.verdict == .late)
    }

    @Test("G-7: he does not answer our call: tried; R-115: while it rings the client is held, afterwards not")
    func tried() throws {
        var office = try open()
        try givesUp(&office)
        try office.perform(Deed("101 dials 89161234567"))
        office.run(for: .seconds(5))
        let view = office.exchange?.tasks(at: office.moment).first
        #expect(view?.state == .claimed && view?.claimedBy == "101" && view?.isCalling == true)
        office.tell(.task(TaskID(1), .claim(by: "102"), OrderTicket(1)))
        #expect(office.replies == [.failure(.claimed(by: "101"))])
        try office.perform(Deed("101 hangs up"))
        office.run(for: .seconds(2))
        #expect(only(office)?.verdict == .tried && office.exchange?.tasks(at: office.moment).first?.state == .open)
    }

    @Test("R-110: his contact has two numbers: a call to the second closes what the first opened")
    func secondNumber() throws {
        var office = try open { office in
            let card = ClientCard(contact: 7, name: "Вера Климова", owner: "103")
            (office.store.book["79161234567"], office.store.book["74950001122"]) = (card, card)
        }
        try givesUp(&office, after: 45)
        #expect(only(office)?.client.name == "Вера Климова" && only(office)?.assignee == .extension("103"), "R-103, R-143")
        #expect(office.store.records.last?.client?.isKnown == true)
        office.aliases = ["+74950001122": "vera"]
        try office.perform(Deed("103 dials 84950001122"))
        office.run(for: .seconds(2))
        try office.perform(Deed("vera answers"))
        office.run(for: .seconds(3))
        #expect(only(office)?.closing?.by == "103")
    }

    @Test("A book that answers after he has given up: the task learns his name, and the record too")
    func slowBook() throws {
        var office = try open { office in
            office.store.book["79161234567"] = ClientCard(contact: 7, name: "Вера Климова")
            office.store.lookUpDelay = .seconds(30)
        }
        try givesUp(&office)
        #expect(only(office)?.client.name == "")
        office.run(for: .seconds(30))
        #expect(only(office)?.client.name == "Вера Климова" && office.store.records.last?.client?.contact == 7)
    }

    @Test("R-120, R-116: only the assignee's own call closes, and only for this type of task")
    func assigneesOnly() throws {
        var office = try open("set task missed auto-close outgoing-assignee\nset office missed assignee extension 103\n")
        try givesUp(&office)
        try callsBack(&office, "101")
        #expect(only(office)?.closing == nil && only(office)?.assignee == .extension("103"))
        try callsBack(&office, "103")
        #expect(only(office)?.closing?.by == "103")
    }

    @Test("D-16: the power fails: tasks come back, and who rang at that moment gets one")
    func powerCut() throws {
        var office = try open()
        try givesUp(&office)
        office.aliases["+74950001122"] = "oleg"
        try office.perform(Deed("oleg calls 84951234567"))
        office.run(for: .seconds(5))
        office.kill()
        office.start()
        office.run(for: .seconds(1))
        #expect(office.store.tasks.values.map(\.client.number).sorted() == ["+74950001122", vera])
        #expect(
            office.exchange?.tasks(at: office.moment).map(\.task)
                == office.store.tasks.values.sorted { $0.last.utc > $1.last.utc })
        #expect(office.store.records.last?.result == .interrupted && office.store.records.last?.task == TaskID(2))
    }

    @Test("R-094: a call that cannot be carried is on record, told loudly, and called back")
    func noPort() throws {
        var office = try open("set media ports 10000-10003\n")
        for caller in ["+74950000001", "+74950000002", "+74950000003"] {
            try office.perform(Deed("\(caller) calls 84951234567"))
            office.run(for: .milliseconds(100))
        }
        office.run(for: .seconds(60))
        #expect(office.store.records.count == 3 && office.store.records.allSatisfy(\.isMissedByClients))
        #expect(office.store.tasks.count == 3)
        #expect(office.exchange?.portless.legs ?? 0 > 0)
    }

    @Test(
        "R-093: a trunk whose channels were all taken is told of, also when they are free again; one with a channel left is not")
    func fullTrunk() throws {
        var office = try open("set trunk mtt channels 2\nset extension 101 calls 3\n")
        try office.perform(Deed("+74950000001 calls 84951234567"))
        office.run(for: .seconds(1))
        #expect(office.exchange?.fullTrunks.isEmpty == true)
        try office.perform(Deed("+74950000002 calls 84951234567"))
        office.run(for: .seconds(1))
        let full = try #require(office.exchange?.fullTrunks.first)
        #expect(full.trunk.id == "mtt" && full.use.calls == 2 && full.use.most == 2)
        try office.perform(Deed("+74950000001 hangs up"))
        try office.perform(Deed("+74950000002 hangs up"))
        office.run(for: .seconds(60))
        #expect(office.exchange?.fullTrunks.first?.use.calls == 0 && office.exchange?.fullTrunks.first?.use.most == 2)
        #expect(office.exchange?.fullTrunks.first?.use.mostAt == full.use.mostAt)
    }

    @Test(
        "What is older than the office keeps it is forgotten, a day's count at a time, never by a clock that nobody vouches for")
    func retention() throws {
        let office = try open("set office keep calls 90d\n")
        #expect(office.store.forgottenBefore == SimulatedOffice.epoch - 90 * 86_400_000)
    }
}
