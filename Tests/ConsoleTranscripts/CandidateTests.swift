import Configuration
import Console
import Telephony
import Testing

/// What two installers, a lost line and a forgotten confirmation do to the candidate.
@Suite("The candidate") struct CandidateTests {
    private let office = ScriptedOffice("set extension 101 name Anna\nset extension 102 name Boris\n")

    @Test("R-018 an edited rule has no effect before commit, and has it after")
    func twoSteps() {
        let console = office.console()
        console.say("configure")
        console.say("set extension 101 name Vera")
        #expect(office.document.displayName("extension", "101") == "Anna")
        console.say("commit \"a new one\"")
        #expect(office.document.displayName("extension", "101") == "Vera")
        #expect(office.revisions.last?.by == "anna" && office.revisions.last?.comment == "a new one")
    }

    @Test("the second installer is told who holds the candidate and since when, and may take it over")
    func twoInstallers() {
        let (anna, boris) = (office.console("anna"), office.console("boris", at: "ssh 192.0.2.7"))
        anna.say("configure")
        anna.say("set extension 101 name Vera")
        office.uptime = .seconds(600)
        let refused = boris.say("configure")
        #expect(refused.isFault && refused.prompt == "apus> ")
        #expect(refused.output.contains("anna (ttyS0)") && refused.output.contains("since 2026-11-23 12:00:00"))
        #expect(boris.say("configure takeover").output.contains("taken over from anna"))
        #expect(boris.say("show | compare").output.contains("+ set extension 101 name \"Vera\""))
        let lost = anna.say("set extension 101 name Galina")
        #expect(lost.output.hasPrefix("boris has taken over the changes; configuration mode ends\n") && lost.prompt == "apus> ")
        #expect(office.desk.candidate?.document.displayName("extension", "101") == "Vera")
    }

    @Test("a lost line loses nothing: its user finds his changes, another is told that he is away")
    func lostLine() {
        let console = office.console("anna")
        console.say("configure")
        console.say("set extension 101 name Vera")
        console.leave()
        let other = office.console("boris").say("configure")
        #expect(other.isFault && other.output.contains("but is not on the line now"))
        let again = office.console("anna", at: "ttyGS0")
        #expect(again.say("configure").output.contains("your changes, begun 2026-11-23 12:00:00, are still here"))
        #expect(again.say("compare").output.contains("Vera"))
        again.say("discard")
        again.leave()
        #expect(office.desk.candidate == nil)
    }

    @Test("what came in force meanwhile stays; the same object changed twice is told before it is overridden")
    func merged() {
        let console = office.console()
        console.say("configure")
        console.say("set extension 101 name Vera")
        let shell = office.environment
        _ = shell.answer(ControlRequest(["config", "load", "f"], attachment: "set extension 102 name Wolf\n"))
        #expect(!console.say("commit").isFault)
        #expect(
            office.document.displayName("extension", "101") == "Vera" && office.document.displayName("extension", "102") == "Wolf"
        )
        console.say("set extension 102 name Xenia")
        _ = office.environment.answer(ControlRequest(["config", "load", "f"], attachment: "set extension 102 name Yuri\n"))
        let conflict = console.say("commit")
        #expect(conflict.isFault && conflict.output.contains("changed the same: extension 102"))
        #expect(office.document.displayName("extension", "102") == "Yuri")
        #expect(!console.say("commit").isFault)
        #expect(office.document.displayName("extension", "102") == "Xenia")
    }

    @Test("a rollback that is refused leaves what waits for confirmation waiting; one that goes through ends it")
    func rollbackWhilePending() {
        let console = office.console()
        console.say("configure")
        console.say("set office name Daisy")
        console.say("commit confirmed 10m")
        let pending = office.desk.pending
        let shell = { (words: [String]) in office.environment.answer(ControlRequest(words)) }
        #expect(pending != nil && shell(["config", "rollback", "99"]).exitCode == 1)
        #expect(office.desk.pending == pending)
        #expect(shell(["config", "rollback", "1"]).exitCode == 0)
        #expect(office.desk.pending == nil && office.document.text() == office.revisions[0].text)
    }

    @Test("other addresses to listen on are for the next start, and said so until then")
    func listening() {
        office.listening = ConfigurationReading(office.document.text()).document.compiled.sip.listen
        let load = { (text: String) in
            office.environment.answer(ControlRequest(["config", "load", "f"], language: .en, attachment: text))
        }
        #expect(!load("set office name Daisy").errors.contains("sip listen"))
        #expect(load("set sip listen udp 0.0.0.0:5070").errors.contains("sip listen: the new addresses come in force when"))
        #expect(load("set office name Rose").errors.contains("systemctl restart apusd"))
        office.listening = nil
        #expect(load("set office name Tulip").errors.isEmpty)
    }

    @Test("a new order of rules is a change, also where nothing else is")
    func order() {
        let office = ScriptedOffice(
            "set extension 101\nset trunk x peer 10.0.0.2\n"
                + "set route a mask 8* trunk x\nset route b mask 9* trunk x\nset route c mask 7* trunk x\n")
        let console = office.console()
        console.say("configure")
        console.say("delete route a")
        console.say("set route a mask 8* trunk x")
        #expect(console.say("commit").output.contains("revision 2"))
        #expect(office.document.items("route").compactMap(\.path.name) == ["b", "c", "a"])
        // Somebody else's change meanwhile, and the order is kept all the same.
        console.say("delete route b")
        console.say("set route b mask 9* trunk x")
        _ = office.environment.answer(ControlRequest(["config", "load", "f"], attachment: "set extension 102\n"))
        #expect(!console.say("commit").isFault)
        #expect(office.document.items("route").compactMap(\.path.name) == ["c", "a", "b"])
        #expect(office.document.item("extension", "102") != nil)
    }

    @Test("commit confirmed waits, shows how long, refuses loads meanwhile, and is confirmed")
    func confirmed() {
        let console = office.console()
        console.say("configure")
        console.say("set extension 101 name Vera")
        let answer = console.say("commit confirmed 10m trying")
        #expect(answer.output.contains("goes back in 10:00") && answer.prompt == "apus (reverts 10:00)# ")
        #expect(office.desk.pending?.revision == 1 && office.desk.pending?.until == .zero + .seconds(600))
        office.uptime = .seconds(30)
        let load = office.environment.answer(
            ControlRequest(["config", "load", "f"], language: .en, attachment: "set extension 102 name Wolf\n"))
        #expect(load.exitCode == 1 && load.errors.contains("waits for confirmation (anna, 9:30 left)"))
        console.say("set extension 102 name Wolf")
        console.say("commit confirmed 1m")
        #expect(office.desk.pending?.revision == 1, "a second unconfirmed commit goes back as far as the first")
        #expect(console.say("confirm").output.contains("revision 3 is confirmed"))
        #expect(office.desk.pending == nil && console.say("confirm").isFault)
    }

    @Test("what waits for confirmation is kept over a restart; noise in its file is nothing")
    func kept() throws {
        let pending = PendingConfirmation(
            revision: 7, until: .zero + .seconds(90), untilUTC: office.now.utc + 90_000, by: "Анна П.")
        office.uptime = .zero
        #expect(PendingConfirmation(pending.text, now: office.now) == pending)
        office.uptime = .seconds(3600)
        #expect(PendingConfirmation(pending.text, now: office.now)?.until == .zero + .seconds(3600), "it is due at once")
        for noise in ["", "x", "7", "7 x y", "-1 5 a", "7 5"] { #expect(PendingConfirmation(noise, now: office.now) == nil) }
        office.uptime = .seconds(3600)
        let far = PendingConfirmation("7 \(Int64.max / 2) anna", now: office.now)
        #expect(far?.until == office.now.uptime + PendingConfirmation.limit, "a clock that was set back")
    }

    @Test("a pasted configuration of 500 extensions is taken whole, its errors at the end with their lines")
    func pasted() {
        let console = office.console()
        console.say("configure")
        #expect(console.say("load terminal").turn == .text)
        var lines = (1000..<1500).map { "set extension \($0) name \"Сотрудник \($0)\" calls 2" }
        lines[100] = "set extension 1100 nmae x"
        lines[200] = "set extension 1200 calls 99"
        let answer = console.say("load terminal", attachment: lines.joined(separator: "\r\n"))
        #expect(answer.output.hasPrefix("taken: 498 lines\nnot taken: 2 lines\nline 101: unknown word “nmae”\n"))
        #expect(answer.output.contains("line 201: “99” is no COUNT"))
        #expect(!console.say("commit").isFault)
        #expect(office.document.items("extension").count == 502)
    }

    @Test("pasted lines grow a chain; pasted twice they are the same")
    func chains() {
        let console = office.console()
        console.say("configure")
        for _ in 0..<2 {
            console.say("set extension 101 no-answer after 20s to extension 102")
            console.say("set extension 101 no-answer after 40s to busy")
        }
        #expect(
            console.say("show extension 101").output.split(separator: "\n").filter { $0.contains("no-answer") } == [
                "set extension 101 no-answer after 20s to extension 102", "set extension 101 no-answer after 40s to busy",
            ])
    }
}
