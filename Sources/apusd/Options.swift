import Signalling
import Telephony

/// Why the exchange does not start: one sentence and the exit code.
struct StartupError: Error {
    /// What a wrong command line gives, and what everything else does.
    static let usage: Int32 = 2, refused: Int32 = 1

    var text: Wording
    var exitCode = refused

    init(_ text: Wording, exitCode: Int32 = refused) { (self.text, self.exitCode) = (text, exitCode) }
}

/// What the command line says.
struct Options {
    /// The folder that everything is kept in.
    var state = "/var/lib/apus"
    /// Listen here instead of where the configuration says.
    var listen: [SIPSettings.Listener] = []
    /// WAV files or folders of music on hold.
    var music = ["/usr/share/asterisk/moh"]
    /// Where the phrases are; nil: beside the program.
    var sounds: String?
    /// A folder that is only looked at: what an exchange that is started on it would have.
    var verified: String?
    var isHelp = false

    init(_ arguments: [String]) throws(StartupError) {
        var rest = arguments[...]
        var namesMusic = false
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": isHelp = true
            case "--state": state = try Self.value(of: word, &rest)
            case "--verify": verified = try Self.value(of: word, &rest)
            case "--sounds": sounds = try Self.value(of: word, &rest)
            case "--music":
                if !namesMusic { music = [] }
                namesMusic = true
                music.append(try Self.value(of: word, &rest))
            case "--listen":
                let text = try Self.value(of: word, &rest)
                guard let listener = Self.listener(text) else {
                    throw StartupError(Catalogue.badListener(text), exitCode: StartupError.usage)
                }
                listen.append(listener)
            default:
                throw StartupError(Catalogue.unknownOption(word), exitCode: StartupError.usage)
            }
        }
        while state.count > 1, state.hasSuffix("/") { state.removeLast() }
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(StartupError) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else {
            throw StartupError(Catalogue.missingValue(option), exitCode: StartupError.usage)
        }
        return value
    }

    /// `udp:127.0.0.1:5060`; the transport may be left out for UDP.
    private static func listener(_ text: String) -> SIPSettings.Listener? {
        for transport in TransportKind.allCases where text.hasPrefix(transport.rawValue + ":") {
            return Endpoint(text.dropFirst(transport.rawValue.count + 1)).map { SIPSettings.Listener(transport, $0) }
        }
        return Endpoint(text).map { SIPSettings.Listener(.udp, $0) }
    }
}
