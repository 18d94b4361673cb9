import Configuration
import Simulation
import Telephony
import Testing

@Suite("Masks, ranges and regions, as calls meet them")
struct MasksInTheOffice {
    /// Whoever fits a rule of the caller table rings somebody else than 104.
    private func table(_ rules: String...) throws -> SimulatedOffice {
        let callers = rules.enumerated().map { "set caller rule\($0) mask \($1)\n" }.joined()
        return try salesOffice(members: ["104"], more: callers)
    }

    /// Who rings for a caller of each number.
    private func rung(_ office: SimulatedOffice, _ numbers: String...) throws -> [String] {
        var office = office
        return try numbers.flatMap { try office.offers("+" + $0) }
    }

    @Test("R-153: * is any digits, none of them too")
    func star() throws {
        let office = try table("7495200* to extension 101")
        #expect(try rung(office, "7495200", "74952001234", "749520") == ["101", "101", "104"])
        #expect(try rung(try table("*0077 to extension 101"), "74952000077", "74952000078") == ["101", "104"])
    }

    @Test("R-154: # is one digit: eleven digits fit, ten and twelve do not")
    func hash() throws {
        let office = try table("7495200#### to extension 101")
        #expect(try rung(office, "74952001234", "7495200123", "749520012345") == ["101", "104", "104"])
    }

    @Test("R-155: both ends of a range belong to it, their neighbours do not; reversed or unequal ends are refused")
    func range() throws {
        let office = try table("74952001000-74952001999 to extension 101")
        #expect(
            try rung(office, "74952000999", "74952001000", "74952001999", "74952002000") == ["104", "101", "101", "104"])
        for ends in ["74952001999-74952001000", "7495200-74952001999"] {
            #expect(throws: ConfigurationRefusal.self, "\(ends)") { try table("\(ends) to extension 101") }
        }
    }

    @Test("R-156: three ways to write one block of numbers lead the same calls the same way")
    func equivalent() throws {
        for mask in ["7495200*", "7495200####", "74952000000-74952009999"] {
            let office = try table("\(mask) to extension 101")
            #expect(
                try rung(office, "74952000000", "74952005555", "74952009999", "74952010000") == ["101", "101", "101", "104"],
                "\(mask)")
        }
    }

    @Test(
        "R-156: the most specific mask wins, wherever it is written: exact, the narrower range, # before *; one that gets nothing is told"
    )
    func specific() throws {
        let office = try table(
            "7495200* to extension 101", "7495200#### to extension 102", "74952001000-74952001999 to extension 103",
            "74952001234 to busy")
        #expect(try rung(office, "7495200999", "74952009999", "74952001235", "74952001234") == ["101", "102", "103"])
        let candidate = try ConfigurationCandidate(
            loading: """
                set extension 101
                set extension 102
                set caller first mask 7495200* to extension 101
                set caller second mask 7495200#### to extension 102
                """
        ) { Array(repeating: 7, count: $0) }
        #expect(candidate.warnings.map { $0.text.text(in: .en) }.contains { $0.contains("7495200") }, "\(candidate.warnings)")
    }

    @Test("R-055: countries by their codes, the longest that fits: Kazakhstan is not Russia, nor is Abkhazia; cities by theirs")
    func countries() throws {
        let office = try salesOffice(
            members: ["104"],
            more: """
                set extension 105
                set scheme office rule 10 when caller region de to extension 101
                set scheme office rule 20 when caller region kz to extension 102
                set scheme office rule 30 when caller abroad to extension 103
                set scheme office rule 40 when caller region spb to extension 105

                """)
        #expect(try rung(office, "4930123456", "49891234567", "431234567") == ["101", "101", "103"])
        #expect(try rung(office, "77011234567", "76001234567", "79161234567") == ["102", "102", "104"])
        #expect(try rung(office, "79401234567", "12125551234", "375171234567") == ["103", "103", "103"])
        #expect(try rung(office, "78121234567", "78131234567", "74951234568") == ["105", "104", "104"])
    }

    @Test(
        "R-062: a code that the owner adds holds for the next call, without a restart, and goes again; the call that is up stays")
    func addedCode() throws {
        var office = try salesOffice(
            members: ["104"], more: "set scheme office rule 10 when caller region spb to extension 101\n")
        #expect(try office.offers("+78201234567") == ["104"])
        try office.perform(Deed("vera calls +74951234101"))
        office.run(for: .seconds(1))
        try office.perform(Deed("101 answers"))
        office.run(for: .seconds(1))
        try office.commit("set region spb prefix 7812 7820\nset scheme office rule 10 when caller region spb to extension 102\n")
        #expect(try office.offers("+78201234567") == ["102"])
        #expect(try office.offers("+78121234567") == ["102"])
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(1))
        #expect(office.store.records.last?.result == .answered && office.store.records.last?.employee == "101")
        try office.commit("delete region spb\n")
        #expect(try office.offers("+78201234567") == ["104"])
        #expect(try office.offers("+78121234567") == ["102"], "what is shipped is still there")
    }
}
