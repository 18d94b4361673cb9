import CallControl
import Console
import FollowUp
import Routing
import Telephony
import Testing

@Suite("explain call")
struct ExplainTests {
    private var office: OfficeFixture {
        let office = OfficeFixture()
        office.rehearsal.layers = [
            Explanation(.number, .taken, Catalogue.numberTakes("74951234567", "*"), line: "set number *"),
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
                      set number *
                  × 103 has no phone registered
                Who rings
                  0:00–0:30  101
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
                == #"{"layers":[{"layer":"number","verdict":"taken","because":"the number 74951234567 fits *","line":"set number *"},"#
                + #"{"layer":"extension","verdict":"passed","because":"103 has no phone registered","line":null}],"#
                + #""rings":[{"target":"101","from":0,"until":30},{"target":"79161234567","from":30,"until":null}],"#
                + #""then":"busy","cause":null,"route":"mtt"}"# + "\n")
    }

    @Test("at an office time: its own moment, trusted")
    func time() {
        let office = office
        #expect(office.run("explain call from 1 to 2 at 2027-01-04T12:30", .en).exitCode == 0)
        #expect(office.rehearsedAt?.civil.iso8601 == "2027-01-04T12:30:00+03:00" && office.rehearsedAt?.clockTrust == .trusted)
        for wrong in ["2027-01-04", "2027-01-04T24:00", "2027-02-30T12:00", "noon", "2027-01-04T12:5"] {
            #expect(office.run("explain call from 1 to 2 at \(wrong)", .en).exitCode == 2, "\(wrong)")
        }
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
                      set office owner source book
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
