import Configuration
import Console
import Host
import Telephony
import TestServers
import Testing

@testable import apusd

@Suite("Who gives a command") struct GateTests {
    private let users: [ConfiguredUser]
    private let root = Host.Peer(name: "root", isTrusted: true), boss = Host.Peer(name: "boss", isTrusted: false)
    private let stranger = Host.Peer(name: "daemon", isTrusted: false)

    init() {
        let text =
            "set extension 101\nset user admin role installer secret \"$scrypt$14$00$1\"\n"
            + "set user boss role owner secret \"$scrypt$14$00$2\" extension 101\n"
        users = ConfigurationReading(text).document.users
    }

    private func role(_ door: ConsoleOpening.Door, _ said: String, _ peer: Host.Peer?, users: [ConfiguredUser]) -> Role? {
        var gate = Gate()
        guard case .admitted(let user) = gate.enter(ConsoleOpening(door, user: said, place: "x"), peer, users, at: .zero) else {
            return nil
        }
        return user.role
    }

    @Test("an account has its own role, whoever it says to be; root and the exchange's own may say whoever they are")
    func roles() {
        #expect(Gate.user(named: "admin", boss, users)?.role == .owner && Gate.user(named: "admin", stranger, users) == nil)
        #expect(Gate.user(named: "anna", root, users) == ConsoleUser(name: "anna", role: .installer))
        #expect(Gate.user(named: "x", stranger, []) == ConsoleUser(name: "daemon", role: .installer))
        for door in [ConsoleOpening.Door.box, .ssh] {
            #expect(role(door, "admin", boss, users: users) == .owner, "\(door)")
            #expect(role(door, "admin", stranger, users: users) == nil, "\(door)")
            #expect(role(door, "boss", root, users: users) == .owner, "\(door)")
            #expect(role(door, "x", stranger, users: []) == .installer, "\(door)")
        }
        #expect(role(.box, "anybody", root, users: users) == .installer && role(.ssh, "anybody", root, users: users) == nil)
        #expect(role(.login, "boss", root, users: users) == nil, "a password is asked for")
    }

    @Test("the kernel tells who is at the other end of a socket")
    func peer() throws {
        let path = "/tmp/apus-peer-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
        let listener = try StreamListener(unix: path)
        defer { try? Files.remove(path) }
        let client = try StreamSocket(unix: path)
        let server = try #require(try listener.accept())
        #expect(server.peer?.isTrusted == true && server.peer?.name.isEmpty == false)
        _ = client
    }
}
