import Foundation
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct KeyedTransfers {
        @Test(
            "R-183, R-184: ##103# on a real telephone: who waits gets no key of it, then the third one; a single key goes through",
            arguments: [Phone.Kind.pjsua, .baresip])
        func attended(kind: Phone.Kind) throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let middle = try Phone(kind, "102", of: exchange, tone: 1500)
            let target = try Phone(.pjsua, "103", of: exchange, tone: 2000)
            try connect(caller, middle)
            pass(0.5)
            middle.tell("dtmf 0 5")
            try caller.expect("digit 0 5")
            middle.tell("dtmf 0 ##103#")
            try target.expect("incoming 0")
            target.tell("answer 0")
            try target.expect("confirmed 0")
            pass(1)
            middle.tell("hangup 0")
            try middle.expect("ended 0")
            pass(0.5)
            caller.record()
            target.record()
            pass(2)
            #expect(!caller.said("ended") && !caller.said("digit 0 #") && !caller.said("digit 0 1"))
            caller.tell("hangup 0")
            try target.expect("ended 0")
            #expect(try caller.quit().tone()?.frequency == 2000)
            #expect(try target.quit().tone()?.frequency == 1000)
            let records = try exchange.records(2)
            #expect(records.allSatisfy { $0["result"] as? String == "answered" })
            try exchange.waitForQuiet()
        }

        @Test("A call that rings elsewhere is taken by *8 and a number, one that is parked by its place")
        func pickedUpAndParked() throws {
            let exchange = try RunningExchange("set parking number 70 slots 71 72\n")
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let called = try Phone(.pjsua, "102", of: exchange, tone: 1500)
            let other = try Phone(.baresip, "103", of: exchange, tone: 2000)
            caller.tell("call 102")
            try called.expect("incoming 0")
            other.tell("call *8*102#")
            try caller.expect("confirmed 0")
            #expect(try called.expect("reason 0").contains("200"), "the telephone that rang learns that the call was taken")
            pass(0.5)
            other.tell("dtmf 0 ##71#")
            try other.expect("ended 0", within: 15)
            let calls = try exchange.apus("show", "calls", "--json").json(as: [[String: Any]].self)
            #expect(calls.first?["state"] as? String == "parked" && calls.first?["slot"] as? String == "71")
            called.tell("call 71")
            try called.expect("confirmed 1")
            pass(0.5)
            caller.record()
            pass(2)
            caller.tell("hangup 0")
            try called.expect("ended 1")
            #expect(try caller.quit().tone()?.frequency == 1500)
            try exchange.waitForQuiet()
        }
    }
}
