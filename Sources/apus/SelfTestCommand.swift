import Console
import Cryptography
import SIPTransport
import SelfTest
import Telephony

/// `apus selftest`: a call through the running exchange, made here; secrets and the record come over the control socket.
struct SelfTestCommand {
    /// Says one command to the exchange.
    typealias Ask = ([String]) throws(UsageError) -> Reply

    private var caller = "101", callee = "102"
    private var server: Endpoint?

    /// Reads the words behind `selftest`. Throws what is wrong with them.
    init(_ words: ArraySlice<String>) throws(UsageError) {
        var (rest, numbers) = (words, [String]())
        while let word = rest.popFirst() {
            guard word == "--through" else {
                numbers.append(word)
                continue
            }
            guard let text = rest.popFirst(), let endpoint = Endpoint(text) else { throw Self.usage("--through") }
            server = endpoint
        }
        switch numbers.count {
        case 0: break
        case 2: (caller, callee) = (numbers[0], numbers[1])
        default: throw Self.usage(numbers[0])
        }
    }

    private static func usage(_ word: String) -> UsageError {
        UsageError(text: Catalogue.badValue(word, "selftest"), usage: ["selftest [CALLER CALLEE] [--through ADDRESS:PORT]"])
    }

    /// Makes the call. Exit code 0 only if both ends heard each other and one record is kept.
    func run(_ language: Language, _ ask: Ask) throws(UsageError) -> Reply {
        var accounts: [SelfTest.Account] = []
        for number in [caller, callee] {
            let reply = try ask(["show", "extension", number, "secret"])
            guard let secret = Self.secret(of: number, in: reply.output) else {
                return reply.exitCode == 0 ? Reply(exitCode: 1) : reply
            }
            accounts.append(SelfTest.Account(number: number, secret: secret))
        }
        var server = server
        if server == nil { server = try listener(ask) }
        return try call(accounts[0], accounts[1], through: server ?? Endpoint(.loopback, 5060), language, ask)
    }

    private func call(
        _ first: SelfTest.Account, _ second: SelfTest.Account, through server: Endpoint, _ language: Language, _ ask: Ask
    ) throws(UsageError) -> Reply {
        let title = Catalogue.selfTestTitle(caller: caller, callee: callee, server: server.description).text(in: language)
        let before = try records(ask)
        let report: SelfTest.Report
        do throws(SelfTest.Failure) {
            report = try SelfTest.run(through: server, caller: first, callee: second, hashing: .openSSL)
        } catch {
            return Reply(
                exitCode: 1, output: title + "\n", errors: Catalogue.selfTestFault(error.fault).text(in: language) + "\n")
        }
        let isRecorded = try records(ask).subtracting(before).count == 1
        let record = Catalogue.selfTestRecord(isRecorded).text(in: language)
        return Reply(
            exitCode: report.isPassed && isRecorded ? 0 : 1, output: "\(title)\n\(report.text(in: language))\n\(record)\n")
    }

    /// The second word of the account's line.
    private static func secret(of number: String, in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == number { return String(words[1]) }
        }
        return nil
    }

    /// Where the configuration says that UDP is listened to; an unspecified address is loopback for us.
    private func listener(_ ask: Ask) throws(UsageError) -> Endpoint? {
        for line in try ask(["config", "show", "sip"]).output.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.prefix(4) == ["set", "sip", "listen", "udp"], words.count > 4, let endpoint = Endpoint(words[4]) else {
                continue
            }
            return endpoint.address.isUnspecified ? Endpoint(.loopback, endpoint.port) : endpoint
        }
        return nil
    }

    /// The rows of today's calls from the one to the other.
    private func records(_ ask: Ask) throws(UsageError) -> Set<Substring> {
        let rows = try ask(["report", "calls", "--csv"]).output.split(whereSeparator: \.isNewline)
        return Set(
            rows.filter { row in
                let fields = row.split(separator: ",", omittingEmptySubsequences: false)
                return fields.count > 4 && fields[3] == caller && fields[4] == callee
            })
    }
}
