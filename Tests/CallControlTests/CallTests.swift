import CallControl
import Routing
import Telephony
import Testing

@Suite("Direct calls")
struct DirectCallTests {
    private let one = LegID(1)
    private let two = LegID(2)

    @Test("Dial, ring, answer, hang up")
    func plain() {
        var desk = Desk(.small)
        #expect(desk.calls("101", "102").1 == ["open", "dial 2 102 as 101"])
        #expect(desk.fact(.rang(two)) == ["alert 1"])
        #expect(desk.fact(.rang(two)) == [])
        #expect(desk.fact(.answered(two)) == ["answer 1 like 2", "withhold 1", "withhold 2", "bridge 1 2", "open"])
        #expect(
            desk.fact(.ended(one, .normalClearing)) == [
                "release 2 normalClearing", "file closed(Telephony.Cause.normalClearing)",
            ])
        #expect(desk.board.status.isEmpty && desk.board.deadline == nil)
    }

    @Test("A busy colleague, one without a phone, one who declines, a wrong number: each gets its own cause")
    func refusals() {
        var desk = Desk(.small, present: ["101", "102", "103"])
        _ = desk.calls("102", "103")
        #expect(desk.calls("101", "102").1.contains("release 3 busy"))
        #expect(desk.calls("101", "104").1.contains("release 4 unreachable"))
        #expect(desk.calls("101", "999").1.contains("release 5 unallocated"))
        var other = Desk(.small)
        _ = other.calls("101", "102")
        #expect(other.fact(.ended(two, .declined)).contains("release 1 declined"))
    }

    @Test("R-006: two minutes, the national busy tone, release")
    func default120() {
        var desk = Desk(.small)
        _ = desk.calls("101", "102")
        _ = desk.fact(.rang(two))
        #expect(desk.after(.seconds(119)) == [])
        #expect(desk.after(.seconds(1)) == ["release 2 noAnswer", "play 1 busy"])
        #expect(desk.after(.seconds(5)) == ["release 1 busy", "file closed(Telephony.Cause.noAnswer)"])
    }

    @Test("A caller who hangs up in the busy tone, or while it rings, leaves nothing behind")
    func givesUp() {
        var desk = Desk(.small)
        _ = desk.calls("101", "102")
        #expect(desk.fact(.ended(one, .normalClearing)) == ["release 2 cancelled", "file closed(Telephony.Cause.cancelled)"])
        _ = desk.calls("101", "102")
        _ = desk.after(.seconds(121))
        #expect(desk.fact(.ended(LegID(3), .normalClearing)) == ["file closed(Telephony.Cause.noAnswer)"])
        #expect(desk.board.status.isEmpty)
    }

    @Test("G-2: on-busy and on-unreachable at once; without them the no-answer target, at once")
    func atOnce() {
        var office = Office.small
        office.extensions["102"]?.noAnswer = [NoAnswerStep(after: .seconds(30), target: .extension("103"))]
        office.extensions["104"]?.onUnreachable = .extension("103")
        var desk = Desk(office)
        _ = desk.calls("102", "101")
        #expect(desk.calls("104", "102").1 == ["open", "dial 4 103 as 104"])
        var other = Desk(office, present: ["101", "103"])
        #expect(other.calls("101", "102").1 == ["open", "dial 2 103 as 101"])
        #expect(other.fact(.ended(one, .normalClearing)).first == "release 2 cancelled")
        #expect(other.calls("101", "104").1 == ["open", "dial 4 103 as 101"])
    }

    @Test("A no-answer chain: each link begins where the one before ended; its target's own rule rests meanwhile")
    func chain() {
        var office = Office.small
        office.extensions["102"]?.noAnswer = [
            NoAnswerStep(after: .seconds(30), target: .extension("103")), NoAnswerStep(after: .seconds(20), target: .drop),
        ]
        office.extensions["103"]?.noAnswer = [NoAnswerStep(after: .seconds(1), target: .extension("104"))]
        var desk = Desk(office)
        _ = desk.calls("101", "102")
        #expect(desk.after(.seconds(30)) == ["release 2 noAnswer", "dial 3 103 as 101"])
        #expect(
            desk.after(.seconds(20)) == ["release 3 noAnswer", "release 1 noAnswer", "file closed(Telephony.Cause.noAnswer)"])
    }

    @Test("Forwarding that goes in circles is cut")
    func loop() {
        var office = Office.small
        office.extensions["102"]?.forward = .extension("103")
        office.extensions["103"]?.forward = .extension("102")
        var desk = Desk(office)
        #expect(desk.calls("101", "102").1.contains("release 1 loop"))
    }

    @Test("An answer that comes after the release is let go")
    func late() {
        var desk = Desk(.small)
        _ = desk.calls("101", "102")
        _ = desk.fact(.ended(one, .normalClearing))
        #expect(desk.fact(.answered(two)) == ["release 2 answeredElsewhere"])
    }
}

@Suite("Departments")
struct DepartmentTests {
    @Test("R-074: all ring; the first to answer silences the rest; a second answer is let go")
    func all() {
        var desk = Desk(.small)
        #expect(desk.calls("104", "200").1 == ["open", "dial 2 101 as 104", "dial 3 102 as 104", "dial 4 103 as 104"])
        #expect(
            desk.fact(.answered(LegID(3))) == [
                "release 2 answeredElsewhere", "release 4 answeredElsewhere", "answer 1 like 3", "withhold 1", "withhold 3",
                "bridge 1 3", "open",
            ])
        #expect(desk.fact(.answered(LegID(4))) == ["release 4 answeredElsewhere"])
    }

    @Test("A member who gets free, or whose phone comes, joins; one who declined is not asked again")
    func latecomers() {
        var desk = Desk(.small, present: ["101", "102", "104"])
        _ = desk.calls("102", "104")  // legs 1, 2
        #expect(desk.comes(on: "mtt", from: "+79160000000", to: "74951234567").1 == ["open", "dial 4 101 as +79160000000"])
        #expect(desk.fact(.reachable("103", true)) == ["dial 5 103 as +79160000000"])
        #expect(desk.fact(.ended(LegID(5), .declined)) == [])
        #expect(desk.fact(.ended(LegID(1), .normalClearing)).contains("dial 6 102 as +79160000000"))
        #expect(desk.fact(.ended(LegID(4), .unreachable)) == [])  // a dead phone is not rung over and over
    }

    @Test("A second caller waits while the members only ring for the first, and gets whoever is left")
    func twoCallers() {
        var desk = Desk(.small)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")  // legs 1, then 2, 3, 4
        let (second, orders) = desk.comes(on: "mtt", from: "+7917", to: "1")
        #expect(second == LegID(5) && orders == ["open", "alert 5"])
        let answered = desk.fact(.answered(LegID(2)))
        #expect(answered.contains("dial 6 103 as +7917") && answered.contains("dial 7 102 as +7917"))
    }

    @Test("R-071: one at a time; busy and declined are passed over at once; then from the start again")
    func sequential() {
        var office = Office.small
        office.departments["sales"]?.strategy = .sequential
        office.departments["sales"]?.noAnswer = [NoAnswerStep(after: .seconds(60), target: .extension("104"))]
        var desk = Desk(office)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.after(.seconds(15)) == ["release 2 noAnswer", "dial 3 102 as +7916"])
        #expect(desk.fact(.ended(LegID(3), .declined)) == ["dial 4 103 as +7916"])
        #expect(desk.after(.seconds(15)) == ["release 4 noAnswer", "dial 5 101 as +7916"])
        #expect(desk.after(.seconds(15)) == ["release 5 noAnswer", "dial 6 103 as +7916"])
        #expect(desk.after(.seconds(15)) == ["release 6 noAnswer", "dial 7 104 as +7916"])
    }

    @Test("Phones that fail at once are not tried in a circle; those that rang are, as long as the chain lasts")
    func noHotLoop() {
        var office = Office.small
        office.departments["sales"]?.strategy = .sequential
        var desk = Desk(office)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.fact(.ended(LegID(2), .unreachable)) == ["dial 3 102 as +7916"])
        #expect(desk.fact(.ended(LegID(3), .unreachable)) == ["dial 4 103 as +7916"])
        #expect(desk.fact(.ended(LegID(4), .unreachable)).contains("release 1 unreachable"))
        _ = desk.comes(on: "mtt", from: "+7917", to: "1")  // 5; 6
        _ = desk.fact(.rang(LegID(6)))
        _ = desk.fact(.ended(LegID(6), .noAnswer))
        _ = desk.fact(.ended(LegID(7), .unreachable))
        #expect(desk.fact(.ended(LegID(8), .unreachable)) == ["dial 9 101 as +7917"])
    }

    @Test("R-061: every member talks: on-busy at once; nobody there: the chain's target at once")
    func allBusy() {
        var office = Office.small
        office.departments["sales"]?.members = [Department.Member("101")]
        office.departments["sales"]?.onBusy = .extension("104")
        var desk = Desk(office)
        _ = desk.calls("101", "102")
        #expect(desk.comes(on: "mtt", from: "+7916", to: "1").1 == ["open", "dial 4 104 as +7916"])
        var empty = Desk(office, present: [])
        #expect(empty.comes(on: "mtt", from: "+7916", to: "1").1.contains("release 1 unreachable"))
    }
}

@Suite("Outside")
struct OutsideTests {
    @Test("A line that fails gives way to the next; a busy number does not")
    func failover() {
        var desk = Desk(.small)
        #expect(desk.calls("101", "89161234567").1 == ["open", "dial 2 89161234567 as 101"])
        #expect(desk.fact(.ended(LegID(2), .noCircuit)) == ["dial 3 89161234567 as 101"])
        #expect(desk.fact(.ended(LegID(3), .busy)).contains("release 1 busy"))
    }

    @Test("R-093: outgoing calls leave reserved channels free, incoming ones are never refused for lack of one")
    func channels() {
        var office = Office.small
        office.trunks["mtt"]?.channels = 2
        office.trunks["mtt"]?.reserveIn = 1
        office.trunks["mtt"]?.callerID = "+74951234567"
        office.trunks["spare"]?.channels = 0
        var desk = Desk(office)
        #expect(desk.calls("101", "89161234567").1 == ["open", "dial 2 89161234567 as +74951234567"])
        #expect(desk.calls("102", "89161234567").1.contains("release 3 noCircuit"))
        for leg in 4...6 { #expect(!desk.comes(on: "mtt", from: "+7916", to: "1").1.contains("release \(leg) noCircuit")) }
    }

    @Test("The network's own voice before the answer; the next attempt rings by tone, since the caller listens already")
    func earlyMedia() {
        var office = Office.small
        office.noAnswer = NoAnswerStep(after: .seconds(20), target: .extension("102"))
        office.extensions["104"]?.forward = .external("89161234567")
        office.acceptsByKey = false
        var desk = Desk(office)
        _ = desk.calls("101", "104")
        #expect(desk.fact(.earlyMediaBegan(LegID(2))) == ["bridge 1 2"])
        #expect(desk.after(.seconds(20)) == ["release 2 noAnswer", "dial 3 102 as 101"])
        #expect(desk.fact(.rang(LegID(3))) == ["play 1 ringback"])
    }
}

@Suite("Hold and transfer")
struct TransferTests {
    private func talking() -> Desk {
        var desk = Desk(.small)
        _ = desk.calls("101", "102")
        _ = desk.fact(.answered(LegID(2)))
        return desk
    }

    @Test("Music for the held one, from either side, and for nobody where both hold")
    func hold() {
        var desk = talking()
        #expect(desk.fact(.held(LegID(1))) == ["quiet 1", "play 2 music"])
        #expect(desk.fact(.held(LegID(2))) == ["quiet 1", "quiet 2"])
        #expect(desk.fact(.resumed(LegID(1))) == ["quiet 2", "play 1 music"])
        #expect(desk.fact(.resumed(LegID(2))) == ["bridge 1 2"])
    }

    @Test("Blind: the partner hears music, then ringing, then the new one; the transferor is told and let go")
    func blind() {
        var desk = talking()
        #expect(
            desk.fact(.transferRequested(LegID(1), to: "103", replacing: nil)) == [
                "quiet 1", "play 2 music", "dial 3 103 as 101",
            ])
        #expect(desk.fact(.rang(LegID(3))) == ["play 2 ringback"])
        #expect(
            desk.fact(.answered(LegID(3))) == [
                "withhold 3", "bridge 2 3", "report 1 succeeded", "release 1 normalClearing", "open",
            ])
        #expect(desk.fact(.ended(LegID(2), .normalClearing)).first == "release 3 normalClearing")
    }

    @Test("Blind, and nobody there: the transferor has his partner back, by a call if he has gone; else the partner hears why")
    func blindFails() {
        var desk = talking()
        _ = desk.fact(.transferRequested(LegID(1), to: "103", replacing: nil))
        #expect(desk.fact(.ended(LegID(3), .busy)) == ["report 1 failed busy", "bridge 2 1"])
        _ = desk.fact(.transferRequested(LegID(1), to: "103", replacing: nil))
        #expect(desk.fact(.ended(LegID(1), .normalClearing)) == [])
        #expect(desk.fact(.ended(LegID(4), .busy)) == ["dial 5 101 as 102"])
        #expect(desk.fact(.ended(LegID(5), .busy)) == ["play 2 busy"])
        #expect(desk.after(.seconds(5)) == ["release 2 busy", "file closed(Telephony.Cause.busy)"])
    }

    /// A client whom 101 has taken; after a talk he rests for 20 s.
    private func client() -> Desk {
        var office = Office.small
        office.departments["sales"]?.wrapUp = .seconds(20)
        var desk = Desk(office)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")  // 1; 2, 3, 4
        _ = desk.fact(.answered(LegID(2)))
        _ = desk.after(.seconds(5))
        desk.kept = []
        return desk
    }

    private func talks(_ desk: Desk) -> Int { desk.kept.count { $0.hasPrefix("met ") } }

    @Test("D-09: a talk that comes back from a transfer in vain is the same talk, and the pause begins at its end")
    func talkGoesOn() {
        var desk = client()
        _ = desk.fact(.transferRequested(LegID(2), to: "104", replacing: nil))
        #expect(desk.fact(.ended(LegID(5), .busy)) == ["report 2 failed busy", "bridge 1 2"])
        #expect(talks(desk) == 0)
        _ = desk.after(.seconds(30))
        _ = desk.fact(.ended(LegID(1), .normalClearing))
        #expect(talks(desk) == 1)
        let (_, orders) = desk.comes(on: "mtt", from: "+7917", to: "1")
        #expect(!orders.contains { $0.contains(" 101 as ") }, "he rests")
    }

    @Test("Transferred, the client has talked to both: each counts")
    func bothCount() {
        var desk = client()
        _ = desk.fact(.transferRequested(LegID(2), to: "104", replacing: nil))
        _ = desk.fact(.answered(LegID(5)))
        #expect(talks(desk) == 1)
        _ = desk.after(.seconds(5))
        _ = desk.fact(.ended(LegID(1), .normalClearing))
        #expect(talks(desk) == 2 && desk.kept.contains { $0.hasPrefix("met") && $0.hasSuffix("104") })
        desk = client()
        _ = desk.fact(.held(LegID(2)))
        _ = desk.calls("101", "104")  // 5; 6
        _ = desk.fact(.answered(LegID(6)))
        _ = desk.fact(.transferRequested(LegID(2), to: "104", replacing: LegID(5)))
        #expect(talks(desk) == 1)
        _ = desk.after(.seconds(5))
        _ = desk.fact(.ended(LegID(1), .normalClearing))
        #expect(talks(desk) == 2 && desk.kept.contains { $0.hasPrefix("met") && $0.hasSuffix("104") })
    }

    @Test("Only employees transfer, and only where they may call")
    func rights() {
        var desk = Desk(.small)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        _ = desk.fact(.answered(LegID(2)))
        #expect(desk.fact(.transferRequested(LegID(1), to: "104", replacing: nil)) == ["report 1 failed forbidden"])
        #expect(desk.fact(.transferRequested(LegID(2), to: "777", replacing: nil)) == ["report 2 failed unallocated"])
    }

    @Test("Attended: both calls of the transferor end, his partners talk, each call has one record")
    func attended() {
        var desk = Desk(.small)
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")  // 1; 2, 3, 4
        _ = desk.fact(.answered(LegID(2)))
        _ = desk.fact(.held(LegID(2)))
        _ = desk.calls("101", "104")  // 5; 6
        _ = desk.fact(.answered(LegID(6)))
        let orders = desk.fact(.transferRequested(LegID(2), to: "104", replacing: LegID(5)))
        #expect(
            orders == [
                "withhold 6", "bridge 1 6", "report 2 succeeded", "release 2 normalClearing", "release 5 normalClearing",
                "file closed(Telephony.Cause.normalClearing)", "open",
            ])
        #expect(
            desk.fact(.ended(LegID(6), .normalClearing)) == [
                "release 1 normalClearing", "file closed(Telephony.Cause.normalClearing)",
            ])
        #expect(desk.board.status.isEmpty)
    }

    @Test("Attended before the answer: the partner waits in the transferor's place")
    func semiAttended() {
        var desk = talking()
        _ = desk.fact(.held(LegID(1)))
        var office = Office.small
        office.extensions["101"]?.calls = 2
        desk.board.reconfigure(office)
        _ = desk.calls("101", "103")  // 3; 4
        let orders = desk.fact(.transferRequested(LegID(1), to: "103", replacing: LegID(3)))
        #expect(orders.contains("play 2 ringback") && orders.contains("release 3 normalClearing"))
        #expect(desk.fact(.answered(LegID(4))).contains("bridge 2 4"))
    }
}
