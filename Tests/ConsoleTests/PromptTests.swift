import Configuration
import Console
import Exchange
import Telephony
import Testing

@Suite("prompt …") struct PromptTests {
    private static let office = """
        set extension 101 secret first-secret-11 no-answer after 30s to prompt closed announce wait
        set department sales number 200 member 101 whisper prompt wait
        set scheme office greeting hello
        set scheme office otherwise to department sales
        set prompt hello text "Добрый день"
        set prompt closed file closed.wav
        set prompt closed number 801
        """

    /// A second of noise as prompts are kept.
    private func sound(_ words: String? = nil, seconds: Int = 1) throws -> String {
        let voice = (0..<seconds * 8000).map { Float($0 * 7919 % 200) / 1000 - 0.1 }
        return SoundText.text(try PromptRecording(levelling: voice, words: words).bytes)
    }

    @Test("a recording that is imported makes the prompt, once; spoken words become its text")
    func imported() throws {
        let office = OfficeFixture(Self.office)
        let reply = office.run("prompt import wait w.wav", attached: try sound())
        #expect(reply == Reply(output: "prompt wait: 0:01, heard from now on; revision 2 is in force\n"))
        #expect(office.document.item("prompt", "wait")?.entries("file").first?.words.first?.value == "wait.wav")
        #expect(office.revisions.last?.comment == "prompt import wait" && office.prompts["wait"] != nil)
        #expect(
            office.run("prompt import wait w.wav", attached: try sound(seconds: 3)).output
                == "prompt wait: 0:03, heard from now on\n")
        let spoken = office.run("prompt say hello", attached: try sound("Здравствуйте"))
        #expect(spoken.output == "prompt hello: 0:01, heard from now on; revision 3 is in force\n")
        #expect(office.document.item("prompt", "hello")?.entries("text").first?.words.first?.value == "Здравствуйте")
        // Somebody's voice for words that are set: they stay.
        #expect(office.run("prompt import hello h.wav", attached: try sound()).exitCode == 0)
        #expect(office.document.item("prompt", "hello")?.entries("text").count == 1 && office.revisions.count == 3)
    }

    @Test("nothing is kept of what is no sound, has no good name, or comes while a confirmation is waited for")
    func refused() throws {
        let office = OfficeFixture(Self.office)
        #expect(office.run("prompt import wait w.wav", attached: "RIFF").errors == "this is no WAV file\n")
        #expect(office.run("prompt import ../x w.wav", attached: try sound()).exitCode == 1)
        office.desk.pending = .init(revision: 1, until: .zero + .seconds(60), untilUTC: 0, by: "anna")
        #expect(office.run("prompt import wait w.wav", attached: try sound()).exitCode == 1)
        #expect(office.prompts.isEmpty && office.revisions.count == 1)
        let long = SoundText.text(try PromptRecording(levelling: (0..<8000).map { Float($0 % 9) / 20 }).bytes.map { $0 })
        #expect(office.run("prompt import wait w.wav", attached: String(long.dropLast(16_000))).exitCode == 1)
    }

    @Test("a commit says which prompts nobody would hear, by their lines; the list says it of all")
    func unheard() throws {
        let office = OfficeFixture(Self.office)
        let lines =
            "set prompt hello text \"Добрый вечер\"\nset prompt night text \"Закрыто\"\nset menu main prompt niht key 1 to busy\n"
        let told = office.run("config load - --check", attached: lines).errors
        #expect(
            told == """
                warning, in what is in force: there is no prompt wait: nothing will be heard in its place
                   load it: apus prompt import wait FILE.wav; speak it: apus prompt record wait at 101
                warning, in what is in force: there is no prompt wait: nothing will be heard in its place
                   load it: apus prompt import wait FILE.wav; speak it: apus prompt record wait at 101
                warning, in what is in force: the recording of prompt closed is not loaded: callers hear silence
                   load it: apus prompt import closed FILE.wav; speak it: apus prompt record closed at 101
                warning, line 1: prompt hello is a text: until it is spoken callers hear silence
                   speak it: apus prompt say hello
                warning, line 2: prompt night is a text: until it is spoken callers hear silence
                   speak it: apus prompt say night
                warning, line 3: there is no prompt niht: nothing will be heard in its place
                   did you mean night?

                """, "\(told)")
        office.prompts = [
            "hello": .init(id: "hello", length: .seconds(2), words: "Добрый день"), "old": .init(id: "old", length: .seconds(9)),
        ]
        let list = office.run("prompt list --json").output
        #expect(
            list == #"[{"id":"closed","state":"silent","duration":null,"number":"801","uses":1,"text":"","lines":"#
                + #"["set extension 101 no-answer after 30s to prompt closed announce wait"]},"#
                + #"{"id":"hello","state":"heard","duration":2,"number":"","uses":1,"text":"Добрый день","lines":"#
                + #"["set scheme office greeting hello"]},"#
                + #"{"id":"old","state":"unset","duration":9,"number":"","uses":0,"text":"","lines":[]}]"# + "\n")
        #expect(
            office.run("config load -", attached: "set prompt hello text Вечер").errors.contains(
                "prompt hello still says the words"))
    }

    @Test("a prompt is recorded at a telephone that is there and that nobody is at; what was spoken is kept in his name")
    func recorded() throws {
        let office = OfficeFixture(Self.office)
        #expect(office.run("prompt record wait at 101").errors == "101 has no phone registered\n")
        #expect(office.run("prompt record wait at 109").exitCode == 1 && office.run("prompt record b/ad at 101").exitCode == 1)
        office.phones = [PhoneView(extension: "101", account: "101", contact: "sip:101@10.0.0.5:5060", state: .talking)]
        #expect(office.run("prompt record wait at 101").exitCode == 1 && office.rung.isEmpty)
        office.phones[0].state = .idle
        #expect(office.run("prompt record wait at 101").output.hasPrefix("telephone 101 rings") && office.rung == ["101 wait"])
        let spoken = try PromptRecording(levelling: (0..<8000).map { Float($0 % 20) / 100 })
        #expect(office.environment.adopt(spoken, as: "wait", by: "101").exitCode == 0)
        #expect(office.revisions.last?.by == "101" && office.promptFiles["wait"] == spoken.bytes)
    }

    @Test("a prompt that a line needs is not deleted; the lines are named")
    func deleted() throws {
        let office = OfficeFixture(Self.office)
        office.prompts = ["hello": .init(id: "hello", length: .seconds(2)), "old": .init(id: "old", length: .seconds(9))]
        #expect(
            office.run("prompt delete closed").errors == "prompt closed is used, change these lines first:\n"
                + "   set extension 101 no-answer after 30s to prompt closed announce wait\n")
        #expect(office.run("prompt delete hello").errors.hasSuffix(":\n   set scheme office greeting hello\n"))
        #expect(office.run("prompt delete nobody").errors == "there is no prompt nobody\n")
        #expect(office.run("prompt delete old").output == "prompt old is gone\n" && office.prompts.keys.sorted() == ["hello"])
        _ = office.run("config load -", attached: "delete scheme office greeting\n")
        #expect(office.run("prompt delete hello").exitCode == 0)
        #expect(office.document.item("prompt", "hello") == nil && office.prompts.isEmpty)
    }

    @Test("what goes with a command in a session: the sound of a file, or of words, which may be those that are set")
    func turns() throws {
        let office = OfficeFixture(Self.office)
        var session = ConsoleSession(id: 1, user: .init(name: "anna", role: .installer), place: "ttyS0", language: .en)
        #expect(session.answer("prompt import wait a.wav", in: office.environment).turn == .hear("a.wav"))
        #expect(session.answer("prompt say hello", in: office.environment).turn == .speak("Добрый день"))
        #expect(session.answer("prompt say hello \"Ку-ку\"", in: office.environment).turn == .speak("Ку-ку"))
        #expect(session.answer("prompt say closed", in: office.environment).output.hasPrefix("prompt closed has no text"))
        let kept = try sound()
        _ = session.answer("prompt import wait a.wav", attachment: kept, in: office.environment)
        let export = session.answer("prompt export wait b.wav", in: office.environment)
        #expect(export.file == "b.wav" && export.isSound && export.output == kept)
        for turn in [ConsoleAnswer.Turn.hear("a.wav"), .speak("Ку-ку")] {
            var answer = ConsoleAnswer("x", turn: turn)
            (answer.file, answer.isSound) = ("b.wav", true)
            let bytes = try ControlWire.encode(ConsoleOutput.answer(answer))
            #expect(try ControlWire.consoleOutput(Array(bytes.dropFirst(4))) == .answer(answer))
        }
    }

    @Test("a change made of an older revision is refused, and nothing of it is lost")
    func overtaken() throws {
        let office = OfficeFixture(Self.office)
        var session = ConsoleSession(id: 1, user: .init(name: "anna", role: .installer), place: "ttyS0", language: .en)
        _ = session.answer("configure", in: office.environment)
        _ = session.answer("set extension 101 name Anna", in: office.environment)
        office.beforeCommit = { office.revisions.append(.init(number: 2, at: 0, by: "boris")) }
        #expect(session.answer("commit", in: office.environment).output.contains("overtaken"))
        office.beforeCommit = {}
        #expect(session.answer("compare", in: office.environment).output == "+ set extension 101 name \"Anna\"\n")
        #expect(session.answer("commit", in: office.environment).output.hasPrefix("revision 3"))
    }
}
