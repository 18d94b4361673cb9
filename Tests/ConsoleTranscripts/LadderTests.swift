import Configuration
import Console
import FollowUp
import Simulation
import Telephony
import Testing

/// `trace call --ladder` is written in the notation of the scenarios: what it prints of a call is read by their own reader, played on an
/// office like the one it happened in, and the same happens.
@Suite("trace call --ladder") struct LadderTests {
    private static let text = """
        set sip listen udp 0.0.0.0:5060
        set office country RU
        set extension 101 name "Анна"
        set extension 101 no-answer after 10s to extension 102 announce none
        set extension 102 name "Борис"
        set extension 103 name "Вера"
        set department sales number 200 strategy sequential step 10s member 101 member 102
        set trunk mtt peer 203.0.113.10
        set number * scheme office
        set scheme office otherwise to department sales
        """

    /// What a record does not know: what people heard.
    private func withoutSounds(_ ladder: String) throws -> [Timeline.Row] {
        try Timeline(ladder).rows.map { row in
            var row = row
            row.facts.removeAll { $0.contains(" hears ") }
            return row
        }.filter { $0.deed != nil || !$0.facts.isEmpty }
    }

    @Test(
        "R-064 what is printed can be played, and comes out the same",
        arguments: [
            ["0.0 103 dials 102 →", "2.0 102 answers →", "9.0 103 hangs up →"],
            ["0.0 103 dials 101 →", "12.5 102 answers →", "20.0 103 hangs up →"],
            ["0.0 103 dials 200 →", "14.0 102 answers →", "31.25 103 hangs up →"],
            ["0.0 103 dials 102 →", "3.0 102 declines →"],
            ["0.0 103 dials 102 →", "4.0 103 hangs up →"],
            ["0.0 +79161234567 calls +74951234567 →", "2.0 101 answers →", "9.0 +79161234567 hangs up →"],
            ["0.0 +79161234567 calls +74951234567 →", "12.0 +79161234567 hangs up →"],
        ])
    func played(deeds: [String]) throws {
        let document = ConfigurationReading(Self.text).document
        var happened = try SetupTests.opened(document)
        _ = try happened.play(deeds.joined(separator: "\n"))
        let record = try #require(happened.store.records.last)
        let office = ScriptedOffice(Self.text)
        office.records = [record]
        let printed = office.console().say("trace call \(record.id.number) --ladder").output
        var again = try SetupTests.opened(document)
        let truth = try again.play(printed) ?? printed
        #expect(try withoutSounds(truth) == Timeline(printed).rows, "printed:\n\(printed)\nhappened:\n\(truth)")
    }
}
