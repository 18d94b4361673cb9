import Foundation
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct Pages {
        @Test(
            "Telephones that are told to switch themselves on hear the speaker, and he does not hear them; intercom goes both ways"
        )
        func pages() throws {
            let exchange = try RunningExchange(
                "set paging hall number 870\nset paging hall member 102\nset paging hall member 103\n")
            let speaker = try Phone(.pjsua, "101", of: exchange, tone: 1000)
            let listeners = try [
                Phone(.pjsua, "102", of: exchange, tone: 1500, answersItself: true),
                Phone(.pjsua, "103", of: exchange, tone: 2000, codecs: "G722", answersItself: true),
            ]
            speaker.tell("call 870")
            for listener in listeners { try listener.expect("confirmed 0") }
            pass(1)
            for phone in [speaker] + listeners { phone.record() }
            pass(3)
            speaker.tell("hangup 0")
            for listener in listeners { try listener.expect("ended 0") }
            speaker.tell("call *55*102")
            try listeners[0].expect("confirmed 1")
            try speaker.expect("confirmed 1")
            speaker.tell("hangup 1")
            try listeners[0].expect("ended 1")
            #expect(try speaker.quit().tone() == nil)
            for listener in listeners { #expect(try listener.quit().tone()?.frequency == 1000) }
            try exchange.waitForQuiet()
        }
    }
}
