import Exchange
import Routing
import Signalling
import Simulation
import Telephony
import Testing

/// The simulated phones themselves, two of them on one wire without an exchange: what they get wrong here, they would blame on us.
@Suite("Simulated phones, no exchange")
struct PhonesAlone {
    private func pair(_ weather: Weather = Weather(), seed: UInt64 = 1) -> SimulatedOffice {
        var office = SimulatedOffice(Settings(), seed: seed)
        let ends = [Endpoint("10.0.0.101:5060")!, Endpoint("10.0.0.102:5060")!]
        for (index, name) in ["101", "102"].enumerated() {
            office.add(
                SimulatedAgent(
                    name: name, role: .phone(account: name, secret: "s"), address: ends[index], server: ends[1 - index],
                    domain: "lan"))
        }
        office.network.weather = weather
        return office
    }

    @Test("A call is made, talked and hung up")
    func call() {
        timeline(
            pair(),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             3.0  102 answers    → 101 answered, 101 ↔ 102
             9.0  102 hangs up   → 101 released (normalClearing)
            """)
    }

    @Test("The caller gives up; the called one refuses; he redirects")
    func unanswered() {
        timeline(
            pair(),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             3.0  101 hangs up          → 102 released (cancelled)
             5.0  101 dials 102         → 102 rings, 101 hears ringback
             6.0  102 declines          → 101 released (declined)
             7.0  101 dials 102         → 102 rings, 101 hears ringback
             8.0  102 is busy           → 101 released (busy)
             9.0  101 dials 102         → 102 rings, 101 hears ringback
            10.0  102 redirects to 103  → 101 released (unreachable)
            """)
    }

    @Test("Hold and back, with the offer in the ACK too")
    func hold() {
        timeline(
            pair(),
            """
            0.0  101 dials 102 late  → 102 rings, 101 hears ringback
            1.0  102 answers         → 101 answered, 101 ↔ 102
            2.0  102 holds           → 102 hears nothing
            3.0  102 resumes         → 101 ↔ 102
            4.0  101 holds inactive  → 101 hears nothing, 102 hears nothing
            5.0  101 resumes         → 101 ↔ 102
            6.0  101 falls silent    → 102 hears nothing
            7.0  101 hangs up        → 102 released (normalClearing)
            """)
    }

    @Test("Message by message, a lost 200 comes again after T1")
    func messages() {
        timeline(
            pair(),
            """
            0.0  101 dials 102                  → 102 ⇐ INVITE 102, 101 ⇐ 180, 102 rings, 101 hears ringback
            1.0  the next 200 from 102 is lost  →
            2.0  102 answers                    → 101 ⇐ 200
            2.5  ·                              → 101 ⇐ 200, 102 ⇐ ACK, 101 answered, 101 ↔ 102
            3.0  101 hangs up                   → 102 ⇐ BYE, 101 ⇐ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("Ten calls in foul weather all end, whatever is lost", arguments: 1...10)
    func foulWeather(seed: Int) throws {
        let foul = Weather(
            latency: .milliseconds(20), jitter: .milliseconds(30), loss: Ratio(1, of: 5), duplication: Ratio(1, of: 10),
            reordering: Ratio(1, of: 10))
        var office = pair(foul, seed: UInt64(seed))
        var talked = 0
        for _ in 0..<10 {
            try office.perform(Deed("101 dials 102"))
            office.run(for: .seconds(20))
            if case .ringing = office["102"].calls.last?.state { try office.perform(Deed("102 answers")) }
            office.run(for: .seconds(20))
            if office["101"].calls.last?.state == .talking, office["102"].calls.last?.state == .talking { talked += 1 }
            if office["101"].calls.last?.isLive == true { try office.perform(Deed("101 hangs up")) }
            office.run(for: .seconds(120))
            #expect(office["101"].calls.isEmpty && office["102"].calls.isEmpty)
        }
        #expect(talked >= 8)
    }
}
