import Configuration
import Telephony
import Testing

@Suite("Round trips") struct RoundTripTests {
    /// A random office that is right: any key of the schema may be set, any target exists.
    private struct Author {
        var dice: Dice
        private let people = ["101", "102", "1003"], groups = ["sales", "help"]

        init(seed: UInt64) { dice = Dice(seed: seed) }

        mutating func pick<T>(_ options: [T]) -> T { options[dice.roll(options.count)] }

        mutating func text() -> String {
            let name = (0..<dice.roll(12)).map { _ in pick(["a", "Я", " ", "\\\"", "\\\\", "#", "ё", "-", "😀"]) }.joined()
            return "\"\(name)\""
        }

        mutating func target() -> String { pick(["busy", "drop", "external 8495123456\(dice.roll(10))"]) }

        mutating func line() -> String {
            let person = "set extension \(pick(people))", group = "set department \(pick(groups))"
            let after = "no-answer after \(1 + dice.roll(59))\(pick(["s", "m"])) to"
            switch dice.roll(18) {
            case 0: return "set office name \(text())"
            case 1: return "set sip session-timer \(90 + dice.roll(900))s"
            case 2: return "set sip listen \(pick(["udp", "tcp"])) 127.0.0.\(1 + dice.roll(3)):\(5060 + dice.roll(3))"
            case 3:
                return
                    "set media codecs \(pick(["alaw", "ulaw g722", "g722 alaw ulaw"])) ports \(2000 * (5 + dice.roll(9)))-30000"
            case 4: return "\(person) name \(text()) class \(pick(["internal", "international"]))"
            case 5: return "\(person) secret \(pick(["a\\b\\\\c-d-e-f", "\"q\\\"uote-quote\"", "abcdefgh12345"]))"
            case 6: return "\(person) phone \(pick(["hall", "desk"])) secret se{cre}t-\(dice.roll(99))-xyz"
            case 7: return "\(person) \(after) \(target()) \(pick(["", "announce none"]))"
            case 8: return "set extension * \(after) \(target()) calls \(1 + dice.roll(16))"
            case 9: return "\(group) member \(pick(people)) name \(text()) strategy \(pick(["all", "sequential"]))"
            case 10: return "\(group) \(after) \(target())"
            case 11:
                return
                    "set number \(pick(["+7 495 123-45-6", "8495200####", "7495200*", "8495300000"]))\(dice.roll(9)) direct 101 label \(text())"
            case 12: return "set number * scheme \(pick(["a", "b"]))"
            case 13: return "set trunk \(pick(["x", "y"])) channels \(5 + dice.roll(9)) reserve-in \(dice.roll(4))"
            case 14: return "set route \(pick(["r", "s"])) mask \(pick(["8##########", "#######", "810*"])) trunk x then y"
            case 15:
                let rule = pick(["source hook crm", "source book", "timer 20s", "learn last", "fallback extension 102"])
                return "set office owner \(rule)"
            case 16: return "set hook crm url http://10.0.0.1:8900/x?y=1 timeout \(pick(["700ms", "2s"]))"
            default: return "\(person) \(pick(["on-busy", "on-unreachable", "forward"])) to \(target())"
            }
        }

        mutating func office() -> String {
            let base = """
                set extension 101 class international
                set extension 102
                set extension 1003
                set department sales member 101
                set department help member 102
                set scheme a otherwise to department sales
                set scheme b otherwise to busy
                set trunk x peer 10.0.0.1
                set trunk y peer 10.0.0.2
                set hook crm url https://crm.example.net
                set route all mask * class internal trunk y then x
                """
            return base + "\n" + (0..<(5 + dice.roll(40))).map { _ in line() }.joined(separator: "\n")
        }
    }

    @Test("read(text(document)) is the document, for 300 random offices; a second round changes no letter", arguments: 0..<300)
    func random(seed: Int) {
        var author = Author(seed: UInt64(seed))
        let reading = ConfigurationReading(author.office())
        // A mask pasted together at random may be none: such a line sets nothing, the others do.
        let document = reading.document
        #expect(reading.errors.isEmpty)
        let text = document.text()
        let again = ConfigurationReading(text)
        #expect(again.errors.isEmpty)
        #expect(again.document == document)
        #expect(again.document.text() == text)
        #expect(again.document.compiled == document.compiled)
    }

    @Test("masked texts and replacements change nothing", arguments: 0..<50)
    func masked(seed: Int) {
        var author = Author(seed: UInt64(seed))
        let document = ConfigurationReading(author.office()).document
        #expect(ConfigurationReading(document.text(maskingSecrets: true), onto: document, replace: true).document == document)
        #expect(document.difference(from: document).isEmpty)
    }

    @Test("a difference applied as lines makes the newer one of the older", arguments: 0..<50)
    func difference(seed: Int) {
        var author = Author(seed: UInt64(seed))
        let (old, new) = (ConfigurationReading(author.office()).document, ConfigurationReading(author.office()).document)
        let (removed, added) = new.difference(from: old).reduce(into: (Set<String>(), Set<String>())) { sets, line in
            switch line {
            case .removed(let text): sets.0.insert(text)
            case .added(let text): sets.1.insert(text)
            }
        }
        let lines = { (document: ConfigurationDocument) in
            Set(document.text(maskingSecrets: true).split(separator: "\n").map(String.init))
        }
        #expect(lines(old).subtracting(removed).union(added).isSuperset(of: lines(new)))
        #expect(added.isSubset(of: lines(new)) && removed.isSubset(of: lines(old)))
    }

    @Test("noise never crashes and never passes unnoticed", arguments: 0..<200)
    func noise(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        let words = [
            "set", "delete", "extension", "101", "*", "\"", "\\", "#", "to", "after", "30s", "office", "no-answer", "+7", "(495)",
            "\u{301}", "😀", "\t",
        ]
        for _ in 0..<20 {
            let line = (0..<dice.roll(12)).map { _ in words[dice.roll(words.count)] }.joined(
                separator: dice.chance(1, in: 2) ? " " : "")
            let reading = ConfigurationReading(line)
            if reading.errors.isEmpty { #expect(ConfigurationReading(reading.document.text()).document == reading.document) }
            _ = Schema.current.expectations(after: line)
        }
    }
}
