import Configuration
import Simulation
import Telephony
import Testing

@Suite("A new configuration and the calls that are up") struct Commits {
    private static let pairs = (0..<20).map { (caller: 110 + $0, callee: 210 + $0) }

    private static let text = pairs.map { "set extension \($0.caller)\nset extension \($0.callee)\n" }.joined()

    /// One ladder line for every pair.
    private static func rows(from start: Double, _ row: (Int, Int) -> String) -> String {
        pairs.enumerated().map { index, pair in
            let tenths = Int(start * 10) + index
            return "\(tenths / 10).\(tenths % 10)  " + row(pair.caller, pair.callee)
        }.joined(separator: "\n")
    }

    @Test(
        "R-018 a commit never touches a running call: 20 calls are up, everything is changed, and all of them go on and end as they would"
    )
    func twentyCalls() throws {
        var office = try office(Self.text, people: [:])
        // Each ladder begins where the one before ended.
        play(&office, Self.rows(from: 0) { "\($0) dials \($1)  → \($1) rings, \($0) hears ringback" } + "\n2.0  end  →")
        play(&office, Self.rows(from: 1) { "\($1) answers  → \($0) answered, \($0) ↔ \($1)" } + "\n3.0  end  →")
        // Every phone gets another rule, half of those who talk are taken out, a department and a trunk come.
        let kept = Self.pairs.map { "set extension \($0.caller) forward to busy calls 2 class internal\n" }.joined()
        let candidate = try ConfigurationCandidate(
            loading: kept + "set department sales member 110\nset trunk out peer 192.0.2.1\n",
            onto: ConfigurationDocument(), replace: true
        ) { Array(repeating: 7, count: $0) }
        office.reconfigure(candidate.settings)
        play(&office, "1.0  end  →")
        play(
            &office,
            Self.rows(from: 24) {
                "\($0) hangs up  → record \($0)→\($1) by \($1) wait 3.0 talk 27.0, \($1) released (normalClearing)"
            })
    }
}
