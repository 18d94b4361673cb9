import FollowUp
import Simulation
import Telephony
import Testing

@Suite("What is said and written besides")
struct Diagnosis {
    @Test("488 names what was offered and what we speak")
    func warning() throws {
        var office = try office(twoDesks + "set media codecs alaw") { $0["101"].manners.codecs = [.g722] }
        try office.perform(Deed("101 dials 102"))
        office.run(for: .seconds(1))
        let warnings = office.happenings.compactMap { happening -> String? in
            guard case .message(let message, _, to: "101", _) = happening.what, message.status == 488 else { return nil }
            return message.header("Warning")
        }
        #expect(warnings.first?.contains("G722") == true)
        #expect(warnings.first?.contains("PCMA") == true)
    }

    @Test("The record names everyone who was tried, and how each came out")
    func legs() throws {
        var office = try office(twoDesks + "set extension 102 no-answer after 10s to extension 103 announce none")
        for (deed, wait) in [("101 dials 102", 15), ("103 answers", 5), ("101 hangs up", 1)] {
            try office.perform(Deed(deed))
            office.run(for: .seconds(wait))
        }
        let record = try #require(office.store.records.first)
        #expect(office.store.records.count == 1)
        #expect(record.legs.map(\.target) == ["102", "103"])
        #expect(record.legs.map(\.outcome) == [.noAnswer, .answered])
        #expect(record.legs.map(\.rang) == [.seconds(10), .seconds(5)])
        #expect(record.employee == "103")
    }

    @Test("R-022: forwarded and answered by nobody: missed by the one who was called")
    func blame() throws {
        var office = try office(
            twoDesks + "set extension 102 no-answer after 10s to extension 103\nset extension 102 no-answer after 10s to drop")
        try office.perform(Deed("101 dials 102"))
        office.run(for: .seconds(30))
        let record = try #require(office.store.records.first)
        #expect(record.result == .missed && record.employee == "102" && record.legs.map(\.outcome) == [.noAnswer, .noAnswer])
    }

    @Test("A call from outside keeps its number's label; one over the trunk shows the company's number")
    func outside() throws {
        var office = try office(
            """
            set extension 101 name A
            set trunk mtt peer 203.0.113.10
            set trunk mtt caller-id +74951234567
            set number +74951234570 trunk mtt direct 101
            set number +74951234570 label "Москва"
            set route city mask 8########## trunk mtt
            """)
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(1))
        try office.perform(Deed("101 declines"))
        office.run(for: .seconds(1))
        let record = try #require(office.store.records.first)
        #expect(record.direction == .incoming && record.from == "+79161234567" && record.number == "+74951234570")
        #expect(record.label == "Москва" && record.result == .missed && record.cause == .declined)
        try office.perform(Deed("101 dials 89161234567"))
        office.run(for: .seconds(1))
        let shown = office.happenings.compactMap { happening -> String? in
            guard case .message(let message, _, to: "mtt", _) = happening.what, message.method == .invite else { return nil }
            return message.from.uri.user
        }
        #expect(shown == ["+74951234567"])
    }
}
