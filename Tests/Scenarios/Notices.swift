import FollowUp
import Routing
import Simulation
import Telephony
import Testing

@Suite("Who is told of missed calls")
struct Notices {
    private let vera = "+79161234567"

    /// Vera is outside, 101 and 102 are in sales and have chosen their channels, 103 is nobody's.
    private let lines =
        twoDesks + """
            set trunk mtt peer 203.0.113.10
            set number +74951234567 trunk mtt scheme office label "Москва"
            set number +74951234570 trunk mtt direct 101
            set scheme office otherwise to department sales
            set department sales number 200
            set department sales member 101
            set department sales member 102
            set department sales no-answer after 30s to busy
            set telegram bot "1:a"
            set telegram chat anna 1
            set email smtp 192.0.2.1 from pbx@romashka.ru
            set extension 101 notify telegram:anna
            set extension 102 notify email:boris@romashka.ru

            """

    /// Vera calls `number` and gives up after ten seconds.
    private func givesUp(_ office: inout SimulatedOffice, _ number: String = "84951234567") throws {
        try office.perform(Deed("vera calls \(number)"))
        office.run(for: .seconds(10))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
    }

    private func told(_ office: SimulatedOffice) -> [String] {
        office.store.notices.map { "\($0.kind.rawValue) \($0.address) \($0.people.joined(separator: " "))" }
    }

    @Test("R-096, R-100: missed in a department: its two members are told, each as he has chosen, and nobody else")
    func department() throws {
        var office = try office(lines)
        try givesUp(&office)
        #expect(told(office) == ["missed telegram:anna 101", "missed email:boris@romashka.ru 102"])
        #expect(office.store.notices.allSatisfy { $0.call == office.store.records.last?.id && $0.task == TaskID(1) })
    }

    @Test("R-096: a personal number: only the one it was for; answered: nobody")
    func direct() throws {
        var office = try office(lines)
        try givesUp(&office, "+74951234570")
        #expect(told(office) == ["missed telegram:anna 101"])
        try office.perform(Deed("vera calls 84951234567"))
        office.run(for: .seconds(2))
        try office.perform(Deed("102 answers"))
        office.run(for: .seconds(5))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
        #expect(told(office).count == 1)
    }

    @Test("R-096: in the night no phone rings: all of the department are told")
    func night() throws {
        var office = try office(lines + "set department sales hours tue 09:00-10:00\n")
        try office.perform(Deed("vera calls 84951234567"))
        office.run(for: .seconds(5))
        #expect(told(office) == ["missed telegram:anna 101", "missed email:boris@romashka.ru 102"])
    }

    @Test("G-11: colleagues who miss each other are told nothing")
    func noTask() throws {
        var office = try office(lines)
        try office.perform(Deed("103 dials 101"))
        office.run(for: .seconds(5))
        try office.perform(Deed("103 hangs up"))
        office.run(for: .seconds(1))
        #expect(told(office).isEmpty)
    }

    @Test("D-16: the power fails while it rings: told once, by the next run; and not again by the one after that")
    func powerCut() throws {
        var office = try office(lines)
        try office.perform(Deed("vera calls 84951234567"))
        office.run(for: .seconds(5))
        office.kill()
        office.start()
        office.run(for: .seconds(1))
        #expect(told(office) == ["missed telegram:anna 101", "missed email:boris@romashka.ru 102"])
        office.kill()
        office.start()
        office.run(for: .seconds(1))
        #expect(told(office).count == 2)
    }

    @Test("A message left for 101 is told to him and to the readers of his box, with the sound")
    func voicemail() throws {
        var office = try office(
            lines + """
                set extension 101 no-answer after 5s to voicemail 101
                set extension 101 voicemail recipients 101 email:archive@romashka.ru

                """)
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(40))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
        #expect(told(office) == ["voicemail telegram:anna 101", "voicemail email:archive@romashka.ru "])
        #expect(office.store.notices.allSatisfy { $0.message == office.store.messages.keys.first })
    }

    @Test("R-060: closed: who calls from a mobile is written the hours; from a landline, or while it is open, he is not")
    func text() throws {
        let text = """
            set sms url "http://127.0.0.1/{number}/{text}" every 2h
            set scheme office sms closed "Мы работаем с 9 до 18, перезвоним после 10"

            """
        var office = try office(lines + text)
        try givesUp(&office)
        #expect(office.store.notices.count == 2, "Monday 10:00")
        office = try Scenarios.office(lines + text + "set office hours tue 09:00-18:00\n")
        try givesUp(&office)
        let sms = office.store.notices.last
        #expect(sms?.address == .sms(vera) && sms?.text == "Мы работаем с 9 до 18, перезвоним после 10")
        #expect(sms?.quiet == .seconds(7200) && sms?.kind == .caller && office.store.notices.count == 3)
        office.aliases = ["+74950001122": "vera"]
        try givesUp(&office)
        #expect(office.store.notices.last?.kind == .missed, "R-060: a landline")
    }

    @Test("R-125: at 9:00 of a working day each is told what is due at 10:00, once; nothing where all have been called")
    func digest() throws {
        var office = try office(lines + "set office hours mon-fri 09:00-10:05\n")
        office.run(for: .minutes(30))
        try givesUp(&office)
        office.aliases["+74950001122"] = "oleg"
        try office.perform(Deed("oleg calls 84951234567"))
        office.run(for: .seconds(10))
        try office.perform(Deed("oleg hangs up"))
        office.run(until: .zero + .seconds(23 * 3600 - 1))
        let before = office.store.notices.count
        office.run(for: .seconds(2))
        let digests = office.store.notices.filter { $0.kind == .digest }
        #expect(digests.count == 2 && office.store.notices.count == before + 2)
        #expect(digests.map(\.address) == [.email("boris@romashka.ru"), .telegram("anna")])
        #expect(
            digests.first?.text == """
                Перезвонить до 10:00: 2 клиентам
                23.11 10:30  +79161234567
                23.11 10:30  +74950001122

                """)
        office.kill()
        office.start()
        office.run(for: .minutes(10))
        #expect(office.store.notices.filter { $0.kind == .digest }.count == 2, "told again by the next run, it is one by its key")
        for task in [1, 2] { office.tell(.task(TaskID(task), .done(by: nil), OrderTicket(task))) }
        office.run(until: .zero + .seconds(47 * 3600 + 60))
        #expect(office.store.notices.filter { $0.kind == .digest }.count == 2, "nothing is due on Wednesday")
    }

    @Test("R-107, R-111: the board's lamp is lit while anybody waits; phones' lamps of messages where notify says lamp")
    func lamps() throws {
        var office = try office(lines + "set extension 102 notify lamp\nset office missed lamp /sys/class/leds/red\n")
        #expect(!office.isBoardLit)
        try givesUp(&office)
        #expect(office.isBoardLit)
        #expect(lamp(of: "102", office) == 1 && lamp(of: "101", office) == nil)
        office.tell(.task(TaskID(1), .done(by: nil), OrderTicket(1)))
        office.run(for: .seconds(1))
        #expect(!office.isBoardLit && lamp(of: "102", office) == 0)
    }

    /// How many new messages a phone's lamp showed last.
    private func lamp(of person: String, _ office: SimulatedOffice) -> Int? {
        let shown = office.happenings.compactMap { happening -> Int? in
            if case .noticed(.lamp(let new, _), by: person, _) = happening.what { new } else { nil }
        }
        return shown.last
    }
}
