import CallControl
import Console
import Exchange
import FollowUp
import Host
import Routing
import Telephony
import Testing

@Suite("explain call")
struct ExplainTests {
    private var office: OfficeFixture {
        let office = OfficeFixture(Self.settings)
        office.rehearsal.layers = [
            Explanation(.number, .taken, Catalogue.numberTakes("74951234567", "*"), line: "set number +74951234567"),
            Explanation(.extension, .passed, Catalogue.hasNoPhone("103")),
        ]
        office.rehearsal.rings = [
            .init(target: "101", trunk: nil, from: .zero, until: .seconds(30)),
            .init(target: "79161234567", trunk: "mtt", from: .seconds(30), until: nil),
        ]
        office.rehearsal.ending = .busyTone(after: .seconds(90))
        return office
    }

    @Test("in both languages: why, who rings when, and then")
    func text() {
        #expect(
            office.run("explain call from 79160000000 to 74951234567", .en).output == """
                Why
                  → the number 74951234567 fits *
                      set number +74951234567
                  × 103 has no phone registered
                Who rings
                  0:00–0:30  101 Анна
                  0:30–  79161234567 mtt
                If nobody answers
                  after 1:30 the busy tone, then release

                """)
        #expect(office.run("explain call from 1 to 2", .ru).output.contains("через 1:30 короткие гудки и отбой"))
    }

    @Test("the JSON's keys stay")
    func json() {
        #expect(
            office.run("explain call from 1 to 2 --json", .en).output
                == #"{"layers":[{"layer":"number","verdict":"taken","because":"the number 74951234567 fits *","line":"set number +74951234567"},"#
                + #"{"layer":"extension","verdict":"passed","because":"103 has no phone registered","line":null}],"#
                + #""rings":[{"target":"101","from":0,"until":30},{"target":"79161234567","from":30,"until":null}],"#
                + #""then":"busy","cause":null,"route":"mtt"}"# + "\n")
    }

    @Test("at an office time: its own moment, trusted")
    func time() {
        let office = office
        #expect(office.run("explain call from 1 to 2 at 2027-01-04T12:30", .en).exitCode == 0)
        #expect(office.rehearsedAt?.civil.iso8601 == "2027-01-04T12:30:00+03:00" && office.rehearsedAt?.clockTrust == .trusted)
        for (time, moment) in [
            ("2027-01-04T12:30:59", "2027-01-04T12:30:59"), ("2027-01-04T12:30+05:00", "2027-01-04T10:30:00"),
            ("2027-01-04T12:30:07Z", "2027-01-04T15:30:07"), ("2027-01-03T23:30-03:30", "2027-01-04T06:00:00"),
        ] {
            #expect(office.run("explain call from 1 to 2 at \(time)", .en).exitCode == 0)
            #expect(office.rehearsedAt?.civil.iso8601 == moment + "+03:00")
        }
        for wrong in [
            "2027-01-04", "2027-01-04T24:00", "2027-02-30T12:00", "noon", "2027-01-04T12:5", "2027-01-04T12:30:60",
            "2027-01-04T12:30:00:00", "2027-01-04T12:30+3", "2027-01-04T12:30z", "2027-01-04T12:30+24:00",
            "2027-01-04T12:30Z+01:00",
        ] {
            #expect(office.run("explain call from 1 to 2 at \(wrong)", .en).exitCode == 2, "\(wrong)")
        }
    }

    @Test("a time that the clocks leave out is said to be none; one that they show twice is the first; now is now")
    func changeOfClocks() throws {
        let office = office
        office.zone = try #require(Zone(named: "Europe/Berlin"))
        let gone = office.run("explain call from 1 to 2 at 2027-03-28T02:30", .en)
        #expect(
            gone.exitCode == 1
                && gone.errors == "there is no 2027-03-28T02:30 in Europe/Moscow: the clocks are set forward over it; "
                    + "the clocks show 2027-03-28T03:30 then\n"
        )
        #expect(office.run("clock reckon 2027-03-28T02:30").exitCode == 1)
        #expect(office.run("clock reckon 2027-03-28T02:30Z").output == "1806201000000\n")
        _ = office.run("explain call from 1 to 2 at 2027-10-31T02:30")
        #expect(office.rehearsedAt?.civil.iso8601 == "2027-10-31T02:30:00+02:00")
        _ = office.run("explain call from 1 to 2 at 2027-10-31T02:30+01:00")
        #expect(office.rehearsedAt?.civil.iso8601 == "2027-10-31T02:30:00+01:00")
        _ = office.run("explain call from 1 to 2")
        #expect(office.rehearsedAt == nil)
    }

    @Test("of another time every phone is there, and one that is not now is marked; of now nothing is")
    func missingPhones() {
        let office = office
        office.phones = [
            PhoneView(extension: "101", account: "101"), PhoneView(extension: "102", account: "102", contact: "sip:a"),
        ]
        let planned = office.run("explain call from 1 to 2 at 2027-01-04T12:30", .en).output
        #expect(planned.contains("  0:00–0:30  101 Анна (no phone registered now)\n  0:30–  79161234567 mtt\n"))
        let json = office.run("explain call from 1 to 2 at 2027-01-04T12:30 --json", .en).output
        #expect(json.contains(#"{"target":"101","from":0,"until":30,"isThere":false}"#))
        #expect(json.contains(#""until":null,"isThere":true}"#))
        #expect(!office.run("explain call from 1 to 2", .en).output.contains("now"))
    }

    @Test("only lines that there are are cited; what holds without one is said to be so; what was in force then is what counts")
    func citations() {
        let office = office
        let lines = [
            "set extension 102 class internal", "set department sales number 200", "set department sales strategy all",
            "set office owner respect-office-hours on",
        ]
        office.rehearsal.layers = lines.map { Explanation(.department, .taken, Catalogue.noPhoneNow, line: $0) }
        let cited = office.run("explain call from 1 to 2", .en).output.split(separator: "\n").filter { $0.hasPrefix("      ") }
        #expect(
            cited.map { $0.dropFirst(6) } == [
                "by default: set extension 102 class internal", "set department sales number 200",
                "by default: set department sales strategy all", "by default: set office owner respect-office-hours on",
            ])
        #expect(
            office.run("explain call from 1 to 2 --json", .en).output.split(separator: "\"line\":").dropFirst()
                .map { $0.prefix { $0 != "}" } } == ["null", "\"set department sales number 200\"", "null", "null"])
        let past = past
        past.records[0].reasons[0].line = "set office owner timer 7s"
        past.records[0].at -= 1000
        #expect(past.run("config load f", attached: "set office owner timer 7s").exitCode == 0)
        #expect(past.run("explain 17", .en).output.contains("      by default: set office owner timer 7s\n"))
        past.records[0].at += 1000
        #expect(past.run("explain 17", .en).output.contains("      set office owner timer 7s\n"))
    }

    @Test("a call to a code says what the code does; only an old call's reasons are forgotten")
    func withoutReasons() {
        let office = OfficeFixture(Self.settings)
        office.records = ["*21*102", "102"].enumerated().map { number, dialled in
            CallRecord(
                id: CallID(number + 1), at: OfficeFixture.noon, utcOffset: OfficeFixture.offset, direction: .internal,
                from: "101",
                to: dialled)
        }
        #expect(office.run("explain 1", .en).output.contains("the code *21*102 was dialled: "))
        #expect(office.run("explain last", .en).output.contains("there was nothing to decide"))
        office.records[1].id = CallID(20_001)
        office.records[0].to = "102"
        #expect(office.run("explain 1", .en).output.contains("reasons are kept for the last 20 000 calls only"))
    }

    @Test(
        "wrong usage tells what is missing",
        arguments: ["explain", "explain call", "explain call from 1", "explain call from 1 to"])
    func usage(line: String) {
        let reply = office.run(line, .en)
        #expect(reply.exitCode == 2 && reply.errors.contains("explain call from NUMBER to NUMBER [at"))
    }

    private var past: OfficeFixture {
        let office = OfficeFixture(Self.settings)
        var call = CallRecord(
            id: CallID(17), at: OfficeFixture.noon, utcOffset: OfficeFixture.offset, direction: .incoming, from: "+79161234567",
            to: "+74951234567")
        call.reasons = [
            Explanation(.owner, .taken, Catalogue.ownerTakes("101", "Анна"), line: "set office owner source book"),
            Explanation(.extension, .passed, Catalogue.hasNoPhone("103")),
        ]
        call.legs = [
            .init(target: "101", at: OfficeFixture.noon, rang: .seconds(20), outcome: .noAnswer),
            .init(target: "102", at: OfficeFixture.noon + 20_000, rang: .seconds(5), outcome: .answered),
        ]
        (call.result, call.cause, call.wait, call.talk) = (.answered, .normalClearing, .seconds(25), .seconds(65))
        office.records = [call]
        return office
    }

    private static let settings = """
        set extension 101 name "Анна"
        set extension 102
        set department sales number 200 member 101
        set department support number 201 member 102
        set trunk mtt peer 10.0.0.2
        set number +74951234567 trunk mtt scheme office
        set scheme office otherwise to department sales
        """

    @Test("a call that happened: the reasons kept with it, who was rung, how it ended; the last one is found without its number")
    func happened() {
        let told = past.run("explain 17", .ru).output
        #expect(
            told == """
                Звонок 17, 2026-11-23 12:00:00, с +79161234567 на +74951234567
                Почему
                  → ответственный за клиента — 101 Анна
                      по умолчанию: set office owner source book
                  × у 103 нет подключённого телефона
                Кому звонило
                  0:00–0:20  101 Анна: не ответил
                  0:20–0:25  102: ответил
                Чем кончилось
                  отвечен; ожидание 0:25, разговор 1:05; причина normalClearing (Q.850 16)

                """)
        #expect(past.run("explain last", .ru).output == told)
        #expect(past.run("explain 18").exitCode == 1 && OfficeFixture().run("explain last").exitCode == 1)
        let json = past.run("explain 17 --json", .en).output
        #expect(
            json.hasPrefix(#"{"id":17,"layers":[{"layer":"owner","verdict":"taken","because":"the client's owner is 101 Анна","#))
        #expect(json.contains(#""rings":[{"target":"101","from":0,"until":20,"outcome":"noAnswer"}"#))
    }

    @Test("replay prints only what would go another way, and touches nothing")
    func replay() {
        let office = past
        let before = office.document
        let changed = office.run(
            "replay today with FILE", .ru, attached: "set scheme office otherwise to department support")
        #expect(
            changed.output == """
                2026-11-23 12:00:00 +79161234567 → +74951234567
                  СЕЙЧАС    0:00 department sales, 0:00 101, 2:00 busy
                  ПО ФАЙЛУ  0:00 department support, 0:00 102, 2:00 busy
                Из 1 иначе пошёл бы 1 звонок

                """)
        #expect(office.run("replay today with F", .ru, attached: "set extension 103").output == "1 звонок: пошёл бы так же\n")
        #expect(office.run("replay today with F", attached: "set extension x").exitCode == 1)
        #expect(office.document == before)
    }
}
