import Foundation
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Prompts {
        /// A file of a tone as a studio would write it.
        private func studio(_ hertz: Double, seconds: Int, _ exchange: RunningExchange) throws -> String {
            var maker = ToneMaker(frequency: hertz / 6, level: -3)
            var wave = Wave(samples: (0..<seconds * 48_000).map { _ in maker.next() })
            wave.rate = 48_000
            let file = exchange.state.appendingPathComponent("studio-\(Int(hertz)).wav")
            try wave.write(to: file)
            return file.path
        }

        /// Dials a prompt and hears it for so long.
        private func hear(_ number: String, _ exchange: RunningExchange, seconds: Double, meanwhile: () throws -> Void = {})
            throws
            -> Wave
        {
            let caller = try Phone(.pjsua, "101", of: exchange)
            caller.tell("call \(number)")
            try caller.expect("media 0 active")
            caller.record()
            pass(seconds / 2)
            try meanwhile()
            pass(seconds / 2)
            caller.tell("hangup 0")
            return try caller.quit()
        }

        @Test(
            "R-044, R-045: a recording is loaded, dialled and heard at one level; replaced in mid-call it is heard to its end without a gap"
        )
        func imported() throws {
            let exchange = try RunningExchange()
            let loaded = try exchange.apus("prompt", "import", "hello", try studio(1000, seconds: 8, exchange))
            #expect(loaded.status == 0 && loaded.output.contains("0:08"), "\(loaded)")
            let set = try exchange.apus(
                "config", "load",
                try exchange.file("set prompt hello number 801\nset scheme office greeting hello otherwise to busy\n"))
            #expect(set.status == 0, "\(set)")
            let next = try studio(1500, seconds: 8, exchange)
            let heard = try hear("801", exchange, seconds: 4) {
                let replaced = try exchange.apus("prompt", "import", "hello", next)
                #expect(replaced.status == 0)
            }
            let talk = heard.part(0.5, 3.8)
            for from in stride(from: 0, to: talk.length - 0.04, by: 0.02) {
                #expect(abs(talk.part(from, from + 0.04).level + 20) < 1, "\(from): \(talk.part(from, from + 0.04).level)")
            }
            #expect(talk.tone(after: 2)?.frequency == 1000)
            #expect(try hear("801", exchange, seconds: 3).tone(after: 0.5)?.frequency == 1500)
            let refused = try exchange.apus("prompt", "delete", "hello")
            #expect(refused.status == 1 && refused.errors.contains("set scheme office greeting hello"), "\(refused)")
            let broken = try exchange.apus("prompt", "import", "hello", exchange.state.appendingPathComponent("log").path)
            #expect(broken.status == 1 && broken.errors.contains("WAV"), "\(broken)")
            let copy = exchange.state.appendingPathComponent("copy.wav")
            #expect(try exchange.apus("prompt", "export", "hello", copy.path).status == 0)
            #expect(try Wave(copy).tone(after: 1)?.frequency == 1500)
        }

        @Test("R-016: words are spoken by the engine that is installed, and a text that changed is told at commit")
        func spoken() throws {
            let exchange = try RunningExchange()
            let text = try exchange.file("set prompt hello text \"Good morning, this is the office.\" number 801\n")
            let warned = try exchange.apus("config", "load", text)
            #expect(warned.status == 0 && warned.errors.contains("prompt hello is a text"), "\(warned)")
            let said = try exchange.apus("prompt", "say", "hello")
            #expect(said.status == 0, "\(said)")
            let list = try exchange.apus("prompt", "list", "--json").json(as: [[String: Any]].self)
            #expect(list.first?["state"] as? String == "heard" && (list.first?["duration"] as? Double ?? 0) > 1)
            #expect(try !exchange.apus("config", "load", text).errors.contains("hello"))
            let heard = try hear("801", exchange, seconds: 2)
            #expect(heard.part(0.2, 1.5).level > -30, "\(heard.part(0.2, 1.5).level)")
            let changed = try exchange.apus("config", "load", try exchange.file("set prompt hello text \"Good evening.\"\n"))
            #expect(changed.status == 0 && changed.errors.contains("still says the words"), "\(changed)")
        }
    }
}
