import Simulation
import Telephony
import Testing

@Suite("Registrations")
struct Registrations {
    @Test("A phone registers with SHA-256, message by message")
    func sha256() throws {
        timeline(
            try office(twoDesks, isOpen: false),
            """
            0.0  101 registers  → 101 ⇒ REGISTER, 101 ⇐ 401 REGISTER, 101 ⇒ REGISTER, 101 ⇐ 200 REGISTER, 101 registered
            """, level: .sip)
    }

    @Test("A phone that knows only MD5")
    func md5() throws {
        timeline(
            try office(twoDesks, isOpen: false) { $0["101"].manners.digest = .md5 },
            """
            0.0  101 registers  → 101 ⇒ REGISTER, 101 ⇐ 401 REGISTER, 101 ⇒ REGISTER, 101 ⇐ 200 REGISTER, 101 registered
            """, level: .sip)
    }

    @Test("It refreshes in time, and takes itself back")
    func refresh() throws {
        timeline(
            try office(twoDesks, isOpen: false) { $0["101"].manners.expires = .seconds(120) },
            """
             0.0  101 registers    → 101 ⇒ REGISTER, 101 ⇐ 401 REGISTER, 101 ⇒ REGISTER, 101 ⇐ 200 REGISTER, 101 registered
            60.0  ·                → 101 ⇒ REGISTER, 101 ⇐ 200 REGISTER
            80.0  101 unregisters  → 101 ⇒ REGISTER, 101 ⇐ 200 REGISTER, 101 unregistered
            """, level: .sip)
    }

    @Test("It loses the network: its binding runs out, and a call finds nobody")
    func expiry() throws {
        timeline(
            try office(twoDesks, isOpen: false) { $0["102"].manners.expires = .seconds(120) },
            """
              0.0  101 registers      → 101 registered
              0.0  102 registers      → 102 registered
             10.0  102 loses network  →
            200.0  101 dials 102      → record 101→102 missed (unreachable) wait 0.0, 101 released (unreachable)
            """)
    }

    @Test("A phone behind NAT is called where it came from, and heard")
    func nat() throws {
        timeline(
            try office(twoDesks, natted: ["102"]),
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            5.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 4.0, 102 released (normalClearing)
            """)
    }

    @Test("The exchange restarts: nobody has to register again")
    func restart() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  apus is killed  →
            2.0  apus starts     →
            3.0  101 dials 102   → 102 rings, 101 hears ringback
            4.0  102 answers     → 101 answered, 101 ↔ 102
            5.0  101 hangs up    → record 101→102 by 102 wait 1.0 talk 1.0, 102 released (normalClearing)
            """)
    }

    @Test("A phone over TCP: it is called on the connection it opened, and on the new one after a restart")
    func tcp() throws {
        var office = try office(twoDesks, isOpen: false)
        office.add(
            SimulatedAgent(
                name: "anna", role: .phone(account: "101", secret: office["101"].secret),
                address: Endpoint("10.0.0.77:5060")!, server: SimulatedOffice.ownEndpoint, domain: "pbx.office.lan",
                transport: .tcp))
        timeline(
            office,
            """
             0.0  anna registers  → anna registered
             1.0  102 registers   → 102 registered
             2.0  102 dials 101   → anna rings, 102 hears ringback
             3.0  anna answers    → 102 answered, 102 ↔ anna
             4.0  102 hangs up    → record 102→101 by 101 wait 1.0 talk 1.0, anna released (normalClearing)
             5.0  anna reboots    →
             6.0  102 dials 101   → record 102→101 missed (unreachable) wait 0.0, 102 released (unreachable)
             8.0  anna registers  → anna registered
             9.0  102 dials 101   → anna rings, 102 hears ringback
            10.0  anna is busy    → record 102→101 missed (busy) wait 1.0, 102 released (busy)
            """)
    }

    @Test("A wrong secret is refused, and rings nobody")
    func wrongSecret() throws {
        var office = try office(twoDesks, isOpen: false)
        let stranger = Endpoint("10.0.0.66:5060")!
        office.add(
            SimulatedAgent(
                name: "mallory", role: .phone(account: "101", secret: "guess"), address: stranger,
                server: SimulatedOffice.ownEndpoint, domain: "pbx.office.lan"))
        timeline(
            office,
            """
             0.0  mallory registers  → mallory ⇒ REGISTER, mallory ⇐ 401 REGISTER, mallory ⇒ REGISTER, mallory ⇐ 401 REGISTER
                                     → mallory ⇒ REGISTER, mallory ⇐ 401 REGISTER, mallory refused (401)
             9.0  mallory dials 102  → mallory ⇒ INVITE 102, mallory ⇐ 401, mallory ⇒ ACK, mallory ⇒ INVITE 102, mallory ⇐ 401
                                     → mallory ⇒ ACK, mallory ⇒ INVITE 102, mallory ⇐ 401, mallory ⇒ ACK
                                     → mallory released (forbidden)
            15.0  end                →
            """, level: .sip)
    }
}
