import Telephony
import Testing

@Suite("Numbers")
struct PhoneNumberTests {
    @Test(
        "R-090: one client, however the number is written",
        arguments: ["8 926 123-45-67", "+7 926 123 45 67", "79261234567", "(926) 1234567"])
    func spellings(text: String) { #expect(PhoneNumber(text, country: .ru).e164 == "79261234567") }

    @Test("Internal and special numbers have no international form", arguments: ["101", "112", "*21*5#", "anonymous", ""])
    func internalNumbers(text: String) { #expect(PhoneNumber(text, country: .ru).e164 == nil) }

    @Test("Abroad: 810 in Russia, 011 in North America")
    func abroad() {
        #expect(PhoneNumber("810 49 30 123456", country: .ru).e164 == "4930123456")
        #expect(PhoneNumber("011 49 30 123456", country: .us).e164 == "4930123456")
        #expect(PhoneNumber("212 555 0100", country: .us).description == "+12125550100")
    }
}

@Suite("Time")
struct TimeTests {
    @Test("ISO 8601 with the office's offset, over the new year and a leap day")
    func iso() {
        #expect(CivilTime(utc: 1_798_750_799_000, offset: 10_800).iso8601 == "2026-12-31T23:59:59+03:00")
        #expect(CivilTime(utc: 1_709_164_800_000, offset: -18_000).iso8601 == "2024-02-28T19:00:00-05:00")
        #expect(CivilTime(utc: -1000, offset: 0).iso8601 == "1969-12-31T23:59:59+00:00")
    }

    @Test("Every day of four centuries keeps its number and follows the weekday before")
    func calendar() {
        var weekday = CivilTime(year: 1900, month: 1, day: 1).weekday
        #expect(weekday == 1)
        for number in CivilTime.dayNumber(year: 1900, month: 1, day: 1)...CivilTime.dayNumber(year: 2300, month: 1, day: 1) {
            let (year, month, day) = CivilTime.date(daysSince1970: number)
            let time = CivilTime(year: year, month: month, day: day)
            #expect(time.dayNumber == number && time.weekday == weekday)
            weekday = weekday % 7 + 1
        }
    }

    @Test("A timer set anew forgets its former time; equal deadlines fire oldest first")
    func timers() {
        var table = TimerTable<String>()
        let at = { (seconds: Int64) in Instant.zero + .seconds(seconds) }
        table.set("a", at: at(5))
        table.set("b", at: at(3))
        table.set("c", at: at(3))
        table.set("b", at: at(4))
        table.cancel("missing")
        #expect(table.deadline == at(3))
        #expect([table.popDue(at: at(4)), table.popDue(at: at(4)), table.popDue(at: at(4))] == ["c", "b", nil])
        for count in 0..<1000 { table.set("a", at: at(Int64(10 + count))) }
        #expect(table.count == 1 && table.deadline == at(1009))
    }
}

@Suite("Addresses and URIs")
struct AddressTests {
    @Test(
        "Addresses parse and print",
        arguments: [
            ("192.168.1.10", "192.168.1.10"), ("::1", "::1"), ("[2001:db8::1:0:0:1]", "2001:db8::1:0:0:1"), ("::", "::"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("::ffff:1.2.3.4", "::ffff:102:304"), ("fe80::", "fe80::"),
        ])
    func parses(text: String, printed: String) { #expect(IPAddress(text)?.description == printed) }

    @Test(
        "What is no address is none",
        arguments: [
            "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "host", "1:2:3:4:5:6:7", "1::2::3", ":::", "12345::", "1.2.3.+4",
            "1:2:3:4:5:6:7:8:9", ":1",
        ])
    func refuses(text: String) { #expect(IPAddress(text) == nil) }

    @Test("We show each neighbour the address on its own network, strangers the one to the router")
    func source() {
        let networks = LocalNetworks(
            interfaces: [
                .init(.v4(0x0A00_0001), prefixLength: 8), .init(.v4(0x0A01_0001), prefixLength: 16),
                .init(.v4(0xC0A8_0001), prefixLength: 24),
            ],
            preferred: .v4(0xC0A8_0001))
        #expect(networks.source(for: .v4(0x0A01_0203)) == .v4(0x0A01_0001))
        #expect(networks.source(for: .v4(0x0A02_0203)) == .v4(0x0A00_0001))
        #expect(networks.source(for: .v4(0x0808_0808)) == .v4(0xC0A8_0001))
        #expect(LocalNetworks().source(for: .v4(0x0808_0808)) == .loopback)
    }

    @Test("A Refer-To carries Replaces escaped")
    func escapes() {
        let uri = SIPURI(user: "10 1", host: "h", port: 5060, headers: [Parameter("Replaces", "a@b;to-tag=1;from-tag=2")])
        #expect(uri.description == "sip:10%201@h:5060?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2")
        #expect("a%40b%3".unescaped == nil && "a%00".unescaped == nil && "a%40b".unescaped == "a@b")
    }
}

@Suite("SDP")
struct SessionDescriptionTests {
    private let offer = """
        v=0\r
        o=- 3823 2 IN IP4 10.0.0.5\r
        s=phone\r
        c=IN IP4 10.0.0.5\r
        t=0 0\r
        a=sendonly\r
        m=audio 4000 RTP/AVP 8 0 101 96\r
        a=rtpmap:101 telephone-event/8000\r
        a=fmtp:101 0-16\r
        a=rtpmap:96 opus/48000/2\r
        a=rtcp:4005\r
        a=ptime:20\r
        m=video 0 RTP/AVP 31\r
        c=IN IP4 10.0.0.6\r
        a=inactive\r

        """

    @Test("A phone's offer: formats static and mapped, direction inherited from the session, the second line's own address")
    func parses() throws {
        let sdp = try #require(SessionDescription(offer))
        let audio = try #require(sdp.audio)
        #expect(audio.formats.map(\.encoding) == ["PCMA", "PCMU", "telephone-event", "opus"])
        #expect(audio.formats.compactMap(\.codec) == [.alaw, .ulaw])
        #expect(audio.direction == .sendonly && audio.rtcpPort == 4005 && audio.packetTime == 20)
        #expect(sdp.audioEndpoint == Endpoint(.v4(0x0A00_0005), 4000))
        #expect(sdp.media[1].port == 0 && sdp.media[1].direction == .inactive && sdp.media[1].address == .v4(0x0A00_0006))
        #expect(SessionDescription(sdp.text)?.audio == audio)
    }

    @Test(
        "What is not SDP is none",
        arguments: [
            "", "v=0", "v=1\r\no=- 1 1 IN IP4 1.2.3.4\r\n", "v=0\r\no=- 1 1 IN IP4 host\r\nm=audio 1 RTP/AVP 0\r\n",
            "v=0\r\nm=audio x RTP/AVP 0\r\n",
        ])
    func refuses(text: String) { #expect(SessionDescription(text) == nil) }
}

@Suite("JSON and words")
struct TextTests {
    @Test("Quotes, control characters and Cyrillic")
    func json() {
        let value = JSON.object([
            ("имя", .string("ООО \"Ромашка\"\n\u{1}")), ("n", .array([.integer(1), .number(1.5), .null, .bool(true)])),
        ])
        #expect(value.description == #"{"имя":"ООО \"Ромашка\"\n\u0001","n":[1,1.5,null,true]}"#)
        #expect(JSON.seconds(.milliseconds(26_500)).description == "26.5" && JSON.seconds(.seconds(60)).description == "60")
    }

    @Test(
        "Russian plurals",
        arguments: zip(
            [1, 2, 5, 11, 14, 21, 22, 101, 111, 0],
            ["звонок", "звонка", "звонков", "звонков", "звонков", "звонок", "звонка", "звонок", "звонков", "звонков"]))
    func plurals(count: Int, word: String) {
        #expect(Language.ru.plural(count, one: "звонок", few: "звонка", many: "звонков") == word)
    }
}
