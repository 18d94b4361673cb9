import CallControl
import Exchange
import Routing
import Simulation
import Telephony
import Testing

@Suite("Calls of another time, thought through before they come")
struct Plans {
    private let lines =
        twoDesks + """
            set trunk mtt peer 203.0.113.10
            set number +74951234567 trunk mtt scheme office
            set scheme office rule 10 when closed to extension 103
            set scheme office otherwise to department sales
            set department sales number 200
            set department sales member 101
            set department sales member 102
            set department sales no-answer after 30s to busy
            set office hours mon-fri 09:00-18:00

            """

    private func explain(_ office: SimulatedOffice, at hour: Int?) throws -> Rehearsal {
        let exchange = try #require(office.exchange)
        var moment = office.moment
        if let hour {
            moment.utc = CivilTime(year: 2026, month: 11, day: 24, hour: hour, offset: 10_800).utc
        }
        return exchange.explain(from: "+79161234567", to: "+74951234567", at: moment, isPlan: hour != nil)
    }

    @Test("an office without a phone yet: tomorrow everybody rings, now nobody does; the hours are tomorrow's")
    func beforePhonesArePluggedIn() throws {
        let office = try office(lines, isOpen: false)
        #expect(try explain(office, at: nil).rings.isEmpty)
        #expect(try explain(office, at: 12).rings.map(\.target) == ["101", "102"])
        #expect(try explain(office, at: 20).rings.map(\.target) == ["103"])
    }

    @Test("who talks now is free tomorrow; who has said that he is not to be disturbed is not; nothing of it is remembered")
    func whoTalksNow() throws {
        var office = try office(lines)
        try office.perform(Deed("101 dials 103"))
        office.run(for: .seconds(1))
        try office.perform(Deed("103 answers"))
        office.run(for: .seconds(1))
        #expect(try explain(office, at: nil).rings.map(\.target) == ["102"])
        #expect(try explain(office, at: 12).rings.map(\.target) == ["101", "102"])
        #expect(try explain(office, at: nil).rings.map(\.target) == ["102"])
        try office.perform(Deed("102 dials *26"))
        office.run(for: .seconds(10))
        #expect(try explain(office, at: 12).rings.map(\.target) == ["101"])
    }
}
