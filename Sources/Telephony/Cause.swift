/// Why a leg or a call ended: the one language of "why" (ITU-T Q.850), mapped from and to SIP in one table.
public enum Cause: String, Sendable, CaseIterable, Hashable {
    /// Hung up after a talk (Q.850 16).
    case normalClearing
    /// The number leads nowhere (1).
    case unallocated
    /// The user is busy (17).
    case busy
    /// Rang, and nobody took it (19).
    case noAnswer
    /// Not registered, or the device is silent on the network (20).
    case unreachable
    /// The user said no (21).
    case declined
    /// The number is not one (28).
    case invalidNumber
    /// A colleague took it (26, with `SIP;cause=200`).
    case answeredElsewhere
    /// The caller gave up before an answer (16 before the talk, SIP 487).
    case cancelled
    /// No free line to go out or come in (34).
    case noCircuit
    /// The network in between failed (38 / 41).
    case networkFailure
    /// No codec in common (88 / SIP 488).
    case incompatibleMedia
    /// The caller may not call this (21 / SIP 403).
    case forbidden
    /// RTP stopped, or the session timer ran out (102).
    case timeout
    /// The forwarding or transfer loop was cut (25 / SIP 482, 483).
    case loop
    /// The exchange was killed while the call was up.
    case interrupted

    /// The Q.850 number, as a Reason header carries it.
    public var q850: Int {
        switch self {
        case .normalClearing, .cancelled: 16
        case .unallocated: 1
        case .busy: 17
        case .noAnswer: 19
        case .unreachable: 20
        case .declined, .forbidden: 21
        case .invalidNumber: 28
        case .answeredElsewhere: 26
        case .noCircuit: 34
        case .networkFailure: 38
        case .incompatibleMedia: 88
        case .timeout: 102
        case .loop: 25
        case .interrupted: 41
        }
    }

    /// The final SIP status that tells a caller this cause.
    public var sipStatus: Int {
        switch self {
        case .normalClearing, .noAnswer, .unreachable, .answeredElsewhere, .timeout, .interrupted: 480
        case .unallocated: 404
        case .busy: 486
        case .declined: 603
        case .invalidNumber: 484
        case .cancelled: 487
        case .noCircuit: 503
        case .networkFailure: 502
        case .incompatibleMedia: 488
        case .forbidden: 403
        case .loop: 482
        }
    }

    /// The cause that a final SIP status tells (RFC 3398 §7.2.4.1, shortened to what we tell apart).
    public init(sipStatus: Int) {
        switch sipStatus {
        case 200..<300: self = .normalClearing
        // A phone that sends the call elsewhere: only the configuration decides where a call goes, so it counts as away.
        case 300..<400: self = .unreachable
        case 404, 410, 604: self = .unallocated
        case 486, 600: self = .busy
        case 480: self = .noAnswer
        case 408: self = .timeout
        case 603, 607: self = .declined
        case 484, 485, 416: self = .invalidNumber
        case 487: self = .cancelled
        case 488, 606, 415: self = .incompatibleMedia
        case 401, 403, 407, 402: self = .forbidden
        case 482, 483: self = .loop
        case 503: self = .noCircuit
        default: self = .networkFailure
        }
    }

    /// Of two reasons why nobody came the one that tells more, of two that tell the same the later: "no" before busy, busy before a call
    /// that cannot be, that before silence, silence before a line that failed, any of them before "not there".
    public func orMoreTelling(_ later: Cause) -> Cause { later.weight >= weight ? later : self }

    private var weight: Int {
        switch self {
        case .declined: 5
        case .busy: 4
        case .incompatibleMedia, .forbidden, .unallocated, .invalidNumber: 3
        case .noAnswer: 2
        case .noCircuit, .networkFailure, .timeout: 1
        case .unreachable, .normalClearing, .answeredElsewhere, .cancelled, .loop, .interrupted: 0
        }
    }
}
