import Foundation
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct Transfers {
        @Test("A blind transfer joins the two others, whoever makes the phone", arguments: Phone.Kind.allCases)
        func blind(kind: Phone.Kind) throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let middle = try Phone(kind, "102", of: exchange, tone: 1500)
            let target = try Phone(.pjsua, "103", of: exchange, tone: 2000)
            try connect(caller, middle)
            pass(0.5)
            middle.tell("transfer 0 103")
            try target.expect("incoming 0")
            target.tell("answer 0")
            try target.expect("confirmed 0")
            pass(0.5)
            caller.record()
            target.record()
            pass(2)
            #expect(!caller.said("ended"))
            caller.tell("hangup 0")
            try target.expect("ended 0")
            #expect(try caller.quit().tone()?.frequency == 2000)
            #expect(try target.quit().tone()?.frequency == 1000)
            try exchange.waitForQuiet()
        }

        @Test(
            "An attended transfer joins the two others; linphone's Refer-To names no port",
            arguments: [Phone.Kind.pjsua, .linphone])
        func attended(kind: Phone.Kind) throws {
            let exchange = try RunningExchange("set extension 102 calls 2")
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let middle = try Phone(kind, "102", of: exchange, tone: 1500)
            let target = try Phone(.pjsua, "103", of: exchange, tone: 2000)
            try connect(caller, middle)
            pass(0.5)
            middle.tell("hold 0")
            try middle.expect("media 0 held")
            try connect(middle, target, number: 1)
            pass(0.5)
            middle.tell("attended 0 1")
            try middle.expect("ended 1", within: 15)
            pass(0.5)
            caller.record()
            target.record()
            pass(2)
            #expect(!caller.said("ended") && !target.said("ended"))
            caller.tell("hangup 0")
            try target.expect("ended 0")
            #expect(try caller.quit().tone()?.frequency == 2000)
            #expect(try target.quit().tone()?.frequency == 1000)
            try exchange.waitForQuiet()
        }
    }
}
