import Console
import Telephony
import Testing

@Suite("Control socket") struct ControlWireTests {
    private func body(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        let length = try ControlWire.length(head: Array(bytes.prefix(ControlWire.headLength)), limit: limit)
        #expect(bytes.count == ControlWire.headLength + length)
        return Array(bytes.dropFirst(ControlWire.headLength))
    }

    @Test("requests and replies come back as they went")
    func roundTrip() throws {
        let requests = [
            ControlRequest([]), ControlRequest(["show", "phones", "--json"], language: .ru, width: 132),
            ControlRequest(["config", "load", "ф.txt"], language: .en, attachment: "set office name \"ё\"\n"),
            ControlRequest(["config", "load", "-"], attachment: ""),
            ControlRequest(["config", "confirm"], user: "анна"),
        ]
        for request in requests {
            #expect(
                try ControlWire.request(try body(try ControlWire.encode(request), limit: ControlWire.requestLimit)) == request)
        }
        let reply = Reply(exitCode: 1, output: "Привет\n", errors: "\u{0}x")
        #expect(try ControlWire.reply(try body(try ControlWire.encode(reply), limit: ControlWire.replyLimit)) == reply)
    }

    @Test("what consoles say comes back as it went")
    func sessions() throws {
        let inputs: [ConsoleInput] = [
            .open(ConsoleOpening(.login, user: "анна", secret: "", place: "ttyS0", language: .en, width: 132)),
            .open(ConsoleOpening(.box, user: "", place: "")), .line("set x", attachment: nil),
            .line("load terminal", attachment: ""),
            .complete("sh"), .help(""), .resized(40), .watch,
        ]
        for input in inputs {
            let bytes = try body(try ControlWire.encode(input), limit: ControlWire.requestLimit)
            #expect(ControlWire.isConsole(bytes))
            #expect(try ControlWire.consoleInput(bytes) == input)
        }
        var answer = ConsoleAnswer("Привет\n", isFault: true, turn: .perform(["ping", "a b"]))
        (answer.file, answer.isPaged, answer.prompt, answer.language) = ("f", false, "apus> ", .en)
        var outputs: [ConsoleOutput] = [
            .answer(answer), .completion(Completion(insertion: "a", list: "b")), .help(nil), .help(""), .refused("no", wait: 3),
        ]
        var sound = answer
        sound.isSound = true
        outputs.append(.answer(sound))
        var screen = ConsoleAnswer("x", turn: .watch)
        screen.isScreen = true
        outputs.append(.answer(screen))
        outputs += [.line, .text, .read("x"), .watch, .end].map { .answer(ConsoleAnswer(turn: $0)) }
        for output in outputs {
            let bytes = try body(try ControlWire.encode(output), limit: ControlWire.replyLimit)
            #expect(try ControlWire.consoleOutput(bytes) == output)
            var dice = Dice(seed: UInt64(bytes.count))
            for _ in 0..<200 {
                var noise = bytes
                for _ in 0...dice.roll(3) { noise[dice.roll(noise.count)] = UInt8(dice.roll(256)) }
                _ = try? ControlWire.consoleOutput(noise)
                _ = try? ControlWire.consoleInput(noise)
            }
        }
        #expect(!ControlWire.isConsole(Array(try ControlWire.encode(ControlRequest(["show"])).dropFirst(4))))
    }

    @Test("limits")
    func limits() throws {
        let code = Array(try ControlWire.encode(Reply(exitCode: 256)).dropFirst(ControlWire.headLength))
        #expect(throws: ControlWireError.malformed) { try ControlWire.reply(code) }
        let long = String(repeating: "x", count: ControlWire.requestLimit)
        #expect(throws: ControlWireError.tooLong) { try ControlWire.encode(ControlRequest([long])) }
        #expect(throws: ControlWireError.tooLong) { try ControlWire.encode(ControlRequest(Array(repeating: "", count: 300))) }
        #expect(throws: ControlWireError.tooLong) {
            try ControlWire.length(head: [255, 255, 255, 255], limit: ControlWire.replyLimit)
        }
        #expect(throws: ControlWireError.malformed) { try ControlWire.length(head: [0, 0], limit: 10) }
    }

    @Test("what is cut short, changed or random is refused and never crashes", arguments: 0..<50)
    func noise(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let good = Array(
            try ControlWire.encode(ControlRequest(["show", "calls"], language: .en)).dropFirst(ControlWire.headLength))
        // Cut between two words it is a shorter command: that it is whole, its head has told.
        let cut = (0..<good.count).compactMap { try? ControlWire.request(Array(good.prefix($0))).words }
        #expect(cut == [[], ["show"]])
        for _ in 0..<50 {
            var bytes = good
            for _ in 0...dice.roll(4) { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
            if let request = try? ControlWire.request(bytes) { #expect(request.words.count <= ControlWire.fieldLimit) }
            #expect(throws: ControlWireError.self) {
                try ControlWire.reply((0..<dice.roll(40)).map { _ in UInt8(dice.roll(256)) })
            }
        }
        #expect(throws: ControlWireError.malformed) { try ControlWire.reply(good) }
    }

    @Test("the client's own options")
    func options() throws {
        let none: (String) -> String? = { _ in nil }
        let plain = try ClientOptions(["show", "phones", "--json"], environment: none)
        #expect(
            plain.words == ["show", "phones", "--json"] && plain.language == nil && plain.socket == "/var/lib/apus/apus.sock")
        let told = try ClientOptions(["--lang", "en", "show", "--state=/tmp/a/", "phones"]) {
            ["LANG": "ru_RU.UTF-8", "APUS_STATE": "/b"][$0]
        }
        #expect(told.words == ["show", "phones"] && told.language == .en && told.socket == "/tmp/a/apus.sock")
        #expect(try ClientOptions([]) { ["LANG": "ru_RU.UTF-8", "LC_ALL": "", "APUS_STATE": "/b"][$0] }.language == .ru)
        #expect(try ClientOptions([]) { ["LANG": "ru_RU.UTF-8", "LC_ALL": "C"][$0] }.language == nil)
        #expect(throws: UsageError.self) { try ClientOptions(["--lang", "de"], environment: none) }
        #expect(throws: UsageError.self) { try ClientOptions(["show", "--state"], environment: none) }
    }
}
