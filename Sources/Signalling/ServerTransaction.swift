import Telephony

/// One request of theirs until its final answer has surely arrived (RFC 3261 §17.2 with RFC 6026).
///
///     INVITE    proceeding ──2xx──▶ accepted ──L──▶ ended           (2xx is repeated by the session until its ACK)
///                   │ 1xx
///                   └──3xx…6xx──▶ completed ──ACK──▶ confirmed ──I──▶ ended
///                                     │ G: again, H: ended
///
///     others    trying ──1xx──▶ proceeding ──2xx…6xx──▶ completed ──J──▶ ended
struct ServerTransaction: Sendable {
    enum Event: Equatable {
        /// The request came again.
        case repeated
        case acknowledged, respond(Message), fired(TransactionTimer)
    }

    enum Action: Equatable {
        case send(Message), start(TransactionTimer, Duration), stop(TransactionTimer), end
    }

    enum State: Equatable {
        case trying, proceeding(Message), accepted, completed(Message), confirmed, ended
    }

    /// Where the answers go.
    let flow: Flow
    /// The session that it belongs to, if any.
    var session: SessionID?
    /// By which a copy of the request on another path is known.
    let mergeKey: MergeKey?
    private(set) var state = State.trying
    private let isInvite: Bool
    private var interval = SIPTimer.t1

    private var isReliable: Bool { flow.transport == .tcp }

    init(_ request: Message, _ flow: Flow) {
        self.flow = flow
        isInvite = request.sequenceMethod == .invite
        mergeKey = MergeKey(request)
    }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .repeated:
            switch state {
            case .proceeding(let response), .completed(let response): return [.send(response)]
            case .trying, .accepted, .confirmed, .ended: return []
            }
        case .acknowledged:
            guard isInvite, case .completed = state else { return [] }
            state = isReliable ? .ended : .confirmed
            return [.stop(.retransmit), .stop(.timeout), isReliable ? .end : .start(.linger, SIPTimer.t4)]
        case .respond(let response):
            return respond(response, status: response.status ?? 500)
        case .fired(.retransmit):
            guard case .completed(let response) = state, isInvite else { return [] }
            interval = min(interval * 2, SIPTimer.t2)
            return [.send(response), .start(.retransmit, interval)]
        case .fired(.timeout), .fired(.linger):
            state = .ended
            return [.end]
        }
    }

    private mutating func respond(_ response: Message, status: Int) -> [Action] {
        switch state {
        case .trying, .proceeding:
            if status < 200 {
                state = .proceeding(response)
                return [.send(response)]
            }
            if isInvite && status < 300 {
                state = .accepted
                return [.send(response), .start(.linger, SIPTimer.timeout)]
            }
            if isInvite {
                state = .completed(response)
                let again: [Action] = isReliable ? [] : [.start(.retransmit, interval)]
                return [.send(response), .start(.timeout, SIPTimer.timeout)] + again
            }
            state = isReliable ? .ended : .completed(response)
            return [.send(response), isReliable ? .end : .start(.linger, SIPTimer.timeout)]
        case .accepted, .completed, .confirmed, .ended:
            return []
        }
    }
}
