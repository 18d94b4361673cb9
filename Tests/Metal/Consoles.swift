import Foundation
import Glibc
import Testing

extension Metal {
    /// The console as it is reached in the field: agetty on a line of 9600 baud, and sshd with a forced command.
    @Suite(.serialized) struct Consoles {
        private func getty(_ line: SerialLine, _ exchange: RunningExchange, _ words: String = "--lang ru") throws -> Process {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
            process.arguments = [
                "-w", "/sbin/agetty", "-8", "-L", "-n", "--noissue", "-l", Built.folder.appendingPathComponent("apus").path, "-o",
                "--state \(exchange.state.path) \(words) login", "9600", line.name, "vt102",
            ]
            process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }

        /// The cable is pulled, and the console with it: children of a test's thread inherit its signal mask, so that only this ends them.
        private func end(_ process: Process, _ line: SerialLine) {
            line.close()
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        @Test("R-064 a first installation by the serial line alone: setup, a phone registers, a call")
        func firstInstallation() throws {
            let exchange = try RunningExchange()
            let line = try SerialLine()
            let getty = try getty(line, exchange)
            defer { end(getty, line) }
            try line.expect("apus> ")
            try line.say("setup", expecting: "1/10")
            for (answer, next) in [
                ("ru", "2/10"), ("ООО «Ромашка»", "3/10"), ("", "4/10"), ("mon-fri 09:00-18:00", "5/10"), ("Анна, Пётр", "6/10"),
                ("Отдел продаж", "7/10"), ("", "8/10"), ("-", "9/10"), ("", "10/10"), ("", "Включить?"),
            ] { try line.say(answer, expecting: next) }
            try line.say("", expecting: "действует версия")
            try line.say("sh ext 101", expecting: "Анна")
            let said = try line.say("selftest --through 127.0.0.1:\(exchange.port)", expecting: "запис", within: 60)
            #expect(!said.contains("нет"), "\(line.seen.suffix(12))")
            #expect(try exchange.records(1).count == 1)
        }

        @Test("R-066 what apus says itself is in the user's language, else in the office's, also without the exchange")
        func ownLanguage() throws {
            let exchange = try RunningExchange()
            func said(_ environment: [String], _ words: String...) throws -> String {
                let program = Built.folder.appendingPathComponent("apus").path
                return try run(
                    URL(fileURLWithPath: "/usr/bin/env"),
                    ["-i"] + environment + [program, "--state", exchange.state.path] + words
                ).errors
            }
            #expect(try said(["LANG=C"], "frobnicate").contains("unknown word"))
            try exchange.terminate()
            #expect(try said(["LANG=C"], "show", "phones").contains("not running"))
            #expect(try said(["LANG=ru_RU.UTF-8"], "show", "phones").contains("не запущена"))
            try exchange.start()
            #expect(try exchange.apus("config", "load", try exchange.file("set office language ru\n")).status == 0)
            try exchange.terminate()
            #expect(try said(["LANG=C"], "show", "phones").contains("не запущена"))
            #expect(try said(["LANG=en_GB.UTF-8"], "show", "phones").contains("not running"))
            #expect(try said(["LANG=en_GB.UTF-8"], "--lang", "de").contains("LANGUAGE"))
        }

        @Test("a pipe's end ends what watches; a line longer than any is one fault and not two")
        func pipe() throws {
            let exchange = try RunningExchange()
            for (text, faults) in [
                ("trace live", 0), ("watch missed", 0), ("frobnicate \(String(repeating: "x", count: 6000))\nshow health", 1),
            ] {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments = [
                    "-c", "printf '%s\\n' \"$1\" | timeout 20 \(Built.folder.path)/apus --state \(exchange.state.path) --lang en",
                    "sh", text,
                ]
                let output = Pipe()
                process.standardOutput = output
                try process.run()
                let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == faults, "\(text.prefix(20)): \(said.suffix(300))")
                #expect(said.components(separatedBy: "longer than 1000 bytes").count == faults + 1, "\(said.suffix(300))")
            }
        }

        @Test(
            "a line waits for an exchange that does not run, and opens when it does",
            .enabled(if: geteuid() == 0))
        func waits() throws {
            let exchange = try RunningExchange()
            try exchange.terminate()
            let line = try SerialLine()
            let getty = try getty(line, exchange)
            defer { end(getty, line) }
            try line.expect("жду станцию", within: 20)
            try exchange.start()
            try line.expect("apus> ", within: 20)
        }

        @Test("a page of Russian takes less than 2.5 s in KOI8-R; pages stop; what is typed in Cyrillic is edited")
        func pages() throws {
            let exchange = try RunningExchange()
            let line = try SerialLine(isKOI8: true)
            let getty = try getty(line, exchange)
            defer { end(getty, line) }
            pass(3)
            line.type("charset koi8-r\r")
            pass(1.5)
            let before = line.received
            line.type("help\r")
            try line.expect("-- ещё --", within: 10)
            let bytes = line.received - before
            #expect(bytes < 2400, "\(bytes) bytes are \(Double(bytes) / 960) s")
            print("a page of 24 lines: \(bytes) bytes, \(Double(bytes) / 960) s at 9600 baud")
        }

        @Test(
            "A kernel's message across the line, Ctrl-C and Ctrl-\\ do no harm: Ctrl-L shows what was typed, and the session goes on"
        )
        func disturbed() throws {
            let exchange = try RunningExchange()
            let line = try SerialLine()
            let getty = try getty(line, exchange)
            defer { end(getty, line) }
            try line.expect("apus> ")
            line.type("show tru")
            try line.expect("apus> show tru")
            // As printk writes to the line that a login is on.
            let kernel = open("/dev/" + line.name, O_WRONLY | O_NOCTTY)
            let message = Array("\r\n[ 1234.567890] usb 1-1: new high-speed USB device\r\n".utf8)
            #expect(write(kernel, message, message.count) == message.count)
            Glibc.close(kernel)
            try line.expect("usb 1-1: new")
            let from = line.seen.count - 1
            line.type("\u{c}")
            try line.expect("apus> show tru", from: from)
            line.type("nks\r")
            try line.expect("линий связи нет", from: from)
            line.type("show phones\u{3}")
            try line.say("show calls", expecting: "вызовов нет")
            line.type("\u{1c}")
            try line.say("show trunks", expecting: "линий связи нет")
        }

        @Test("500 extensions pasted at 9600 baud are taken whole, their errors at the end; the line lost, the changes stay")
        func pasted() throws {
            let exchange = try RunningExchange()
            let line = try SerialLine()
            var getty = try getty(line, exchange, "--lang en")
            try line.expect("apus> ")
            try line.say("configure", expecting: "apus# ")
            var lines = (1000..<1500).map { "set extension \($0) name \"N\($0)\"" }
            lines[250] = "set extension 1250 nmae x"
            line.type(lines.joined(separator: "\r") + "\r")
            try line.expect("not taken: 1 line", within: 60)
            #expect(line.seen.contains { $0.contains("set extension 1250 nmae x") })
            end(getty, line)
            pass(1)
            let again = try SerialLine()
            getty = try self.getty(again, exchange, "--lang en")
            defer { end(getty, again) }
            try again.expect("apus> ")
            try again.say("configure", expecting: "your changes")
            try again.say("commit \"pasted\"", expecting: "in force", within: 30)
            #expect(try exchange.apus("config", "show", "extension").output.contains("set extension 1499 name \"N1499\""))
        }

        @Test("an unconfirmed configuration goes back by itself, also when the console and the exchange were killed")
        func unconfirmed() throws {
            let exchange = try RunningExchange()
            let line = try SerialLine()
            let getty = try getty(line, exchange, "--lang en")
            try line.expect("apus> ")
            try line.say("configure", expecting: "apus# ")
            try line.say("set extension 101 name Nobody", expecting: "#* ")
            try line.say("commit confirmed 8s", expecting: "goes back")
            end(getty, line)
            try exchange.kill()
            try exchange.start()
            #expect(try exchange.apus("config", "show", "extension", "101").output.contains("Nobody"))
            let end = Date(timeIntervalSinceNow: 15)
            while try exchange.apus("config", "show", "extension", "101").output.contains("Nobody") {
                try #require(Date() < end, "it never went back")
                usleep(200_000)
            }
            #expect(try exchange.apus("config", "history").output.contains("not confirmed"))
        }

        @Test("a user's password is asked for, a wrong one waits, roles hold, over SSH nobody is asked twice")
        func users() throws {
            let exchange = try RunningExchange(
                """
                set user anna role installer secret "correct horse"
                set user boss role owner secret "battery staple"
                """)
            #expect(try exchange.apus("config", "show", "user", "--secrets").output.contains("$scrypt$"))
            let line = try SerialLine()
            let getty = try getty(line, exchange, "--lang en")
            defer { end(getty, line) }
            try line.expect("Name: ")
            line.type("boss\r")
            try line.expect("Password: ")
            line.type("wrong horse\r")
            try line.expect("wrong name or password")
            pass(2)
            line.type("boss\r")
            pass(1)
            line.type("battery staple\r")
            try line.expect("apus> ")
            try line.say("configure", expecting: "not for you")
            #expect(!line.seen.contains { $0.contains("battery") }, "a password was shown")
            var server = try SecureShell(exchange, user: "boss")
            defer { server.stop() }
            #expect(try server.run("show phones").output.contains("101"))
            #expect(try server.run("configure").status != 0)
            #expect(try !server.run("cat /etc/shadow").output.contains("root:"))
            server.stop()
            server = try SecureShell(exchange, user: "stranger")
            #expect(try server.run("show phones").output.contains("stranger"))
        }
    }
}

/// sshd on loopback, whose only command is `apus login --ssh`, for the user that runs the tests under the name of another.
private final class SecureShell {
    private let folder: URL, port: UInt16

    init(_ exchange: RunningExchange, user: String) throws {
        folder = exchange.state.appendingPathComponent("ssh-\(user)")
        port = Ports.take()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for key in ["host", "client"] {
            _ = try execute(
                "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.appendingPathComponent(key).path])
        }
        try FileManager.default.copyItem(
            at: folder.appendingPathComponent("client.pub"), to: folder.appendingPathComponent("authorized"))
        let command =
            "/usr/bin/env USER=\(user) \(Built.folder.appendingPathComponent("apus").path) --lang en --state \(exchange.state.path) login --ssh"
        try """
        ListenAddress 127.0.0.1
        Port \(port)
        HostKey \(folder.path)/host
        AuthorizedKeysFile \(folder.path)/authorized
        PidFile \(folder.path)/pid
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin yes
        AllowTcpForwarding no
        ForceCommand \(command)
        """.write(to: folder.appendingPathComponent("config"), atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        // It goes into the background by itself and writes down its number.
        _ = try execute("/usr/sbin/sshd", ["-f", folder.appendingPathComponent("config").path])
        pass(1)
    }

    func run(_ command: String) throws -> Said {
        try execute(
            "/usr/bin/timeout",
            [
                "20", "/usr/bin/ssh",
                "-F", "none", "-i", folder.appendingPathComponent("client").path, "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-p", "\(port)", "root@127.0.0.1", command,
            ])
    }

    func stop() {
        let pid = try? String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8)
        if let number = pid.flatMap({ Int32($0.prefix { $0 != "\n" }) }) { Glibc.kill(number, SIGKILL) }
        try? FileManager.default.removeItem(at: folder.appendingPathComponent("pid"))
    }
}

private func execute(_ program: String, _ arguments: [String]) throws -> Said {
    try run(URL(fileURLWithPath: program), arguments)
}
