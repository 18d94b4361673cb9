import Configuration
import Exchange
import Host
import Synchronization
import Telephony

/// The configuration in force, which the exchange thread starts with and commands replace.
final class ActiveConfiguration: Sendable {
    struct State: Sendable {
        var document: ConfigurationDocument
        var settings: Settings
        var revision: Int
        /// What the rules of today say against it, although it was in force before; told until something else is.
        var doubt: Wording?
    }

    private let state: Mutex<State>
    /// Held by whoever puts a new one in force, from the look at the old one on; reading never waits for the disk.
    private let pen = Mutex(())

    init(_ state: State) { self.state = Mutex(state) }

    var now: State { state.withLock { $0 } }

    /// Makes a new configuration of the one in force. Nobody else changes it meanwhile; where `body` throws it stays.
    func change<Value, Failure>(_ body: (inout State) throws(Failure) -> Value) throws(Failure) -> Value {
        try pen.withLock { _ throws(Failure) in
            var next = now
            let value = try body(&next)
            state.withLock { $0 = next }
            return value
        }
    }
}
