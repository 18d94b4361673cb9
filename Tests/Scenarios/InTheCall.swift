import Simulation
import Telephony
import Testing

@Suite("In the call")
struct InTheCall {
    @Test("Hold with music and back, from both ends")
    func hold() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             5.0  102 holds      → 101 hears music, 102 hears nothing
            10.0  102 resumes    → 101 ↔ 102
            15.0  101 holds      → 101 hears nothing, 102 hears music
            20.0  101 resumes    → 101 ↔ 102
            25.0  102 hangs up   → record 101→102 by 102 wait 1.0 talk 24.0, 101 released (normalClearing)
            """)
    }

    @Test("Hold by a=inactive, and by the old 0.0.0.0")
    func holdOtherwise() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102       → 102 rings, 101 hears ringback
             1.0  102 answers         → 101 answered, 101 ↔ 102
             5.0  102 holds inactive  → 101 hears music, 102 hears nothing
            10.0  102 resumes         → 101 ↔ 102
            15.0  101 holds 0.0.0.0   → 101 hears nothing, 102 hears music
            20.0  101 resumes         → 101 ↔ 102
            25.0  102 hangs up        → record 101→102 by 102 wait 1.0 talk 24.0, 101 released (normalClearing)
            """)
    }

    @Test("Both hold, one after the other")
    func bothHold() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             5.0  102 holds      → 101 hears music, 102 hears nothing
             6.0  101 holds      → 101 hears nothing
            10.0  102 resumes    → 102 hears music
            11.0  101 resumes    → 101 ↔ 102
            15.0  102 hangs up   → record 101→102 by 102 wait 1.0 talk 14.0, 101 released (normalClearing)
            """)
    }

    @Test("A held call is hung up")
    func heldHangsUp() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            5.0  102 holds      → 101 hears music, 102 hears nothing
            9.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 8.0, 102 released (normalClearing)
            """)
    }

    @Test("Blind transfer by the called one")
    func blind() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             1.0  102 answers           → 101 answered, 101 ↔ 102
             5.0  102 transfers to 103  → 103 rings, 101 hears ringback, 102 hears nothing
             8.0  103 answers           → 102 transfer 200, 101 ↔ 103
            18.0  101 hangs up          → record 101→102 by 102 wait 1.0 talk 17.0, 103 released (normalClearing)
            """)
    }

    @Test("Blind transfer by the caller")
    func blindByCaller() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             1.0  102 answers           → 101 answered, 101 ↔ 102
             5.0  101 transfers to 103  → 103 rings, 101 hears nothing, 102 hears ringback
             8.0  103 answers           → 101 transfer 200, 102 ↔ 103
            18.0  103 hangs up          → record 101→102 by 102 wait 1.0 talk 17.0, 102 released (normalClearing)
            """)
    }

    @Test("Blind transfer to somebody who declines")
    func blindDeclined() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             1.0  102 answers           → 101 answered, 101 ↔ 102
             5.0  102 transfers to 103  → 103 rings, 101 hears ringback, 102 hears nothing
             8.0  103 declines          → 102 transfer 603, 101 ↔ 102
            18.0  101 hangs up          → record 101→102 by 102 wait 1.0 talk 17.0, 102 released (normalClearing)
            """)
    }

    @Test("Blind transfer to nowhere: the two go on talking")
    func blindNowhere() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             1.0  102 answers           → 101 answered, 101 ↔ 102
             5.0  102 transfers to 999  → 102 transfer 404
            18.0  101 hangs up          → record 101→102 by 102 wait 1.0 talk 17.0, 102 released (normalClearing)
            """)
    }

    @Test("R-070, R-182: blind transfer to a department, and of an inside caller to a number outside")
    func blindElsewhere() throws {
        let more = """
            set department sales name Sales
            set department sales number 200
            set department sales member 103
            set trunk mtt peer 203.0.113.10
            set route city mask 8########## trunk mtt

            """
        timeline(
            try office(twoDesks + more),
            """
             0.0  101 dials 102                 → 102 rings, 101 hears ringback
             1.0  102 answers                   → 101 answered, 101 ↔ 102
             5.0  102 transfers to 200          → 103 rings, 101 hears ringback, 102 hears nothing
             8.0  103 answers                   → 102 transfer 200, 101 ↔ 103
             9.0  103 transfers to 89161234567  → vera rings, 101 hears ringback, 103 hears nothing
            12.0  vera answers                  → 103 transfer 200, 101 ↔ vera
            20.0  101 hangs up                  → record 101→102 by 102 wait 1.0 talk 19.0, vera released (normalClearing)
            """)
    }

    @Test("R-184: attended transfer; the held one hears music, not the consultation")
    func attended() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102     → 102 rings, 101 hears ringback
             1.0  102 answers       → 101 answered, 101 ↔ 102
             5.0  102 consults 103  → 103 rings, 101 hears music, 102 hears nothing, 102 hears ringback
             7.0  103 answers       → 102 answered, 102 ↔ 103
            10.0  102 joins them    → record 102→103 by 103 wait 2.0 talk 3.0, 102 transfer 200, 101 ↔ 103
            20.0  101 hangs up      → record 101→102 by 102 wait 1.0 talk 19.0, 103 released (normalClearing)
            """)
    }

    @Test("Attended transfer, message by message, by a phone whose Refer-To has no port")
    func attendedMessages() throws {
        timeline(
            try office(twoDesks) { $0["102"].manners.dropsReferPort = true },
            """
             0.0  101 dials 102     → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                    → 101 hears ringback
             1.0  102 answers       → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
             5.0  102 consults 103  → 102 ⇒ re-INVITE, 102 ⇒ INVITE 103, 102 ⇐ 100, 102 ⇐ 200, 102 ⇐ 100, 103 ⇐ INVITE 103
                                    → 102 ⇒ ACK, 103 ⇒ 180, 103 rings, 102 ⇐ 180, 101 hears music, 102 hears nothing
                                    → 102 hears ringback
             7.0  103 answers       → 103 ⇒ 200, 103 ⇐ ACK, 102 ⇐ 200, 102 ⇒ ACK, 102 answered, 102 ↔ 103
            10.0  102 joins them    → 102 ⇒ REFER, 102 ⇐ 202 REFER, 102 ⇐ NOTIFY, record 102→103 by 103 wait 2.0 talk 3.0
                                    → 102 ⇐ NOTIFY, 102 ⇐ BYE (normalClearing), 102 ⇐ BYE (normalClearing), 102 ⇒ 200 NOTIFY
                                    → 102 ⇒ 200 NOTIFY, 102 transfer 200, 102 ⇒ BYE, 102 ⇒ BYE, 102 ⇒ 200 BYE, 102 ⇒ 200 BYE
                                    → 102 ⇐ 200 BYE, 102 ⇐ 200 BYE, 101 ↔ 103
            20.0  103 hangs up      → 103 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 19.0, 101 ⇐ BYE (normalClearing)
                                    → 103 ⇐ 200 BYE, 101 ⇒ 200 BYE, 101 released (normalClearing)
            """, level: .sip)
    }

    @Test("Attended transfer of an outside caller")
    func attendedOutside() throws {
        timeline(
            try office(twoDesks + "set trunk mtt peer 203.0.113.10\nset number +74951234570 trunk mtt direct 102"),
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
             1.0  102 answers              → vera answered, vera ↔ 102
             5.0  102 consults 103         → 103 rings, 102 hears nothing, 102 hears ringback, vera hears music
             7.0  103 answers              → 102 answered, 102 ↔ 103
            10.0  102 joins them           → record 102→103 by 103 wait 2.0 talk 3.0, 102 transfer 200, vera ↔ 103
            20.0  vera hangs up            → record vera→+74951234570 by 102 wait 1.0 talk 19.0, 103 released (normalClearing)
            """)
    }

    @Test("The one consulted hangs up: back to the held one")
    func consultEnds() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102     → 102 rings, 101 hears ringback
             1.0  102 answers       → 101 answered, 101 ↔ 102
             5.0  102 consults 103  → 103 rings, 101 hears music, 102 hears nothing, 102 hears ringback
             7.0  103 answers       → 102 answered, 102 ↔ 103
            10.0  103 hangs up      → record 102→103 by 103 wait 2.0 talk 3.0, 102 released (normalClearing)
            12.0  102 resumes       → 101 ↔ 102
            15.0  102 hangs up      → record 101→102 by 102 wait 1.0 talk 14.0, 101 released (normalClearing)
            """)
    }

    @Test("No codec in common with us: 488")
    func noCodec() throws {
        timeline(
            try office(twoDesks + "set media codecs alaw") { $0["101"].manners.codecs = [.g722] },
            """
            0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 101 ⇐ 488, record 101→102 refused (incompatibleMedia) wait 0.0
                                → 101 ⇒ ACK, 101 released (incompatibleMedia)
            """, level: .sip)
    }

    @Test("The called phone knows none of our codecs")
    func calledHasNoCodec() throws {
        timeline(
            try office(twoDesks + "set media codecs alaw") { $0["102"].manners.codecs = [.g722] },
            """
            0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 488, 102 ⇐ ACK
                                → record 101→102 missed (incompatibleMedia) wait 0.0, 101 ⇐ 488, 101 ⇒ ACK
                                → 101 released (incompatibleMedia)
            """, level: .sip)
    }

    @Test("A-law here, µ-law there: transcoded, both hear each other")
    func transcoding() throws {
        timeline(
            try office(twoDesks) {
                $0["101"].manners.codecs = [.alaw]
                $0["102"].manners.codecs = [.ulaw]
            },
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            5.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 4.0, 102 released (normalClearing)
            """)
    }

    @Test("An INVITE without offer: our offer in the 200, the answer in the ACK")
    func lateOffer() throws {
        timeline(
            try office(twoDesks) { $0["101"].manners.lateOffer = true },
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            5.0  102 holds      → 101 hears music, 102 hears nothing
            7.0  102 resumes    → 101 ↔ 102
            9.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 8.0, 102 released (normalClearing)
            """)
    }

    @Test("The session timer: the caller refreshes towards us, we towards the called one")
    func sessionTimer() throws {
        timeline(
            try office(twoDesks + "set sip session-timer 90s"),
            """
              0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                  → 101 hears ringback
              1.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
             46.0  ·              → 101 ⇒ re-INVITE, 101 ⇐ 100, 101 ⇐ 200, 101 ⇒ ACK, 102 ⇐ UPDATE, 102 ⇒ 200 UPDATE
             91.0  ·              → 101 ⇒ re-INVITE, 101 ⇐ 100, 101 ⇐ 200, 101 ⇒ ACK, 102 ⇐ UPDATE, 102 ⇒ 200 UPDATE
            100.0  101 hangs up   → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 99.0, 102 ⇐ BYE (normalClearing)
                                  → 101 ⇐ 200 BYE, 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("The session timer: a phone that refreshes itself by UPDATE")
    func phoneRefreshes() throws {
        timeline(
            try office(twoDesks) {
                $0["101"].manners.sessionTimer = .refreshes(.seconds(90), byUpdate: true)
                $0["102"].manners.sessionTimer = .unknown
            },
            """
              0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                  → 101 hears ringback
              1.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
             46.0  ·              → 101 ⇒ UPDATE, 101 ⇐ 200 UPDATE
             91.0  ·              → 101 ⇒ UPDATE, 101 ⇐ 200 UPDATE
            100.0  101 hangs up   → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 99.0, 102 ⇐ BYE (normalClearing)
                                  → 101 ⇐ 200 BYE, 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("The session timer: a phone that falls off the network in the call is found out")
    func sessionExpires() throws {
        timeline(
            try office(twoDesks + "set media no-rtp 10m\nset sip session-timer 90s"),
            """
              0.0  101 dials 102      → 102 rings, 101 hears ringback
              1.0  102 answers        → 101 answered, 101 ↔ 102
              5.0  102 loses network  → 101 hears nothing, 102 hears nothing
             61.0  ·                  → 102 released (timeout), record 101→102 by 102 wait 1.0 talk 60.0, 101 released (timeout)
            200.0  end                →
            """)
    }

    @Test("No RTP for as long as the configuration says: the call ends")
    func noRTP() throws {
        timeline(
            try office(twoDesks + "set media no-rtp 30s"),
            """
             0.0  101 dials 102     → 102 rings, 101 hears ringback
             1.0  102 answers       → 101 answered, 101 ↔ 102
             5.0  102 falls silent  → 101 hears nothing
            35.0  ·                 → record 101→102 by 102 wait 1.0 talk 34.0, 102 released (timeout), 101 released (timeout)
            """)
    }

    @Test("No RTP while held is no fault")
    func noRTPOnHold() throws {
        timeline(
            try office(twoDesks + "set media no-rtp 30s"),
            """
              0.0  101 dials 102       → 102 rings, 101 hears ringback
              1.0  102 answers         → 101 answered, 101 ↔ 102
              5.0  102 holds inactive  → 101 hears music, 102 hears nothing
            100.0  102 resumes         → 101 ↔ 102
            110.0  101 hangs up        → record 101→102 by 102 wait 1.0 talk 109.0, 102 released (normalClearing)
            """)
    }

    @Test("Two whose phones tell keys by RFC 4733 talk: no key is ever looked for in their voice")
    func nobodyListens() throws {
        var office = try office(twoDesks)
        play(
            &office,
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            9.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 8.0, 102 released (normalClearing)
            """)
        #expect(office.media.listened == 0)
    }
}
