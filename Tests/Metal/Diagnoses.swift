import Foundation
import Synchronization
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Diagnoses {
        /// Runs a command beside what a phone does meanwhile.
        private func beside(_ exchange: RunningExchange, _ words: [String], _ deeds: () throws -> Void) throws -> Said {
            let (program, state) = (Built.folder.appendingPathComponent("apus"), exchange.state.path)
            let result = Mutex<Said?>(nil)
            let done = DispatchSemaphore(value: 0)
            let thread = Thread {
                let said = try? run(program, ["--state", state] + words)
                result.withLock { $0 = said }
                done.signal()
            }
            thread.start()
            try deeds()
            done.wait()
            return try #require(result.withLock { $0 })
        }

        @Test("D-15: what show health says of the board is what its kernel says")
        func board() throws {
            let exchange = try RunningExchange()
            let health = try exchange.apus("show", "health", "--json").json(as: [String: Any].self)
            let parts = health["parts"] as? [[String: Any]] ?? []
            let counters = try #require(parts.first { $0["part"] as? String == "board" }?["counters"] as? [String: Int])
            let values = try exchange.state.resourceValues(forKeys: [.volumeAvailableCapacityKey])
            let free = try #require(values.volumeAvailableCapacity) >> 20
            let told = try #require(counters["diskFreeMB"])
            // Others write to the disk meanwhile.
            #expect(told > 0 && abs(told - free) < 500 + free / 20, "\(told) and \(free)")
            let memory = try #require(counters["memoryFreeMB"]), own = try #require(counters["ownMemoryMB"])
            #expect(memory > own && own > 3)
        }

        @Test("D-13: a telephone's voice is measured both ways: packets, loss, jitter, level; the verdict is said")
        func audio() throws {
            let exchange = try RunningExchange()
            let phone = try Phone(.pjsua, "102", of: exchange, tone: 1000)
            let said = try beside(exchange, ["diagnose", "audio", "102", "--json"]) {
                try phone.expect("incoming 0")
                phone.tell("answer 0")
                try phone.expect("confirmed 0")
                phone.record()
                try phone.expect("ended 0", within: 60)
            }
            try #require(said.status == 0, "\(said)")
            let report = try said.json(as: [String: Any].self)
            // A machine that has much to do makes packets come unevenly, and that is told; nothing else is wrong.
            let remarks = (report["remarks"] as? [String] ?? []).filter { !$0.contains("unevenly") }
            #expect(report["verdict"] as? String != "bad" && remarks.isEmpty, "\(report)")
            #expect((report["received"] as? Int ?? 0) > 800 && report["lost"] as? Int == 0)
            #expect(abs((report["level"] as? Int ?? 0) + 13) <= 3, "\(report)")
            #expect(report["farLost"] as? Int == 0, "the telephone's own report: \(report)")
            let heard = try phone.quit()
            // 0 dBm0 is -6.15 dBFS of a sine's RMS in A-law (ITU-T G.711).
            let tone = heard.tone(after: 1)
            #expect(abs((tone?.frequency ?? 0) - 1000) < 30, "\(String(describing: tone))")
            #expect(try exchange.apus("diagnose", "audio", "103").status == 1)
        }

        @Test("D-13: diagnose nat on loopback: every phone straight, nothing to change")
        func nat() throws {
            let exchange = try RunningExchange()
            let phone = try Phone(.pjsua, "101", of: exchange)
            let report = try exchange.apus("diagnose", "nat", "--json").json(as: [String: Any].self)
            let paths = try #require(report["paths"] as? [[String: Any]])
            #expect(paths.map { $0["who"] as? String } == ["101"] && paths[0]["verdict"] as? String == "fine", "\(paths)")
            _ = phone
        }

        @Test("R-016: a prompt is spoken by telephone, heard, accepted, and at once what callers hear")
        func dictation() throws {
            let exchange = try RunningExchange()
            let phone = try Phone(.pjsua, "102", of: exchange, tone: 1000)
            let said = try exchange.apus("prompt", "record", "hello", "at", "102")
            #expect(said.status == 0 && said.output.contains("rings"), "\(said)")
            try phone.expect("incoming 0")
            phone.tell("answer 0")
            try phone.expect("confirmed 0")
            pass(6.5)  // the words and the tone
            phone.tell("dtmf 0 #")
            pass(2)
            phone.tell("dtmf 0 1")
            try phone.expect("ended 0", within: 20)
            var list: [[String: Any]] = []
            for _ in 0..<30 where list.isEmpty {
                pass(0.1)
                list = try exchange.apus("prompt", "list", "--json").json(as: [[String: Any]].self)
            }
            #expect(list.first?["state"] as? String == "heard" && (list.first?["duration"] as? Double ?? 0) > 0.5, "\(list)")
            let copy = exchange.state.appendingPathComponent("copy.wav")
            #expect(try exchange.apus("prompt", "export", "hello", copy.path).status == 0)
            let wave = try Wave(copy)
            #expect(abs(wave.part(0.2, 1).level + 20) < 1.5 && wave.tone()?.frequency == 1000, "\(wave.part(0.2, 1).level)")
            #expect(try exchange.apus("config", "history", "--csv").output.contains(",102,prompt record hello"))
        }

        @Test("R-064: setup from a shell asks its questions, puts the answers in force and ends there")
        func setup() throws {
            let exchange = try RunningExchange()
            let process = Process(), input = Pipe(), output = Pipe()
            process.executableURL = Built.folder.appendingPathComponent("apus")
            process.arguments = ["--state", exchange.state.path, "--lang", "en", "setup"]
            (process.standardInput, process.standardOutput) = (input, output)
            process.standardError = FileHandle.nullDevice
            try process.run()
            let answers = [
                "en", "Daisy", "Europe/Moscow", "mon-fri 09:00-18:00", "Anna, Boris", "Sales", "", "Hello, press 1", "yes", "",
                "",
            ]
            input.fileHandleForWriting.write(Data(answers.map { $0 + "\n" }.joined().utf8))
            let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0 && said.contains("in force"), "\(said)")
            let text = try exchange.apus("config", "show").output
            for line in [
                "set office name \"Daisy\"", "set extension 102 name \"Boris\"", "set menu main key 1 to department sales",
                "set department sales no-answer after 1m to voicemail sales", "set scheme office otherwise to menu main",
            ] { #expect(text.contains(line), "\(line)\n\(text)") }
            let prompts = try exchange.apus("prompt", "list", "--json").json(as: [[String: Any]].self)
            #expect(prompts.first?["state"] as? String == "heard", "the menu speaks: \(said)")
        }
    }
}
