import FollowUp
import Routing
import Simulation
import Telephony
import Testing

/// 101 and 102 are sales and look after what sales miss; clients are called back by their own numbers.
private let company = """
    set extension 101 name "Анна Петрова"
    set extension 102 name "Борис"
    set department sales number 200
    set department sales member 101
    set department sales member 102
    set department sales no-answer after 20s to busy
    set office missed assignee department sales
    set task missed auto-close outgoing-assignee
    set trunk mtt peer 203.0.113.10
    set number +74951234567 trunk mtt scheme main
    set number +74951234570 trunk mtt direct 101
    set scheme main otherwise to department sales
    set route out mask 8########## trunk mtt

    """

@Suite("Clients are called back by a code")
struct OwedScenarios {
    private let people = ["+79161234567": "vera", "+79161112233": "oleg"]

    /// Vera has called sales in vain, and oleg after her.
    private func missed(_ more: String = "") throws -> SimulatedOffice {
        var office = try office(company + more, people: people)
        for name in ["vera", "oleg"] {
            try office.perform(Deed("\(name) calls +74951234567"))
            office.run(for: .seconds(2))
            try office.perform(Deed("\(name) hangs up"))
            office.run(for: .seconds(58))
        }
        return office
    }

    @Test("R-098, R-121: the client who has waited longest, how long ago; 1 dials, and the talk closes the task by its rule")
    func one() throws {
        var office = try missed()
        play(
            &office,
            """
             0.0  101 dials *69*200#  → 101 answered
                                      → 101 hears “ru/n2 ru/missed-call-few ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/waiting-time ru/n1-feminine ru/minute-one ru/to-call-back ru/n1 ru/to-next ru/n2”
             6.0  101 presses 1       → record 101→*69*200# served (normalClearing) wait 6.0, vera rings, 101 hears ringback
             9.0  vera answers        → 101 ↔ vera
            19.0  vera hangs up       → record 101→vera by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
        let tasks = office.exchange?.tasks(at: office.moment) ?? []
        #expect(tasks.first { $0.task.client.number == "+79161234567" }?.task.closing?.by == "101")
        #expect(tasks.first { $0.task.client.number == "+79161112233" }?.task.closing == nil)
    }

    @Test("R-115: two press the code at once: they get different clients, a third one nobody; 2 goes on to the next")
    func two() throws {
        var office = try missed("set extension 103\nset department sales member 103")
        play(
            &office,
            """
             0.0  101 dials *69*200  → 101 answered
                                     → 101 hears “ru/n2 ru/missed-call-few ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/waiting-time ru/n1-feminine ru/minute-one ru/to-call-back ru/n1 ru/to-next ru/n2”
             0.0  102 dials *69*200  → 102 answered
                                     → 102 hears “ru/n2 ru/missed-call-few ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/waiting-time ru/n50 ru/n8 ru/second-many ru/to-call-back ru/n1 ru/to-next ru/n2”
             1.0  103 dials *69*200  → 103 answered, 103 hears “ru/n2 ru/missed-call-few”
             5.0  ·                  → record 103→*69*200 served (normalClearing) wait 4.0, 103 released (normalClearing)
             8.0  102 hangs up       → record 102→*69*200 served (cancelled) wait 8.0
             9.0  101 presses 2      → 101 hears “ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/waiting-time ru/n1-feminine ru/minute-one ru/to-call-back ru/n1 ru/to-next ru/n2”
            12.0  101 presses 2      → 101 hears “ru/goodbye”
            14.0  ·                  → record 101→*69*200 served (normalClearing) wait 14.0, 101 released (normalClearing)
            """)
        #expect(office.exchange?.tasks(at: office.moment).allSatisfy { $0.claimedBy == nil } == true)
    }

    @Test("R-110: of several numbers he chooses; a client whom he has called is called by nobody else meanwhile")
    func several() throws {
        var office = try office(company, people: people)
        office.store.book["79161234567"] = ClientCard(contact: 7, name: "Вера")
        office.store.book["79161112233"] = ClientCard(contact: 7, name: "Вера")
        office.store.lookUpDelay = .zero
        for name in ["vera", "oleg"] {
            try office.perform(Deed("\(name) calls +74951234567"))
            office.run(for: .seconds(2))
            try office.perform(Deed("\(name) hangs up"))
            office.run(for: .seconds(28))
        }
        play(
            &office,
            """
             0.0  101 dials *69*200  → 101 answered
                                     → 101 hears “ru/n1 ru/missed-call-one ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/waiting-time ru/n50 ru/n8 ru/second-many ru/to-call-back ru/n1 ru/to-next ru/n2”
             5.0  101 presses 1      → 101 hears “ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/to-call-back ru/n1 ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/to-call-back ru/n2”
             9.0  101 presses 2      → record 101→*69*200 served (normalClearing) wait 9.0, vera rings, 101 hears ringback
            10.0  102 dials *69*200  → 102 answered, 102 hears “ru/n1 ru/missed-call-one”
            12.0  vera answers       → 101 ↔ vera
            14.0  ·                  → record 102→*69*200 served (normalClearing) wait 4.0, 102 released (normalClearing)
            22.0  vera hangs up      → record 101→vera by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
        #expect(office.exchange?.tasks(at: office.moment).first?.task.closing?.by == "101")
    }

    @Test("R-110: his other numbers are in the book: he may be called by them, although he has not called from them")
    func numbersOfTheBook() throws {
        var office = try office(company, people: people)
        let numbers = ["+79161112233", "8 916 123-45-67"].map { PhoneNumber($0, country: .ru) }
        for digits in numbers.map(\.digits) {
            office.store.book[digits] = ClientCard(contact: 7, name: "Вера", numbers: numbers)
        }
        try office.perform(Deed("vera calls +74951234567"))
        office.run(for: .seconds(2))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(58))
        play(
            &office,
            """
             0.0  101 dials *69*200  → 101 answered
                                     → 101 hears “ru/n1 ru/missed-call-one ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/waiting-time ru/n50 ru/n8 ru/second-many ru/to-call-back ru/n1 ru/to-next ru/n2”
             5.0  101 presses 1      → 101 hears “ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/to-call-back ru/n1 ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/to-call-back ru/n2”
             9.0  101 presses 2      → record 101→*69*200 served (normalClearing) wait 9.0, oleg rings, 101 hears ringback
            12.0  oleg answers       → 101 ↔ oleg
            22.0  oleg hangs up      → record 101→oleg by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
        #expect(office.exchange?.tasks(at: office.moment).first?.task.closing?.by == "101")
    }

    @Test("R-110: the book is silent: after its time he may be called by the number that he called from")
    func silentBook() throws {
        var office = try missed()
        office.store.lookUpDelay = nil
        play(
            &office,
            """
             0.0  101 dials *69*200  → 101 answered
             0.1  101 presses 1      →
             0.7  ·                  → 101 hears “ru/n2 ru/missed-call-few ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/waiting-time ru/n1-feminine ru/minute-one ru/to-call-back ru/n1 ru/to-next ru/n2”
             5.0  101 presses 1      → record 101→*69*200 served (normalClearing) wait 5.0, vera rings, 101 hears ringback
            """)
    }

    @Test("R-121: the assignee calls by his mobile, as the exchange has connected him: that counts as his call")
    func mobile() throws {
        var office = try office(
            """
            set extension 102 mobile 89045556677
            set department sales number 200
            set department sales member 102
            set department sales impatient after 20s offer callback stay repeat 60s
            set office missed assignee extension 102
            set task callback auto-close outgoing-assignee
            set trunk mtt peer 203.0.113.10
            set number * trunk mtt scheme main
            set scheme main otherwise to department sales
            set route out mask 8########## trunk mtt

            """, people: ["+79161234567": "vera", "+79045556677": "cell"])
        try office.perform(Deed("102 unregisters"))
        office.run(for: .seconds(1))
        play(
            &office,
            """
             0.0  vera calls +74951234567  → cell rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            21.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            22.0  vera presses 1           → cell released (cancelled), vera hears “ru/callback-confirmed”
            23.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 23.0, cell rings
            25.0  cell answers             → cell hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/press-1-to-accept”
            30.0  cell presses 1           → vera rings, cell hears ringback
            32.0  vera answers             → cell ↔ vera
            42.0  vera hangs up            → record 102→vera by 102 wait 9.0 talk 10.0, cell released (normalClearing)
            """)
        let closing = office.store.tasks.values.first?.closing
        #expect(closing?.way == .outgoing && closing?.by == "102")
    }

    @Test("The client's name is a prompt where there is one; who presses nothing is asked once more, and lets the client go")
    func silent() throws {
        timeline(
            try missed("set prompt client-79161234567 file client-79161234567.wav"),
            """
             0.0  101 dials *69*200  → 101 answered
                                     → 101 hears “ru/n2 ru/missed-call-few own/client-79161234567 ru/waiting-time ru/n1-feminine ru/minute-one ru/to-call-back ru/n1 ru/to-next ru/n2”
            20.0  ·                  → 101 hears nothing
            28.0  ·                  → 101 hears “ru/to-call-back ru/n1 ru/to-next ru/n2”
            36.0  ·                  → 101 hears nothing
            44.0  ·                  → 101 hears “ru/goodbye”
            46.0  ·                  → record 101→*69*200 served (normalClearing) wait 46.0, 101 released (normalClearing)
            """)
    }
}
