import Simulation
import Telephony
import Testing

@Suite("Answering machines: what callers leave, and what becomes of it")
struct Voicemail {
    private let trunk = """
        set trunk mtt peer 203.0.113.10
        set number +74951234570 trunk mtt direct 102
        set extension 102 no-answer after 20s to voicemail 102
        set route out mask 8* trunk mtt

        """

    @Test(
        "R-012, R-025: nobody answers: greeting, tone, a message; missed by the employee, with the message, and a task to call back"
    )
    func message() throws {
        var office = try office(twoDesks + trunk)
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
            20.0  ·                        → 102 released (noAnswer), vera answered
                                           → vera hears “ru/not-available ru/leave-message ru/beep”
            26.0  ·                        → vera hears nothing
            40.0  vera hangs up            → record vera→+74951234570 missed (normalClearing) wait 40.0, 102 lamp 1/0
            """)
        let record = try #require(office.store.records.last)
        #expect(record.message == 1 && record.addressee == "102" && record.employee == "102" && record.talk == .zero)
        #expect(record.legs.map(\.target) == ["102", "voicemail 102"] && record.legs.last?.outcome == .machine)
        let message = try #require(office.store.messages[1])
        #expect(message.box == "102" && message.from == "+79161234567" && message.state == .new)
        #expect(message.length == .seconds(14) && message.call == record.id)
        #expect(office.store.tasks.values.map(\.kind) == [.voicemail])
    }

    @Test("R-024: hung up during the greeting, or too little said: a plain missed call, no message and nothing left of it")
    func nothingSaid() throws {
        var office = try office(twoDesks + trunk)
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
            20.0  ·                        → 102 released (noAnswer), vera answered
                                           → vera hears “ru/not-available ru/leave-message ru/beep”
            22.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 22.0
            30.0  vera calls +74951234570  → 102 rings, vera hears ringback
            50.0  ·                        → 102 released (noAnswer), vera answered
                                           → vera hears “ru/not-available ru/leave-message ru/beep”
            56.0  ·                        → vera hears nothing
            57.9  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 27.9
            """)
        #expect(office.store.messages.isEmpty)
        #expect(office.store.records.allSatisfy { $0.message == nil && $0.employee == "102" })
        #expect(office.store.tasks.values.map(\.kind) == [.missed])
    }

    @Test("# goes over the greeting to the tone, and ends the message with thanks")
    func pound() throws {
        var office = try office(twoDesks + trunk)
        play(
            &office,
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 answered
                                 → 101 hears “ru/not-available ru/leave-message ru/beep”
            21.0  101 presses #  → 101 hears “ru/beep”
            23.0  ·              → 101 hears nothing
            30.0  101 presses #  → 102 lamp 1/0, 101 hears “ru/thank-you ru/goodbye”
            34.0  ·              → record 101→102 missed (normalClearing) wait 34.0, 101 released (normalClearing)
            """)
        #expect(office.store.messages[1]?.length == .seconds(7))
    }

    @Test("Too little before #: he is told and asked again, three times at most")
    func tooShort() throws {
        var office = try office(twoDesks + trunk)
        office.media.recordingLengths = ["messages/1": .seconds(1), "messages/2": .zero, "messages/3": .zero]
        play(
            &office,
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 answered
                                 → 101 hears “ru/not-available ru/leave-message ru/beep”
            26.0  ·              → 101 hears nothing
            27.0  101 presses #  → 101 hears “ru/message-too-short ru/beep”
            31.0  ·              → 101 hears nothing
            32.0  101 presses #  → 101 hears “ru/message-too-short ru/beep”
            36.0  ·              → 101 hears nothing
            37.0  101 presses #  → 101 hears “ru/goodbye”
            39.0  ·              → record 101→102 missed (noAnswer) wait 39.0, 101 released (normalClearing)
            """)
        #expect(office.store.messages.isEmpty)
    }

    @Test(
        "The longest message ends by itself; the department's box with a greeting of its own; a full disk is told to the caller")
    func department() throws {
        var office = try office(
            twoDesks + """
                set trunk mtt peer 203.0.113.10
                set department sales number 200
                set department sales member 101
                set department sales no-answer after 15s to voicemail sales
                set voicemail sales name "Отдел продаж" limit 10s greeting ask
                set number * trunk mtt scheme office
                set scheme office otherwise to department sales

                """)
        office.media.recordingLengths.updateValue(nil, forKey: "messages/2")
        play(
            &office,
            """
             0.0  vera calls 1   → 101 rings, vera hears ringback
            15.0  ·              → 101 released (noAnswer), vera answered, vera hears “own/ask ru/beep”
            19.0  ·              → vera hears nothing
            29.0  ·              → 101 lamp 1/0, vera hears “ru/thank-you ru/goodbye”
            33.0  ·              → record vera→1 missed (normalClearing) wait 33.0, vera released (normalClearing)
            40.0  vera calls 1   → 101 rings, vera hears ringback
            55.0  ·              → 101 released (noAnswer), vera answered, vera hears “own/ask ru/beep”
            59.0  ·              → vera hears nothing
            65.0  vera presses # → vera hears “ru/mailbox-full”
            67.0  ·              → record vera→1 missed (noAnswer) wait 27.0, vera released (normalClearing)
            """)
        #expect(office.store.records.map(\.message) == [1, nil])
        #expect(office.store.messages.values.map(\.box) == ["sales"])
    }

    @Test("The BYE of a caller who has spoken is answered when his message and its record are safe")
    func byeWaits() throws {
        var office = try office(twoDesks + trunk)
        office.store.delay = .seconds(1)
        play(
            &office,
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 answered
                                 → 101 hears “ru/not-available ru/leave-message ru/beep”
            26.0  ·              → 101 hears nothing
            30.0  101 hangs up   → record 101→102 missed (normalClearing) wait 30.0, 102 lamp 1/0
            """)
        let answer = office.happenings.last { happening in
            if case .message(let message, _, "101", _) = happening.what {
                message.status == 200 && message.sequenceMethod == .bye
            } else {
                false
            }
        }
        let bye = office.happenings.first { happening in
            if case .message(let message, "101", _, _) = happening.what { message.method == .bye } else { false }
        }
        let waited = try #require(answer).at - (try #require(bye).at)
        #expect(waited >= .seconds(1))
    }

    @Test("R-012: forwarded to the machine at once, or when no phone is there; nobody rings")
    func atOnce() throws {
        timeline(
            try office(twoDesks + "set extension 102 forward to voicemail 102\nset extension 103 on-busy to voicemail 103\n"),
            """
             0.0  101 dials 102  → 101 answered, 101 hears “ru/not-available ru/leave-message ru/beep”
             1.0  101 hangs up   → record 101→102 missed (cancelled) wait 1.0
             2.0  102 dials 103  → 103 rings, 102 hears ringback
             3.0  103 is busy    → 102 answered, 102 hears “ru/not-available ru/leave-message ru/beep”
             5.0  102 hangs up   → record 102→103 missed (cancelled) wait 3.0
            """)
    }

    @Test("D-24: a transfer to a department where nobody answers ends at its machine, and the transferor is free")
    func transferred() throws {
        let department = """
            set department sales number 200
            set department sales member 102
            set department sales no-answer after 20s to voicemail 102

            """
        var office = try office(twoDesks + trunk + department)
        play(
            &office,
            """
             0.0  101 dials 103        → 103 rings, 101 hears ringback
             2.0  103 answers          → 101 answered, 101 ↔ 103
             5.0  103 transfers to 200 → 102 rings, 101 hears ringback, 103 hears nothing
            25.0  ·                    → 102 released (noAnswer), 103 transfer 200
                                       → 101 hears “ru/not-available ru/leave-message ru/beep”
            31.0  ·                    → 101 hears nothing
            40.0  101 hangs up         → record 101→103 by 103 wait 2.0 talk 38.0, 102 lamp 1/0
            """)
        #expect(office.store.messages[1]?.box == "102")
    }

    @Test("Room for messages: heard ones go first, then the oldest; the newest stays")
    func quota() throws {
        var office = try office(twoDesks + trunk + "set office keep voicemail 1mb\n")
        for message in 1...3 { office.media.recordingLengths["messages/\(message)"] = .seconds(60) }
        // The third takes the place of the first: the lamp shows two still.
        for lamp in [", 102 lamp 1/0", ", 102 lamp 2/0", ""] {
            play(
                &office,
                """
                 0.0  101 dials 102  → 102 rings, 101 hears ringback
                20.0  ·              → 102 released (noAnswer), 101 answered
                                     → 101 hears “ru/not-available ru/leave-message ru/beep”
                26.0  ·              → 101 hears nothing
                30.0  101 hangs up   → record 101→102 missed (normalClearing) wait 30.0\(lamp)
                """)
        }
        #expect(office.store.messages.keys.sorted() == [2, 3])
    }

    @Test("The exchange is killed while somebody speaks: no half message; numbers are never used again")
    func killed() throws {
        var office = try office(twoDesks + trunk)
        play(
            &office,
            """
             0.0  101 dials 102    → 102 rings, 101 hears ringback
            20.0  ·                → 102 released (noAnswer), 101 answered
                                   → 101 hears “ru/not-available ru/leave-message ru/beep”
            26.0  ·                → 101 hears nothing
            30.0  apus is killed   →
            31.0  apus starts      → record 101→102 interrupted
            31.5  101 hangs up     →
            40.0  end              →
            """)
        #expect(office.exchange?.messages.list().isEmpty == true)
    }
}

extension Voicemail {
    @Test("R-084: an impatient caller presses 2 and leaves a message for the department; missed, with the message")
    func impatient() throws {
        var office = try office(
            twoDesks + """
                set trunk mtt peer 203.0.113.10
                set department sales number 200
                set department sales member 102
                set department sales no-answer after 5m to busy
                set department sales impatient on
                set number * trunk mtt scheme office
                set scheme office otherwise to department sales

                """)
        play(
            &office,
            """
             0.0  vera calls 1    → 102 rings, vera hears ringback
            20.0  ·               → vera answered
                                  → vera hears “ru/apology ru/callback-offer ru/voicemail-offer ru/stay-offer”
            22.0  vera presses 2  → 102 released (noAnswer), vera hears “ru/not-available ru/leave-message ru/beep”
            28.0  ·               → vera hears nothing
            40.0  vera hangs up   → record vera→1 missed (normalClearing) wait 40.0, 102 lamp 1/0
            """)
        #expect(office.store.messages[1]?.box == "sales")
        #expect(office.store.records.last?.message == 1 && office.store.records.last?.department == "sales")
    }
}
