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
            let daemon = try Daemon(options)
            daemon.run()
        } catch {
            Log.error(error.text.text(in: language))
            exit(error.exitCode)
        }
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
