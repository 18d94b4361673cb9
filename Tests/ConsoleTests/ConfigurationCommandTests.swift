import Configuration
import Console
import Telephony
import Testing

@Suite("config …") struct ConfigurationCommandTests {
    @Test("load puts a revision in force and warns; the same again makes none")
    func load() {
        let office = OfficeFixture()
        let text = "set extension 105 name Anna secret 1234\n"
        let reply = office.run("config load office.txt", attached: text)
        #expect(reply.exitCode == 0 && reply.output == "revision 2 is in force\n")
        #expect(
            reply.errors
                == "warning, line 1: the secret of 105 is weak\n   12 or more different letters and digits; without secret one is generated\n"
        )
        #expect(office.revisions.last?.comment == "load office.txt")
        #expect(office.document.item("extension", "105") != nil && office.document.item("extension", "101") != nil)
        let again = office.run("config load office.txt --json", attached: text)
        #expect(again.output == #"{"revision":2,"warnings":[{"line":1,"text":"the secret of 105 is weak"}]}"# + "\n")
        #expect(office.revisions.count == 2)
    }

    @Test("a wrong file is refused with all its errors, and nothing is applied")
    func refused() {
        let office = OfficeFixture()
        let before = office.document
        let text = "set extension 105 name Anna\nset extension 105 forward to extension 999\nset ofice name x\n"
        let reply = office.run("config load office.txt", .ru, attached: text)
        #expect(reply.exitCode == 1 && reply.output.isEmpty)
        #expect(
            reply.errors == """
                2 ошибки, ничего не изменено:
                1. строка 2: extension 999 не существует
                   заведите: set extension 999 …; есть 101, 102, 103, 104, 105
                2. строка 3: неизвестное слово «ofice»
                   может быть, office?

                """)
        let json = office.run("config load office.txt --json", attached: text)
        #expect(json.exitCode == 1)
        #expect(
            json.output
                == #"{"errors":[{"line":2,"text":"there is no extension 999","#
                + #""hint":"make it: set extension 999 …; there are 101, 102, 103, 104, 105"},"#
                + #"{"line":3,"text":"unknown word “ofice”","hint":"did you mean office?"}]}"# + "\n")
        #expect(office.document == before && office.revisions.count == 1)
        #expect(
            office.run("config load f", attached: "set office timezone Mars/Olympus").errors.contains(
                "no time zone “Mars/Olympus”"))
        #expect(office.run("config load f").exitCode == 1)
    }

    @Test("--check changes nothing, --replace starts from nothing, a full disk leaves all as it was")
    func options() {
        let office = OfficeFixture()
        let check = office.run("config load f --check", attached: "set extension 105")
        #expect(check.output == "no errors, nothing changed\n" && office.revisions.count == 1)
        office.isDiskFull = true
        let full = office.run("config load f", attached: "set extension 105")
        #expect(full.exitCode == 1 && full.errors == "the disk is full\n" && office.revisions.count == 1)
        office.isDiskFull = false
        #expect(office.run("config load f --replace", attached: "set extension 101\n").exitCode == 0)
        #expect(office.document.text() == "set extension 101 secret \"abcdefghijkmnpqr\"\n")
        #expect(office.revisions.last?.comment == "load f --replace")
    }

    @Test("show masks secrets; what it prints loads back to the same")
    func show() {
        let office = OfficeFixture()
        let shown = office.run("config show").output
        #expect(shown.contains("set extension 101 secret \"********\"\n"))
        #expect(office.run("config load - --replace", attached: shown).output == "no changes, revision 1 is in force\n")
        #expect(office.run("config show --secrets").output == office.document.text())
        #expect(office.run("config show department sales").output.split(separator: "\n").count == 5)
        #expect(
            office.run("config show scheme --json").output
                == #"{"revision":1,"lines":["set scheme office otherwise to department sales"]}"# + "\n")
        #expect(office.run("config show ofice").exitCode == 1)
        #expect(office.run("config show extension 999").errors == "there is no extension 999\n")
    }

    @Test("history, differences and the way back")
    func history() {
        let office = OfficeFixture()
        #expect(office.run("config diff").errors == "there is no earlier revision\n")
        _ = office.run("config load a.txt", attached: "set extension 101 name Anna")
        _ = office.run("config load b.txt", attached: "set extension 101 name Boris\ndelete extension 104")
        #expect(
            office.run("config history").output == """
                REVISION  WHEN                 BY       COMMENT
                      *3  2026-11-23 12:00:00  apus     load b.txt
                       2  2026-11-23 12:00:00  apus     load a.txt
                       1  2026-11-23 11:00:00  factory

                """)
        #expect(
            office.run("config diff").output == """
                - set extension 101 name "Anna"
                + set extension 101 name "Boris"
                - set extension 104 secret "********"

                """)
        #expect(office.run("config diff 1 2").output == "+ set extension 101 name \"Anna\"\n")
        #expect(office.run("config diff 3").output == "revisions 3 and 3 are the same\n")
        #expect(office.run("config rollback 9").errors == "there is no revision 9\n")
        let first = office.revisions[0].text
        #expect(office.run("config rollback 1").output == "revision 4 is in force\n")
        #expect(office.document.text() == first && office.revisions.last?.comment == "rollback 1")
    }
}
