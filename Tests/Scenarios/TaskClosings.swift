import FollowUp
import Routing
import Simulation
import Telephony
import Testing

@Suite("What opens a call-back task, what closes it, and where it is seen")
struct TaskClosings {
    /// Vera has called the department in vain.
    private func missed(_ more: String = "", _ rules: String = "no-answer after 30s to busy") throws -> SimulatedOffice {
        var office = try salesOffice(rules, members: ["101", "102"], more: more)
        try office.offers("vera", for: .seconds(10))
        return office
    }

    /// What closed the only task; nil: it is open.
    private func closing(_ office: SimulatedOffice) throws -> CallbackTask.Way? {
        #expect(office.store.tasks.count == 1)
        return try #require(office.store.tasks[TaskID(1)]).closing?.way
    }

    @Test("R-117: by default any talk closes it, in or out; another missed call does not")
    func any() throws {
        for rule in ["", "set task missed auto-close any\n"] {
            var office = try missed(rule)
            try office.offers("vera", for: .seconds(10))
            #expect(try closing(office) == nil && office.store.tasks[TaskID(1)]?.attempts == 2)
            var other = office
            try office.serves("vera", by: "102")
            #expect(try closing(office) == .incoming)
            try other.talks("101", for: .seconds(5))
            #expect(try closing(other) == .outgoing)
        }
    }

    @Test("R-118: incoming: only when the client calls and is answered; our own call that he takes leaves it open")
    func incoming() throws {
        var office = try missed("set task missed auto-close incoming\n")
        try office.talks("101", for: .seconds(5))
        #expect(try closing(office) == nil)
        try office.offers("vera", for: .seconds(10))
        #expect(try closing(office) == nil)
        try office.serves("vera", by: "102")
        #expect(try closing(office) == .incoming)
    }

    @Test(
        "R-119: outgoing: only when we call and he answers; his own call that is taken leaves it open, and so does our ring in vain"
    )
    func outgoing() throws {
        var office = try missed("set task missed auto-close outgoing\n")
        try office.serves("vera", by: "102")
        #expect(try closing(office) == nil)
        try office.perform(Deed("101 dials 89161234567"))
        office.run(for: .seconds(5))
        try office.perform(Deed("101 hangs up"))
        office.run(for: .seconds(1))
        #expect(try closing(office) == nil)
        try office.talks("101", for: .seconds(5))
        #expect(try closing(office) == .outgoing)
    }

    @Test(
        "R-117, R-118, R-119: the rule is asked when the talk comes: one that is changed meanwhile holds for tasks that wait, after a restart too"
    )
    func changed() throws {
        var office = try missed("set task missed auto-close outgoing\n")
        try office.serves("vera", by: "102")
        office.losesPower()
        #expect(try closing(office) == nil)
        try office.commit("set task missed auto-close any\n")
        try office.serves("vera", by: "102")
        #expect(try closing(office) == .incoming)
    }

    @Test("R-102: what becomes of the next missed call, and whose it is, follows the settings at once")
    func kinds() throws {
        var office = try missed("set voicemail sales name Sales recipients 101\n")
        #expect(office.store.tasks[TaskID(1)]?.kind == .missed)
        #expect(office.store.tasks[TaskID(1)]?.assignee == .department("sales"))
        try office.commit("set office missed assignee extension 103\n")
        try office.offers("+79990000001", for: .seconds(10))
        #expect(office.store.tasks[TaskID(2)]?.kind == .missed && office.store.tasks[TaskID(2)]?.assignee == .extension("103"))
        try office.commit(
            "delete department sales no-answer\nset department sales no-answer after 10s to voicemail sales announce none\n")
        try office.offers("+79990000002", for: .seconds(40))
        #expect(office.store.tasks[TaskID(3)]?.kind == .voicemail && office.store.tasks[TaskID(3)]?.assignee == .extension("103"))
        #expect(office.store.tasks.count == 3, "each client his own, and the others are as they were")
        #expect(office.store.tasks[TaskID(1)]?.assignee == .department("sales"))
    }

    @Test(
        "R-104, R-105, R-112: three calls in vain are one task, raised to the top, due by the first; the client is in the book unnamed"
    )
    func repeated() throws {
        var office = try missed()
        let first = try #require(office.store.tasks[TaskID(1)])
        try office.offers("+79990000001", for: .seconds(10))
        #expect(office.exchange?.tasks(at: office.moment).map(\.task.id) == [TaskID(2), TaskID(1)])
        for _ in 0..<2 { try office.offers("vera", for: .seconds(10)) }
        let task = try #require(office.store.tasks[TaskID(1)])
        #expect(office.store.tasks.count == 2 && task.attempts == 3)
        #expect(task.first == first.first && task.deadline == first.deadline && task.deadline != nil)
        #expect(office.exchange?.tasks(at: office.moment).map(\.task.id) == [TaskID(1), TaskID(2)])
        let card = try #require(office.store.book["79161234567"])
        #expect(card.name.isEmpty && card.owner == nil)
    }

    private struct Undated: Error {}

    @Test("R-108, R-109: on the board a task is open, then being called by somebody, then done; left undone it is overdue")
    func board() throws {
        var office = try missed()
        let views = { (office: SimulatedOffice) in office.exchange?.tasks(at: office.moment) ?? [] }
        #expect(views(office).map(\.state) == [.open] && views(office).map(\.isCalling) == [false])
        var late = office
        late.run(for: .seconds(601))
        guard case .moment(let due)? = views(late).first?.task.deadline else { throw Undated() }
        #expect(due < late.moment.utc && due > office.moment.utc)
        try office.perform(Deed("101 dials 89161234567"))
        office.run(for: .seconds(2))
        #expect(views(office).map(\.claimedBy) == ["101"] && views(office).map(\.isCalling) == [true])
        try office.perform(Deed("vera answers"))
        office.run(for: .seconds(5))
        try office.perform(Deed("101 hangs up"))
        office.run(for: .seconds(1))
        #expect(views(office).map(\.state) == [.done])
    }

    @Test("R-106: the lamp of a telephone and of the board tell of a missed call, to the moment at which somebody talks to him")
    func indicator() throws {
        var office = try salesOffice(
            "no-answer after 30s to busy", members: ["101", "102"],
            more: "set extension 102 notify lamp\nset office missed lamp /sys/class/leds/red\n")
        play(
            &office,
            """
             0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
            10.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 10.0, 101 released (cancelled)
                                           → 102 released (cancelled), 102 lamp 1/0
            11.0  end                      →
            """)
        #expect(office.isBoardLit)
        play(
            &office,
            """
             0.0  101 dials 89161234567  → vera rings, 101 hears ringback
             2.0  vera answers           → 101 answered, 101 ↔ vera
             3.0  ·                      → 102 lamp 0/0
             4.0  end                    →
            """)
        #expect(!office.isBoardLit)
    }
}
