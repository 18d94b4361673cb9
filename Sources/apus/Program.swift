import Glibc
import Host
import Telephony

/// Another program, run to its end without a shell.
enum Program {
    /// How it ended, and what it said on both outputs.
    struct Outcome {
        var isGood: Bool, output: String
    }

    /// Runs it in a folder (nil: here) for at most so many seconds (0: as long as it takes). Throws where it is not there.
    static func run(_ words: [String], in folder: String? = nil, seconds: Int = 0) throws(SystemError) -> Outcome {
        var pipe: [Int32] = [0, 0]
        guard pipe.withUnsafeMutableBufferPointer({ Glibc.pipe($0.baseAddress) }) == 0 else {
            throw SystemError("pipe", code: errno)
        }
        for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        defer { close(pipe[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_adddup2(&actions, pipe[1], descriptor) }
        // coreutils' `env` changes the folder.
        let words = (folder.map { ["env", "-C", $0] } ?? []) + words
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let failure = posix_spawnp(&process, words.first ?? "", &actions, nil, &arguments, environ)
        close(pipe[1])
        guard failure == 0 else { throw SystemError(words.first ?? "", code: failure) }
        let output = read(pipe[0], until: seconds == 0 ? nil : .now + .seconds(seconds)) { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Outcome(isGood: status == 0, output: String(decoding: output, as: UTF8.self))
    }

    /// Whether a program of this name is installed.
    static func isInstalled(_ name: String) -> Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Everything up to the end of the pipe; at `end`, `stop` is called once.
    private static func read(_ descriptor: Int32, until end: Instant?, stop: () -> Void) -> [UInt8] {
        var output: [UInt8] = [], hasStopped = false
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = end.map { Int32(clamping: max(0, ($0 - .now).milliseconds)) } ?? -1
            if Glibc.poll(&poll, 1, hasStopped ? -1 : left) == 0 {
                stop()
                hasStopped = true
                continue
            }
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return output }
            output += chunk[..<count]
        }
    }
}
