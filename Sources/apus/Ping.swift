import Console
import Host

/// `ping ADDRESS`: the system's own program, four times.
enum Ping {
    static func reply(_ address: String) -> Reply {
        do throws(SystemError) {
            let ping = try Program.run(["ping", "-n", "-c", "4", "-w", "6", address])
            return Reply(exitCode: ping.isGood ? 0 : 1, output: ping.output)
        } catch { return Reply(exitCode: 1, errors: "ping: \(error.reason)\n") }
    }
}
