import Configuration
import Routing
import Testing

@Suite("office owner and hook") struct OwnerTests {
    @Test("R-053 C-2 C-8: what is written holds, and prints back in one form")
    func compiled() throws {
        let text = """
            set office owner source hook crm
            set office owner timer 25s
            set office owner learn last
            set office owner respect-office-hours on
            set office owner fallback extension 102
            set extension 101 secret "s3cret-enough"
            set extension 102 secret "s3cret-enough"
            set hook crm url https://crm.example.net:8443/owner?key=1 timeout 900ms
            set hook old url http://[::1]:80

            """
        let candidate = try load(text)
        let office = candidate.settings.office
        #expect(
            office.owners
                == OwnerRules(
                    source: .hook("crm"), timer: .seconds(25), learning: .last, fallback: .extension("102"),
                    respectsOfficeHours: true, patience: .milliseconds(950)))
        #expect(
            office.hooks == [
                "crm": LookUpHook("crm", url: "https://crm.example.net:8443/owner?key=1", timeout: .milliseconds(900)),
                "old": LookUpHook("old", url: "http://[::1]:80"),
            ])
        #expect(candidate.document.text() == text)
        let later = try load("set office owner source book\ndelete office owner fallback\n", onto: candidate.document)
        #expect(later.settings.office.owners == OwnerRules(timer: .seconds(25), learning: .last, respectsOfficeHours: true))
    }

    @Test("where nothing is set the book is believed and clients are learnt on answer")
    func factory() throws {
        #expect(try load("set extension 101\n").settings.office.owners == OwnerRules())
    }

    @Test("a hook in use cannot be deleted; an owner rings no longer than the trunk lets him")
    func whole() throws {
        let base = try load("set hook crm url http://a\nset office owner source hook crm\n").document
        #expect(errors("delete hook crm", onto: base).first?.contains("hook crm is still used by office owner") == true)
        let long = try load(
            "set trunk x peer 10.0.0.1 ringing-limit 15s\nset office owner timer 20s\nset route a mask * class internal trunk x\n"
        )
        #expect(long.warnings.map(told).contains { $0.hasPrefix("2: 20s is longer than trunk x") })
    }
}
