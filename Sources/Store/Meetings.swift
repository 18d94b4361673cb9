import Exchange
import Routing
import Synchronization
import Telephony

/// A client talked to an employee, or to nobody.
struct Meeting: Equatable, Sendable {
    /// The client's digits, and his name as the phone showed it.
    var client: String, name: String
    var employee: ExtensionNumber?
    var learning: OwnerLearning

    /// A number with at least so many digits is a full international one.
    private static let internationalLength = 10

    /// The contact that a number new to the book becomes.
    var newcomer: Contact {
        let raw = client.utf8.count >= Self.internationalLength ? "+" + client : client
        return Contact(name: name, numbers: [PhoneNumber(raw: raw, digits: client)], isProvisional: true)
    }
}

/// Meetings that are not on the disk yet; look-ups see them all the same.
final class Meetings: Sendable {
    /// More are given up while the disk takes none.
    static let capacity = 5000

    private struct State {
        var waiting: [Meeting] = []
        var lost = 0
    }

    private let state = Mutex(State())

    /// Takes one in; from any thread.
    func note(_ meeting: Meeting) {
        state.withLock { state in
            if state.waiting.count < Self.capacity { state.waiting.append(meeting) } else { state.lost += 1 }
        }
    }

    /// Those that wait, oldest first.
    var waiting: [Meeting] { state.withLock { $0.waiting } }

    /// Those of one client.
    func waiting(of client: String) -> [Meeting] { state.withLock { $0.waiting.filter { $0.client == client } } }

    /// The oldest `count` are on the disk.
    func forget(_ count: Int) { state.withLock { $0.waiting.removeFirst(min(count, $0.waiting.count)) } }

    /// How many found no room.
    var lost: Int { state.withLock { $0.lost } }
}
