import Signalling
import Telephony

/// What passes the exchange's own socket, call by call: the checkers' evidence, taken where the exchange cannot plead loss.
public struct Wiretap: Equatable, Sendable {
    /// An INVITE that somebody sent us, with what we made of it.
    public struct Incoming: Equatable, Sendable {
        /// The caller as his From has it, and where he sits.
        public var from: String, agent: Int?
        /// When its INVITEs arrived: the challenged one, the authorised one, repetitions.
        public var arrivals: [Instant] = []
        /// The first thing that we said beyond 100 and challenges, and our final answer, with when.
        public var told: Instant?
        /// The final status, and when we first sent it.
        public var final: Int?, finalAt: Instant?
        /// When the first BYE of either side passed.
        public var ended: Instant?
        /// Whether the caller sent the other side elsewhere: the call goes on without him.
        public var isReferred = false
    }

    /// An INVITE of ours.
    public struct Outgoing: Equatable, Sendable {
        /// Whom it rings, and the caller whom the display shows.
        public var agent: Int?, from: String
        /// The extension's account or the outside number that it is sent to.
        public var to: String
        /// When it was sent first.
        public var at: Instant
        /// Whether anybody was registered there then; true for what needs none.
        public var wasRegistered = true
        /// When it was settled: by the final answer that arrived, or by our CANCEL.
        public var settled: Instant?
        /// When the first sign of life but 100 came back: one that got none rings nowhere, and cannot be cancelled either.
        public var rang: Instant?
        /// When it was answered, and when the first BYE of either side passed.
        public var answered: Instant?, ended: Instant?
    }

    /// By Call-ID.
    public private(set) var incoming: [String: Incoming] = [:], outgoing: [String: Outgoing] = [:]
    /// Call-IDs in the order they came up.
    public private(set) var order: [String] = []

    mutating func received(_ message: Message, from agent: Int?, at now: Instant) {
        switch message.start {
        case .request(.invite, _) where message.to.tag == nil:
            if incoming[message.callID] == nil {
                order.append(message.callID)
                incoming[message.callID] = Incoming(from: message.from.uri.user, agent: agent)
            }
            incoming[message.callID]?.arrivals.append(now)
        case .request(.bye, _): bye(message.callID, at: now)
        case .request(.refer, _): incoming[message.callID]?.isReferred = true
        case .request: break
        case .response(let status, _) where status >= 200 && message.sequenceMethod == .invite:
            guard outgoing[message.callID]?.settled == nil else { break }
            outgoing[message.callID]?.settled = now
            if status < 300 { outgoing[message.callID]?.answered = now }
        case .response(let status, _) where status > 100 && message.sequenceMethod == .invite:
            if outgoing[message.callID]?.rang == nil { outgoing[message.callID]?.rang = now }
        case .response: break
        }
    }

    mutating func sent(_ message: Message, to agent: Int?, at now: Instant, isRegistered: Bool = true) {
        switch message.start {
        case .request(.invite, _) where message.to.tag == nil:
            guard outgoing[message.callID] == nil else { break }
            order.append(message.callID)
            outgoing[message.callID] = Outgoing(
                agent: agent, from: message.from.uri.user, to: message.requestURI?.user ?? "", at: now,
                wasRegistered: isRegistered)
        case .request(.cancel, _):
            if outgoing[message.callID]?.settled == nil { outgoing[message.callID]?.settled = now }
        case .request(.bye, _): bye(message.callID, at: now)
        case .request: break
        case .response(let status, _) where message.sequenceMethod == .invite && status > 100:
            guard status != 401, status != 407, incoming[message.callID] != nil, message.cameAsInitial else { break }
            if incoming[message.callID]?.told == nil { incoming[message.callID]?.told = now }
            if status >= 200, incoming[message.callID]?.final == nil {
                incoming[message.callID]?.final = status
                incoming[message.callID]?.finalAt = now
            }
        case .response: break
        }
    }

    private mutating func bye(_ callID: String, at now: Instant) {
        if incoming[callID] != nil, incoming[callID]?.ended == nil { incoming[callID]?.ended = now }
        if outgoing[callID] != nil, outgoing[callID]?.ended == nil { outgoing[callID]?.ended = now }
    }
}

extension Message {
    /// Whether a response to INVITE may be to the first one of its dialog: later ones only repeat what is known by then.
    fileprivate var cameAsInitial: Bool { status != 482 }
}
