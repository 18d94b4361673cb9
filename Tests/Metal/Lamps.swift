import Foundation
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct Lamps {
        @Test("A key that watches a real telephone: it blinks with the caller, is lit, goes dark; so does the night key")
        func watched() throws {
            let exchange = try RunningExchange(
                """
                set scheme office otherwise to extension 102
                set scheme office rule 10 when closed to busy
                set scheme office night-key 1
                """)
            let watcher = try Phone(.watcher, "104", of: exchange)
            let caller = try Phone(.pjsua, "101", of: exchange)
            let called = try Phone(.pjsua, "102", of: exchange)
            watcher.tell("watch 102")
            try watcher.expect("watching 102 200")
            #expect(try watcher.expect("shows 102") == "terminated 0")
            watcher.tell("watch **90")
            #expect(try watcher.expect("shows **90") == "terminated 0")
            caller.tell("call 102")
            try called.expect("incoming 0")
            #expect(try watcher.expect("shows 102") == "early 1 101")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            #expect(try watcher.expect("shows 102") == "confirmed 2")
            let lamps = try exchange.apus("show", "lamps", "--json").json(as: [[String: Any]].self)
            #expect(lamps.map { $0["light"] as? String } == ["lit", "dark"])
            #expect(lamps.map { $0["watches"] as? String } == ["102", "**90"])
            caller.tell("hangup 0")
            #expect(try watcher.expect("shows 102") == "terminated 3")
            caller.tell("call **90")
            #expect(try watcher.expect("shows **90") == "confirmed 1")
            try caller.expect("ended")
            #expect(try exchange.apus("night", "1", "off").status == 0)
            #expect(try watcher.expect("shows **90") == "terminated 2")
            watcher.tell("unwatch 102")
            try watcher.expect("watching 102 200")
            #expect(try exchange.apus("show", "lamps", "--json").json(as: [[String: Any]].self).count == 1)
        }
    }
}
