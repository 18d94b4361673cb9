import CallControl
import Configuration
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony
import Testing

@testable import Simulation

/// Each checker is content with a good day and notices one that was spoilt on purpose.
@Suite("Soak: every checker bites")
struct CheckersBite {
    private static let vera = "+79161234567"

    /// Two people, a department with a pause and a mobile, and a trunk; open, and everybody at his desk.
    private func office(_ more: String = "") throws -> SimulatedOffice {
        let text = """
            set sip listen udp 10.0.0.1:5060
            set office country RU
            set extension 101 name A
            set extension 102 name B
            set extension 103 name C
            set trunk mtt peer 203.0.113.10
            set route out mask 7* trunk mtt
            set number +74951234567 scheme main
            set scheme main otherwise to department sales
            set department sales number 200
            set department sales member 101
            set department sales member external:+79040002000
            set department sales wrap-up 30s

            """
        var count: UInt8 = 0
        let candidate = try ConfigurationCandidate(loading: text + more) { size in
            (0..<size).map { _ in
                count &+= 1
                return count
            }
        }
        var office = SimulatedOffice(candidate.settings, aliases: [Self.vera: "vera", "+79040002000": "oleg"])
        office.open()
        return office
    }

    private func play(_ office: inout SimulatedOffice, _ deeds: [String]) throws {
        for deed in deeds {
            try office.perform(Deed(deed))
            office.run(for: .seconds(5))
        }
    }

    /// An office after good calls inside and from outside.
    private func goodDay() throws -> SimulatedOffice {
        var office = try office()
        try play(&office, ["101 dials 102", "102 answers", "101 hangs up", "vera calls +74951234567", "oleg answers"])
        try play(&office, ["oleg presses 1", "vera hangs up", "vera calls +74951234567", "101 answers", "vera hangs up"])
        office.run(for: .seconds(60))
        #expect(office.complaints() == [])
        #expect(office.store.records.count == 3)
        return office
    }

    private func complainers(_ office: SimulatedOffice) -> Set<String> { Set(office.complaints().map(\.checker)) }

    @Test("A caller served before one who has waited longer in the same queue")
    func queueOrder() throws {
        var office = try goodDay()
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

    @Test("Records: one per call, sums, and nothing left of a call that goes on")
    func records() throws {
        let good = try goodDay()
        let record = try #require(good.store.records.first)

        var twice = good
        _ = twice.store.perform(.close(record, StoreTicket(99)))
        #expect(complainers(twice) == ["one record per call", "counters sum"])

        var foreign = good
        var moved = record
        (moved.id, moved.at) = (CallID(77), moved.at + 5000)
        _ = foreign.store.perform(.close(moved, StoreTicket(99)))
        #expect(complainers(foreign).contains("one record per call"))

        var talking = good
        try play(&talking, ["101 dials 102", "102 answers"])
        #expect(complainers(talking).isSuperset(of: ["nothing left", "ports", "one record per call"]))

        var untold = good
        try play(&untold, ["101 dials 102"])
        #expect(complainers(untold).contains("every caller told"))

        var longer = good
        moved = record
        moved.talk += .seconds(60)
        longer.store.rewrite(moved)
        #expect(complainers(longer) == ["talk times"])
    }

    /// The office after `deed`, and the last INVITE to `phone` seen once more as another call.
    private func rungAgain(_ phone: String, in office: SimulatedOffice, isRegistered: Bool = true) throws -> SimulatedOffice {
        var office = office
        let invite = try #require(
            office.happenings.lazy.reversed().compactMap { happening -> Message? in
                guard case .message(let message, _, phone, _) = happening.what, message.method == .invite else { return nil }
                return message
            }.first)
        var second = invite
        second.callID = "another"
        let agent = try #require(office.agents.firstIndex { $0.name == phone })
        office.wiretap.sent(second, to: agent, at: office.now, isRegistered: isRegistered)
        office.run(for: .seconds(1))
        return office
    }

    @Test("Ringing: a second INVITE to the same phone")
    func rungTwice() throws {
        var office = try goodDay()
        try play(&office, ["101 dials 102"])
        #expect(complainers(try rungAgain("102", in: office)).contains("nobody rung twice"))
    }

    @Test("Peace: a phone that is not registered, an employee who is away or off duty, a pause, a no, a slot")
    func peace() throws {
        let good = try goodDay()
        #expect(complainers(try rungAgain("102", in: good, isRegistered: false)) == ["nobody troubled"])

        var away = good
        away.settings.office.extensions["102"]?.absences = [Absence(first: 0, last: 99_999)]
        #expect(complainers(away) == ["nobody troubled"])

        var offDuty = good
        offDuty.settings.office.extensions["102"]?.hours = WeeklyHours([.init(days: .daily, from: 0, until: 1)])
        #expect(complainers(offDuty) == ["nobody troubled"])

        let talked = try #require(good.duties.last { $0.what == .talked && $0.member == "101" })
        var tired = good
        tired.duties.append(Duty(what: .offered, at: talked.at + .seconds(29), member: "101", department: "sales"))
        #expect(complainers(tired) == ["pauses"])
        tired.duties[tired.duties.count - 1].at = talked.at + .seconds(30)
        #expect(complainers(tired) == [])

        var asked = good
        var record = try #require(good.store.records.last)
        let no = CallRecord.Leg(target: "102", at: record.at, rang: .seconds(1), outcome: .declined)
        let again = CallRecord.Leg(target: "102", at: record.at + 1500, rang: .zero, outcome: .noAnswer)
        record.legs = [no, again] + record.legs
        asked.store.rewrite(record)
        #expect(complainers(asked) == ["no is no"])

        var full = good
        let first = try #require(good.wiretap.order.compactMap { good.wiretap.outgoing[$0] }.first { $0.to == "102" })
        full.duties.append(Duty(what: .offered, at: first.at + .seconds(6), member: "102", department: "sales"))
        #expect(complainers(full) == ["never more than slots"])
    }

    @Test("Ears: silence, words for somebody else, a machine that talks")
    func ears() throws {
        let good = try goodDay()
        var silent = good
        let ringback = try #require(good.hearings.lastIndex { $0.hearing == .tone(.ringback) })
        silent.hearings[ringback].hearing = .nothing
        silent.hearings[ringback].at = silent.hearings[ringback].at - .seconds(6)
        #expect(complainers(silent) == ["no silence"])

        var told = good
        told.hearings[ringback].hearing = .speech(["ru/press-1-to-accept"])
        #expect(complainers(told) == ["words for the right ear"])

        var greeted = good
        let asked = try #require(good.hearings.firstIndex { $0.hearing == .speech(["ru/press-1-to-accept"]) })
        greeted.hearings[asked].hearing = .speech(["own/hello"])
        #expect(complainers(greeted) == ["words for the right ear"])

        var machine = good
        machine.keys = []
        #expect(complainers(machine) == ["accepted by key"])
    }

    @Test("Decisions: a scheme that sends elsewhere than the call goes, two schemes, a blocked caller who gets through")
    func decisions() throws {
        let good = try goodDay()
        let record = try #require(good.store.records.last)
        let scheme = try #require(record.reasons.firstIndex { $0.layer == .scheme })

        func reasons(_ change: (inout [Explanation]) -> Void) -> Set<String> {
            var (office, changed) = (good, record)
            change(&changed.reasons)
            office.store.rewrite(changed)
            return complainers(office)
        }
        #expect(reasons { $0[scheme].line = "set scheme main otherwise to department service" } == ["one decision"])
        #expect(reasons { $0[scheme].line = "set scheme main otherwise to extension 102" } == ["one decision"])
        #expect(reasons { $0.remove(at: scheme) } == ["one decision"])
        #expect(reasons { $0.insert($0[0], at: 1) } == ["one decision"])
        let text = Wording(ru: "", en: "")
        #expect(reasons { $0.insert(Explanation(.caller, .refused, text), at: 1) } == ["one decision"])
        #expect(
            reasons { $0.insert(Explanation(.owner, .taken, Wording(ru: "102", en: "the client's owner is 102")), at: 1) }
                == ["one decision"])
    }

    @Test("Explanations: a call that rings somebody else, at another time, or says other words than explained")
    func explanations() throws {
        var office = try office("set extension 102 no-answer after 20s to extension 103 announce default\n")
        let phone = try #require(office.agents.firstIndex { $0.name == "101" })
        #expect(office.checkExplanation(of: "102", by: phone, as: nil) == nil)
        // A phone that answers of itself makes the call another one than was thought through.
        office["103"].manners.welcome = .answer
        #expect(office.checkExplanation(of: "102", by: phone, as: nil)?.checker == "explanation holds")
    }
}
