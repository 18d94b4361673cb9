import Foundation
import Synchronization
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct Commits {
        @Test("R-029: of changes made at once each is in force whole or refused; none is lost without a word")
        func atOnce() throws {
            let exchange = try RunningExchange()
            let before = try exchange.apus("config", "history", "--json").json(as: [[String: Any]].self).count
            let files = try (0..<8).map { try exchange.file("set extension 11\($0) name word-\($0)\n") }
            let results = Mutex<[Int: Said]>([:])
            let (program, state) = (Built.folder.appendingPathComponent("apus"), exchange.state.path)
            DispatchQueue.concurrentPerform(iterations: files.count) { index in
                let said = try? run(program, ["--state", state, "config", "load", files[index]])
                results.withLock { $0[index] = said }
            }
            let text = try exchange.apus("config", "show").output
            var taken = 0
            for index in files.indices {
                let said = try #require(results.withLock { $0[index] })
                #expect(text.contains("word-\(index)") == (said.status == 0), "\(index): \(said)")
                taken += said.status == 0 ? 1 : 0
                if said.status != 0 {
                    #expect(said.errors.contains("put revision") && said.errors.contains("say it again"), "\(said)")
                }
            }
            #expect(taken > 0)
            let after = try exchange.apus("config", "history", "--json").json(as: [[String: Any]].self).count
            #expect(after == before + taken)
        }

        @Test(
            "R-018, D-12: twenty calls are up while configurations come in force, without their scheme, route and number too: none drops"
        )
        func twentyCalls() throws {
            let (caller, callee) = (Company(), Company())
            let exchange = try RunningExchange(
                """
                set office external-accept answer
                set trunk caller peer 127.0.0.1:\(caller.port)
                set trunk callee peer 127.0.0.1:\(callee.port)
                set number 74951112233 trunk caller scheme office
                set scheme office otherwise to external 84950001122
                set route out mask 8* trunk callee
                """)
            let before = try exchange.apus("config", "show", "--secrets").output
            try callee.answer(exchange, calls: 20)
            try caller.call("74951112233", through: exchange, calls: 20, milliseconds: 12_000)
            func up() throws -> [Int] {
                let calls = try exchange.apus("show", "calls", "--json").json(as: [[String: Any]].self)
                return calls.filter { $0["state"] as? String == "talking" }.compactMap { $0["id"] as? Int }.sorted()
            }
            let end = Date(timeIntervalSinceNow: 8)
            var calls = try up()
            while calls.count < 20 {
                try #require(Date() < end, "\(calls.count) calls are up")
                calls = try up()
            }
            for change in [
                "set office name \"Another\"\nset extension 110 name \"New\"\n",
                "set sip session-timer 300s\nset media codecs ulaw alaw\n",
                "delete number 74951112233\ndelete route out\ndelete scheme office\n",
            ] {
                let said = try exchange.apus("config", "load", try exchange.file(change))
                #expect(said.status == 0, "\(said)")
                #expect(try up() == calls)
            }
            let back = try exchange.apus("config", "load", try exchange.file(before), "--replace")
            #expect(back.status == 0, "\(back)")
            #expect(try up() == calls)
            #expect(caller.status() == 0 && callee.status() == 0)
            let records = try exchange.records(20)
            #expect(records.allSatisfy { $0["result"] as? String == "answered" && ($0["talk"] as? Double ?? 0) > 11 })
        }
    }
}
