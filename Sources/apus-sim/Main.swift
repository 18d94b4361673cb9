import Glibc
import Routing
import Simulation
import Telephony

/// `apus-sim`: lives through days in simulated offices, each twice, and says what the checkers found.
@main struct Main {
    static let usage = "usage: apus-sim --seed N --calls M [--offices K] [--phones P] [--loss PERCENT] [--verbose]"

    static func main() {
        guard let (days, isVerbose) = read(Array(CommandLine.arguments.dropFirst())) else {
            _ = (usage + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
            exit(2)
        }
        var isGood = true
        for day in days where !live(through: day, isVerbose) { isGood = false }
        if !isGood { exit(1) }
    }

    /// Whether the day went well, and went the same way again.
    private static func live(through day: OfficeDay, _ isVerbose: Bool) -> Bool {
        do {
            let outcome = try day.run()
            report(outcome, of: day)
            for complaint in outcome.complaints.prefix(isVerbose ? 50 : 3) {
                print("\n\(complaint.checker): \(complaint.text)")
                if !complaint.ladder.isEmpty { print(complaint.ladder) }
            }
            if !outcome.complaints.isEmpty {
                print(
                    "\n\(outcome.complaints.count) complaints; again with: apus-sim --seed \(day.seed) --calls \(day.calls) "
                        + "--phones \(day.phones) --loss \(day.loss) --verbose")
                return false
            }
            let again = try day.run()
            if again == outcome { return true }
            print("not deterministic: the second run of seed \(day.seed) ended with \(again.unseed), not \(outcome.unseed)")
        } catch {
            print("seed \(day.seed) draws an office that cannot be configured: \(error)")
        }
        return false
    }

    private static func report(_ outcome: OfficeDay.Outcome, of day: OfficeDay) {
        print("seed \(day.seed): \(day.calls) calls dialled, \(day.phones) extensions, \(day.loss) % loss")
        print(
            "records \(outcome.records): answered \(outcome.answered), missed \(outcome.missed), refused \(outcome.refused), "
                + "interrupted \(outcome.interrupted)")
        print("departments \(outcome.strategies.count): " + outcome.strategies.map(\.words).joined(separator: ", "))
        print("packets \(outcome.carried) carried, \(outcome.lost) lost; the exchange was killed \(outcome.kills) times")
        print("virtual time \(outcome.virtualTime.components.seconds) s; unseed \(outcome.unseed)")
    }

    private static func read(_ arguments: [String]) -> ([OfficeDay], isVerbose: Bool)? {
        var values: [String: UInt64] = ["--seed": 1, "--calls": 1000, "--offices": 1, "--phones": 20, "--loss": 2]
        var (rest, isVerbose) = (arguments[...], false)
        while let word = rest.popFirst() {
            if word == "--verbose" {
                isVerbose = true
            } else if values[word] != nil, let value = rest.popFirst().flatMap({ UInt64($0) }),
                word == "--seed" || value < 1_000_000
            {
                values[word] = value
            } else {
                return nil
            }
        }
        guard let seed = values["--seed"], let calls = values["--calls"], let offices = values["--offices"],
            let phones = values["--phones"], let loss = values["--loss"], calls > 0, offices > 0, (3...800).contains(phones),
            loss <= 50
        else { return nil }
        let days = (0..<offices).map {
            OfficeDay(seed: seed &+ $0, calls: Int(calls), phones: Int(phones), loss: Int(loss))
        }
        return (days, isVerbose)
    }
}
