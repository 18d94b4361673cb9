import Cryptography
import FollowUp
import Foundation
import Host
import Outreach
import Routing
import Store
import Synchronization
import Telephony
import TestServers
import Testing

@testable import apusd

/// A store and a courier in a process of their own, to be killed.
enum Folder {
    private static let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    /// Lives until so many calls are stored, or else to its end.
    static func live(in folder: String, calls: Int, to url: String, killAfter: Int?) throws {
        let (life, output) = (Process(), Pipe())
        life.executableURL = built.appendingPathComponent("DiskLife")
        life.arguments = [folder, String(calls), url]
        life.standardOutput = output
        try life.run()
        var count = 0
        while case let more = output.fileHandleForReading.availableData, !more.isEmpty {
            count += more.count { $0 == 10 }
            if let killAfter, count >= killAfter { kill(life.processIdentifier, SIGKILL) }
        }
        life.waitUntilExit()
        if killAfter == nil { try #require(life.terminationStatus == 0) }
    }

    static func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }
}

/// A certificate of one's own for 127.0.0.1, made for the test.
struct TestCertificate {
    let certificate: String, key: String

    init(in folder: String) throws {
        (certificate, key) = (folder + "/certificate.pem", folder + "/key.pem")
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
            certificate, "-days", "2", "-subj", "/CN=apus-test", "-addext", "subjectAltName=IP:127.0.0.1",
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        try #require(openssl.terminationStatus == 0)
    }
}

/// A real store and a courier over it, as the daemon has them.
final class Post {
    let folder: String
    private(set) var store: Store
    private(set) var courier: Courier
    private var number = 0
    private let authorities: String?
    var settings: OutreachSettings

    init(_ settings: OutreachSettings, authorities: String? = nil) throws {
        folder = "/tmp/apus-post-\(getpid())-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
        (self.settings, self.authorities) = (settings, authorities)
        (store, courier) = try Self.open(folder, settings, authorities)
    }

    deinit {
        courier.stop()
        store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func open(_ folder: String, _ settings: OutreachSettings, _ authorities: String?) throws -> (
        Store, Courier
    ) {
        let bell = try Wakeup()
        let store = try Store(folder: folder, utc: utc, posted: { bell.ring() }) { _ in }
        let shelf = Courier.Shelf(
            heads: { try? store.waitingNotices() },
            settle: { (try? store.settleNotice($0, $1, tries: $2, at: Self.utc, reason: $3)) != nil },
            sound: { try? store.sound(of: $0) }, utc: { Self.utc })
        let shared = Shared(authorities)
        let courier = try Courier(
            shelf, .init(settings, sender: "ООО «Ромашка»"), bell: bell, outreach: { shared.take() },
            sign: { Signature.hmacSHA256($0, key: $1) })
        return (store, courier)
    }

    private final class Shared: Sendable {
        private let made = Mutex<Outreach?>(nil)
        private let authorities: String?
        init(_ authorities: String?) { self.authorities = authorities }
        func take() -> Outreach? {
            made.withLock { made in
                if made == nil { made = try? Outreach(authorities: authorities) }
                return made
            }
        }
    }

    static var utc: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// Puts notices into the outbox, and waits until they are there.
    func post(_ notices: [OutgoingNotice]) throws {
        let before = try store.notices().count
        store.perform(notices.map { .post($0) })
        try #require(try wait { $0.count == before + notices.count })
    }

    /// A new notice.
    func notice(to address: NoticeAddress, _ text: String = "{}") -> OutgoingNotice {
        number += 1
        var notice = OutgoingNotice(
            key: "missed-\(number)-\(address)", kind: .missed, at: Self.utc, utcOffset: 10_800, address: address, people: ["101"],
            subject: "Пропущенный звонок: Вера", text: text)
        notice.call = CallID(number)
        return notice
    }

    /// Stops and starts again, as the daemon would.
    func restart() throws {
        courier.stop()
        store.close()
        (store, courier) = try Self.open(folder, settings, authorities)
    }

    /// Other channels: what waits is tried at once.
    func reconfigure(_ change: (inout OutreachSettings) -> Void) {
        change(&settings)
        courier.reconfigure(Courier.Settings(settings, sender: "ООО «Ромашка»"))
    }

    /// Waits until every notice has come so far; false if that takes very long.
    func wait(_ isDone: ([PostedNotice]) -> Bool) throws -> Bool {
        for _ in 0..<600 {
            if isDone(try store.notices()) { return true }
            usleep(50_000)
        }
        return false
    }

    /// The states of all notices in the order posted.
    var states: [PostedNotice.State] { get throws { try store.notices().sorted { $0.id < $1.id }.map(\.state) } }
}
