import Glibc
import Host
import Telephony

/// `apusd`: the exchange.
@main struct Main {
    static func main() {
        let language = Language.ofEnvironment
        do throws(StartupError) {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            if options.isHelp {
                print(Catalogue.daemonUsage.text(in: language))
                return
            }
            if let folder = options.verified {
                print(try Verification.report(folder), terminator: "")
                return
            }
            let daemon = try Daemon(options)
            daemon.run()
            if daemon.restarts { startAnew() }
        } catch {
            Log.error(error.text.text(in: language))
            exit(error.exitCode)
        }
    }
}

extension Main {
    /// The same program in the same process, as it was called: sockets and locks are closed by that, and whoever looks after the process
    /// sees no end of it.
    private static func startAnew() {
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", &arguments)
        Log.error("cannot be started anew: \(SystemError("exec", code: errno).reason)")
        exit(StartupError.refused)
    }
}

extension Language {
    /// The language of the locale in LC_ALL, LC_MESSAGES or LANG: Russian where it says so, else English.
    static var ofEnvironment: Language {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty { return value.hasPrefix("ru") ? .ru : .en }
        }
        return .en
    }
}
