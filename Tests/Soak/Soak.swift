import Routing
import Simulation
import Testing

/// Seeds × generated offices × checkers, small enough for every run of the tests; `apus-sim` lives through the long days.
@Suite("Soak")
struct Soak {
    @Test("A day ends in quiet, and again the same", arguments: [(1, 0), (2, 2), (3, 5), (4, 10)])
    func day(seed: Int, loss: Int) throws {
        let day = OfficeDay(seed: UInt64(seed), calls: 50, phones: 12, loss: loss)
        let outcome = try day.run()
        expectNoComplaints(outcome, of: day)
        #expect(outcome.records >= 30)
        #expect(outcome.answered > 5)
        #expect(try day.run() == outcome)
    }

    @Test("Offices as they are drawn, in fine weather: nobody is troubled, nobody is left without a word", arguments: 11...18)
    func fairDay(seed: Int) throws {
        let day = OfficeDay(seed: UInt64(seed), calls: 60, phones: 10, loss: 0)
        expectNoComplaints(try day.run(), of: day)
    }

    @Test("Every strategy is drawn by the offices that are lived through")
    func strategies() throws {
        let drawn = try (11...18).flatMap { try GeneratedOffice(seed: UInt64($0), phones: 10).strategies }
        #expect(Set(drawn) == Set(RingStrategy.allCases))
    }

    private func expectNoComplaints(_ outcome: OfficeDay.Outcome, of day: OfficeDay) {
        for complaint in outcome.complaints {
            Issue.record("seed \(day.seed), loss \(day.loss) %: \(complaint.checker): \(complaint.text)\n\(complaint.ladder)")
        }
    }
}
