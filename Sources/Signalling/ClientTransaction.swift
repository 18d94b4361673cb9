import Telephony

/// What a transaction's clock may mean; the letters are those of RFC 3261 §17 and RFC 6026.
enum TransactionTimer: Hashable, Sendable, CaseIterable {
    /// Send again: A, E (client), G (server).
    case retransmit
    /// Nobody answered: B, F (client), H (server).
    case timeout
    /// Absorb echoes until now: D, K, M (client), I, J, L (server).
    case linger
}

/// One request of ours until its final answer (RFC 3261 §17.1 with RFC 6026).
///
///     INVITE    calling ──1xx──▶ proceeding ──2xx──▶ accepted ──M──▶ ended
///                  │ A: again        │ 3xx…6xx: ACK
///                  └──3xx…6xx: ACK───┴──▶ completed ──D──▶ ended         B, transport error: ended
///
///     others    calling ──1xx──▶ proceeding ──2xx…6xx──▶ completed ──K──▶ ended
///                  │ E: again        │ E: again                          F, transport error: ended
///                  └─────2xx…6xx─────┴──▶ completed
struct ClientTransaction: Sendable {
    enum Event: Equatable {
        case began, received(Message), fired(TransactionTimer), sendFailed
    }

    enum Action: Equatable {
        case send(Message), start(TransactionTimer, Duration), stop(TransactionTimer)
        case deliver(Message), reportTimeout, reportFailure, end
    }

    enum State: Equatable {
        case calling, proceeding, accepted, completed(ack: Message?), ended
    }

    /// As sent.
    let request: Message
    private let isReliable: Bool
    private(set) var state = State.calling
    private var interval = SIPTimer.t1

    private var isInvite: Bool { request.sequenceMethod == .invite }

    init(_ request: Message, isReliable: Bool) { (self.request, self.isReliable) = (request, isReliable) }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .began:
            return [.send(request), .start(.timeout, SIPTimer.timeout)] + (isReliable ? [] : [.start(.retransmit, interval)])
        case .received(let response):
            return received(response, status: response.status ?? 0)
        case .fired(.retransmit):
            return retransmit()
        case .fired(.timeout):
            return giveUp(.reportTimeout)
        case .fired(.linger):
            state = .ended
            return [.end]
        case .sendFailed:
            return giveUp(.reportFailure)
        }
    }

    private mutating func received(_ response: Message, status: Int) -> [Action] {
        switch state {
        case .calling, .proceeding:
            if status < 200 {
                state = .proceeding
                return (isInvite ? [.stop(.retransmit), .stop(.timeout)] : []) + [.deliver(response)]
            }
            let stops: [Action] = [.stop(.retransmit), .stop(.timeout)]
            if isInvite && status < 300 {
                state = .accepted
                return stops + [.start(.linger, SIPTimer.timeout), .deliver(response)]
            }
            let ack = isInvite ? acknowledgement(of: response) : nil
            state = isReliable ? .ended : .completed(ack: ack)
            let rest = isReliable ? Action.end : .start(.linger, isInvite ? SIPTimer.d : SIPTimer.t4)
            return stops + (ack.map { [.send($0)] } ?? []) + [rest, .deliver(response)]
        case .accepted:
            return (200..<300).contains(status) ? [.deliver(response)] : []
        case .completed(let ack):
            return status >= 300 ? ack.map { [.send($0)] } ?? [] : []
        case .ended:
            return []
        }
    }

    private mutating func retransmit() -> [Action] {
        switch state {
        case .calling:
            interval = isInvite ? interval * 2 : min(interval * 2, SIPTimer.t2)
        case .proceeding:
            guard !isInvite else { return [] }
            interval = SIPTimer.t2
        case .accepted, .completed, .ended:
            return []
        }
        return [.send(request), .start(.retransmit, interval)]
    }

    private mutating func giveUp(_ report: Action) -> [Action] {
        switch state {
        case .calling, .proceeding:
            state = .ended
            return [report, .end]
        case .completed:
            state = .ended
            return [.end]
        case .accepted, .ended:
            return []
        }
    }

    /// ACK of a final answer other than 2xx belongs to the transaction (RFC 3261 §17.1.1.3).
    private func acknowledgement(of response: Message) -> Message {
        guard case .request(_, let uri) = request.start else { return request }
        var ack = Message(
            .request(.ack, uri), vias: Array(request.vias.prefix(1)), from: request.from, to: response.to,
            callID: request.callID, sequence: request.sequence, sequenceMethod: .ack)
        ack.routes = request.routes
        ack.maxForwards = 70
        return ack
    }
}
