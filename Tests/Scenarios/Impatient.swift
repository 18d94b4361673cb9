import Simulation
import Telephony
import Testing

@Suite("Impatient callers")
struct Impatient {
    @Test("R-080, R-081, R-083: after 20 s an apology and an offer while the phone rings on; silence is to stay; it is repeated")
    func stays() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            26.0  ·                        → vera hears ringback
            50.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            56.0  ·                        → vera hears ringback
            70.0  102 answers              → vera ↔ 102
            80.0  vera hangs up            → record vera→+74951234567 by 102 wait 70.0 talk 10.0, 102 released (normalClearing)
            """)
    }

    @Test("R-080: an answer ends the offer at once")
    func answerInOffer() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            21.0  102 answers              → vera ↔ 102
            30.0  vera hangs up            → record vera→+74951234567 by 102 wait 21.0 talk 9.0, 102 released (normalClearing)
            """)
    }

    @Test("R-082: 1, the number read out, 1: the call back is ordered, the phone stops, and it is no missed call")
    func orders() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            24.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            40.0  vera presses 1           → 102 released (cancelled), vera hears “ru/callback-confirmed”
            42.0  ·                        → record vera→+74951234567 served (normalClearing) wait 42.0
                                           → vera released (normalClearing), 102 rings
            62.0  ·                        → 102 released (noAnswer)
            """)
    }

    @Test("R-082: another number, ended with #; one that is none is asked for again")
    func anotherNumber() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            24.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            25.0  vera presses 2           → vera hears “ru/callback-enter-number”
            26.0  vera presses 1           → vera hears ringback
            27.0  vera presses #           → vera hears “ru/invalid ru/callback-enter-number”
            28.0  vera presses 8           → vera hears ringback
            28.1  vera presses 9           →
            28.2  vera presses 0           →
            28.3  vera presses 3           →
            28.4  vera presses 1           →
            28.5  vera presses 1           →
            28.6  vera presses 1           →
            28.7  vera presses 2           →
            28.8  vera presses 2           →
            28.9  vera presses 3           →
            29.0  vera presses 3           →
            29.1  vera presses #           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n0 ru/n3 ru/pause ru/n1 ru/n1 ru/n1 ru/pause ru/n2 ru/n2 ru/pause ru/n3 ru/n3 ru/callback-confirm”
            30.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 30.0, 102 released (cancelled)
            """)
    }

    @Test("R-082: he presses 1 and hangs up while his number is read out: that is an order")
    func hangsUpInConfirmation() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            24.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            25.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 25.0, 102 released (cancelled)
                                           → 102 rings
            45.0  ·                        → 102 released (noAnswer)
            """)
    }

    @Test("Somebody answers while the caller gives a number; nothing was ordered")
    func answerInDialogue() throws {
        timeline(
            try office(impatient, people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
            24.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            25.0  102 answers              → vera ↔ 102
            30.0  102 hangs up             → record vera→+74951234567 by 102 wait 25.0 talk 5.0, vera released (normalClearing)
            """)
    }

    @Test("R-085: switched off, nothing is said")
    func off() throws {
        timeline(
            try office(impatient + "set department sales impatient off\n", people: callers),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            60.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 60.0, 102 released (cancelled)
            """)
    }

    @Test("In the queue the offer comes between the announcements, and the place is kept")
    func queued() throws {
        timeline(
            try office(impatient + "set department sales on-busy to queue\n", people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears “ru/queue-next”
             7.0  ·                        → vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            31.0  ·                        → vera hears music
            50.0  ·                        → vera hears “ru/queue-next”
            50.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 49.0, 102 released (normalClearing), 102 rings
            52.0  ·                        → vera hears music
            55.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            55.0  102 answers              → vera ↔ 102
            60.0  vera hangs up            → record vera→+74951234567 by 102 wait 50.0 talk 5.0, 102 released (normalClearing)
            """)
    }

    private let impatient = queueOffice + "set department sales impatient after 20s offer callback stay repeat 30s\n"
}
