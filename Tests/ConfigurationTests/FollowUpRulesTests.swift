import Configuration
import Routing
import Telephony
import Testing

@Suite("Missed calls in the configuration") struct FollowUpRulesTests {
    private func read(_ text: String) throws -> Office {
        var count: UInt8 = 0
        let candidate = try ConfigurationCandidate(loading: "set extension 101\nset department sales member 101\n" + text) {
            size in
            (0..<size).map { _ in
                count &+= 1
                return count
            }
        }
        return candidate.settings.office
    }

    private func errors(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let refusal as ConfigurationRefusal {
            return refusal.errors.map { "\($0.line ?? 0): \($0.text.text(in: .en)); \($0.hint.text(in: .en))" }
        } catch { return ["\(error)"] }
    }

    @Test("Every word does what it says")
    func words() throws {
        #expect(try read("").followUp == FollowUpRules())
        let rules = try read(
            """
            set office missed due 15m
            set office missed due-at 11:30
            set office missed assignee department sales
            set office missed digest 08:30
            set office missed lamp /sys/class/leds/red
            set office keep calls 5y
            set task missed auto-close outgoing-assignee
            set task voicemail auto-close incoming
            """
        ).followUp
        var wanted = FollowUpRules(
            due: .minutes(15), dueAt: 41_400, assignee: .department("sales"),
            autoClose: [.missed: .outgoingAssignee, .voicemail: .incoming], keptDays: 1830)
        (wanted.digestAt, wanted.lamp) = (30_600, "/sys/class/leds/red")
        #expect(rules == wanted)
        #expect(try read("set office missed digest off").followUp.digestAt == nil)
        #expect(errors("set office missed lamp leds/red").count == 1 && errors("set office missed lamp /a/../b").count == 1)
    }

    @Test("A later line replaces one of the same word, and the text comes back as it was")
    func text() {
        let text = """
            set office missed due 20m
            set office missed due-at 10:00
            set office missed assignee extension 101
            set office keep calls 400d
            set extension 101
            set department sales member 101
            set task missed auto-close any

            """
        let reading = ConfigurationReading("set office missed due 10m\n" + text)
        #expect(reading.document.text() == text)
    }

    @Test("Wrong words are told with what would be right")
    func wrong() {
        #expect(errors("set office missed due 10s")[0].hasPrefix("3: "))
        #expect(errors("set office missed due-at 24:00").count == 1 && errors("set office missed due-at 9").count == 1)
        #expect(errors("set office missed late 5m")[0].contains("due-at"))
        #expect(errors("set office missed assignee external +79161234567").count == 1)
        #expect(errors("set office missed assignee department marketing")[0].contains("sales"))
        #expect(errors("set office keep calls 3m").count == 1 && errors("set office keep calls 5d").count == 1)
        #expect(errors("set task message auto-close any")[0].contains("voicemail"))
        #expect(errors("set task missed auto-close never")[0].contains("outgoing-assignee"))
    }

    @Test("Who calls back cannot be deleted")
    func deleted() throws {
        #expect(errors("set office missed assignee department sales\ndelete department sales").count == 1)
    }
}
