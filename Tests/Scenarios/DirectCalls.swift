import Configuration
import Routing
import Simulation
import Telephony
import Testing

@Suite("Direct calls that go unanswered")
struct DirectCalls {
    private func outside(_ more: String) throws -> SimulatedOffice {
        try office(
            """
            set extension 101 name A
            set extension 102 name B
            set extension 103 name C
            set department sales number 200 member 101 member 102
            set trunk mtt peer 203.0.113.10
            set number +74951234567 trunk mtt scheme office
            set number +74951234570 trunk mtt direct 101
            set scheme office otherwise to department sales
            set route out mask 8* trunk mtt

            """ + more)
    }

    @Test("R-001: the personal rule is for direct calls alone: a department's ringing never triggers it")
    func onlyDirect() throws {
        timeline(
            try outside("set extension 101 no-answer after 10s to extension 103 announce none\n"),
            """
             0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
            15.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 15.0, 101 released (cancelled)
                                           → 102 released (cancelled)
            """)
    }

    @Test("R-007, R-014: where it goes and what is heard before are set apart: each of them in every combination")
    func matrix() throws {
        for (target, rings) in [("extension 103", true), ("drop", false)] {
            for (announce, heard) in [
                ("none", nil), ("default", target == "drop" ? "not-available" : "another-specialist"), ("hello", "own"),
            ] {
                var office = try outside("set extension 101 no-answer after 10s to \(target) announce \(announce)\n")
                try office.perform(Deed("vera calls +74951234570"))
                office.run(for: .seconds(14))
                let happened = office.happenings.compactMap { office.text($0.what, .calls) }
                #expect(happened.contains("103 rings") == rings, "\(target) \(announce)")
                let speech = happened.first { $0.contains("“") }
                #expect(heard.map { speech?.contains($0) == true } ?? (speech == nil), "\(target) \(announce): \(speech ?? "")")
            }
        }
    }

    @Test("R-020, R-023: dropped: missed by him, the wait filled, everyone who was rung named")
    func dropped() throws {
        var office = try outside(
            "set extension 101 no-answer after 10s to extension 102 announce none\nset extension 101 no-answer after 5s to drop")
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(20))
        let record = try #require(office.store.records.first)
        #expect(office.store.records.count == 1 && record.result == .missed && record.employee == "101")
        #expect(record.wait == .seconds(15) && record.legs.map(\.target) == ["101", "102"])
        #expect(record.legs.map(\.rang) == [.seconds(10), .seconds(5)])
    }

    @Test("R-021: forwarded and answered by a colleague: his call, and nobody missed it")
    func colleague() throws {
        var office = try outside("set extension 101 no-answer after 10s to extension 102 announce none")
        for (deed, wait) in [("vera calls +74951234570", 12), ("102 answers", 5), ("vera hangs up", 1)] {
            try office.perform(Deed(deed))
            office.run(for: .seconds(wait))
        }
        let record = try #require(office.store.records.first)
        #expect(office.store.records.count == 1 && record.result == .answered && record.employee == "102")
    }

    @Test("R-018: what is checked and not committed has no effect on a call")
    func unsaved() throws {
        let office = try outside("")
        let base = ConfigurationReading("set extension 101\nset extension 103").document
        let candidate = try ConfigurationCandidate(
            loading: "set extension 101 forward to extension 103", onto: base, bytes: { [UInt8](repeating: 7, count: $0) })
        #expect(candidate.settings.office.extensions["101"]?.forward == .extension("103"))
        timeline(
            office,
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             1.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-005, R-029: one line for all; a person's own rule outranks it, and goes with the extension")
    func defaults() throws {
        timeline(
            try outside(
                """
                set extension * no-answer after 10s to extension 103 announce none
                set extension 102 no-answer after 10s to drop
                set number +74951234571 trunk mtt direct 102

                """),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            10.0  ·                        → 101 released (noAnswer), 103 rings
            11.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 11.0, 103 released (cancelled)
            20.0  vera calls +74951234571  → 102 rings, vera hears ringback
            30.0  ·                        → record vera→+74951234571 missed (noAnswer) wait 10.0, 102 released (noAnswer)
                                           → vera released (noAnswer)
            """)
        let text = ConfigurationReading("set extension 101 forward to extension 103\nset extension 103\ndelete extension 101")
            .document.text()
        #expect(!text.contains("101"))
    }

    @Test("R-011: an unknown target, himself, a loop: refused, and told in full")
    func refused() throws {
        for (lines, told) in [
            ("set extension 101 forward to extension 199", "199"), ("set extension 101 forward to extension 101", "101→101"),
            ("set extension 101 forward to extension 102\nset extension 102 forward to extension 101", "101→102→101"),
        ] {
            #expect(throws: ConfigurationRefusal.self) {
                do { _ = try outside(lines) } catch let refusal as ConfigurationRefusal {
                    #expect(refusal.errors.contains { $0.text.text(in: .en).contains(told) }, "\(refusal.errors)")
                    throw refusal
                }
            }
        }
    }

    @Test("R-019: a rule may not send calls where its owner may not call; a rule from before is stopped at the call")
    func tollClass() throws {
        var office = try outside("set extension 101 no-answer after 10s to external 89161112233 announce none")
        office.settings(changing: "101") { $0.tollClass = .internal }
        timeline(
            office,
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            10.0  ·                        → record vera→+74951234570 missed (forbidden) wait 10.0, 101 released (noAnswer)
                                           → vera released (declined)
            """)
    }
}

extension SimulatedOffice {
    /// An employee as a stroke of the pen makes him, past what a commit would check.
    mutating func settings(changing number: String, _ change: (inout Extension) -> Void) {
        var changed = settings
        if var person = changed.office.extensions[number] {
            change(&person)
            changed.office.extensions[number] = person
        }
        reconfigure(changed)
    }
}
