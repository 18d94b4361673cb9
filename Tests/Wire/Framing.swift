import Signalling
import Telephony
import Testing

@testable import SIPTransport

/// A byte stream cut into messages.
@Suite struct Framing {
    private static func feed(_ framer: inout StreamFramer, _ bytes: some Collection<UInt8>) -> [StreamFramer.Frame] {
        Array(bytes).withUnsafeBytes { framer.append($0) }
        var frames: [StreamFramer.Frame] = []
        while let frame = framer.next() { frames.append(frame) }
        return frames
    }

    private static let body = request("MESSAGE", more: ["Content-Type: text/plain"], length: "l: 9", body: "two\r\n\r\nab")
    private static let plain = request("OPTIONS")

    @Test("Cut at every byte, two messages come out the same")
    func everyCut() throws {
        let stream = Array((Self.body + Self.plain).utf8)
        let expected = [
            StreamFramer.Frame.message(.message(try #require(parsed(Self.body)))),
            .message(.message(try #require(parsed(Self.plain)))),
        ]
        for cut in 0...stream.count {
            var framer = StreamFramer()
            #expect(Self.feed(&framer, stream[..<cut]) + Self.feed(&framer, stream[cut...]) == expected)
            #expect(!framer.isWithinMessage)
        }
    }

    @Test("Byte by byte, and ten in one piece")
    func pieces() throws {
        let expected = StreamFramer.Frame.message(.message(try #require(parsed(Self.body))))
        var framer = StreamFramer()
        var frames: [StreamFramer.Frame] = []
        for byte in Self.body.utf8 { frames += Self.feed(&framer, [byte]) }
        #expect(frames == [expected])
        #expect(Self.feed(&framer, String(repeating: Self.body, count: 10).utf8) == Array(repeating: expected, count: 10))
    }

    @Test("A keep-alive between messages is a ping, a single line end is nothing")
    func keepAlive() throws {
        let message = StreamFramer.Frame.message(.message(try #require(parsed(Self.plain))))
        var framer = StreamFramer()
        #expect(Self.feed(&framer, "\r\n\r\n".utf8) == [.ping])
        #expect(Self.feed(&framer, "\r\n".utf8) == [])
        #expect(!framer.isWithinMessage)
        #expect(Self.feed(&framer, "\r".utf8) == [])
        #expect(Self.feed(&framer, "\n".utf8) == [.ping])
        #expect(Self.feed(&framer, ("\r\n" + Self.plain + "\r\n\r\n" + Self.plain).utf8) == [message, .ping, message])
        #expect(Self.feed(&framer, "OPTI".utf8) == [])
        #expect(framer.isWithinMessage)
    }

    @Test("A faulty message does not lose the next one; faults of the framing do")
    func faults() throws {
        let message = StreamFramer.Frame.message(.message(try #require(parsed(Self.plain))))
        var framer = StreamFramer()
        let frames = Self.feed(&framer, (request(cseq: "CSeq: 7 INVITE", length: "l: 3", body: "abc") + Self.plain).utf8)
        #expect(frames.last == message)
        guard case .message(.refused(.sequenceMethod, _?, _)) = frames.first else {
            Issue.record("\(frames)")
            return
        }
        for (text, fault) in [
            (request(length: nil), MessageFault.contentLength), (request(length: "l: -3"), .contentLength),
            (request(length: "l: 3\r\nl: 4"), .repeatedHeader),
            (request(length: "l: 16384"), .tooLong), ("GET / HTTP/1.1\r\n\r\n", .notSIP), (request(more: ["odd"]), .headerLine),
        ] {
            var framer = StreamFramer()
            guard case .lost(fault, _) = Self.feed(&framer, text.utf8).first else {
                Issue.record("\(text)")
                continue
            }
        }
    }

    @Test("A header section without an end is given up at the limit")
    func endless() {
        var framer = StreamFramer()
        #expect(Self.feed(&framer, Array("OPTIONS sip:a SIP/2.0\r\nX: ".utf8)) == [])
        var given = 0
        while given < 20 {
            given += 1
            if !Self.feed(&framer, Array(repeating: UInt8(ascii: "a"), count: 1000)).isEmpty { break }
        }
        #expect(given == 17)
    }
}
