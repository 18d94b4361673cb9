import CallControl
import Configuration
import Telephony
import Testing

@Suite("R-004, R-019 What employees may change by themselves")
struct SelfServiceTests {
    private let base = ConfigurationReading(
        """
        set extension * on-busy to extension 103
        set extension 101 secret aaaaaaaa1b class local
        set extension 102 secret aaaaaaaa2b forward to extension 101
        set extension 103 secret aaaaaaaa3b on-busy to busy
        set trunk mtt peer 203.0.113.10
        set route world mask 810* class international trunk mtt
        """
    ).document

    private func outcome(_ lines: String..., by number: String = "101") -> ChangeOutcome {
        do throws(SelfServiceRefusal) {
            _ = try SelfService.candidate(lines, by: number, onto: base)
            return .done
        } catch { return error.outcome }
    }

    @Test("His own rules of forwarding, and his absence")
    func own() throws {
        #expect(outcome("set extension 101 forward to extension 103") == .done)
        #expect(
            outcome("set extension 101 no-answer after 20s to extension 103", "set extension 101 on-busy to extension 103")
                == .done)
        #expect(outcome("set extension 101 absence 2026-11-23..2026-12-01 other") == .done)
        #expect(outcome("delete extension 102 forward", by: "102") == .done)
        let changed = try SelfService.candidate(["delete extension 102 forward"], by: "102", onto: base)
        #expect(changed.settings.office.extensions["102"]?.forward == nil)
    }

    @Test(
        "Nobody else's, nothing else of his own, not everybody's, and never the whole of it",
        arguments: [
            "set extension 102 forward to extension 103", "set extension 101 class international",
            "set extension 101 secret \"x\"",
            "set extension 101 forward to extension 103 class international", "set extension * forward to extension 103",
            "set office name \"X\"", "delete extension 101", "delete extension 101 on-busy", "delete extension 102 forward",
            "delete route world", "set extension 199 forward to extension 103", "set", "",
            "set extension 101 forward to extension 103\nset office name X",
        ])
    func others(line: String) {
        guard case .refused(.notPermitted, _) = outcome(line) else {
            Issue.record("“\(line)”: \(outcome(line))")
            return
        }
    }

    @Test("What no commit would take: a loop, told in full, and a target above his toll class")
    func wrong() {
        #expect(outcome("set extension 101 forward to extension 102") == .refused(.wrong, Catalogue.loop("101→102→101")))
        guard case .refused(.wrong, let why) = outcome("set extension 101 forward to external 810442071234567") else {
            Issue.record("a target above the toll class was taken")
            return
        }
        #expect(why.text(in: .en).contains("international"))
    }

    @Test("Codes are chosen by name; clashes and long ones are refused, with the line")
    func codes() throws {
        func errors(_ text: String) -> [String] {
            do throws(ConfigurationRefusal) {
                _ = try ConfigurationCandidate(loading: text, onto: base) { .init(repeating: 1, count: $0) }
                return []
            } catch { return error.errors.map { "\($0.line ?? 0): \($0.text.text(in: .en))" } }
        }
        #expect(errors("set code forward-always dial 72\nset code echo allowed off") == [])
        #expect(errors("set code echo dial 21") == ["1: the code echo (21) begins like forward-always (21)"])
        #expect(errors("set code echo dial 9").contains { $0.hasPrefix("1: ") && $0.contains("*98") })
        #expect(errors("set code echo dial 73777") == ["1: a code has at most 4 figures"])
        #expect(errors("set code ecco dial 21").count == 1)
        let candidate = try ConfigurationCandidate(loading: "set code echo dial 73 allowed off", onto: base) {
            .init(repeating: 1, count: $0)
        }
        #expect(candidate.settings.office.codes.digits(of: .echo) == "73" && candidate.settings.office.codes.barred == [.echo])
        #expect(candidate.document.text(section: "code") == "set code echo dial 73\nset code echo allowed off\n")
    }
}
