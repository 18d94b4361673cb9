import FollowUp
import Signalling
import Telephony
import Testing

@testable import Simulation

/// Seeds × generated offices × checkers, small enough for every run of the tests; `apus-sim` lives through the long days.
@Suite("Soak")
struct Soak {
    @Test("A day ends in quiet, and again the same", arguments: [(1, 0), (2, 2), (3, 5), (4, 10)])
    func day(seed: Int, loss: Int) {
        let day = OfficeDay(seed: UInt64(seed), calls: 60, phones: 12, loss: loss)
        let outcome = day.run()
        for complaint in outcome.complaints {
            Issue.record("seed \(seed), loss \(loss) %: \(complaint.checker): \(complaint.text)\n\(complaint.ladder)")
        }
        #expect(outcome.records >= 40)
        #expect(outcome.answered > 10)
        #expect(day.run() == outcome)
    }

    /// An office after one good call.
    private func afterOneCall() throws -> SimulatedOffice {
        var office = OfficeDay(seed: 1, calls: 1, phones: 3, loss: 0).quietOffice()
        for deed in ["101 dials 102", "102 answers", "101 hangs up"] {
            try office.perform(Deed(deed))
            office.run(for: .seconds(5))
        }
        office.run(for: .seconds(60))
        #expect(office.complaints() == [])
        #expect(office.store.records.count == 1)
        return office
    }

    private func complainers(_ office: SimulatedOffice) -> Set<String> { Set(office.complaints().map(\.checker)) }

    @Test("Each checker bites")
    func bites() throws {
        let good = try afterOneCall()
        var record = try #require(good.store.records.first)

        var twice = good
        _ = twice.store.perform(.close(record, StoreTicket(99)))
        #expect(complainers(twice) == ["one record per call", "counters sum"])

        var foreign = good
        record.at += 5000
        record = CallRecord.moved(record, to: CallID(77))
        _ = foreign.store.perform(.close(record, StoreTicket(99)))
        #expect(complainers(foreign).contains("one record per call"))

        var talking = good
        try talking.perform(Deed("101 dials 102"))
        talking.run(for: .seconds(1))
        try talking.perform(Deed("102 answers"))
        talking.run(for: .seconds(1))
        #expect(complainers(talking).isSuperset(of: ["nothing left", "ports", "one record per call"]))

        var untold = good
        try untold.perform(Deed("101 dials 102"))
        untold.run(for: .seconds(1))
        #expect(complainers(untold).contains("every caller told"))
    }

    @Test("The checker of ringing sees a second INVITE to the same phone")
    func rungTwice() throws {
        var office = try afterOneCall()
        try office.perform(Deed("101 dials 102"))
        office.run(for: .seconds(1))
        let invite = try #require(
            office.happenings.lazy.reversed().compactMap { happening -> Message? in
                guard case .message(let message, _, to: "102", _) = happening.what, message.method == .invite else { return nil }
                return message
            }.first)
        var second = invite
        second.callID = "another"
        let phone = try #require(office.agents.firstIndex { $0.name == "102" })
        office.wiretap.sent(second, to: phone, at: office.now)
        office.run(for: .seconds(1))
        #expect(complainers(office).contains("nobody rung twice"))
    }

    @Test("The checker of the queue sees a caller served before one who has waited longer")
    func queueOrder() throws {
        var office = try afterOneCall()
        for (number, at, rung) in [(50, Int64(0), Int64(90_000)), (51, 20_000, 60_000)] {
            var record = CallRecord(
                id: CallID(number), at: SimulatedOffice.epoch + at, direction: .incoming, from: "+7900\(number)", to: "1")
            let line = "set department sales on-busy to queue"
            record.reasons = [Explanation(.department, .taken, Catalogue.departmentQueues("sales", place: 1), line: line)]
            (record.department, record.wait) = ("sales", .seconds(100))
            record.legs = [.init(target: "101", at: SimulatedOffice.epoch + rung, rang: .seconds(5), outcome: .answered)]
            _ = office.store.perform(.close(record, StoreTicket(number)))
        }
        #expect(complainers(office).contains("queue order"))
    }

    @Test("The checker of talk times sees a record that talks longer than the phone did")
    func talkTimes() throws {
        var office = try afterOneCall()
        var record = try #require(office.store.records.first)
        record.talk += .seconds(60)
        office.store.rewrite(record)
        #expect(complainers(office) == ["talk times"])
    }
}

extension CallRecord {
    fileprivate static func moved(_ record: CallRecord, to id: CallID) -> CallRecord {
        var moved = record
        moved.id = id
        return moved
    }
}
