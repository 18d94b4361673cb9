import Telephony

/// Leaves a server alone that has failed again and again: calls need not wait for what will not come.
struct CircuitBreaker: Equatable {
    /// Failures in a row after which it is left alone, and for how long; then one request tries whether it is back.
    static let failureLimit = 5, rest = Duration.seconds(30)

    private var failures = 0
    private var restsUntil: Instant?
    private var isTrying = false

    /// Whether it is left alone.
    var isOpen: Bool { restsUntil != nil }

    /// Whether a request may go out now; each true one must be followed by `succeeded`, `failed` or `gaveUp`.
    mutating func mayAsk(at now: Instant) -> Bool {
        guard let end = restsUntil else { return true }
        if now < end || isTrying { return false }
        isTrying = true
        return true
    }

    /// An answer came, from whichever request.
    mutating func succeeded() { self = CircuitBreaker() }

    /// A request failed.
    mutating func failed(at now: Instant) {
        failures += 1
        if failures >= Self.failureLimit { restsUntil = now + Self.rest }
        isTrying = false
    }

    /// A request came to nothing through no fault of the server.
    mutating func gaveUp() { isTrying = false }
}
