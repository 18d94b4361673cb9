import Configuration
import Console
import Telephony
import Testing

@Suite("Employees from other exchanges") struct EmployeeImportTests {
    private let office = OfficeFixture(
        """
        set extension 101 name Anna secret first-secret-11
        set department sales name Sales number 200 member 101
        """)

    @Test("MikoPBX's employees: names, secrets, mobiles and forwarding; what is not taken is named")
    func mikopbx() {
        let table = """
            \u{FEFF}number,user_username,user_email,mobile_number,mobile_dialstring,sip_secret,sip_dtmfmode,sip_transport,sip_enableRecording,fwd_ringlength,fwd_forwarding,fwd_forwardingonbusy,fwd_forwardingonunavailable
            101,Анна,,,,first-secret-11,auto,udp,true,45,,,
            201,"Иван Петров",ivan@company.ru,+79991234567,79991234567,SecurePass123!,auto,udp,true,30,200,101,+79991234567
            202,"Maria Johnson",,,,StrongPass456!,rfc4733,tcp,false,45,2200100,,101
            """
        let before = office.document
        let seen = office.run("import staff.csv --check", attached: table)
        #expect(seen.exitCode == 0 && office.document == before)
        #expect(
            seen.output == """
                - set extension 101 name "Anna"
                + set extension 101 name "Анна"
                + set extension 201 name "Иван Петров"
                + set extension 201 secret "********"
                + set extension 201 no-answer after 30s to department sales
                + set extension 201 on-busy to extension 101
                + set extension 201 on-unreachable to external +79991234567
                + set extension 201 mobile +79991234567
                + set extension 202 name "Maria Johnson"
                + set extension 202 secret "********"
                + set extension 202 no-answer after 45s to external 2200100
                + set extension 202 on-unreachable to extension 101
                new: 2, changed: 1, as before: 0
                no errors, nothing changed

                """, "\(seen)")
    }

    @Test(
        "FreePBX's bulk handler: follow-me numbers outside, voicemail with its code, ring time; a loop or a wrong secret stops it all, by the table's line"
    )
    func freepbx() {
        let head =
            "extension,name,description,tech,secret,findmefollow_enabled,findmefollow_grplist,voicemail_enable,voicemail_vmpwd,ringtimer\n"
        let good =
            head
            + "301,Reception,Desk,pjsip,long-secret-301,CHECKED,301-89161234567#,yes,4821,20\n302,Office,,pjsip,REGEN,,303,,,\n"
        let reply = office.run("import ext.csv", attached: good)
        #expect(reply.exitCode == 0, "\(reply)")
        let text = office.document.text()
        for line in [
            "set extension 301 name \"Reception\"", "set extension 301 secret \"long-secret-301\"",
            "set extension 301 mobile 89161234567",
            "set extension 301 no-answer after 20s to voicemail 301", "set extension 301 pin \"4821\"",
            "set extension 302 name \"Office\"",
        ] { #expect(text.contains(line), "\(line)\n\(text)") }
        #expect(!text.contains("REGEN") && reply.errors.contains("description") && reply.errors.contains("tech"))
        #expect(!reply.errors.contains("ringtimer"))
        let before = office.document
        let bad = office.run(
            "import ext.csv", attached: head + "401,Good,,pjsip,long-secret-401,,,,,\n402,Bad,,pjsip,\"a b\",,,,,\n")
        #expect(bad.exitCode == 1 && bad.errors.contains("line 3:") && office.document == before, "\(bad)")
        let twice = office.run("import ext.csv", attached: head + "401,A\n401,B\nx1,C\n")
        #expect(twice.exitCode == 1 && twice.errors.contains("line 3:") && twice.errors.contains("line 4:"))
    }

    @Test("a plain table with or without headings, of a spreadsheet; one without numbers is refused with what is wanted")
    func plain() {
        #expect(office.run("import t.csv", attached: "номер;имя\n103;\"Вера \"\"В\"\"\"\n").exitCode == 0)
        #expect(office.document.displayName("extension", "103") == "Вера \"В\"")
        #expect(office.run("import t.csv", attached: "104;Глеб\n").exitCode == 0)
        #expect(office.document.displayName("extension", "104") == "Глеб")
        let wrong = office.run("import t.csv", attached: "who;where\nAnna;here\n")
        #expect(wrong.exitCode == 1 && wrong.errors.contains("user_username"))
        let nobody = office.run("import t.csv", attached: "number,name,fwd_forwarding\n105,Eve,777\n")
        #expect(nobody.exitCode == 0 && nobody.errors.contains("105's forwarding to 777"))
    }
}
