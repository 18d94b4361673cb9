import Exchange
import FollowUp
import Glibc
import Host
import Signalling
import Telephony

@testable import Store

/// A folder of its own under /tmp, gone with its owner.
final class Folder {
    let path: String

    init() {
        path = "/tmp/apus-store-\(getpid())-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
        mkdir(path, 0o700)
    }

    deinit { Self.remove(path) }

    /// What a power cut or a kill would leave on the disk now.
    func snapshot() -> Folder {
        let copy = Folder()
        for name in (try? Files.names(in: path)) ?? [] where !name.hasSuffix("-shm") {
            guard let bytes = try? Files.read(path + "/" + name, limit: 1 << 30) else { continue }
            try? Files.writeAtomically(bytes, to: copy.path + "/" + name)
        }
        try? Files.makeFolder(copy.path + "/messages")
        for name in (try? Files.names(in: path + "/messages")) ?? [] {
            guard let bytes = try? Files.read(path + "/messages/" + name) else { continue }
            try? Files.writeAtomically(bytes, to: copy.path + "/messages/" + name)
        }
        return copy
    }

    static func remove(_ path: String) {
        for name in (try? Files.names(in: path)) ?? [] where unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
        rmdir(path)
    }
}

/// What the store told, to be waited for.
final class Told: Sendable {
    private let box: Mailbox<Event>
    init() throws { box = try Mailbox(capacity: 100_000) }
    func note(_ event: Event) { box.offer(event) }

    /// The next fact; nil if none comes for a long time (that is a hung test, not a timing).
    func next() -> Event? { box.wait(until: .now + .seconds(60)) ? box.take() : nil }

    /// Whether nothing more was told.
    var isQuiet: Bool { box.count == 0 }
}

extension Store {
    /// A store on a folder, and what it tells.
    static func on(_ folder: Folder, utc: Int64 = 0) throws -> (Store, Told) {
        let told = try Told()
        return (try Store(folder: folder.path, utc: utc) { told.note($0) }, told)
    }

    /// Writes a record and waits until it is told.
    func closeAndWait(_ call: CallRecord, _ told: Told, ticket: Int = 1) -> Event? {
        perform([.close(call, StoreTicket(ticket))])
        return told.next()
    }

    /// Waits until everything ordered before has been tried.
    func settle() { close() }
}

/// A call record with something in every column.
func record(_ id: Int, at: Int64 = 1_000_000, result: CallResult = .answered, direction: CallDirection = .incoming) -> CallRecord
{
    var call = CallRecord(
        id: CallID(id), at: at, utcOffset: 10_800, direction: direction, from: "+7916123456\(id % 10)", to: "74951234567")
    (call.number, call.label, call.department, call.employee) = ("+74951234567", "Москва '; DROP TABLE calls; --", "sales", "102")
    (call.result, call.cause, call.wait, call.talk) = (result, .normalClearing, .milliseconds(26_500), .seconds(60))
    call.legs = [
        .init(target: "101", at: at + 5, rang: .seconds(20), outcome: .elsewhere),
        .init(target: "102", at: at + 6, rang: .milliseconds(1), outcome: .answered),
    ]
    return call
}

/// A phone's contact with awkward parameters.
func binding(_ account: String, expires: Int64, transport: TransportKind = .tcp, port: UInt16 = 5070) -> Binding {
    var contact = SIPURI(user: account, at: Endpoint(.loopback, port), transport: transport)
    contact.parameters += [Parameter("ob"), Parameter("x", "a;b=c%"), Parameter("empty", "")]
    return Binding(
        account: account, contact: contact,
        flow: Flow(transport, local: Endpoint(.loopback, 5060), remote: Endpoint(.v6(1, 2), port)), callID: "c@h", sequence: .max,
        expires: expires, userAgent: "Телефон \"1\"")
}
