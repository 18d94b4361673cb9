import Console
import Host
import Telephony

/// `clock set TIME`: by the rights of whoever says it; the exchange itself has none to set clocks, and is only told to believe it.
enum ClockCommand {
    typealias Ask = ([String]) throws(UsageError) -> Reply

    static func set(_ time: String, _ language: Language, _ ask: Ask) throws(UsageError) -> Reply {
        let reckoned = try ask(["clock", "reckon", time])
        guard reckoned.exitCode == 0, let utc = Int64(reckoned.output.prefix { $0 != "\n" }) else { return reckoned }
        do throws(SystemError) { try setWallClock(utc) } catch {
            return Reply(exitCode: 1, errors: Catalogue.cannotSetClock(error.reason).text(in: language) + "\n")
        }
        return try ask(["clock", "trust"])
    }
}
