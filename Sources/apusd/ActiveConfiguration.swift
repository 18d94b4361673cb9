import Configuration
import Exchange
import Synchronization

/// The configuration in force, which the exchange thread starts with and commands replace.
final class ActiveConfiguration: Sendable {
    struct State: Sendable {
        var document: ConfigurationDocument
        var settings: Settings
        var revision: Int
    }

    private let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }

    var now: State { state.withLock { $0 } }

    func replace(by state: State) { self.state.withLock { $0 = state } }
}
