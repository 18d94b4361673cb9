import Configuration
import Simulation
import Telephony
import Testing

/// Everybody who is not sent elsewhere comes to 101. The clock begins on Monday 2026-11-23 at 10:00.
private let base = """
    set extension 101
    set extension 102
    set extension 103
    set trunk mtt peer 203.0.113.10
    set number +74951234567 trunk mtt scheme office
    set scheme office otherwise to extension 101
    set route out mask * trunk mtt

    """

extension SimulatedOffice {
    /// Who rings for a call of `caller` to the office's number, which he gives up after a second.
    fileprivate mutating func rings(for caller: String) throws -> [String] {
        let before = rung.count
        try perform(Deed("\(caller) calls +74951234567"))
        run(for: .seconds(1))
        let rung = Array(rung.dropFirst(before))
        try perform(Deed("\(caller) hangs up"))
        run(for: .seconds(1))
        return rung
    }

    /// An installer commits these lines.
    fileprivate mutating func commit(_ lines: String) throws {
        let candidate = try ConfigurationCandidate(loading: lines, onto: try #require(document), replace: false) {
            Array(repeating: 7, count: $0)
        }
        document = candidate.document
        reconfigure(candidate.settings)
    }

    /// Lets time pass until this second of the clock of the first day.
    fileprivate mutating func wait(untilHour hour: Int, minute: Int = 0, second: Int = 0) {
        let wanted = Duration.seconds((hour - 10) * 3600 + minute * 60 + second)
        run(for: wanted - (now - .zero))
    }
}

@Suite("Masks of the caller table, at the call")
struct MasksInTheOffice {
    @Test(
        "R-153: * is any sequence, also none, anywhere",
        arguments: [
            ("+7495200", "102"), ("+74952001234", "102"), ("+74951001234", "101"),
        ])
    func anySequence(caller: String, rings: String) throws {
        var office = try office(base + "set caller a mask 7495200* to extension 102\n")
        #expect(try office.rings(for: caller) == [rings])
    }

    @Test(
        "R-154: # is one digit exactly: eleven digits fit, ten and twelve do not",
        arguments: [
            ("+74952001234", "102"), ("+7495200123", "101"), ("+749520012345", "101"),
        ])
    func oneDigit(caller: String, rings: String) throws {
        var office = try office(base + "set caller a mask 7495200#### to extension 102\n")
        #expect(try office.rings(for: caller) == [rings])
    }

    @Test(
        "R-155: both ends of a range are in it, the number after it is not",
        arguments: [
            ("+74952000000", "102"), ("+74952000500", "102"), ("+74952000501", "101"), ("+74951999999", "101"),
        ])
    func range(caller: String, rings: String) throws {
        var office = try office(base + "set caller a mask 74952000000-74952000500 to extension 102\n")
        #expect(try office.rings(for: caller) == [rings])
    }

    @Test(
        "R-155: a range whose end comes before its beginning, or is of another length, is refused",
        arguments: [
            "74952000500-74952000000", "74952000000-7495200050",
        ])
    func wrongRange(mask: String) {
        #expect(throws: (any Error).self) { try office(base + "set caller a mask \(mask) to extension 102\n") }
    }

    @Test(
        "R-156: one thousand numbers written in three ways are the same numbers",
        arguments: [
            "7495200*", "7495200####", "74952000000-74952009999",
        ])
    func equivalent(mask: String) throws {
        var office = try office(base + "set caller a mask \(mask) to extension 102\n")
        for caller in ["+74952000000", "+74952005555", "+74952009999"] { #expect(try office.rings(for: caller) == ["102"]) }
        #expect(try office.rings(for: "+74952010000") == ["101"])
    }

    @Test("R-156: the most specific wins: the number itself, then the narrower range, then more fixed digits")
    func specific() throws {
        var office = try office(
            base + """
                set caller wide mask 7495* to extension 101
                set caller narrow mask 74952000000-74952009999 to extension 102
                set caller exact mask 74952001111 to extension 103

                """)
        #expect(try office.rings(for: "+74952001111") == ["103"])
        #expect(try office.rings(for: "+74952001112") == ["102"])
        #expect(try office.rings(for: "+74953001112") == ["101"])
    }

    @Test(
        "R-055: a country by the longest prefix of its number; +7 7 is Kazakhstan and not Russia",
        arguments: [
            ("+74957654321", "101"), ("+77172123456", "102"), ("+4930123456", "102"), ("+12025550100", "102"),
            ("+375291234567", "102"),
        ])
    func countries(caller: String, rings: String) throws {
        var office = try office(base + "set scheme office rule 10 when caller abroad to extension 102\n")
        #expect(try office.rings(for: caller) == [rings])
    }

    @Test("R-062: a city's code that is added holds for the next call, without a restart")
    func addedCode() throws {
        var office = try office(base + "set scheme office rule 10 when caller region spb to extension 102\n")
        #expect(try office.rings(for: "+78121234567") == ["102"])
        #expect(try office.rings(for: "+78135551234") == ["101"])
        try office.commit("set region spb prefix 781355")
        #expect(try office.rings(for: "+78135551234") == ["102"])
    }

    @Test("D-10: the order of members is data: the one that was committed last holds for the next call")
    func order() throws {
        var office = try office(
            base + """
                set department sales number 200 strategy linear
                set department sales member 102
                set department sales member 103
                set scheme office otherwise to department sales

                """)
        #expect(try office.rings(for: "+74957654321") == ["102"])
        try office.commit("delete department sales member 102\nset department sales member 102")
        #expect(try office.rings(for: "+74957654321") == ["103"])
    }
}

@Suite("Hours and holidays, at the call")
struct HoursInTheOffice {
    @Test(
        "R-057: the second before closing and the second of closing are on their own sides",
        arguments: [
            (20, 59, 59, "101"), (21, 0, 0, "102"),
        ])
    func closing(hour: Int, minute: Int, second: Int, rings: String) throws {
        var office = try office(
            base + "set office hours daily 10:00-21:00\nset scheme office rule 10 when closed to extension 102\n")
        office.wait(untilHour: hour, minute: minute, second: second)
        #expect(try office.rings(for: "+74957654321") == [rings])
    }

    @Test(
        "R-010: nobody answers: after the time it goes to a colleague or a department, as the person's line says",
        arguments: [
            "extension 102", "department sales",
        ])
    func forwarded(target: String) throws {
        timeline(
            try office(
                base + """
                    set extension 101 no-answer after 20s to \(target) announce none
                    set department sales number 200 member 102

                    """),
            """
             0.0  vera calls +74951234567  → 101 rings, vera hears ringback
            20.0  ·                        → 101 released (noAnswer), 102 rings
            22.0  102 answers              → vera answered, vera ↔ 102
            25.0  vera hangs up            → record vera→+74951234567 by 102 wait 22.0 talk 3.0, 102 released (normalClearing)
            """)
    }
}
