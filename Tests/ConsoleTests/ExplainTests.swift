import CallControl
import Console
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
}
