import Exchange
import Simulation
import Telephony
import Testing

@Suite("R-016 A prompt is spoken by telephone: the exchange rings, records, lets it be heard and accepted")
struct Dictations {
    private let choices = "ru/to-accept ru/n1 ru/to-listen-recording ru/n2 ru/to-rerecord ru/n3 ru/to-cancel ru/star"

    @Test("spoken, heard, spoken again, accepted; one record says so, and nobody has missed anything")
    func accepted() throws {
        var office = try office(twoDesks)
        office.tell(.ring("102", for: .prompt("hello")))
        play(
            &office,
            """
             0.0  ·              → 102 rings
             3.0  102 answers    → 102 hears “ru/record-prompt ru/beep”
             7.0  ·              → 102 hears nothing
            12.0  102 presses #  → 102 hears “own/_hello \(choices)”
            14.0  102 presses 3  → 102 hears “ru/record-prompt ru/beep”
            18.0  ·              → 102 hears nothing
            22.0  102 presses #  → 102 hears “own/_hello \(choices)”
            23.0  102 presses 5  → 102 hears “ru/invalid-choice \(choices)”
            24.0  102 presses 2  → 102 hears “own/_hello \(choices)”
            25.0  102 presses 1  → 102 hears “ru/recording-saved ru/goodbye”
            29.0  ·              → record 102→prompt hello served (normalClearing) wait 29.0, 102 released (normalClearing)
            """)
        #expect(office.store.changes == ["102: prompt hello"])
        #expect(office.store.tasks.isEmpty)
    }

    @Test("given up, silent, or hung up: nothing is adopted, and no recording goes on")
    func refused() throws {
        var office = try office(twoDesks)
        office.media.recordingLengths = ["own/_hello": .zero]
        office.tell(.ring("102", for: .prompt("hello")))
        play(
            &office,
            """
             0.0  ·              → 102 rings
             3.0  102 answers    → 102 hears “ru/record-prompt ru/beep”
             7.0  ·              → 102 hears nothing
             9.0  102 presses #  → 102 hears “ru/recording-discarded ru/record-prompt ru/beep”
            15.0  ·              → 102 hears nothing
            16.0  102 hangs up   → record 102→prompt hello served (normalClearing) wait 16.0
            """)
        office.tell(.ring("103", for: .prompt("hello")))
        play(
            &office,
            """
             0.0  ·            → 103 rings
            30.0  ·            → 103 released (noAnswer)
            """)
        office.tell(.ring("109", for: .prompt("hello")))
        play(&office, " 1.0  end  →")
        #expect(office.store.changes.isEmpty && office.media.recordings.isEmpty)
    }

    @Test("one telephone at a time speaks a prompt; whoever does nothing is asked, and at last it ends")
    func once() throws {
        var office = try office(twoDesks)
        office.tell(.ring("102", for: .prompt("hello")))
        office.tell(.ring("103", for: .prompt("hello")))
        play(
            &office,
            """
              0.0  ·              → 102 rings
              1.0  102 answers    → 102 hears “ru/record-prompt ru/beep”
              5.0  ·              → 102 hears nothing
              8.0  102 presses #  → 102 hears “own/_hello \(choices)”
             26.0  ·              → 102 hears nothing
             31.0  ·              → 102 hears “\(choices)”
             47.0  ·              → 102 hears nothing
             52.0  ·              → 102 hears “\(choices)”
             68.0  ·              → 102 hears nothing
             73.0  ·              → 102 hears “ru/recording-discarded ru/goodbye”
             77.0  ·              → record 102→prompt hello served (normalClearing) wait 77.0, 102 released (normalClearing)
            """)
        #expect(office.store.changes.isEmpty)
    }
}

@Suite("R-016, R-004 A prompt is spoken by a code, by whoever may")
struct DictationCodes {
    private let choices = "ru/to-accept ru/n1 ru/to-listen-recording ru/n2 ru/to-rerecord ru/n3 ru/to-cancel ru/star"
    private let prompts =
        twoDesks + """
            set prompt closed file closed.wav
            set prompt closed number 801
            set prompt closed speaker 101
            set prompt closed speaker 103

            """

    @Test("*77 and its number: he hears which one, speaks, hears it, speaks again, accepts")
    func accepted() throws {
        var office = try office(prompts)
        play(
            &office,
            """
             0.0  101 dials *77*801#  → 101 answered
                                      → 101 hears “ru/message-number ru/n8 ru/n0 ru/n1 ru/record-prompt ru/beep”
            12.0  ·                   → 101 hears nothing
            20.0  101 presses #       → 101 hears “own/_closed \(choices)”
            21.0  101 presses 3       → 101 hears “ru/record-prompt ru/beep”
            25.0  ·                   → 101 hears nothing
            30.0  101 presses #       → 101 hears “own/_closed \(choices)”
            32.0  101 presses 1       → 101 hears “ru/recording-saved ru/goodbye”
            36.0  ·                   → record 101→*77*801# served (normalClearing) wait 36.0, 101 released (normalClearing)
            """)
        #expect(office.store.changes == ["101: prompt closed"])
        #expect(office.store.tasks.isEmpty && office.media.recordings.isEmpty)
    }

    @Test("In English: for an employee who speaks it")
    func english() throws {
        var office = try office(prompts + "set extension 101 language en\n")
        play(
            &office,
            """
             0.0  101 dials *77801  → 101 answered
                                    → 101 hears “en/message-number en/n8 en/n0 en/n1 en/record-prompt en/beep”
            12.0  ·                 → 101 hears nothing
            14.0  101 hangs up      → record 101→*77801 served (normalClearing) wait 14.0
            """)
        #expect(office.store.changes.isEmpty && office.media.recordings.isEmpty)
    }

    @Test("Whoever may not, a number of no prompt, no number, a code not allowed: told by voice, and why in the record")
    func refused() throws {
        var office = try office(prompts)
        play(
            &office,
            """
             0.0  102 dials *77*801#  → 102 answered, 102 hears “ru/not-permitted”
             2.0  ·                   → record 102→*77*801# served (normalClearing) wait 2.0, 102 released (normalClearing)
            10.0  101 dials *77*103#  → 101 answered, 101 hears “ru/invalid”
            12.0  ·                   → record 101→*77*103# served (normalClearing) wait 2.0, 101 released (normalClearing)
            20.0  101 dials *77#      → 101 answered, 101 hears “ru/unknown-code”
            22.0  ·                   → record 101→*77# served (normalClearing) wait 2.0, 101 released (normalClearing)
            """)
        let reasons = office.store.records.flatMap(\.reasons).map { $0.because.text(in: .en) }
        #expect(reasons.contains("extension 102 may not speak this prompt: set prompt closed speaker 102"))
        timeline(
            try Scenarios.office(prompts + "set code record-prompt allowed off\n"),
            """
             0.0  101 dials *77*801#  → 101 answered, 101 hears “ru/not-permitted”
             2.0  ·                   → record 101→*77*801# served (normalClearing) wait 2.0, 101 released (normalClearing)
            """)
    }

    @Test("Two at once: the second one is asked to try again; a telephone is not rung for it either; then it is free again")
    func once() throws {
        var office = try office(prompts)
        play(
            &office,
            """
             0.0  101 dials *77*801#  → 101 answered
                                      → 101 hears “ru/message-number ru/n8 ru/n0 ru/n1 ru/record-prompt ru/beep”
             3.0  103 dials *77*801#  → 103 answered, 103 hears “ru/try-again”
             5.0  ·                   → record 103→*77*801# served (normalClearing) wait 2.0, 103 released (normalClearing)
             6.0  end                 →
            """)
        office.tell(.ring("102", for: .prompt("closed")))
        play(
            &office,
            """
             1.0  101 hangs up        → record 101→*77*801# served (normalClearing) wait 7.0
             5.0  103 dials *77*801#  → 103 answered
                                      → 103 hears “ru/message-number ru/n8 ru/n0 ru/n1 ru/record-prompt ru/beep”
             6.0  103 hangs up        → record 103→*77*801# served (normalClearing) wait 1.0
            """)
    }
}

@Suite("diagnose audio: a telephone is rung, hears a tone and itself, and its voice is measured")
struct VoiceTests {
    @Test("tone, then echo, then the end; any key goes on; what was measured is told once")
    func measured() throws {
        var office = try office(twoDesks)
        office.tell(.ring("102", for: .voice))
        play(
            &office,
            """
             0.0  ·              → 102 rings
             2.0  102 answers    → 102 hears milliwatt
             8.0  ·              → 102 hears “ru/echo-test ru/beep”
            12.0  ·              → 102 ↔ 102
            24.0  ·              → 102 hears “ru/echo-end”
            26.0  ·              → record 102→diagnose audio served (normalClearing) wait 26.0, 102 released (normalClearing)
            """)
        #expect(office.store.changes == ["102: voice measured"])
        office.tell(.ring("102", for: .voice))
        play(
            &office,
            """
             0.0  ·              → 102 rings
             2.0  102 answers    → 102 hears milliwatt
             3.0  102 presses 1  → 102 hears “ru/echo-test ru/beep”
             4.0  102 hangs up   → record 102→diagnose audio served (normalClearing) wait 4.0
            """)
        #expect(office.store.changes.count == 2)
    }

    @Test("nobody takes it, or there is no phone: that is told, too")
    func untested() throws {
        var office = try office(twoDesks)
        office.tell(.ring("102", for: .voice))
        play(
            &office,
            """
             0.0  ·              → 102 rings
             5.0  102 declines   →
            """)
        #expect(office.store.changes == ["102: voice not measured"])
    }
}
