import Configuration
import Exchange
import Routing
import Simulation
import Telephony
import Testing

@Suite("What reasons cite") struct Citations {
    /// Whether it stands in the configuration, or is the beginning of what does.
    private func stands(_ line: String, in document: ConfigurationDocument) -> Bool {
        let (after, error) = document.after(line)
        return error == nil ? after == document : document.text().split(separator: "\n").contains { $0.hasPrefix(line) }
    }

    @Test(
        "Of drawn offices every line that is cited stands in the configuration; what holds by default changes nothing once it is written",
        arguments: 1...20)
    func drawn(seed: Int) throws {
        let drawn = try GeneratedOffice(seed: UInt64(seed), phones: 10)
        let document = ConfigurationReading(drawn.text).document
        var office = SimulatedOffice(drawn.settings, seed: UInt64(seed))
        office.open()
        let exchange = try #require(office.exchange)
        var cited = Set<String>()
        let outside = drawn.clients.prefix(6).flatMap { client in drawn.companyNumbers.map { (client, $0) } }
        let dialled = drawn.inside + ["89161112233", "81049301234567", "112", "70", "999"]
        let inside = drawn.settings.office.extensions.keys.sorted().prefix(3).flatMap { person in dialled.map { (person, $0) } }
        for (from, to) in outside + inside {
            let digits = PhoneNumber(from, country: .ru).digits
            for hours in [0, 10, 130] {
                var moment = office.moment
                moment.utc += Int64(hours) * 3_600_000
                let rehearsal = exchange.explain(
                    from: from, to: to, card: drawn.book[digits] ?? .blank, at: moment, isPlan: hours > 0)
                cited.formUnion(rehearsal.layers.compactMap(\.line))
            }
        }
        #expect(cited.count > 10)
        for line in cited.sorted() {
            if let source = document.source(of: line) {
                #expect(stands(source, in: document), "\(line): \(source)")
            } else {
                let (after, error) = document.after(line)
                #expect(error == nil && after.compiled == document.compiled, "\(line)")
            }
        }
    }
}
