import Simulation
import Telephony
import Testing

@Suite("R-013 A mailbox by telephone: its code, its messages, its greeting")
struct MailboxVisits {
    private let desks =
        twoDesks + """
            set extension 102 pin 4821
            set extension 102 forward to voicemail 102

            """
    private let greetings = "ru/to-record-greeting ru/n1 ru/to-standard-greeting ru/n2 ru/to-return ru/star"
    private let menu = "ru/to-listen ru/n1 ru/to-record-greeting ru/n9 ru/to-exit ru/pound"
    private let review = "ru/to-accept ru/n1 ru/to-listen-recording ru/n2 ru/to-rerecord ru/n3 ru/to-cancel ru/star"

    /// 101 leaves `count` messages for 102, at ten o'clock.
    private func withMessages(_ count: Int) throws -> SimulatedOffice {
        var office = try office(desks)
        for number in 1...count {
            play(
                &office,
                """
                 0.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
                 6.0  ·              → 101 hears nothing
                16.0  101 hangs up   → record 101→102 missed (normalClearing) wait 16.0, 102 lamp \(number)/0
                """)
        }
        return office
    }

    /// Message `number` of the list, as it is told.
    private func told(_ number: Int, _ minutes: String = "ru/sharp") -> String {
        "ru/message-number ru/n\(number) ru/message-from ru/n1 ru/n0 ru/n1 ru/message-received ru/today ru/n10 ru/hour-many "
            + "\(minutes) messages/\(number)"
    }

    @Test("a wrong code waits, twice as long each time; the third locks the box, for the right code too, for five minutes")
    func locked() throws {
        var office = try office(desks)
        play(
            &office,
            """
              0.0  102 dials *98  → 102 answered, 102 hears “ru/enter-pin”
              1.0  102 presses 1  → 102 hears nothing
              2.0  102 presses #  →
              3.0  ·              → 102 hears “ru/wrong-pin ru/enter-pin”
              4.0  102 presses 2  → 102 hears nothing
              5.0  102 presses #  →
              7.0  ·              → 102 hears “ru/wrong-pin ru/enter-pin”
              8.0  102 presses 3  → 102 hears nothing
              9.0  102 presses #  → 102 hears “ru/mailbox-locked ru/goodbye”
             13.0  ·              → record 102→*98 served (normalClearing) wait 13.0, 102 released (normalClearing)
             20.0  102 dials *98  → 102 answered, 102 hears “ru/mailbox-locked ru/goodbye”
             24.0  ·              → record 102→*98 served (normalClearing) wait 4.0, 102 released (normalClearing)
            310.0  102 dials *98  → 102 answered, 102 hears “ru/enter-pin”
            311.0  102 presses 4  → 102 hears nothing
            311.1  102 presses 8  →
            311.2  102 presses 2  →
            311.3  102 presses 1  →
            311.4  102 presses #  → 102 hears “ru/no-messages \(menu)”
            312.0  102 presses #  → 102 hears “ru/thank-you ru/goodbye”
            316.0  ·              → record 102→*98 served (normalClearing) wait 6.0, 102 released (normalClearing)
            """)
    }

    /// 102 opens the box: the first lines of a ladder that goes on at 2.0.
    private func opening(_ words: String) -> String {
        """
        0.0  102 dials *98  → 102 answered, 102 hears “ru/enter-pin”
        1.0  102 presses 4  → 102 hears nothing
        1.1  102 presses 8  →
        1.2  102 presses 2  →
        1.3  102 presses 1  →
        1.4  102 presses #  → 102 hears “\(words)”

        """
    }

    @Test("7 deletes, and again 7 takes it back; what is deleted goes when its owner leaves, and its lamp with it")
    func deleted() throws {
        var office = try withMessages(2)
        let second = told(2, "ru/n1-feminine ru/minute-one")
        let more = "ru/to-delete ru/n7 ru/to-call-back ru/n8 ru/to-return ru/star ru/to-exit ru/pound"
        play(
            &office,
            opening("ru/you-have ru/n2 ru/new-message-few \(told(1))") + """
                2.0  102 presses 7  → 102 lamp 1/1, 102 hears “ru/message-deleted \(second)”
                3.0  102 presses 4  → 102 hears “\(told(1))”
                4.0  102 presses 7  → 102 hears “ru/message-restored ru/to-repeat ru/n1 ru/to-next ru/n6 \(more)”
                5.0  102 presses 6  → 102 hears “\(second)”
                6.0  102 presses 7  → 102 lamp 0/2, 102 hears “ru/message-deleted ru/to-repeat ru/n1 ru/to-previous ru/n4 \(more)”
                7.0  102 hangs up   → record 102→*98 served (normalClearing) wait 7.0, 102 lamp 0/1
                """)
        #expect(office.store.messages.keys.sorted() == [1])
    }

    @Test("R-059: a message longer than the box takes today is told to its end")
    func long() throws {
        var office = try office(desks)
        office.media.recordingLengths["messages/1"] = .seconds(600)
        office.media.clipLengths["messages/1"] = .seconds(600)
        play(
            &office,
            """
             0.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
             6.0  ·              → 101 hears nothing
            16.0  101 hangs up   → record 101→102 missed (normalClearing) wait 16.0, 102 lamp 1/0
            """)
        let choices = "ru/to-repeat ru/n1 ru/to-delete ru/n7 ru/to-call-back ru/n8 ru/to-return ru/star ru/to-exit ru/pound"
        play(
            &office,
            opening("ru/you-have ru/n1-neuter ru/new-message-one \(told(1))") + """
                629.4  ·             → 102 lamp 0/1, 102 hears “\(choices)”
                630.0  102 hangs up  → record 102→*98 served (normalClearing) wait 630.0
                """)
    }

    @Test("a greeting is recorded, heard, accepted; callers hear it, over a restart too; the standard words come back by a key")
    func greeting() throws {
        var office = try office(desks)
        play(
            &office,
            opening("ru/no-messages \(menu)") + """
                 2.0  102 presses 9   → 102 hears “\(greetings)”
                 3.0  102 presses 1   → 102 hears “ru/record-greeting ru/beep”
                 7.0  ·               → 102 hears nothing
                12.0  102 presses #   → 102 hears “messages/1 \(review)”
                13.0  102 presses 1   → 102 hears “ru/recording-saved \(menu)”
                14.0  102 hangs up    → record 102→*98 served (normalClearing) wait 14.0
                15.0  101 dials 102   → 101 answered, 101 hears “messages/1 ru/beep”
                16.0  101 hangs up    → record 101→102 missed (cancelled) wait 1.0
                17.0  apus is killed  →
                18.0  apus starts     →
                22.0  101 dials 102   → 101 answered, 101 hears “messages/1 ru/beep”
                23.0  101 hangs up    → record 101→102 missed (cancelled) wait 1.0
                """)
        play(
            &office,
            opening("ru/no-messages \(menu)") + """
                2.0  102 presses 9  → 102 hears “\(greetings)”
                3.0  102 presses 2  → 102 hears “ru/greeting-standard \(menu)”
                4.0  102 hangs up   → record 102→*98 served (normalClearing) wait 4.0
                5.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
                6.0  101 hangs up   → record 101→102 missed (cancelled) wait 1.0
                """)
        #expect(office.store.messages.isEmpty)
    }

    @Test("a greeting that nobody accepts is none, and nothing is left of it")
    func discarded() throws {
        var office = try office(desks)
        play(
            &office,
            opening("ru/no-messages \(menu)") + """
                 2.0  102 presses 9  → 102 hears “\(greetings)”
                 3.0  102 presses 1  → 102 hears “ru/record-greeting ru/beep”
                 7.0  ·              → 102 hears nothing
                12.0  102 presses #  → 102 hears “messages/1 \(review)”
                13.0  102 presses *  → 102 hears “ru/recording-discarded \(greetings)”
                14.0  102 presses 1  → 102 hears “ru/record-greeting ru/beep”
                18.0  ·              → 102 hears nothing
                22.0  102 hangs up   → record 102→*98 served (normalClearing) wait 22.0
                23.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
                24.0  101 hangs up   → record 101→102 missed (cancelled) wait 1.0
                """)
        #expect(office.store.messages.isEmpty && office.media.recordings.isEmpty)
    }

    @Test("8 calls back whoever left the message, on the same line; the message counts as heard")
    func callBack() throws {
        var office = try withMessages(1)
        play(
            &office,
            opening("ru/you-have ru/n1-neuter ru/new-message-one \(told(1))") + """
                 2.0  102 presses 8  → record 102→*98 served (normalClearing) wait 2.0, 101 rings, 102 lamp 0/1, 102 hears ringback
                 5.0  101 answers    → 102 ↔ 101
                11.0  102 hangs up   → record 102→101 by 101 wait 3.0 talk 6.0, 101 released (normalClearing)
                """)
    }
}
