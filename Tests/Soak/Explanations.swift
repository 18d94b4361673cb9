import Simulation
import Testing

@Suite("Soak: explanations")
struct Explanations {
    @Test("What explain says of a call is what happens, if nobody takes it", arguments: 31...42)
    func hold(seed: Int) throws {
        let outcome = try QuietDay(seed: UInt64(seed), calls: 12).run()
        for complaint in outcome.complaints {
            Issue.record("seed \(seed): \(complaint.checker): \(complaint.text)\n\(complaint.ladder)")
        }
        #expect(outcome.rang > 3)
    }
}
