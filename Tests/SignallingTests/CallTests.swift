import Telephony
import Testing

@testable import Signalling

@Suite("Calls in, RFC 3261 §13.3")
struct CallsInTests {
    var bench = Bench()
    var phone = Phone("101")

    @Test("challenge, 100 at once, 180, 200, ACK, BYE held until the record is durable")
    mutating func simple() {
        let invite = phone.request(.invite, sdp: sdp(1))
        #expect(bench.receive(invite, phone.flow) == ["→ 401 INVITE"])
        #expect(bench.receive(phone.acknowledge(bench.last), phone.flow) == [])
        #expect(bench.core.layer.count == 0)
        let good = phone.authorized(invite, bench.last)
        #expect(bench.receive(good, phone.flow) == ["→ 100 INVITE", "1 invited by account(\"101\") v1"])
        let id = SessionID(1)
        #expect(bench.core.info(id)?.isEarly == true)
        #expect(bench.order(.progress(id, status: 180, nil)) == ["→ 180 INVITE"])
        let tag = bench.last.to.tag
        #expect(bench.receive(good, phone.flow) == ["→ 180 INVITE"])
        #expect(bench.order(.accept(id, sdp(2))) == ["→ 200 INVITE sdp"])
        #expect(bench.last.to.tag == tag && tag?.utf8.count == 16)
        #expect(bench.last.contacts.first?.uri.description == "sip:102@10.0.0.1:5060")
        #expect(bench.receive(phone.acknowledge(bench.last), phone.flow) == ["1 confirmed"])
        #expect(bench.pass(.seconds(100)) == [])
        #expect(bench.core.info(id)?.isEarly == false)
        let bye = phone.request(.bye, to: bench.last.to)
        #expect(bench.receive(bye, phone.flow) == ["1 ended normalClearing by far end"])
        #expect(bench.receive(bye, phone.flow) == [])
        #expect(bench.order(.answerBye(id)) == ["→ 200 BYE"])
        #expect(bench.receive(bye, phone.flow) == ["→ 200 BYE"])
        #expect(bench.pass(.seconds(40)) == [])
        #expect(bench.core.sessions.isEmpty && bench.core.dialogs.isEmpty && bench.core.layer.count == 0)
        #expect(bench.core.deadline == nil)
    }

    @Test("a held BYE is answered after 4 s whatever happens")
    mutating func heldBye() {
        _ = bench.talking(with: &phone)
        _ = bench.receive(phone.request(.bye, to: bench.last.to), phone.flow)
        #expect(bench.pass(.seconds(10)) == ["4.0 → 200 BYE"])
    }

    @Test("§13.3.1.4 the 200 is repeated until the ACK, on a stream too; then BYE")
    mutating func lostAcknowledgement() {
        for connection in [nil, 1] {
            bench = Bench()
            phone = Phone("101", tcp: connection)
            _ = bench.called(by: &phone)
            _ = bench.order(.accept(SessionID(1), sdp(2)))
            let repeats = bench.pass(.seconds(31))
            #expect(
                repeats == [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5].map { "\($0) → 200 INVITE sdp" })
            #expect(bench.pass(.milliseconds(1000)).prefix(2) == ["0.5 → 200 INVITE sdp", "1.0 → BYE"])
            #expect(bench.last(.bye).header("Reason") == "Q.850;cause=102")
        }
    }

    @Test("§15.1.1 no BYE before the ACK")
    mutating func endBeforeAcknowledgement() {
        _ = bench.called(by: &phone)
        _ = bench.order(.accept(SessionID(1), sdp(2)))
        let ok = bench.last
        #expect(bench.order(.end(SessionID(1), .normalClearing)) == ["1 ended normalClearing"])
        #expect(bench.core.info(SessionID(1)) == nil)
        #expect(bench.receive(phone.acknowledge(ok), phone.flow) == ["→ BYE"])
        let bye = bench.last
        #expect(bye.sequence == 1 && bye.header("Reason") == "Q.850;cause=16")
        #expect(bye.requestURI == phone.contact.uri && bye.to.tag == phone.tag)
        #expect(bench.receive(phone.answer(200, to: bye), phone.flow) == [])
        #expect(bench.pass(.seconds(60)) == [])
    }

    @Test("a refusal: G until its ACK, with Reason and Warning")
    mutating func refused() {
        _ = bench.called(by: &phone)
        #expect(
            bench.order(.reject(SessionID(1), status: 488, .incompatibleMedia, warning: "305 apus \"no\""))
                == ["→ 488 INVITE", "1 ended incompatibleMedia 488"])
        let refusal = bench.last
        #expect(refusal.header("Reason") == "Q.850;cause=88" && refusal.header("Warning") == "305 apus \"no\"")
        #expect(bench.pass(.seconds(2)) == ["0.5 → 488 INVITE", "1.5 → 488 INVITE"])
        var ack = phone.acknowledge(refusal)
        ack.vias = refusal.vias
        #expect(bench.receive(ack, phone.flow) == [])
        #expect(bench.pass(.seconds(60)) == [])
    }

    @Test("end before the answer refuses with the cause's status")
    mutating func ended() {
        _ = bench.called(by: &phone)
        #expect(bench.order(.end(SessionID(1), .busy)) == ["→ 486 INVITE", "1 ended busy 486"])
        #expect(bench.order(.end(SessionID(1), .busy)) == [])
    }

    @Test("late offer: our 200 offers, the ACK answers")
    mutating func lateOffer() {
        #expect(bench.called(by: &phone, sdp: nil) == ["→ 100 INVITE", "1 invited by account(\"101\")"])
        #expect(bench.order(.progress(SessionID(1), status: 183, sdp(9))) == ["→ 183 INVITE"])
        #expect(bench.order(.accept(SessionID(1), sdp(2))) == ["→ 200 INVITE sdp"])
        #expect(bench.receive(phone.acknowledge(bench.last, sdp: sdp(3)), phone.flow) == ["1 confirmed v3"])
    }

    @Test("late offer that is never answered ends the call")
    mutating func lateOfferUnanswered() {
        _ = bench.called(by: &phone, sdp: nil)
        _ = bench.order(.accept(SessionID(1), sdp(2)))
        #expect(bench.receive(phone.acknowledge(bench.last), phone.flow) == ["→ BYE", "1 ended incompatibleMedia"])
    }

    @Test("what 183 answered, 200 answers again; 18x is repeated every minute")
    mutating func earlyAnswer() {
        _ = bench.called(by: &phone)
        #expect(bench.order(.progress(SessionID(1), status: 183, sdp(2))) == ["→ 183 INVITE sdp"])
        #expect(bench.pass(.seconds(130)) == ["60.0 → 183 INVITE sdp", "120.0 → 183 INVITE sdp"])
        _ = bench.order(.accept(SessionID(1), sdp(3)))
        #expect(bench.last.sessionDescription?.version == 2)
    }

    @Test("§9.2 CANCEL: 200, 487, and 481 where there is nothing to cancel")
    mutating func cancelled() {
        _ = bench.called(by: &phone)
        _ = bench.order(.progress(SessionID(1), status: 180, nil))
        let ringing = bench.last
        var cancel = phone.request(.cancel, sequence: phone.sequence)
        #expect(bench.receive(cancel, phone.flow) == ["refused", "→ 481 CANCEL"])
        cancel.vias = ringing.vias
        #expect(
            bench.receive(cancel, phone.flow) == ["→ 200 CANCEL", "→ 487 INVITE", "1 ended cancelled 487 by far end"])
        #expect(bench.last.to.tag == ringing.to.tag)
        #expect(bench.order(.accept(SessionID(1), sdp(2))) == [])
        var ack = phone.acknowledge(bench.last)
        ack.vias = ringing.vias
        _ = bench.receive(ack, phone.flow)
        #expect(bench.pass(.seconds(60)) == [])
        #expect(bench.core.layer.count == 0)
    }

    @Test("a colleague took it: the CANCEL's Reason says so")
    mutating func cancelledElsewhere() {
        _ = bench.called(by: &phone)
        var cancel = phone.request(.cancel, sequence: phone.sequence)
        cancel.vias = bench.last.vias
        cancel.setHeader("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")
        #expect(bench.receive(cancel, phone.flow).last == "1 ended answeredElsewhere 487 by far end")
    }

    @Test("a CANCEL that comes after the 200 is too late; one from another address is nothing")
    mutating func cancelTooLate() {
        _ = bench.called(by: &phone)
        var cancel = phone.request(.cancel, sequence: phone.sequence)
        cancel.vias = bench.last.vias
        var thief = phone.flow
        thief.remote.address = .v4(0x0A00_0099)
        #expect(bench.receive(cancel, thief) == ["refused", "→ 481 CANCEL"])
        _ = bench.order(.accept(SessionID(1), sdp(2)))
        #expect(bench.receive(cancel, phone.flow) == ["→ 200 CANCEL"])
        #expect(bench.core.info(SessionID(1)) != nil)
    }

    @Test("a trunk is known by its address and port")
    mutating func trunk() {
        bench = Bench(peers: [.init(id: "mtt", address: .v4(0x0A00_0065), port: 5060)])
        #expect(bench.receive(phone.request(.invite, sdp: sdp(1)), phone.flow).last == "1 invited by peer(\"mtt\") v1")
        var other = Phone("101", port: 5099)
        #expect(bench.receive(other.request(.invite, sdp: sdp(1)), other.flow) == ["→ 401 INVITE"])
        var stream = Phone("101", port: 5077, tcp: 1)
        #expect(bench.receive(stream.request(.invite, sdp: sdp(1)), stream.flow) == ["→ 401 INVITE"])
        var request = stream.request(.invite, sdp: sdp(1))
        request.vias[0].port = nil
        #expect(bench.receive(request, stream.flow).last == "2 invited by peer(\"mtt\") v1")
    }

    @Test("a full house: 503, and room again when calls end")
    mutating func full() {
        bench = Bench(peers: [.init(id: "mtt", address: .v4(0x0A00_0065), port: nil)])
        for number in 0...SignallingLimit.sessions {
            phone.callID = "full-\(number)"
            let lines = bench.receive(phone.request(.invite, sdp: sdp(1)), phone.flow)
            #expect(
                (lines == ["refused", "turned away peer(\"mtt\") noCircuit", "→ 100 INVITE", "→ 503 INVITE"])
                    == (number == SignallingLimit.sessions))
        }
        _ = bench.order(.end(SessionID(1), .busy))
        phone.callID = "room"
        #expect(bench.receive(phone.request(.invite, sdp: sdp(1)), phone.flow).count == 2)
    }
}

@Suite("Calls out, RFC 3261 §13.2")
struct CallsOutTests {
    var bench = Bench()
    var phone = Phone("102")

    @Test("INVITE, 180, 200, ACK, our BYE")
    mutating func simple() {
        let (id, lines) = bench.call(phone)
        #expect(lines == ["→ INVITE sdp"])
        let invite = bench.last
        #expect(invite.from.name == "Анна \"А\"" && invite.maxForwards == 70)
        #expect(
            invite.vias[0].branch?.hasPrefix("z9hG4bK") == true && invite.header("Supported") == "timer, replaces, norefersub")
        #expect(bench.receive(phone.answer(100, to: invite), phone.flow) == [])
        #expect(bench.receive(phone.answer(180, to: invite), phone.flow) == ["1 progressed 180"])
        #expect(bench.receive(phone.answer(180, to: invite), phone.flow) == [])
        let ok = phone.answer(200, to: invite, sdp: sdp(2))
        #expect(bench.receive(ok, phone.flow) == ["→ ACK", "1 answered v2"])
        let ack = bench.last
        #expect(ack.vias[0].branch != invite.vias[0].branch && ack.sequence == invite.sequence)
        #expect(bench.receive(ok, phone.flow) == ["→ ACK"])
        #expect(bench.last == ack)
        #expect(bench.order(.end(id, .normalClearing)) == ["→ BYE", "1 ended normalClearing"])
        #expect(bench.last.sequence == 2)
        #expect(bench.receive(ok, phone.flow) == ["→ ACK"])
        _ = bench.receive(phone.answer(200, to: bench.last(.bye)), phone.flow)
        _ = bench.pass(.seconds(40))
        #expect(bench.core.sessions.isEmpty && bench.core.layer.count == 0)
    }

    @Test("nobody there: seven INVITEs in 32 s, then unreachable")
    mutating func silence() {
        _ = bench.call(phone)
        #expect(
            bench.pass(.seconds(33)) == [0.5, 1.5, 3.5, 7.5, 15.5, 31.5].map { "\($0) → INVITE sdp" } + [
                "32.0 1 ended unreachable 408"
            ])
        #expect(bench.core.counters.timeouts == 1 && bench.core.counters.retransmissions == 6)
    }

    @Test("nothing listens there: unreachable at once")
    mutating func refusedByNetwork() {
        _ = bench.call(phone)
        #expect(bench.fail(bench.last, phone.flow) == ["1 ended unreachable 503"])
        #expect(bench.pass(.seconds(60)) == [])
    }

    @Test("a stream that closes fails what is under way")
    mutating func disconnected() {
        phone = Phone("102", tcp: 4)
        _ = bench.call(phone)
        #expect(bench.last.vias[0].transport == "TCP")
        #expect(bench.pass(.seconds(5)) == [])
        #expect(bench.disconnect(phone.flow) == ["1 ended unreachable 503"])
    }

    @Test("early media: the first answer of a dialog stands for a 200 without one")
    mutating func earlyMedia() {
        _ = bench.call(phone)
        let invite = bench.last
        #expect(bench.receive(phone.answer(183, to: invite, sdp: sdp(5)), phone.flow) == ["1 progressed 183 v5"])
        #expect(bench.receive(phone.answer(200, to: invite), phone.flow) == ["→ ACK", "1 answered v5"])
    }

    @Test("an answer without any SDP is hung up")
    mutating func noAnswer() {
        _ = bench.call(phone)
        #expect(
            bench.receive(phone.answer(200, to: bench.last), phone.flow) == ["→ ACK", "→ BYE", "1 ended incompatibleMedia"])
    }

    @Test(
        "busy: ACK by the transaction",
        arguments: [(486, "busy"), (603, "declined"), (404, "unallocated"), (302, "unreachable")])
    mutating func busy(status: Int, cause: String) {
        var bench = bench
        _ = bench.call(phone)
        #expect(bench.receive(phone.answer(status, to: bench.last), phone.flow) == ["→ ACK", "1 ended \(cause) \(status)"])
    }

    @Test("§13.2.2.4 a fork: two early dialogs, two 200s; the second gets ACK and BYE")
    mutating func fork() {
        let (id, _) = bench.call(phone)
        let invite = bench.last
        #expect(bench.receive(phone.answer(180, to: invite, tag: "a"), phone.flow) == ["1 progressed 180"])
        #expect(bench.receive(phone.answer(183, to: invite, tag: "b", sdp: sdp(3)), phone.flow) == ["1 progressed 183 v3"])
        #expect(bench.core.dialogs.count == 2)
        let winner = phone.answer(200, to: invite, tag: "b", sdp: sdp(3)),
            loser = phone.answer(200, to: invite, tag: "a", sdp: sdp(4))
        #expect(bench.receive(winner, phone.flow) == ["→ ACK", "1 answered v3"])
        #expect(bench.receive(loser, phone.flow) == ["→ ACK", "→ BYE"])
        #expect(bench.last.to.tag == "a")
        #expect(bench.receive(loser, phone.flow) == ["→ ACK"])
        #expect(bench.last.to.tag == "a")
        #expect(bench.core.dialogs.count == 1 && bench.core.info(id) != nil)
    }

    @Test("§9.1 CANCEL only after a provisional answer, with Reason; 487 ends it")
    mutating func cancel() {
        let (id, _) = bench.call(phone)
        let invite = bench.last
        #expect(bench.order(.end(id, .answeredElsewhere)) == ["1 ended answeredElsewhere"])
        #expect(bench.receive(phone.answer(180, to: invite), phone.flow) == ["→ CANCEL"])
        let cancel = bench.last
        #expect(cancel.vias == invite.vias && cancel.sequence == invite.sequence && cancel.to == invite.to)
        #expect(cancel.header("Reason") == "SIP;cause=200;text=\"Call completed elsewhere\"")
        #expect(bench.receive(phone.answer(200, to: cancel), phone.flow) == [])
        #expect(bench.receive(phone.answer(487, to: invite), phone.flow) == ["→ ACK"])
        _ = bench.pass(.seconds(40))
        #expect(bench.core.sessions.isEmpty && bench.core.layer.count == 0)
    }

    @Test("the 200 that crosses our CANCEL is acknowledged and hung up")
    mutating func cancelCrosses200() {
        let (id, _) = bench.call(phone)
        let invite = bench.last
        _ = bench.receive(phone.answer(180, to: invite), phone.flow)
        #expect(bench.order(.end(id, .cancelled)) == ["→ CANCEL", "1 ended cancelled"])
        #expect(bench.last.header("Reason") == "Q.850;cause=16")
        let ok = phone.answer(200, to: invite, sdp: sdp(2))
        #expect(bench.receive(ok, phone.flow) == ["→ ACK", "→ BYE"])
        #expect(bench.receive(ok, phone.flow) == ["→ ACK"])
    }

    @Test("a phone that answers CANCEL but never the INVITE is forgotten after 64*T1")
    mutating func cancelUnanswered() {
        let (id, _) = bench.call(phone)
        _ = bench.receive(phone.answer(180, to: bench.last), phone.flow)
        _ = bench.order(.end(id, .noAnswer))
        _ = bench.receive(phone.answer(200, to: bench.last), phone.flow)
        _ = bench.pass(.seconds(70))
        #expect(bench.core.sessions.isEmpty && bench.core.layer.count == 0)
    }

    @Test("their BYE ends it; one that crosses ours is answered")
    mutating func byes() {
        let id = bench.answered(by: phone)
        let ack = bench.last
        let bye = phone.request(.bye, to: NameAddress(uri: ack.from.uri, parameters: ack.from.parameters))
        var request = bye
        request.callID = ack.callID
        #expect(bench.order(.end(id, .normalClearing)).first == "→ BYE")
        #expect(bench.receive(request, phone.flow) == ["→ 200 BYE"])
    }

    @Test("RFC 4028 §7.4: 422 is tried again with what is asked for")
    mutating func intervalTooSmall() {
        _ = bench.call(phone)
        var refusal = phone.answer(422, to: bench.last)
        refusal.headers = [Header("Min-SE", "3600")]
        #expect(bench.receive(refusal, phone.flow) == ["→ ACK", "→ INVITE sdp"])
        #expect(bench.last.header("Session-Expires") == "3600" && bench.last.header("Min-SE") == "3600")
        #expect(bench.last.sequence == 2)
        #expect(bench.receive(phone.answer(200, to: bench.last, sdp: sdp(2)), phone.flow) == ["→ ACK", "1 answered v2"])
    }

    @Test("only the host that was asked may answer")
    mutating func thirdParty() {
        _ = bench.call(phone)
        let thief = Phone("102", at: 0x0A00_0099)
        #expect(bench.receive(phone.answer(200, to: bench.last, sdp: sdp(2)), thief.flow) == ["refused"])
        #expect(bench.core.info(SessionID(1))?.isEarly == true)
    }
}
