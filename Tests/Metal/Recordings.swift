import Foundation
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Recordings {
        /// The level of a tone in a second of sound, in dB against full scale.
        private func level(of frequency: Int, in samples: ArraySlice<Int16>) -> Double {
            var (real, imaginary) = (0.0, 0.0)
            for (index, sample) in samples.enumerated() {
                let angle = 2 * Double.pi * Double(frequency) * Double(index) / 8000
                real += Double(sample) * cos(angle)
                imaginary += Double(sample) * sin(angle)
            }
            let amplitude = 2 * (real * real + imaginary * imaginary).squareRoot() / Double(max(1, samples.count))
            return 20 * log10(max(1e-9, amplitude / 2.squareRoot() / 32_768))
        }

        @Test(
            "D-30: both sides of a call between two telephones are in the file of its record, as loud as they spoke, without a gap"
        )
        func bothSides() throws {
            let exchange = try RunningExchange("set extension 102 record on\n")
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let called = try Phone(.pjsua, "102", of: exchange, tone: 1700, codecs: "PCMU")
            caller.tell("call 102")
            try called.expect("incoming 0")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            pass(8)
            caller.tell("hangup 0")
            try called.expect("ended 0")
            pass(3)
            let list = try exchange.apus("recordings", "--json").json(as: [[String: Any]].self)
            try #require(list.count == 1, "\(list)")
            let record = try exchange.records(1)[0]
            #expect(list[0]["call"] as? Int == record["id"] as? Int && list[0]["from"] as? String == "101")
            let length = try #require(list[0]["duration"] as? Double)
            #expect(record["recording"] as? Double == length && length > 4 && length < 8.5, "\(length)")
            let file = exchange.state.appendingPathComponent("talk.wav")
            #expect(try exchange.apus("recordings", "export", "\(record["id"] ?? 0)", file.path).status == 0)
            let octets = [UInt8](try Data(contentsOf: file))
            #expect(octets.count == 58 + Int((length * 8000).rounded()))
            let samples = octets.dropFirst(58).map { ALaw.decode($0) }
            // Each tone in every half second of the talk, but for its ends: as loud as it was said, so nothing is lost or doubled.
            for start in stride(from: 4000, to: samples.count - 8000, by: 4000) {
                let piece = samples[start..<start + 4000]
                for tone in [1000, 1700] {
                    // -10 dBm0, as a root mean square against full scale.
                    let level = level(of: tone, in: piece)
                    #expect(abs(level + 16.3) < 1, "\(tone) Hz at \(level) dB, \(Double(start) / 8000) s")
                }
            }
            #expect(try exchange.apus("recordings", "delete", "\(record["id"] ?? 0)").status == 0)
            #expect(!FileManager.default.fileExists(atPath: try #require(list[0]["file"] as? String)))
        }

        @Test("Killed right after the talk: files and rows agree at the next start")
        func killed() throws {
            let exchange = try RunningExchange("set extension * record on\nset office record announce off\n")
            let caller = try Phone(.pjsua, "101", of: exchange), called = try Phone(.pjsua, "102", of: exchange)
            caller.tell("call 102")
            try called.expect("incoming 0")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            pass(2)
            caller.tell("hangup 0")
            pass(Double.random(in: 0...0.5))
            try exchange.kill()
            try exchange.start()
            let list = try exchange.apus("recordings", "--json").json(as: [[String: Any]].self)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: exchange.state.appendingPathComponent("recordings").path)
            #expect(files.sorted() == list.compactMap { ($0["call"] as? Int).map { "\($0).wav" } }.sorted())
        }
    }
}
