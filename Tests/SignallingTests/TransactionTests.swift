import Telephony
import Testing

@testable import Signalling

@Suite("Client transactions, RFC 3261 §17.1 with RFC 6026")
struct ClientTransactionTests {
    var phone = Phone("102")

    func invite() -> Message {
        var phone = phone
        return phone.request(.invite)
    }

    func options() -> Message {
        var phone = phone
        return phone.request(.options)
    }

    @Test("§17.1.1.2 timer A doubles without end, timer B ends it")
    func inviteRetransmits() {
        let request = invite()
        var machine = ClientTransaction(request, isReliable: false)
        #expect(
            machine.handle(.began) == [
                .send(request), .start(.timeout, .seconds(32)), .start(.retransmit, .milliseconds(500)),
            ])
        #expect(machine.handle(.fired(.retransmit)) == [.send(request), .start(.retransmit, .seconds(1))])
        for _ in 0..<3 { _ = machine.handle(.fired(.retransmit)) }
        #expect(machine.handle(.fired(.retransmit)) == [.send(request), .start(.retransmit, .seconds(16))])
        #expect(machine.handle(.fired(.timeout)) == [.reportTimeout, .end])
        #expect(machine.handle(.fired(.retransmit)) == [])
    }

    @Test("§17.1.1.2 a stream does not retransmit")
    func inviteOverStream() {
        let request = invite()
        var machine = ClientTransaction(request, isReliable: true)
        #expect(machine.handle(.began) == [.send(request), .start(.timeout, .seconds(32))])
        let busy = phone.answer(486, to: request)
        let actions = machine.handle(.received(busy))
        #expect(actions.contains(.end) && actions.contains(.deliver(busy)))
    }

    @Test("§17.1.1.3 every final answer but 2xx gets an ACK, each copy again")
    func inviteRefused() {
        let request = invite()
        var machine = ClientTransaction(request, isReliable: false)
        _ = machine.handle(.began)
        let ringing = phone.answer(180, to: request), busy = phone.answer(486, to: request)
        #expect(machine.handle(.received(ringing)) == [.stop(.retransmit), .stop(.timeout), .deliver(ringing)])
        let actions = machine.handle(.received(busy))
        guard case .send(let ack) = actions[2] else { return #expect(Bool(false), "no ACK: \(actions)") }
        #expect(ack.method == .ack && ack.vias == request.vias && ack.to == busy.to && ack.sequence == request.sequence)
        #expect(actions.suffix(2) == [.start(.linger, .seconds(32)), .deliver(busy)])
        #expect(machine.handle(.received(busy)) == [.send(ack)])
        #expect(machine.handle(.received(ringing)) == [])
        #expect(machine.handle(.fired(.linger)) == [.end])
    }

    @Test("RFC 6026 §7.2: accepted passes every 2xx until timer M")
    func inviteAccepted() {
        let request = invite()
        var machine = ClientTransaction(request, isReliable: true)
        _ = machine.handle(.began)
        let ok = phone.answer(200, to: request)
        #expect(
            machine.handle(.received(ok)) == [
                .stop(.retransmit), .stop(.timeout), .start(.linger, .seconds(32)), .deliver(ok),
            ])
        #expect(machine.handle(.received(ok)) == [.deliver(ok)])
        #expect(machine.handle(.received(phone.answer(486, to: request))) == [])
        #expect(machine.handle(.fired(.linger)) == [.end])
    }

    @Test("§17.1.2.2 timer E doubles up to T2 and stays there while proceeding; K is T4")
    func other() {
        let request = options()
        var machine = ClientTransaction(request, isReliable: false)
        _ = machine.handle(.began)
        let pauses: [Duration] = (0..<5).map { _ in
            guard case .start(.retransmit, let pause) = machine.handle(.fired(.retransmit))[1] else { return .zero }
            return pause
        }
        #expect(pauses == [.seconds(1), .seconds(2), .seconds(4), .seconds(4), .seconds(4)])
        #expect(machine.handle(.received(phone.answer(100, to: request))).count == 1)
        #expect(machine.handle(.fired(.retransmit)) == [.send(request), .start(.retransmit, .seconds(4))])
        let ok = phone.answer(200, to: request)
        #expect(
            machine.handle(.received(ok)) == [
                .stop(.retransmit), .stop(.timeout), .start(.linger, .seconds(5)), .deliver(ok),
            ])
        #expect(machine.handle(.received(ok)) == [])
        #expect(machine.handle(.sendFailed) == [.end])
    }

    @Test("§17.1.4 a message that cannot be sent ends it")
    func sendFailed() {
        var machine = ClientTransaction(invite(), isReliable: false)
        _ = machine.handle(.began)
        #expect(machine.handle(.sendFailed) == [.reportFailure, .end])
    }
}

@Suite("Server transactions, RFC 3261 §17.2 with RFC 6026")
struct ServerTransactionTests {
    func open(_ method: Method, tcp: Bool = false) -> (ServerTransaction, (Int) -> Message) {
        var phone = Phone("101", tcp: tcp ? 1 : nil)
        let request = phone.request(method)
        return (ServerTransaction(request, phone.flow), { .response($0, to: request, tag: "x") })
    }

    @Test("§17.2.1 the last 1xx is repeated; G doubles up to T2 until ACK, I is T4")
    func inviteRefused() {
        var (machine, response) = open(.invite)
        #expect(machine.handle(.repeated) == [])
        #expect(machine.handle(.respond(response(180))) == [.send(response(180))])
        #expect(machine.handle(.repeated) == [.send(response(180))])
        let busy = response(486)
        #expect(
            machine.handle(.respond(busy)) == [
                .send(busy), .start(.timeout, .seconds(32)), .start(.retransmit, .milliseconds(500)),
            ])
        let pauses: [Duration] = (0..<4).map { _ in
            guard case .start(.retransmit, let pause) = machine.handle(.fired(.retransmit))[1] else { return .zero }
            return pause
        }
        #expect(pauses == [.seconds(1), .seconds(2), .seconds(4), .seconds(4)])
        #expect(machine.handle(.acknowledged) == [.stop(.retransmit), .stop(.timeout), .start(.linger, .seconds(5))])
        #expect(machine.handle(.repeated) == [])
        #expect(machine.handle(.fired(.linger)) == [.end])
    }

    @Test("§17.2.1 timer H: no ACK came")
    func inviteNeverAcknowledged() {
        var (machine, response) = open(.invite)
        _ = machine.handle(.respond(response(486)))
        #expect(machine.handle(.fired(.timeout)) == [.end])
    }

    @Test("RFC 6026 §7.1: accepted absorbs the INVITE's copies until timer L")
    func inviteAccepted() {
        var (machine, response) = open(.invite)
        #expect(machine.handle(.respond(response(200))) == [.send(response(200)), .start(.linger, .seconds(32))])
        #expect(machine.handle(.repeated) == [])
        #expect(machine.handle(.respond(response(486))) == [])
        #expect(machine.handle(.fired(.linger)) == [.end])
    }

    @Test("§17.2.1 a stream: no G, and ACK ends it")
    func inviteOverStream() {
        var (machine, response) = open(.invite, tcp: true)
        #expect(machine.handle(.respond(response(486))) == [.send(response(486)), .start(.timeout, .seconds(32))])
        #expect(machine.handle(.acknowledged) == [.stop(.retransmit), .stop(.timeout), .end])
    }

    @Test("§17.2.2 the final answer is repeated until J; a stream needs none")
    func other() {
        var (machine, response) = open(.bye)
        #expect(machine.handle(.repeated) == [])
        #expect(machine.handle(.respond(response(200))) == [.send(response(200)), .start(.linger, .seconds(32))])
        #expect(machine.handle(.repeated) == [.send(response(200))])
        #expect(machine.handle(.respond(response(500))) == [])
        var (stream, answer) = open(.bye, tcp: true)
        #expect(stream.handle(.respond(answer(200))) == [.send(answer(200)), .end])
    }
}

@Suite("Transaction keys, RFC 3261 §17.1.3 and §17.2.3")
struct TransactionKeyTests {
    @Test("branch, sent-by and method; ACK has its INVITE's key")
    func keys() {
        var phone = Phone("101")
        let invite = phone.request(.invite)
        var ack = invite, cancel = invite, elsewhere = invite
        (ack.sequenceMethod, cancel.sequenceMethod) = (.ack, .cancel)
        elsewhere.vias[0].host = "10.0.0.99"
        #expect(ServerKey(ack) == ServerKey(invite))
        #expect(ServerKey(cancel) != ServerKey(invite))
        #expect(ServerKey(cancel).cancelled == ServerKey(invite))
        #expect(ServerKey(elsewhere) != ServerKey(invite))
    }

    @Test("without the cookie the whole request counts (RFC 2543)")
    func withoutCookie() {
        var phone = Phone("101")
        var first = phone.request(.options)
        first.vias[0].parameters["branch"] = "1"
        var second = first
        second.sequence += 1
        #expect(ServerKey(first) == ServerKey(first))
        #expect(ServerKey(first) != ServerKey(second))
    }

    @Test("§8.2.2.2 a copy by another way is merged, a retransmission is not")
    func merged() {
        var phone = Phone("101")
        let first = phone.request(.invite)
        var layer = TransactionLayer()
        layer.insert(ServerTransaction(first, phone.flow), ServerKey(first))
        var copy = first
        copy.vias[0].parameters["branch"] = "z9hG4bK-other"
        #expect(!layer.isMerged(first))
        #expect(layer.isMerged(copy))
        layer.remove(ServerKey(first))
        #expect(!layer.isMerged(copy))
    }
}
