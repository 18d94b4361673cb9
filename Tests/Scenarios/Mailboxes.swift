import Simulation
import Telephony
import Testing

@Suite("A mailbox by telephone, and the lamps")
struct Mailboxes {
    private let desks =
        twoDesks + """
            set extension 102 pin 4821
            set extension 102 forward to voicemail 102
            set extension 102 voicemail recipients 102 103

            """

    /// 101 leaves a message for 102.
    private func withMessage() throws -> SimulatedOffice {
        var office = try office(desks)
        play(
            &office,
            """
             0.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
             6.0  ·              → 101 hears nothing
            16.0  101 hangs up   → record 101→102 missed (normalClearing) wait 16.0, 102 lamp 1/0, 103 lamp 1/0
            """)
        return office
    }

    private let told =
        "ru/message-number ru/n1 ru/message-from ru/n1 ru/n0 ru/n1 ru/message-received ru/today"
        + " ru/n10 ru/hour-many ru/sharp messages/1"
    private let choices = "ru/to-repeat ru/n1 ru/to-delete ru/n7 ru/to-call-back ru/n8 ru/to-return ru/star ru/to-exit ru/pound"

    @Test("R-013: the lamps of every recipient; subscribed or not; off again when the message is heard")
    func lamps() throws {
        var office = try office(desks)
        play(
            &office,
            """
             0.0  103 subscribes         →
             1.0  101 subscribes to 102  → 101 lamp refused (403)
             2.0  101 dials 102          → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
             8.0  ·                      → 101 hears nothing
            18.0  101 hangs up           → record 101→102 missed (normalClearing) wait 16.0, 103 lamp 1/0, 102 lamp 1/0
            """)
        office.tell(.message(1, .hear))
        play(&office, " 0.0  ·  → 103 lamp 0/1, 102 lamp 0/1")
        office.tell(.message(1, .erase))
        play(&office, " 0.0  ·  → 103 lamp 0/0, 102 lamp 0/0")
        #expect(office.store.messages.isEmpty)
    }

    @Test("R-013: a phone that comes later is told; a restart tells nobody anew")
    func later() throws {
        var office = try withMessage()
        play(
            &office,
            """
             0.0  103 reboots       →
             1.0  103 unregisters   →
             2.0  103 registers     → 103 registered, 103 lamp 1/0
             3.0  apus is killed    →
             4.0  apus starts       →
            """)
        #expect(office.exchange?.messages.list().map(\.id) == [1])
    }

    @Test("The code, the new message with its caller and time, and what may be done with it")
    func visit() throws {
        var office = try withMessage()
        play(
            &office,
            """
             0.0  102 dials *98  → 102 answered, 102 hears “ru/enter-pin”
             1.0  102 presses 4  → 102 hears nothing
             1.2  102 presses 8  →
             1.4  102 presses 2  →
             1.6  102 presses 1  →
             1.8  102 presses #  → 102 hears “ru/you-have ru/n1-neuter ru/new-message-one \(told)”
            31.8  ·              → 102 lamp 0/1, 103 lamp 0/1, 102 hears “\(choices)”
            36.0  end            →
            """)
        #expect(office.store.messages[1]?.state == .heard)
    }
}
