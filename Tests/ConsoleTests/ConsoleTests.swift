import Configuration
import Console
import Exchange
import FollowUp
import Telephony
import Testing

@Suite("Command words") struct CommandWordTests {
    @Test(
        "every command, in full, cut short, with its options anywhere",
        arguments: [
            ("show phones", "show phones"), ("sh p", "show phones"), ("show calls --csv", "show calls"),
            ("show numbers", "show numbers"), ("show dep", "show departments"), ("show trunks", "show trunks"),
            ("show health --json", "show health"), ("show extension 101", "show extension N [secret]"),
            ("sh e 101 sec", "show extension N [secret]"),
            ("config load --check - --replace", "config load FILE [--replace] [--check]"),
            ("config show", "config show [SECTION [NAME]] [--secrets]"),
            ("config show extension 101 --secrets", "config show [SECTION [NAME]] [--secrets]"),
            ("config diff", "config diff [N [M]]"), ("config diff 3 5", "config diff [N [M]]"),
            ("config history", "config history"), ("config rollback 4", "config rollback N"), ("", "help […]"),
            ("help", "help […]"), ("help set --x", "help […]"), ("show --help", "help […]"), ("? set", "help […]"),
        ])
    func command(line: String, usage: String) throws {
        #expect(try Invocation(line.split(separator: " ").map(String.init)).syntax.usage == usage)
    }

    @Test("words cut short are said in full, values as they are, options last")
    func words() throws {
        #expect(try Invocation(["sh", "--json", "e", "101", "s"]).words == ["show", "extension", "101", "secret"])
        #expect(
            try Invocation(["conf", "load", "--replace", "f", "--check"]).words == [
                "config", "load", "f", "--check", "--replace",
            ])
    }

    @Test("a grammar of which a word has no help, or a value no meaning, is wrong")
    func grammar() {
        #expect(CommandSyntax.all.flatMap(\.unexplained) == [])
        #expect(Set(CommandSyntax.all.map(\.usage)).count == CommandSyntax.all.count)
        for words in [[], ["show"], ["report", "calls"], ["explain"], ["config"]] {
            let expected = Invocation.expectations(after: words)
            #expect(expected.count > 0)
            for expectation in expected {
                let (ru, en) = (expectation.help.text(in: .ru), expectation.help.text(in: .en))
                #expect(ru.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) } && !en.isEmpty && en != ru)
            }
        }
        #expect(Invocation.expectations(after: ["show", "extension"]).map(\.names) == ["extension"])
        #expect(Invocation.expectations(after: [], role: .employee).map(\.word) == ["my", "help"])
        #expect(throws: UsageError.self) { try Invocation(["show", "phones"], role: .employee) }
        #expect(throws: UsageError.self) { try Invocation(["config", "load", "f"], role: .owner) }
    }

    @Test(
        "wrong usage tells what is wrong and the nearest right usage",
        arguments: [
            ("show ca all", "“all” is one word too many\nusage: apus show calls\n", false),
            ("config r", "the command is not finished: config rollback …\nusage: apus config rollback N\n", false),
            ("repo calls d", "“d” may be day, department\nusage: apus report calls", true),
            ("shwo phones", "unknown word “shwo”\nusage: apus show phones\n", true),
            ("show phnes", "unknown word “phnes”\nusage: apus show phones\n", false),
            ("show phones all", "“all” is one word too many\nusage: apus show phones\n", false),
            ("show extension", "the command is not finished: show extension …\nusage: apus show extension N [secret]\n", false),
            ("show health --csv", "--csv does not go with this command\nusage: apus show health\n", false),
            ("show phones --json --csv", "--json and --csv do not go together\nusage: apus help\n", false),
            (
                "config load", "the command is not finished: config load …\nusage: apus config load FILE [--replace] [--check]\n",
                false
            ),
            ("config rollback x", "“x” is no N\nusage: apus config rollback N\n", false),
            ("report calls day 2026-02-30", "“2026-02-30” is no DATE (2026-12-31)\nusage: apus report calls", true),
            ("tasks claim 1", "the command is not finished: tasks claim 1 …\nusage: apus tasks claim TASK N\n", false),
            ("show bans", "“show bans”: known word, not in this version\n", true),
            ("prompt", "the command is not finished: prompt …\nusage: apus prompt list\n", true),
        ])
    func usage(line: String, message: String, isBeginning: Bool) {
        let words = line.split(separator: " ").map(String.init)
        let told = #expect(throws: UsageError.self) { try Invocation(words) }?.message(in: .en) ?? ""
        #expect(isBeginning ? told.hasPrefix(message) : told == message)
        let reply = OfficeFixture().run(line)
        #expect(reply.exitCode == 2 && reply.output.isEmpty && reply.errors == told)
    }

    @Test("help names every command in both languages")
    func help() {
        for language in Language.allCases {
            let text = Help.text([], language: language, width: 80)
            for syntax in CommandSyntax.all { #expect(text.contains("apus " + syntax.usage.prefix(20))) }
        }
        #expect(Help.text(["set", "office", "language"], language: .ru, width: 80) == "  ru  русский\n  en  английский\n")
    }
}

@Suite("Shows") struct ShowTests {
    private static let commands = [
        "show phones", "show calls", "show numbers", "show departments", "show trunks", "show health", "show extension 101",
        "show extension 102", "show extension 101 secret", "config history", "report calls", "report missed", "show tasks",
        "watch missed", "help", "help set extension 101",
    ]

    @Test(
        "no line is wider than 80 columns, in no language, whatever the names; nothing plays with the terminal",
        arguments: commands)
    func width(command: String) {
        for language in Language.allCases {
            for office in [OfficeFixture.crowded(), OfficeFixture()] {
                let reply = office.run(command, language)
                #expect(reply.exitCode == 0 && !reply.output.isEmpty)
                for line in reply.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
                #expect(!reply.output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
            }
        }
    }

    @Test("where room is short the widest columns are cut, and every column stays to be seen")
    func shortOfRoom() throws {
        let lines = OfficeFixture.crowded().run("show phones").output.split(separator: "\n")
        let head = try #require(lines.first)
        #expect(["PHONE", "NAME", "STATE", "ADDRESS", "SIP", "LEFT", "MODEL"].allSatisfy(head.contains))
        #expect(
            lines.contains { $0.hasPrefix("101 ") && $0.contains("Анна Петр") && $0.contains("talking") && $0.contains("2:05") })
    }

    @Test("the language is the office's where nobody asks for another")
    func language() {
        #expect(OfficeFixture().run("show calls", nil).output == "вызовов нет\n")
        #expect(OfficeFixture("set office language en").run("show calls", nil).output == "no calls\n")
    }

    @Test("phones")
    func phones() {
        let office = OfficeFixture.crowded()
        office.phones.remove(at: 1)
        #expect(
            office.run("show phones", width: 120).output == """
                PHONE             NAME          STATE        ADDRESS        SIP  LEFT  MODEL
                101               Анна Петрова  talking      10.0.0.5:5060  udp  2:05  Yealink SIP-T31P 124.86.0.40
                10345678-kitchen  —             unavailable  —              —       —  —

                """)
        #expect(
            office.run("show phones --json").output
                == #"[{"extension":"101","account":"101","name":"Анна Петрова","state":"talking","contact":"sip:101@10.0.0.5:5060;line=1","#
                + #""transport":"udp","expires":"2026-11-23T12:02:05+03:00","userAgent":"Yealink SIP-T31P 124.86.0.40"},"#
                + #"{"extension":"10345678","account":"10345678-kitchen","name":null,"state":"unavailable","contact":null,"#
                + #""transport":null,"expires":null,"userAgent":null}]"# + "\n")
    }

    @Test("calls")
    func calls() {
        let office = OfficeFixture.crowded()
        #expect(
            office.run("show calls", .ru).output == """
                 №  ОТ            КОМУ          СОСТОЯНИЕ  ИДЁТ  КТО
                12  +74951112233  +74951234567  говорит    1:05  101 говорит, 102 звонит

                """)
        #expect(
            office.run("show calls --json").output
                == #"[{"id":12,"from":"+74951112233","to":"+74951234567","state":"talking","since":"2026-11-23T11:58:55+03:00","#
                + #""legs":[{"target":"101","state":"talking","since":"2026-11-23T11:59:00+03:00"},"#
                + #"{"target":"102","state":"ringing","since":"2026-11-23T12:00:00+03:00"}],"slot":null}]"# + "\n")
    }

    @Test("numbers, their schemes and where they lead in the end")
    func numbers() {
        let office = OfficeFixture(
            """
            set extension 101 name Anna
            set department sales name Sales number 200 member 101
            set number +74951234567 scheme office label Moscow
            set number 7812* direct 101
            set number * scheme gone
            set scheme office otherwise to department sales
            """)
        #expect(
            office.run("show numbers").output == """
                NUMBER        LABEL   TRUNK  SCHEME  LEADS TO
                +74951234567  Moscow  —      office  department sales (Sales)
                7812*         —       —      —       extension 101 (Anna)
                *             —       —      gone    ! nowhere

                """)
        #expect(
            office.run("show numbers --csv").output == """
                number,label,trunk,direct,scheme,target,leads\r
                +74951234567,Moscow,,,office,department sales,true\r
                7812*,,,101,,extension 101,true\r
                *,,,,gone,,false\r

                """)
    }

    @Test("one extension: what holds and where it comes from; secrets only on demand")
    func oneExtension() {
        let office = OfficeFixture.crowded()
        #expect(
            office.run("show extension 101").output == """
                extension 101  Анна Петрова
                  no-answer       after 30s to department sales announce none
                  on-busy         to extension 102  (from extension *)
                  pickup          office  (factory)
                  calls           2  (from extension *)
                  class           national  (factory)
                  auto-answer     on  (factory)
                  record          off  (factory)
                phones
                  101           talking      sip:101@10.0.0.5:5060;line=1  2:05

                """)
        #expect(office.run("show extension 10345678").output.contains("  no-answer       after 2m to busy  (factory)\n"))
        #expect(
            office.run("show extension 10345678 secret").output == "10345678  s3cret-enough\n10345678-kitchen  s3cret-enough\n")
        #expect(!Self.commands.filter { !$0.hasSuffix("secret") }.contains { office.run($0).output.contains("s3cret") })
        #expect(
            office.run("show extension 101 --json").output.hasPrefix(
                #"{"extension":"101","name":"Анна Петрова","settings":[{"key":"no-answer","#
                    + #""value":"after 30s to department sales announce none","origin":"own","from":null},"#
                    + #"{"key":"on-busy","value":"to extension 102","origin":"inherited","from":"extension *"},"#))
        let reply = office.run("show extension 999")
        #expect(reply.exitCode == 1 && reply.errors == "there is no extension 999\n")
    }

    @Test("health")
    func health() {
        let office = OfficeFixture.crowded()
        #expect(
            office.run("show health", .ru).output == """
                версия     0.1
                запущена   2026-11-20 10:59:55
                работает   3 дня 1:00:05
                часы       ! не проверены: нет сроков и расписания; если верны — clock trust
                телефонов  3
                вызовов    1
                настройки  1
                sip        принято 10, отвергнуто 2
                store      written 5
                ! store: 2026-11-23 11:59:00 диск полон

                """)
        #expect(
            office.run("show health --json").output
                == #"{"version":"0.1","startedAt":"2026-11-20T10:59:55+03:00","uptime":262805,"clock":"untrusted","phones":3,"#
                + #""calls":1,"revision":1,"parts":[{"part":"sip","counters":{"received":10,"refused":2},"fault":null},"#
                + #"{"part":"store","counters":{"written":5},"fault":{"at":"2026-11-23T11:59:00+03:00","text":"the disk is full"}}]}"#
                + "\n")
    }

    @Test("a report asks for the office's days and normalises the number")
    func report() throws {
        let office = OfficeFixture.crowded()
        let reply = office.run("report calls yesterday number 84951234567 --json")
        let midnight = CivilTime(year: 2026, month: 11, day: 22, offset: OfficeFixture.offset).utc
        #expect(try #require(office.asked).0.utc == midnight..<(midnight + 86_400_000))
        #expect(try #require(office.asked).1 == .number("+74951234567"))
        #expect(reply.output.hasPrefix(#"[{"id":3,"at":"2026-11-23T11:59:00+03:00","direction":"in","#))
        #expect(
            office.run("report calls department gone").errors == "there is no department gone now; calls of the past are shown\n")
    }
}
