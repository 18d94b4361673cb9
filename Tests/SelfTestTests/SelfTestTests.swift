import Cryptography
import Host
import SIPTransport
import Telephony
import Testing

@testable import SelfTest

@Suite struct ALawBytes {
    @Test("The bytes of G.711 table 1a, and silence")
    func known() {
        #expect(ALaw.encode(0) == 0xD5 && ALaw.encode(-1) == 0x55)
        #expect(ALaw.encode(.max) == 0xAA && ALaw.encode(.min) == 0x2A)
        #expect(ALaw.decode(0xD5) == 8 && ALaw.decode(0x55) == -8)
        #expect(ALaw.decode(0xAA) == 32_256 && ALaw.decode(0x2A) == -32_256)
    }

    @Test("Every byte comes back, and every sample within its interval")
    func roundTrip() {
        for byte in UInt8.min ... .max { #expect(ALaw.encode(ALaw.decode(byte)) == byte) }
        for sample in stride(from: -32_000, through: 32_000, by: 37) {
            let error = abs(Int(ALaw.decode(ALaw.encode(Int16(sample)))) - sample)
            #expect(error <= max(8, abs(sample) / 32 + 1), "\(sample)")
        }
    }
}

@Suite struct Tones {
    private func heard(_ frequency: Double, _ level: Double, through line: (Int16) -> Int16 = { $0 }) -> HeardTone? {
        var maker = ToneMaker(frequency: frequency, level: level), meter = ToneMeter()
        meter.hear((0..<ToneMeter.window).map { _ in line(maker.next()) })
        return meter.measure()
    }

    @Test("A tone is told to the hertz and the tenth of a decibel, also through A-law", arguments: [425, 1000, 1004, 1500, 3333])
    func measured(frequency: Int) throws {
        for line in [{ (sample: Int16) in sample }, { ALaw.decode(ALaw.encode($0)) }] {
            let tone = try #require(heard(Double(frequency), -10, through: line))
            #expect(tone.frequency == frequency)
            #expect(abs(tone.level + 10) < 0.1)
            #expect(tone.noise < -30)
        }
    }

    @Test("Full scale is +3.14 dBm0; half of it 6 dB less")
    func level() throws {
        #expect(abs(try #require(heard(1000, 3.14)).level - 3.14) < 0.01)
        #expect(abs(try #require(heard(1000, 3.14, through: { $0 / 2 })).level + 2.88) < 0.01)
    }

    @Test("Silence and too little are no tone; a second tone is noise")
    func nothing() throws {
        #expect(heard(1000, -10, through: { _ in 0 }) == nil)
        var meter = ToneMeter()
        meter.hear([Int16](repeating: 5000, count: 7999))
        #expect(meter.measure() == nil)
        var second = ToneMaker(frequency: 700, level: -16)
        #expect(abs(try #require(heard(1000, -10, through: { $0 + second.next() })).noise + 6) < 0.1)
    }
}

@Suite struct Voices {
    @Test("Two ends hear each other's tone and keys, and count what is missing")
    func conversation() throws {
        let one = try VoiceStream(at: .loopback, tone: ToneMaker(frequency: 1000, level: -10))
        let two = try VoiceStream(at: .loopback, tone: ToneMaker(frequency: 1500, level: -10))
        #expect(one.local.port % 2 == 0)
        (one.remote, two.remote) = (two.local, one.local)
        one.press([.d1, .d1, .pound])
        for packet in 0..<120 {
            one.tick()
            if packet == 60 { two.remote = Endpoint(.loopback, 9) }
            if packet == 63 { two.remote = one.local }
            two.tick()
            one.receive()
            two.receive()
        }
        #expect(one.isQuiet)
        #expect(two.digits == [.d1, .d1, .pound])
        #expect((one.sent, two.received, two.lost) == (120, 120, 0))
        #expect((one.received, one.lost) == (117, 3))
        #expect(two.heard?.frequency == 1000)
        #expect(one.heard?.frequency == 1500)
        one.listenAnew()
        #expect(one.heard == nil)
    }
}

@Suite struct Digests {
    private static let challenge = """
        Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=ALGORITHM, \
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
        """

    @Test(
        "The example of RFC 7616 §3.9.1",
        arguments: [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ])
    func example(algorithm: String, response: String) throws {
        let challenge = Self.challenge.split(separator: "ALGORITHM").joined(separator: algorithm)
        let digest = try #require(DigestAnswer(challenge: challenge, hashing: .openSSL))
        let text = digest.text(
            account: SelfTest.Account(number: "Mufasa", secret: "Circle of Life"), method: "GET", uri: "/dir/index.html",
            clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        #expect(text.contains("response=\"\(response)\""))
        #expect(text.contains("opaque=\"FQhe/") && text.contains("qop=auth, nc=00000001"))
    }

    @Test("Another scheme, an unknown algorithm, no nonce")
    func refused() {
        for challenge in ["Basic realm=\"a\"", "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256", "Digest realm=\"a\""] {
            #expect(DigestAnswer(challenge: challenge, hashing: .openSSL) == nil)
        }
    }
}

@Suite struct Reports {
    private let right = SelfTest.Ear(
        number: "101", expected: 1000, tone: HeardTone(frequency: 1001, level: -10.04, noise: -37), pressed: "12", digits: "12",
        received: 150, lost: 1)

    @Test("An ear is right only if tone, level, purity and keys are")
    func verdict() {
        #expect(right.isRight)
        for tone in [nil, HeardTone(frequency: 1010, level: -10, noise: -37), HeardTone(frequency: 1000, level: -12, noise: -37)]
        {
            var ear = right
            ear.tone = tone
            #expect(!ear.isRight)
        }
        var deaf = right, noisy = right
        deaf.digits = "1"
        noisy.tone?.noise = -10
        #expect(!deaf.isRight && !noisy.isRight)
        #expect(!SelfTest.Report(setUp: .zero, caller: right, callee: deaf).isPassed)
    }

    @Test("The report says what each side heard, in both languages")
    func text() {
        var deaf = right
        (deaf.number, deaf.tone, deaf.digits) = ("102", nil, "1")
        let report = SelfTest.Report(setUp: .milliseconds(12), caller: right, callee: deaf)
        #expect(
            report.text(in: .en) == """
                Set up in 12 ms
                101 hears a tone of 1001 Hz, -10.0 dBm0, digits 12, 1 of 151 packets lost
                102 hears no tone, digits 1 instead of 12, 1 of 151 packets lost
                Out of order.
                """)
        #expect(report.text(in: .ru).hasSuffix("102 не слышит тона, набор 1 вместо 12, потеряно пакетов 1 из 151\nНеисправно."))
        #expect(report.json.description.contains("\"frequency\":1001,\"level\":-10.0"))
    }
}
