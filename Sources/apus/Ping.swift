import Console
import Glibc

/// `ping ADDRESS`: the system's own program, four times.
enum Ping {
    static func reply(_ address: String) -> Reply {
        var pipe: [Int32] = [0, 0]
        guard pipe.withUnsafeMutableBufferPointer({ Glibc.pipe($0.baseAddress) }) == 0 else { return Reply(exitCode: 1) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_adddup2(&actions, pipe[1], descriptor) }
        posix_spawn_file_actions_addclose(&actions, pipe[0])
        let words: [String] = ["ping", "-n", "-c", "4", "-w", "6", address]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let failure = posix_spawnp(&process, "ping", &actions, nil, &arguments, environ)
        close(pipe[1])
        defer { close(pipe[0]) }
        guard failure == 0 else { return Reply(exitCode: 1, errors: "ping: \(String(cString: strerror(failure)))\n") }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(pipe[0], &chunk, chunk.count), count > 0 { output += chunk[..<count] }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return Reply(exitCode: status == 0 ? 0 : 1, output: String(decoding: output, as: UTF8.self))
    }
}
