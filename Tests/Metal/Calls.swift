import Foundation
import Telephony
import Testing

/// Everything here keeps real time and real sockets, so it runs one after the other.
@Suite(.serialized) struct Metal {}

extension Metal {
    @Suite(.serialized) struct Registrations {
        @Test("Each phone registers over UDP and TCP", arguments: Phone.Kind.allCases, TransportKind.allCases)
        func registers(kind: Phone.Kind, transport: TransportKind) throws {
            let exchange = try RunningExchange()
            let phone = try Phone(kind, "101", of: exchange, transport: transport)
            let rows = try exchange.phones()
            #expect(rows.map { $0["extension"] as? String } == ["101"])
            #expect(rows.map { $0["transport"] as? String } == [transport.rawValue])
            _ = phone
        }

        @Test("A wrong secret is refused")
        func wrongSecret() throws {
            let exchange = try RunningExchange()
            let phone = try Phone(.pjsua, "101", of: exchange, secret: "guessed", isRegistered: false)
            let status = try phone.expect("registered")
            #expect(["401", "403"].contains(status))
            #expect(try exchange.phones().isEmpty)
        }

        @Test("Bindings survive a restart: the phone is rung without registering anew")
        func restart() throws {
            let exchange = try RunningExchange()
            let called = try Phone(.pjsua, "102", of: exchange)
            #expect(try exchange.terminate() == 0)
            try exchange.start()
            #expect(try exchange.phones().count == 1)
            let caller = try Phone(.pjsua, "101", of: exchange)
            caller.tell("call 102")
            try called.expect("incoming 0")
        }
    }

    @Suite(.serialized) struct Talks {
        @Test(
            "Two phones of different makers hear each other's tone and keys, and one record says so",
            arguments: [(Phone.Kind.pjsua, Phone.Kind.baresip), (.baresip, .linphone), (.linphone, .pjsua)])
        func talk(makers: (caller: Phone.Kind, called: Phone.Kind)) throws {
            let exchange = try RunningExchange()
            let caller = try Phone(makers.caller, "101", of: exchange, tone: 1000)
            let called = try Phone(makers.called, "102", of: exchange, tone: 1500)
            caller.tell("call 102")
            try called.expect("incoming 0")
            try caller.expect("progress 0")
            called.tell("answer 0")
            try caller.expect("confirmed 0")
            try called.expect("confirmed 0")
            for phone in [caller, called] { phone.record() }
            pass(2.5)
            caller.tell("dtmf 0 15")
            for digit in ["1", "5"] { try called.expect("digit 0 \(digit)") }
            called.tell("dtmf 0 37")
            for digit in ["3", "7"] { try caller.expect("digit 0 \(digit)") }
            caller.tell("hangup 0")
            try called.expect("ended 0")
            let tones = (caller: try caller.quit().tone(), called: try called.quit().tone())
            #expect(tones.caller?.frequency == 1500)
            #expect(tones.called?.frequency == 1000)
            // linphone turns its own sound down and up: what it plays is no measure.
            if makers.caller != .linphone && makers.called != .linphone {
                #expect(abs((tones.caller?.level ?? 0) + 10) < 1.5 && abs((tones.called?.level ?? 0) + 10) < 1.5)
            }
            let record = try #require(try exchange.records(1).first)
            #expect(record["from"] as? String == "101" && record["to"] as? String == "102")
            #expect(record["result"] as? String == "answered" && record["employee"] as? String == "102")
            #expect((record["talk"] as? Double ?? 0) > 2)
            try exchange.waitForQuiet()
        }

        @Test(
            "Phones without a codec in common hear each other through the exchange's own ears",
            arguments: [("PCMA", "PCMU"), ("G722", "PCMA"), ("PCMU", "G722"), ("G722", "G722")])
        func transcoding(codecs: (caller: String, called: String)) throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000, codecs: codecs.caller)
            let called = try Phone(.pjsua, "102", of: exchange, tone: 1500, codecs: codecs.called)
            try connect(caller, called)
            for phone in [caller, called] { phone.record() }
            pass(3)
            #expect(try caller.quit().tone(after: 0.5)?.frequency == 1500)
            #expect(try called.quit().tone(after: 0.5)?.frequency == 1000)
        }

        @Test("A held phone hears music, and the talk again after it")
        func hold() throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange, tone: 1000),
                called = try Phone(.pjsua, "102", of: exchange, tone: 1500)
            try connect(caller, called)
            called.record()
            pass(2)
            caller.tell("hold 0")
            try caller.expect("media 0 held")
            pass(3)
            caller.tell("resume 0")
            try caller.expect("media 0 active")
            pass(2)
            let heard = try called.quit()
            #expect(heard.part(0, 1.8).tone()?.frequency == 1000)
            let music = heard.part(2.5, 4.5)
            #expect(music.level > -45, "music at \(music.level) dB")
            #expect(music.tone()?.frequency != 1000)
            #expect(heard.part(heard.length - 1.6, heard.length).tone()?.frequency == 1000)
        }

        @Test("Nobody answers: the busy tone is heard, then the call is released and missed")
        func noAnswer() throws {
            let exchange = try RunningExchange("set extension 102 no-answer after 3s to busy")
            let caller = try Phone(.pjsua, "101", of: exchange), called = try Phone(.pjsua, "102", of: exchange)
            caller.tell("call 102")
            caller.record()
            try called.expect("incoming 0")
            try caller.expect("media 0", within: 8)
            try called.expect("ended 0")
            pass(2)
            let busy = try caller.quit()
            // 425 Hz, 0.35 s on and off: between half and the whole of a continuous tone's power.
            #expect(busy.level > -30 && busy.level < -8, "\(busy.level) dB")
            let record = try #require(try exchange.records(1).first)
            #expect(record["result"] as? String == "missed")
        }

        @Test("A department rings all; who was slower is told that the call was completed elsewhere")
        func department() throws {
            let exchange = try RunningExchange(
                """
                set department sales number 200
                set department sales member 102
                set department sales member 103
                """)
            let caller = try Phone(.pjsua, "101", of: exchange)
            let fast = try Phone(.pjsua, "102", of: exchange), slow = try Phone(.pjsua, "103", of: exchange)
            caller.tell("call 200")
            try fast.expect("incoming 0")
            try slow.expect("incoming 0")
            fast.tell("answer 0")
            try caller.expect("confirmed 0")
            let reason = try slow.expect("reason 0")
            #expect(reason.contains("SIP") && reason.contains("cause=200"))
            #expect(reason.contains("Call completed elsewhere"))
            try slow.expect("ended 0")
            caller.tell("hangup 0")
            try fast.expect("ended 0")
            let record = try #require(try exchange.records(1).first)
            #expect(record["department"] as? String == "sales" && record["employee"] as? String == "102")
            let outcomes = (record["legs"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String }
            #expect(Set(outcomes) == ["answered", "elsewhere"])
        }
    }
}

/// 101 calls 102, who answers.
func connect(_ caller: Phone, _ called: Phone, number: Int = 0) throws {
    caller.tell("call \(called.number)")
    try called.expect("incoming 0")
    called.tell("answer 0")
    try caller.expect("confirmed \(number)")
    try called.expect("confirmed 0")
}
