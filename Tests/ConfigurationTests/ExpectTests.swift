import Configuration
import Telephony
import Testing

@Suite("Expected calls")
struct ExpectTests {
    private let office = """
        set office hours mon-fri 09:00-18:00
        set extension 101
        set extension 102
        set extension 110
        set department sales number 200 member 101 add 10s 110
        set trunk mtt peer 10.0.0.2
        set number +74951234567 trunk mtt scheme office
        set scheme office rule 10 when closed to extension 102
        set scheme office rule 20 when caller anonymous to drop
        set scheme office otherwise to department sales

        """

    private func faults(_ lines: String) throws -> [String] {
        do throws(ConfigurationRefusal) {
            _ = try ConfigurationCandidate(
                loading: office + lines, zones: { _ in Zone(offset: 3 * 3600) }, bytes: { [UInt8](repeating: 7, count: $0) })
            return []
        } catch {
            return error.errors.map { "\($0.line ?? 0): \($0.text.text(in: .en)) | \($0.hint.text(in: .en))" }
        }
    }

    @Test("those that come true let a commit pass: by day, by night, hidden, with a limit, inside")
    func fulfilled() throws {
        let lines = """
            set expect "Monday at noon" call from unknown to +74951234567 at 2026-11-23T12:00 rings department sales within 1s
            set expect "the second joins" call from +79161234567 to +74951234567 at 2026-11-23T12:00 rings extension 110 within 10s
            set expect night call from known to +74951234567 at 2026-11-23T18:00 rings extension 102
            set expect hidden call from anonymous to +74951234567 at 2026-11-23T12:00 rings drop
            set expect inside call from 101 to 102 at 2026-11-23T12:00 rings extension 102
            """
        #expect(try faults(lines) == [])
    }

    @Test("one that does not stops the commit, and says what happens instead")
    func unfulfilled() throws {
        let told = try faults(
            """
            set expect early call from unknown to +74951234567 at 2026-11-23T08:59 rings department sales
            set expect late call from unknown to +74951234567 at 2026-11-23T12:00 rings extension 110 within 5s
            """)
        #expect(
            told == [
                "11: “early” does not come true: department sales does not ring | instead: 0:00 102, 2:00 busy",
                "12: “late” comes true too late: extension 110 rings only after 0:10 | "
                    + "instead: 0:00 department sales, 0:00 101, 0:10 110, 2:00 busy",
            ])
    }

    @Test("they are printed as they were written, and read again")
    func text() throws {
        let line =
            "set expect \"в понедельник\" call from unknown to +74951234567 at 2026-11-23T12:00 rings department sales within 1s\n"
        let candidate = try ConfigurationCandidate(
            loading: office + line, zones: { _ in Zone(offset: 3 * 3600) }, bytes: { [UInt8](repeating: 7, count: $0) })
        #expect(candidate.document.text(section: "expect") == line)
        let again = ConfigurationReading(candidate.document.text()).document
        #expect(again == candidate.document)
    }
}
