import Configuration
import Testing

@Suite("Where a decision's line comes from") struct SourceTests {
    private let document = ConfigurationReading(
        """
        set office owner source book
        set extension * class national
        set extension 101 name "Анна" class local
        set extension 102
        set department sales name "Отдел продаж" number 200 member 101 priority 8
        set scheme office rule 10 when closed to extension 102
        set scheme office otherwise to department sales
        set trunk mtt peer 10.0.0.2
        set route world mask 810* trunk mtt
        """
    ).document

    @Test(
        "as it stands, its beginning, everybody's, or none",
        arguments: [
            ("set extension 101", "set extension 101"), ("set extension 102", "set extension 102"),
            ("set extension 101 class local", "set extension 101 class local"),
            ("set extension 102 class national", "set extension * class national"),
            ("set extension 102 calls 1", nil), ("set office owner source book", "set office owner source book"),
            ("set office owner respect-office-hours on", nil), ("set office no-answer after 2m to busy", nil),
            ("set department sales number 200", "set department sales number 200"),
            ("set department sales strategy all", nil), ("set department sales member 101", "set department sales member 101"),
            ("set scheme office rule 10 when closed to extension 102", "set scheme office rule 10 when closed to extension 102"),
            ("set route world mask 810*", "set route world mask 810*"), ("set route world class international", nil),
            ("set parking", nil),
        ] as [(String, String?)])
    func sources(line: String, source: String?) { #expect(document.source(of: line) == source) }
}
