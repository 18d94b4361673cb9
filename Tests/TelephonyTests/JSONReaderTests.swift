import Telephony
import Testing

@Suite("JSON read") struct JSONReaderTests {
    @Test(
        "what RFC 8259 allows comes back as it was",
        arguments: [
            "null", "true", "[]", "{}", "0", "-1", "1.5", "\"\"", "\"ё😀\\\"\\\\\"", "[1,[2,{\"a\":null}],\"x\"]",
            "{\"name\":\"Иван\",\"owner\":102,\"known\":true}",
        ])
    func roundTrip(text: String) throws { #expect(try JSON(Array(text.utf8)).description == text) }

    @Test("spaces, escapes and numbers")
    func forms() throws {
        let text = " { \"a\" :\t[ 1e2 , -0.5E-1 ,9223372036854775808 ]\r\n, \"b\": \"\\u0041\\uD83D\\uDE00\\n\\/\" } "
        let value = try JSON(Array(text.utf8))
        #expect(value["a"] == .array([.number(100), .number(-0.05), .number(9.223372036854775808e18)]))
        #expect(value["b"] == .string("A😀\n/") && value["c"] == nil && JSON.null["a"] == nil)
        #expect(try JSON(Array("{\"a\":1,\"a\":2}".utf8))["a"] == .integer(1))
    }

    @Test(
        "what it does not allow is refused at its byte",
        arguments: [
            ("", 1), ("tru", 1), ("nul l", 1), ("[1,]", 4), ("[1 2]", 4), ("{\"a\"}", 5), ("{a:1}", 2), ("{\"a\":1,}", 8),
            ("01", 2), ("1.", 3), ("-", 2), ("1e", 3), ("+1", 1), ("\"a", 3), ("\"\u{1}\"", 2), ("\"\\x\"", 4), ("\"\\u12\"", 4),
            ("\"\\uD83D\"", 8), ("\"\\uDE00\"", 8), ("1 2", 3), ("{} x", 4), ("1e999", 6), ("NaN", 1), ("'a'", 1),
            ("\"\\u+123\"", 4),
        ])
    func refused(text: String, byte: Int) {
        #expect(throws: JSONError(byte: byte)) { try JSON(Array(text.utf8)) }
    }

    @Test("depth, length, count and encoding are bounded")
    func bounds() {
        #expect(throws: JSONError.self) { try JSON(Array(repeating: UInt8(ascii: "["), count: 60_000)) }
        #expect(throws: JSONError(byte: 11)) { try JSON(Array("[1,2,3,4,5,6]".utf8), limit: 10) }
        #expect(throws: JSONError.self) { try JSON(Array(("[" + String(repeating: "1,", count: 20_000) + "1]").utf8)) }
        #expect(throws: JSONError.self) { try JSON([34, 0xFF, 34]) }
    }

    @Test("mutations never crash, and what is accepted prints and reads back", arguments: 0..<40)
    func mutations(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let good = Array("{\"name\":\"Ив\\u0430н \\\"ё\\\"\",\"owner\":[102,-1.5e3,null],\"known\":true,\"x\":{}}".utf8)
        let alphabet = Array("{}[]\",:\\u0123eE+-.tfn \u{0}ё".utf8)
        for _ in 0..<200 {
            var bytes = good
            for _ in 0...dice.roll(5) {
                let place = dice.roll(bytes.count)
                switch dice.roll(3) {
                case 0: bytes[place] = alphabet[dice.roll(alphabet.count)]
                case 1: bytes.remove(at: place)
                default: bytes.insert(alphabet[dice.roll(alphabet.count)], at: place)
                }
            }
            if let value = try? JSON(bytes) { #expect(try JSON(Array(value.description.utf8)) == value) }
        }
    }
}
