import Configuration
import Routing
import Telephony
import Testing

@Suite("Queues in the configuration") struct QueueTests {
    private func department(_ lines: String) throws -> Department? {
        let text = "set extension 101\nset department sales member 101\n" + lines
        let candidate = try ConfigurationCandidate(loading: text) { Array(repeating: 7, count: $0) }
        return candidate.settings.office.departments["sales"]
    }

    @Test("the queue is where busy callers go; its rules have factory values")
    func queue() throws {
        #expect(try department("")?.queue == nil)
        #expect(try department("set department sales on-busy to queue\n")?.queue == QueueRules())
        #expect(try department("set department sales on-busy to queue\n")?.onBusy == nil)
        let set = "set department sales on-busy to queue\nset department sales queue limit 5 music ringback position off\n"
        #expect(try department(set)?.queue == QueueRules(limit: 5, sound: .ringback, tellsPosition: false))
    }

    @Test("R-085: impatient callers are a switch, and details that outlive it")
    func impatient() throws {
        #expect(try department("")?.impatience == nil)
        #expect(try department("set department sales impatient on\n")?.impatience == Impatience())
        let details = "set department sales impatient after 25s offer callback stay voicemail repeat 40s\n"
        let told = Impatience(after: .seconds(25), offers: [.callback, .stay, .voicemail], repeats: .seconds(40))
        #expect(try department(details)?.impatience == told)
        #expect(try department(details + "set department sales impatient off\n")?.impatience == nil)
        #expect(
            try department(details + "set department sales impatient off\nset department sales impatient on\n")?.impatience
                == told)
    }

    @Test("printed and read again it is the same")
    func roundTrip() throws {
        let text = """
            set extension 101
            set department sales member 101
            set department sales on-busy to queue
            set department sales queue limit 20 music hold position on
            set department sales impatient on
            set department sales impatient after 20s offer callback stay voicemail repeat 30s

            """
        let candidate = try ConfigurationCandidate(loading: text) { Array(repeating: 7, count: $0) }
        let printed = candidate.document.text()
        for line in text.split(separator: "\n").suffix(4) { #expect(printed.contains(line)) }
        let again = try ConfigurationCandidate(loading: printed) { Array(repeating: 7, count: $0) }
        #expect(again.document.text() == printed)
    }

    @Test("what is wrong is told with what would be right")
    func faults() {
        for (line, part) in [
            ("set department sales queue limit 0", "COUNT"), ("set department sales impatient maybe", "maybe"),
            ("set department sales impatient after 20s offer callbak", "callback"),
            ("set department sales impatient after 20s offer callback callback", "callback"),
            ("set extension 101 on-busy to queue", "queue"),
        ] {
            do {
                _ = try department(line + "\n")
                Issue.record("accepted: \(line)")
            } catch { #expect("\(error)".contains(part), "\(error)") }
        }
    }
}
