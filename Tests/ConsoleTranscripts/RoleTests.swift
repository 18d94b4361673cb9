import Configuration
import Console
import FollowUp
import Routing
import Telephony
import Testing

/// What each role sees and may do, the interview, and what keeps a box whole.
@Suite("Roles and upkeep") struct RoleTests {
    private let office = ScriptedOffice(
        """
        set extension 101 name Anna secret first-secret-11
        set extension 102 name Boris secret second-secret-22
        set department sales number 200 member 101
        set number * scheme office
        set scheme office otherwise to department sales
        set user admin role installer secret "$scrypt$14$00$1"
        set user boss role owner secret "$scrypt$14$00$2"
        """)

    @Test("passwords are kept as hashes, never shown; an office without an installer's password is refused")
    func passwords() {
        let console = office.console()
        console.say("configure")
        console.say("set user olga role employee secret \"eight letters\" extension 102")
        #expect(!console.say("commit").isFault)
        let text = office.document.text()
        #expect(!text.contains("eight letters") && text.contains("set user olga secret \"$scrypt$"))
        #expect(!console.say("show user").output.contains("scrypt"))
        #expect(console.say("set user olga secret short").isFault)
        console.say("delete user admin")
        #expect(console.say("commit").output.contains("no user is an installer"))
    }

    @Test("an owner lands on a report and a menu of numbers, and may not configure")
    func owner() {
        let console = office.console("boss", .owner)
        #expect(console.screen.contains("  1  "))
        #expect(console.say("configure").output.contains("not for you"))
        #expect(console.say("show extension 101 secret").isFault && console.say("backup x").isFault)
        #expect(!console.say("1").isFault && !console.say("menu").isFault)
        #expect(office.console().screen == "Apus exchange. anna. ? helps, exit leaves\n")
    }

    @Test("a single command has the rights of whoever gives it")
    func oneCommand() {
        let shell = office.environment
        let boss = ConsoleUser(name: "boss", role: .owner)
        let load = ControlRequest(["config", "load", "f"], attachment: "set office name Mine\n")
        #expect(shell.answer(load, by: boss).exitCode == 2 && !office.document.text().contains("Mine"))
        #expect(shell.answer(ControlRequest(["report", "calls"]), by: boss).exitCode == 0)
        #expect(shell.answer(ControlRequest(["show", "phones"]), by: .init(name: "x", role: .employee)).exitCode == 2)
        #expect(shell.answer(load).exitCode == 0)
    }

    @Test("at a line that anybody may sit at, the box's files are the installer's; over SSH a file is its owner's own")
    func files() {
        let open = { (role: Role, door: ConsoleOpening.Door) in
            ScriptedConsole(
                office, ConsoleSession(id: 90, user: .init(name: "x", role: role), place: "ttyS0", door: door, language: .en))
        }
        for line in ["contacts export /etc/cron.d/x", "contacts import /etc/shadow", "voicemail export 1 /etc/passwd"] {
            let answer = open(.owner, .login).say(line)
            #expect(answer.isFault && answer.file == nil && answer.turn == .line, "\(line)")
            #expect(answer.output.contains("files are the installer's"))
        }
        #expect(open(.owner, .ssh).say("contacts export x").file == "x")
        #expect(open(.installer, .login).say("contacts export x").file == "x")
        #expect(open(.owner, .ssh).say("contacts import x").turn == .read("x"))
    }

    @Test("watch missed stays on the screen until a key is pressed, drawn anew in its place")
    func board() {
        let console = office.console("boss", .owner)
        let first = console.say("watch missed")
        #expect(first.turn == .watch && first.isScreen && first.output.contains("12:00"))
        office.uptime = .seconds(60)
        let next = console.watch()
        #expect(next.turn == .watch && next.isScreen && next.output.contains("12:01"))
        #expect(console.say("").turn == .line && console.watch().turn == .line)
        #expect(console.say("watch missed --json").turn == .line)
    }

    @Test("an installer vouches for a clock that nothing else vouches for, unless it is years off")
    func clock() {
        #expect(office.console().say("clock trust").output.contains("2026-11-23 12:00"))
        #expect(office.console("boss", .owner).say("clock trust").isFault)
        office.isClockPlausible = false
        #expect(office.console().say("clock trust").isFault)
    }

    @Test("sound goes into its file as sound, and never onto the screen")
    func sound() {
        office.voicemail.list = { [VoiceMessage(id: 7, box: "101", at: ScriptedOffice.noon, length: .seconds(1))] }
        office.voicemail.sound = { _ throws(CommandFailure) in [0x52, 0x49, 0xFF, 0x00] }
        let answer = office.console().say("voicemail export 7 x.wav")
        #expect(answer.file == "x.wav" && answer.isSound && SoundText.bytes(answer.output) == [0x52, 0x49, 0xFF, 0x00])
        #expect(office.console().say("voicemail export 7 -").isFault)
    }

    @Test("an owner's menu: the month, his absence and the night key by a number; an employee lands on his own settings")
    func menu() {
        _ = office.environment.answer(
            ControlRequest(["config", "load", "f"], attachment: "set scheme office night-key 1\n"))
        let boss = ScriptedConsole(
            office,
            ConsoleSession(id: 91, user: .init(name: "boss", role: .owner, extension: "101"), place: "pts/1", language: .en))
        #expect(boss.screen.contains("  3  of this month\n") && boss.screen.contains("  8  log out\n"))
        #expect(boss.say("3").output.contains("2026-11") && !boss.say("4").isFault)
        #expect(!boss.say("6 2026-12-01..2026-12-14").isFault)
        #expect(office.document.text().contains("set extension 101 absence 2026-12-01..2026-12-14 vacation"))
        #expect(!boss.say("6 off").isFault && !office.document.text().contains("absence"))
        #expect(boss.say("7 maybe").isFault && !boss.say("7").isFault && boss.say("8").turn == .end)
        #expect(!office.console("boss", .owner).screen.contains("my absence"))
        let olga = ScriptedConsole(
            office,
            ConsoleSession(id: 92, user: .init(name: "olga", role: .employee, extension: "102"), place: "pts/1", language: .en))
        #expect(olga.screen.contains("102") && olga.screen.contains("Boris"))
    }

    @Test("an employee changes his own lines, no other's, and nothing that is not his")
    func employee() {
        let session = office.console("olga", .employee)
        #expect(session.say("my show").output.contains("no extension"))
        let own = ScriptedConsole(
            office,
            ConsoleSession(id: 99, user: .init(name: "olga", role: .employee, extension: "102"), place: "pts/1", language: .en))
        #expect(!own.say("my set forward to extension 101").isFault)
        #expect(office.document.text().contains("set extension 102 forward to extension 101"))
        #expect(office.revisions.last?.by == "olga")
        for line in [
            "my set class international", "my set secret abcdefgh12345", "my set forward to extension 101 class international",
            "show phones", "configure", "config show", "my set", "my delete secret",
        ] { #expect(own.say(line).isFault, "\(line)") }
        #expect(!own.say("my delete forward").isFault && !own.say("my show").isFault)
        #expect(!own.say("my set no-answer after 20s to voicemail 101").isFault)
        #expect(office.document.text().contains("set extension 102 no-answer after 20s to voicemail 101"))
        #expect(own.say("my set forward to extension 999").output.contains("there is no extension 999"))
        #expect(own.say("my set no-answer after soon to busy").output.contains("is no DUR"))
        #expect(own.say("my set no-answer after 20s to busy name Boss").isFault && own.say("my set speaks en").isFault == false)
    }

    @Test("R-064 setup: at most ten questions, good defaults, asked again, shown, in force; or nothing")
    func interview() {
        let console = office.console()
        #expect(console.say("setup").prompt.hasPrefix("1/10 "))
        var count = 0
        for answer in [
            "en", "Daisy \"Ltd\"", "", "mon-fri 25:00", "mon-sat 08:00-20:00", "Anna, Boris, Vera", "", "",
            "Good day! For sales press 1.", "perhaps", "yes", "+74951234567 10.0.0.2",
        ] {
            console.say(answer)
            count += 1
        }
        #expect(count <= 12 && console.screen.contains("perhaps"), "two of them were wrong")
        #expect(console.screen.contains("25:00") && console.screen.contains("set office name \"Daisy \\\"Ltd\\\"\""))
        #expect(console.say("4").prompt.contains("[mon-sat 08:00-20:00]"))
        for _ in 0..<7 { console.say("") }
        #expect(!console.say("yes").isFault)
        let text = office.document.text()
        for line in [
            "set office hours mon-sat 08:00-20:00", "set extension 103 name \"Vera\"", "set department sales member 103",
            "set number +74951234567 trunk line scheme office", "set trunk line peer 10.0.0.2",
            "set scheme office otherwise to menu main",
            "set menu main key 1 to department sales", "set department sales no-answer after 1m to voicemail sales",
            "set extension * no-answer after 30s to department sales",
            "set prompt hello text \"Good day! For sales press 1.\"",
        ] { #expect(text.contains(line), "\(line)\n\(text)") }
        let revision = office.revisions.count
        console.say("setup")
        console.say("exit")
        #expect(office.revisions.count == revision)
    }

    @Test("a support bundle has no secret; a table of employees is compared first")
    func upkeep() {
        let shell = office.environment
        let before = office.document
        let bundle = office.environment.answer(ControlRequest(["support-bundle", "f"])).output
        #expect(bundle.contains("==== show health") && bundle.contains("a line of the log"))
        #expect(!bundle.contains("first-secret") && !bundle.contains("scrypt"))
        let table = "number;name\n101;Anna\n103;\"Vera \"\"V\"\"\"\n"
        let seen = shell.answer(ControlRequest(["import", "f", "--check"], language: .en, attachment: table))
        #expect(seen.output.contains("+ set extension 103 name \"Vera \\\"V\\\"\"") && office.document == before)
        #expect(shell.answer(ControlRequest(["import", "f"], attachment: table)).exitCode == 0)
        #expect(office.document.displayName("extension", "103") == "Vera \"V\"")
    }

    @Test("a call is told step by step, while it happens and afterwards")
    func traces() {
        var record = CallRecord(id: CallID(7), at: ScriptedOffice.noon, direction: .incoming, from: "+79160000000", to: "+7495")
        record.legs = [
            .init(target: "101", at: ScriptedOffice.noon, rang: .seconds(10), outcome: .noAnswer),
            .init(target: "102", at: ScriptedOffice.noon + 10_000, rang: .seconds(2), outcome: .answered),
        ]
        (record.wait, record.talk) = (.seconds(12), .seconds(60))
        office.records = [record]
        let console = office.console()
        let told = console.say("trace call 7").output
        #expect(
            told.contains("  10.0    × 101 Anna: does not answer\n") && told.contains("  12.0    ↔ 102 Boris: answers"), "\(told)"
        )
        #expect(told.contains("  72.0  the end"))
        (record.employee, record.result) = ("102", .answered)
        office.records = [record]
        #expect(
            console.say("trace call 7 --ladder").output == """
                     0.0  +79160000000 calls +7495  → 101 rings
                    10.0  ·                         → 101 released (noAnswer), 102 rings
                    12.0  102 answers               → +79160000000 answered, +79160000000 ↔ 102
                    72.0  +79160000000 hangs up     → record +79160000000→+7495 by 102 wait 12.0 talk 60.0, 102 released (normalClearing)

                """)
        #expect(console.say("trace live").turn == .watch)
    }

    @Test("KOI8-R by its table, there and back; Latin letters where a terminal has no others")
    func charsets() {
        let text = "Съешь ещё этих мягких французских булок, да выпей чаю. ЁЖЪ"
        let bytes = Charset.koi8r.bytes(of: text)
        #expect(bytes.count == text.unicodeScalars.count)
        #expect(Charset.koi8r.bytes(of: "Привет") == [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4])
        #expect(String(String.UnicodeScalarView(bytes.map(Charset.koi8r.scalar(of:)))) == text)
        #expect(String(decoding: Charset.koi8r.bytes(of: "№ «я» — …"), as: UTF8.self).hasPrefix("N \""))
        #expect(String(decoding: Charset.ascii.bytes(of: "Щука №5 — «Да»"), as: UTF8.self) == "Shhuka N5 - \"Da\"")
        #expect(Charset.utf8.bytes(of: "ё") == [0xD1, 0x91])
    }
}
