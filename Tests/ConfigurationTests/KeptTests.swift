import Configuration
import Telephony
import Testing

@Suite("What is kept is good for the next start") struct KeptTests {
    private let office =
        "set extension 101\nset email smtp smtp.office.lan from pbx@office.lan\nset user admin role installer secret \"$scrypt$14$00$1\"\n"

    @Test("two lines that are right by themselves and too long when they are joined")
    func tooLongTogether() {
        let many = (10...29).map { "email:somebody.with.a.long.name.\($0)@office.lan" }.joined(separator: " ")
        let name = String(repeating: "и", count: 30)
        let text =
            "set email smtp smtp.office.lan from pbx@office.lan\nset voicemail sales name \"\(name)\"\nset voicemail sales recipients 101 \(many)\n"
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 1000 })
        let told = errors(office + text)
        #expect(told.count == 1 && told[0].contains("longer than 1000 bytes"), "\(told)")
        #expect(told[0].contains("set voicemail sales"), "\(told)")
    }

    @Test("two loads that are right by themselves and too many lines together")
    func tooManyTogether() throws {
        let callers = { (range: Range<Int>) in
            range.map { "set caller c\($0) mask 7916\((1_000_000 + $0) % 10_000_000) to extension 101\n" }.joined()
        }
        let first = try load(office + callers(0..<15_000))
        let told = errors(callers(15_000..<21_000), onto: first.document)
        #expect(told.count == 1 && told[0].contains("more than 20000 lines"), "\(told.prefix(3))")
    }

    @Test("a start takes what was in force: expectations, zones and the rules of a newer version only raise a doubt")
    func start() throws {
        let text =
            office + """
                set office timezone Mars/Olympus
                set extension 102 forward to extension 199
                set expect "noon" call from unknown to 101 at 2026-11-23T12:00 rings extension 102 within 1s

                """
        let kept = try ConfigurationCandidate(kept: text, zones: { $0 == "Mars/Olympus" ? nil : .utc }, bytes: counting())
        #expect(kept.settings.office.extensions.keys.sorted() == ["101", "102"])
        #expect(kept.warnings.map { $0.text.text(in: .en) }.contains { $0.contains("Mars/Olympus") })
        #expect(throws: ConfigurationRefusal.self) {
            try ConfigurationCandidate(kept: "sett office name x", bytes: counting())
        }
    }

    @Test("a password that cannot be hashed is refused, not kept as it was typed")
    func unhashed() {
        let text = "set extension 101\nset user admin role installer secret \"eight letters\"\n"
        #expect {
            try ConfigurationCandidate(loading: text, seal: { _ in nil }, bytes: counting())
        } throws: { error in
            (error as? ConfigurationRefusal)?.errors.first?.text.text(in: .en).contains("no memory to hash") ?? false
        }
    }

    @Test("a new department is not given the number of a prompt")
    func promptNumber() throws {
        let candidate = try load("set prompt x number 200 file x.wav\nset extension 101\nset department sales member 101\n")
        #expect(candidate.settings.office.departments["sales"]?.number == "201")
    }
}
