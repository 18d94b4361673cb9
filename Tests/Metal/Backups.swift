import Foundation
import Synchronization
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Backups {
        /// All that somebody would miss, in words.
        private func content(_ exchange: RunningExchange) throws -> [String] {
            try [
                ["config", "show", "--secrets"], ["report", "calls", "--json"], ["show", "tasks", "--csv"],
                ["contacts", "list", "--json"],
                ["show", "voicemail", "--json"], ["prompt", "list", "--json"], ["config", "history", "--csv"],
            ].map { words in
                let said = try run(Built.folder.appendingPathComponent("apus"), ["--state", exchange.state.path] + words)
                try #require(said.status == 0, "\(words): \(said)")
                return said.output
            }
        }

        private func backAgain(_ exchange: RunningExchange, _ wanted: (String) -> Bool) throws {
            for _ in 0..<100 {
                if let said = try? exchange.apus("config", "show", "--secrets"), said.status == 0, wanted(said.output) { return }
                pass(0.1)
            }
            Issue.record("the exchange did not come back: \(exchange.logText)")
        }

        @Test("R-066: everything comes back from one file: configuration, calls, tasks, contacts, messages, prompts")
        func whole() throws {
            let exchange = try RunningExchange("set extension 102 forward to voicemail 102\n")
            let caller = try Phone(.pjsua, "101", of: exchange)
            caller.tell("call 102")
            try caller.expect("confirmed 0")
            pass(1)
            caller.tell("dtmf 0 #")
            pass(4)
            caller.tell("hangup 0")
            try caller.expect("ended 0")
            _ = try exchange.records(1)
            let table = try exchange.file("number;name\n+74951112233;Вера\n")
            #expect(try exchange.apus("contacts", "import", table).status == 0)
            let wave = exchange.state.appendingPathComponent("tone.wav")
            try Wave.tone(1000).write(to: wave)
            #expect(try exchange.apus("prompt", "import", "hello", wave.path).status == 0)
            let before = try content(exchange)
            #expect(before[4].contains("\"id\":1") && before[3].contains("Вера") && before[5].contains("hello"))
            let file = exchange.state.appendingPathComponent("all.tar").path
            let saved = try exchange.apus("backup", file)
            try #require(saved.status == 0, "\(saved)")
            #expect(!FileManager.default.fileExists(atPath: exchange.state.appendingPathComponent("backup").path))
            let checked = try exchange.apus("restore", file, "--check")
            #expect(checked.status == 0 && checked.output.contains("messages 1, prompts 1"), "\(checked)")

            #expect(try exchange.apus("voicemail", "delete", "1").status == 0)
            #expect(try exchange.apus("prompt", "delete", "hello").status == 0)
            #expect(try exchange.apus("contacts", "delete", "+74951112233").status == 0)
            #expect(try exchange.apus("config", "load", try exchange.file("set extension 103 name Other\n")).status == 0)
            let restored = try exchange.apus("restore", file)
            #expect(restored.status == 0, "\(restored)")
            try backAgain(exchange) { $0 == before[0] }
            #expect(try content(exchange) == before)
            let kept = try String(contentsOf: exchange.state.appendingPathComponent("log"), encoding: .utf8)
            #expect(kept.contains("a backup is in force"))
            #expect(try exchange.phones().count == 1)
        }

        @Test("R-066: two backups at once, with a call up, are both whole, and leave nothing behind")
        func twoAtOnce() throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange), called = try Phone(.pjsua, "102", of: exchange)
            caller.tell("call 102")
            try called.expect("incoming 0")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            let program = Built.folder.appendingPathComponent("apus"), state = exchange.state
            for round in 0..<3 {
                let files = (0..<2).map { state.appendingPathComponent("\(round)-\($0).tar").path }
                let results = Mutex<[Said]>([])
                DispatchQueue.concurrentPerform(iterations: 2) { index in
                    if let said = try? run(program, ["--state", state.path, "backup", files[index]]) {
                        results.withLock { $0.append(said) }
                    }
                }
                let said = results.withLock { $0 }
                #expect(said.count == 2 && said.allSatisfy { $0.status == 0 }, "\(said)")
                for file in files {
                    let checked = try exchange.apus("restore", file, "--check")
                    #expect(checked.status == 0, "\(checked)")
                }
            }
            #expect(!FileManager.default.fileExists(atPath: state.appendingPathComponent("backup").path))
            #expect(try exchange.apus("show", "calls", "--json").json(as: [Any].self).count == 1)
            caller.tell("hangup 0")
            try exchange.waitForQuiet()
        }

        @Test(
            "R-066: a damaged backup is refused and nothing is touched; with a call up it waits for the restart that is asked for"
        )
        func refused() throws {
            let exchange = try RunningExchange()
            let before = try exchange.apus("config", "show", "--secrets").output
            let file = exchange.state.appendingPathComponent("all.tar"), bad = exchange.state.appendingPathComponent("bad.tar")
            #expect(try exchange.apus("backup", file.path).status == 0)
            var bytes = [UInt8](try Data(contentsOf: file))
            let place = try #require(bytes.firstIndex(of: Array("Metal".utf8)))
            bytes[place] = UInt8(ascii: "m")
            try Data(bytes).write(to: bad)
            for words in [["restore", bad.path, "--check"], ["restore", bad.path]] {
                let said = try run(Built.folder.appendingPathComponent("apus"), ["--state", exchange.state.path] + words)
                #expect(said.status == 1 && said.errors.contains("bad.tar"), "\(said)")
            }
            let text = try exchange.apus("restore", try exchange.file(before))
            #expect(text.status == 1 && text.errors.contains("config load"), "\(text)")
            #expect(try exchange.apus("config", "load", try exchange.file("set extension 103 name Other\n")).status == 0)
            let caller = try Phone(.pjsua, "101", of: exchange), called = try Phone(.pjsua, "102", of: exchange)
            caller.tell("call 102")
            try called.expect("incoming 0")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            let waits = try exchange.apus("restore", file.path)
            #expect(waits.status == 1 && waits.errors.contains("restart"), "\(waits)")
            #expect(try exchange.apus("show", "calls", "--json").json(as: [Any].self).count == 1)
            caller.tell("hangup 0")
            try exchange.waitForQuiet()
            #expect(try exchange.apus("restart").status == 0)
            try backAgain(exchange) { $0 == before }
        }
    }
}

extension [UInt8] {
    /// Where these bytes first stand.
    fileprivate func firstIndex(of bytes: [UInt8]) -> Int? {
        indices.first { $0 + bytes.count <= count && self[$0..<$0 + bytes.count].elementsEqual(bytes) }
    }
}
