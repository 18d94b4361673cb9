import Foundation
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Voicemails {
        /// A message of a telephone of `tone` Hz, spoken for so many seconds.
        private func speak(_ caller: Phone, to number: String, seconds: Double) throws {
            caller.tell("call \(number)")
            try caller.expect("confirmed 0")
            pass(1)
            caller.tell("dtmf 0 #")  // over the greeting to the tone
            pass(seconds + 1.5)
            caller.tell("hangup 0")
            try caller.expect("ended 0")
        }

        @Test("R-012, R-013: a telephone leaves a message: the file is what was said, and lamps go on, asked for or not")
        func message() throws {
            let exchange = try RunningExchange(
                "set extension 102 forward to voicemail 102\nset extension 102 voicemail recipients 102 103\n")
            let subscriber = try Phone(.pjsua, "102", of: exchange, watchesMessages: true)
            let plain = try Phone(.pjsua, "103", of: exchange)
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            try subscriber.expect("lamp off 0/0")
            try speak(caller, to: "102", seconds: 4)
            try subscriber.expect("lamp on 1/0")
            try plain.expect("lamp on 1/0")
            let record = try exchange.records(1)[0]
            #expect(record["result"] as? String == "missed" && record["label"] as? String == "Answering machine")
            #expect(record["message"] as? Int == 1)
            let list = try exchange.apus("show", "voicemail", "--json").json(as: [[String: Any]].self)
            #expect(list.count == 1 && list[0]["box"] as? String == "102" && list[0]["new"] as? Bool == true)
            let length = try #require(list[0]["duration"] as? Double)
            #expect(length > 3 && length < 6.5, "\(length)")
            let file = exchange.state.appendingPathComponent("left.wav")
            #expect(try exchange.apus("voicemail", "export", "1", file.path).status == 0)
            let octets = [UInt8](try Data(contentsOf: file))
            #expect(octets.count == 58 + Int((length * 8000).rounded()))
            let wave = Wave(samples: octets.dropFirst(58).map { ALaw.decode($0) })
            let tone = wave.tone(after: 0.5)
            #expect(tone?.frequency == 1000 && abs((tone?.level ?? 0) + 10) < 1.5)
            #expect(try exchange.apus("voicemail", "delete", "1").status == 0)
            try subscriber.expect("lamp off 0/0")
            #expect(!FileManager.default.fileExists(atPath: try #require(list[0]["file"] as? String)) || waitGone(list[0]))
        }

        /// The disk may lag a little.
        private func waitGone(_ message: [String: Any]) -> Bool {
            let path = message["file"] as? String ?? ""
            for _ in 0..<30 where FileManager.default.fileExists(atPath: path) { pass(0.1) }
            return !FileManager.default.fileExists(atPath: path)
        }

        @Test("R-012: killed right after the caller has hung up: file and row agree at the next start")
        func killed() throws {
            let exchange = try RunningExchange("set extension 102 forward to voicemail 102\n")
            let caller = try Phone(.pjsua, "101", of: exchange)
            caller.tell("call 102")
            try caller.expect("confirmed 0")
            pass(1)
            caller.tell("dtmf 0 #")
            pass(5)
            caller.tell("hangup 0")
            pass(Double.random(in: 0...0.3))
            try exchange.kill()
            try exchange.start()
            let list = try exchange.apus("show", "voicemail", "--json").json(as: [[String: Any]].self)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: exchange.state.appendingPathComponent("messages").path)
            #expect(files.sorted() == list.compactMap { ($0["id"] as? Int).map { "\($0).wav" } }.sorted())
            #expect(list.allSatisfy { $0["box"] as? String == "102" })
        }
    }
}
