import Glibc
import Host
import Telephony

/// Why something could not be measured.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The real `apusd`, taken from beside this tool, with an office of its own on the loopback.
final class ExchangeProcess {
    /// The first extension's number; the others follow.
    static let firstNumber = 1000
    private static let patience = Duration.seconds(10)

    /// Where it listens.
    let server: Endpoint
    private let folder = "/tmp/apus-benchmark-\(getpid())", tools: String
    private var process: pid_t = 0

    /// Returns when an office with so many extensions is in force.
    init(extensions: Int, more: String = "") throws {
        tools = try Self.ownFolder()
        server = try UDPSocket(bind: Endpoint(.loopback, 0)).local
        try Files.makeFolder(folder)
        _ = try start()
        let office = folder + "/office"
        try Files.writeAtomically(Array((Self.office(extensions) + more).utf8), to: office)
        let apus = try spawn("apus", ["--state", folder, "config", "load", office, "--replace"])
        guard Self.exitCode(apus) == 0 else { throw Failure("the office is not taken: \(said)") }
    }

    deinit {
        stop()
        for name in (try? Files.names(in: folder)) ?? [] { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    /// Starts it; how long until it answered its first REGISTER with a challenge.
    func start() throws -> Duration {
        let phone = try Phone(String(Self.firstNumber), at: server)
        let begun = Instant.now
        process = try spawn("apusd", ["--state", folder, "--listen", "udp:\(server)"])
        while Instant.now < begun + Self.patience {
            phone.register()
            usleep(1000)
            if try phone.isChallenged() { return Instant.now - begun }
        }
        throw Failure("apusd does not answer: \(said)")
    }

    /// Ends it; what it keeps stays for the next start.
    func stop() {
        guard process > 0 else { return }
        kill(process, SIGTERM)
        _ = Self.exitCode(process)
        process = 0
    }

    /// CPU time of all its threads since it started, user and system.
    func cpuTime() throws -> Duration {
        var clock = clockid_t(), time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { throw Failure("apusd is gone") }
        return .nanoseconds(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Memory in use (RSS), shared libraries included, in bytes.
    func memory() throws -> Double {
        let fields = String(decoding: try Files.read("/proc/\(process)/statm"), as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { throw Failure("no memory of apusd to be seen") }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The password of an extension.
    static func secret(of number: String) -> String { "nH7qLz-\(number)-vR2" }

    private static func office(_ extensions: Int) -> String {
        let port = 2 * Int.random(in: 10_000...14_000)
        let people = (firstNumber..<firstNumber + extensions).map { "set extension \($0) secret \(secret(of: String($0)))\n" }
        return "set extension * calls 16\nset media no-rtp 1h\nset media ports \(port)-\(port + 1999)\n" + people.joined()
    }

    /// What its log says last.
    private var said: Substring {
        let bytes = (try? Files.read(folder + "/log")) ?? []
        return String(decoding: bytes, as: UTF8.self).suffix(1000)
    }

    /// Starts a tool from our folder; what it says goes to the log.
    private func spawn(_ tool: String, _ arguments: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for output in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, output, folder + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([tool] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawn(&process, tools + "/" + tool, &actions, nil, words, nil)
        guard code == 0 else { throw SystemError("start \(tools)/\(tool), which is to be built first", code: code) }
        return process
    }

    private static func exitCode(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private static func ownFolder() throws -> String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        guard count > 0, let slash = path[..<max(0, count)].lastIndex(of: CChar(UInt8(ascii: "/"))) else {
            throw Failure("no folder of our own")
        }
        return String(decoding: path[..<slash].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
