import Configuration
import Routing
import Simulation
import Telephony
import Testing

@Suite("The office as the product comes, and what a new thing in it is without a further word")
struct Factory {
    @Test("R-066: the first telephone and a trunk are enough: whoever calls rings it; nobody else is in the sales department yet")
    func firstPhone() throws {
        let text = ConfigurationDocument.factory { size in Array(repeating: 0x5A, count: size) }.text()
        let listening = ["set sip listen udp 0.0.0.0:5060\n", "set sip listen tcp 0.0.0.0:5060\n"]
        let rest = listening.reduce(text) { $0.replacing($1, with: "") }
        timeline(
            try office(rest + "set trunk mtt peer 203.0.113.10\n"),
            """
             0.0  vera calls +74951234567  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
             9.0  vera hangs up            → record vera→+74951234567 by 101 wait 3.0 talk 6.0, 101 released (normalClearing)
            """)
    }

    @Test("R-075: a new department rings everybody at once")
    func strategy() { #expect(Department("sales", number: "200").strategy == .all) }

    @Test("R-163: the higher number rings first")
    func priority() throws {
        timeline(
            try office(
                twoDesks + """
                    set department sales number 200
                    set department sales strategy priority
                    set department sales step 10s
                    set department sales member 101 priority 2
                    set department sales member 102 priority 8
                    """),
            """
             0.0  103 dials 200  → 102 rings, 103 hears ringback
            10.0  ·              → 102 released (noAnswer), 101 rings
            11.0  103 hangs up   → record 103→200 missed (cancelled) wait 11.0, 101 released (cancelled)
            """)
    }

    @Test("R-086: two hundred departments, each with its number and its person")
    func manyDepartments() throws {
        let text = (0..<200).map { index in
            """
            set extension \(1000 + index)
            set department d\(index) number \(5000 + index)
            set department d\(index) member \(1000 + index)

            """
        }.joined()
        timeline(
            try office(text),
            """
             0.0  1000 dials 5199  → 1199 rings, 1000 hears ringback
             1.0  1199 answers     → 1000 answered, 1000 ↔ 1199
             2.0  1000 hangs up    → record 1000→5199 by 1199 wait 1.0 talk 1.0, 1199 released (normalClearing)
            """)
    }
}
