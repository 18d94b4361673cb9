import CallControl
import Configuration
import Console
import Telephony
import Testing

@Suite("Feature codes in the console")
struct CodeTests {
    @Test("show codes: how each is dialled, by this office's figures, in both languages, and which are not allowed")
    func table() {
        let office = OfficeFixture(
            "set extension 101 secret aaaaaaaa1b\nset code forward-always dial 72\nset code night allowed off\nset parking number 70 slots 71 72\n"
        )
        let lines = office.run("show codes", .en, width: 120).output.split(separator: "\n").map(String.init)
        #expect(lines.count == 24)
        #expect(lines[1].split(separator: " ").prefix(4) == ["*72*N#", "##72#", "*#72#", "forward"])
        #expect(lines.contains { $0.hasPrefix("*90") && $0.hasSuffix("(not allowed)") })
        #expect(lines.contains { $0.hasPrefix("##N ") && $0.contains("in a talk") })
        #expect(lines.contains { $0.hasPrefix("*98[N]") && $0.contains("voicemail") })
        #expect(lines.contains { $0.hasPrefix("70 ") && $0.hasSuffix("to take it: 71, 72") })
        for language in Language.allCases { #expect(!office.run("show codes", language).output.contains("…"), "nothing is cut") }
        #expect(office.run("show codes", .ru, width: 120).output.contains("не беспокоить"))
        #expect(office.run("show codes --json").output.contains("\"code\":\"forward-no-answer\",\"on\":\"*61*N[**SEC]#\""))
        #expect(office.run("show codes --json").output.contains("\"toggle\":\"**26#\""))
    }

    @Test("R-160: show departments and show extension tell who is logged out, on a pause, resting, or not to be disturbed")
    func states() {
        let office = OfficeFixture(
            """
            set extension 101 secret aaaaaaaa1b
            set extension 102 secret aaaaaaaa2b
            set department sales number 200 member 101 member 102

            """)
        office.states = ["101": [.loggedOut("sales"), .loggedOut("help")], "102": [.undisturbed]]
        office.resting = ["102"]
        let departments = office.run("show departments", .en, width: 160).output
        #expect(departments.contains("101 (logged out) 102 (do not disturb, wrap-up)"))
        #expect(office.run("show departments --json").output.contains("\"says\":[\"undisturbed\",\"wrap-up\"]"))
        #expect(office.run("show extension 102", .ru).output.contains("состояние       не беспокоить, пауза после разговора"))
        #expect(office.run("show extension 101 --json").output.contains("\"says\":[\"logged-out help\",\"logged-out sales\"]"))
    }

    @Test("R-004: an employee's change is a revision in his name; while a confirmation is waited for it must wait, too")
    func change() {
        let office = OfficeFixture("set extension 101 secret aaaaaaaa1b\nset extension 102 secret aaaaaaaa2b\n")
        let line = "set extension 101 forward to extension 102"
        #expect(office.environment.change([line], by: "101") == .done)
        #expect(office.revisions.last?.by == "101" && office.revisions.last?.comment == line)
        #expect(office.run("config history").output.contains("101"))
        #expect(office.environment.change([line], by: "101") == .done)
        #expect(office.revisions.count == 2, "what is so already makes no revision")
        guard case .refused(.notPermitted, _) = office.environment.change([line], by: "102") else {
            Issue.record("102 has changed the rules of 101")
            return
        }
        office.desk.pending = PendingConfirmation(revision: 1, until: .zero, untilUTC: 0, by: "ivan")
        #expect(
            office.environment.change(["delete extension 101 forward"], by: "101") == .refused(.later, Catalogue.changeWaits))
        office.desk.pending = nil
        office.isDiskFull = true
        guard case .refused(.later, _) = office.environment.change(["delete extension 101 forward"], by: "101") else {
            Issue.record("a change that is not on the disk is told to be in force")
            return
        }
    }
}
