import Host
import Signalling
import Telephony
import Testing

@testable import SIPTransport

/// Rubbish by the ten thousand: nothing may crash, hang or stay in memory, and what is taken must be printable.
@Suite(.serialized) struct Flood {
    private static let seeds = [
        deskPhoneInvite, request("REGISTER", more: ["Contact: *", "Expires: 0"]),
        request(
            start: "SIP/2.0 200 OK",
            more: ["Contact: <sip:1@[2001:db8::1]:5080;transport=tcp>;q=0.5;expires=60", "Record-Route: <sip:p;lr>, <sip:q;lr>"]),
        request("REFER", more: ["Refer-To: <sip:103@127.0.0.1?Replaces=a%40b%3Bto-tag%3D1>", "Route: \"x, y\" <sip:r;lr>"]),
        request("INVITE", uri: "tel:+7495;phone-context=ru", from: "f: tel:+7812;tag=3", to: "t: \"q\\\"\" <sips:a@b;x=%20>"),
    ].map { Array($0.utf8) }

    /// Bytes that mean something to a parser are drawn more often than others.
    private static let spice = Array("\r\n \t:;,<>\"\\?@%=[]/.0*\u{0}\u{7f}".utf8)

    private static func mutate(_ seed: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = seed
        for _ in 0...dice.roll(6) {
            let place = dice.roll(bytes.count + 1)
            switch dice.roll(6) {
            case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: dice.next())
            case 1 where place < bytes.count: bytes[place] = spice[dice.roll(spice.count)]
            case 2: bytes.insert(spice[dice.roll(spice.count)], at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + dice.roll(20)))
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + dice.roll(60))], at: place)
            case 5: bytes.insert(contentsOf: Array(repeating: spice[dice.roll(spice.count)], count: dice.roll(300)), at: place)
            default: break
            }
            if bytes.isEmpty { bytes = [32] }
        }
        return bytes
    }

    @Test("Mutated messages are taken or refused, and what is taken goes out again", arguments: [1, 2, 3])
    func mutations(_ seed: UInt64) {
        var dice = Dice(seed: seed)
        var (taken, refused) = (0, 0)
        for round in 0..<10_000 {
            let bytes = Self.mutate(Self.seeds[round % Self.seeds.count], &dice)
            switch bytes.withUnsafeBytes({ MessageParser.parse(datagram: $0) }) {
            case .refused: refused += 1
            case .message(let message):
                taken += 1
                guard let text = MessagePrinter.print(message) else { continue }
                // What we print must be one message for whoever reads it: no header that the value did not have.
                if case .message(let again) = text.withUnsafeBytes({ MessageParser.parse(datagram: $0) }) {
                    #expect(again.vias.count == message.vias.count && again.headers.count == message.headers.count)
                    #expect(again.callID == message.callID && again.body == message.body)
                }
            }
        }
        #expect(taken > 1000 && refused > 1000)
    }

    @Test("A stream of rubbish is given up, not kept")
    func streams() {
        var dice = Dice(seed: 9)
        for _ in 0..<2000 {
            var framer = StreamFramer()
            var frames = 0
            stream: for _ in 0..<30 {
                let bytes = Self.mutate(Self.seeds[dice.roll(Self.seeds.count)], &dice)
                bytes.withUnsafeBytes { framer.append($0) }
                while let frame = framer.next() {
                    frames += 1
                    if case .lost = frame { break stream }
                }
            }
            #expect(frames < 1000)
        }
    }

    @Test("The process does not grow")
    func memory() {
        var dice = Dice(seed: 4)
        let work = { (rounds: Int) in
            for round in 0..<rounds {
                let bytes = Self.mutate(Self.seeds[round % Self.seeds.count], &dice)
                if case .message(let message) = bytes.withUnsafeBytes({ MessageParser.parse(datagram: $0) }) {
                    _ = MessagePrinter.print(message)
                }
            }
        }
        work(5000)
        // One osip message left behind in each round would be 40 MB; tests that run beside this one need some room. What they take they take
        // once, a leak grows every time.
        var grown = Int.max
        for _ in 0..<3 where grown >= 16_000_000 {
            let before = residentMemory()
            work(20_000)
            grown = residentMemory() - before
        }
        #expect(grown < 16_000_000)
    }
}
