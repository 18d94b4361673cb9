import Telephony
import Testing

@testable import Signalling

@Suite("Digest, RFC 7616 and RFC 8760")
struct DigestTests {
    static let real = Hashing(md5: Hashes.md5, sha256: Hashes.sha256)

    @Test("the hashes of the test itself: RFC 1321 A.5 and FIPS 180-4")
    func hashes() {
        #expect(Hashes.md5("abc") == "900150983cd24fb0d6963f7d28e17f72")
        #expect(Hashes.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(
        "RFC 7616 §3.9.1",
        arguments: [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ])
    func vector(algorithm: String, response: String) throws {
        let credentials = try #require(
            DigestCredentials(
                """
                Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=\(algorithm), \
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, \
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="\(response)", \
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
                """))
        #expect(credentials.expectedResponse(method: "GET", password: "Circle of Life", Self.real) == response)
        #expect(credentials.expectedResponse(method: "GET", password: "circle of life", Self.real) != response)
    }

    @Test("RFC 2617 §3.5, and RFC 2069 without qop")
    func older() throws {
        let start = """
            Digest username="Mufasa",realm="testrealm@host.com",nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",\
            uri="/dir/index.html",response="6629fae49393a05397450978507c4ef1"
            """
        let new = try #require(DigestCredentials(start + ",qop=\"auth\",nc=00000001,cnonce=\"0a4f113b\""))
        #expect(
            new.expectedResponse(method: "GET", password: "Circle Of Life", Self.real) == "6629fae49393a05397450978507c4ef1")
        let old = try #require(DigestCredentials(start))
        #expect(
            old.expectedResponse(method: "GET", password: "Circle Of Life", Self.real) == "670fd8c2df070c60b045671b8b24ff02")
    }

    @Test(
        "what is not a Digest of ours",
        arguments: [
            "", "Basic abc", "Digest", "Digest username=\"a\"", "Digest username=\"a, realm=b",
            "Digest username=a, realm=b, nonce=c, uri=d, response=e, algorithm=SHA-512",
            "Digest username=a, realm=b, nonce=c, uri=d, response=e, qop=auth-int, nc=00000001, cnonce=x",
            "Digest username=a, realm=b, nonce=c, uri=d, response=e, qop=auth",
        ])
    func malformed(header: String) { #expect(DigestCredentials(header) == nil) }

    @Test("quotes and backslashes in values")
    func quoted() {
        let credentials = DigestCredentials(
            #"Digest username="a\"b, c", realm = "r" ,nonce=n,uri="sip:x",response="AB""#)
        #expect(credentials?.username == "a\"b, c")
        #expect(credentials?.realm == "r")
        #expect(credentials?.response == "ab")
    }

    @Test("the nonce table stays small: the oldest is forgotten and only stale")
    func bounded() {
        var guardian = DigestGuard()
        var phone = Phone("101")
        let settings = SIPSettings(domain: "office", accounts: Bench.secrets)
        let request = phone.request(.register)
        func challenge(_ nonce: String) -> Message {
            var message = phone.answer(401, to: request)
            message.headers = guardian.challenges(realm: "office", nonce: nonce, isStale: false, at: .zero)
            return message
        }
        let first = challenge("first")
        let good = phone.authorized(request, first)
        for number in 1..<SignallingLimit.nonces { _ = challenge("n\(number)") }
        var copy = guardian
        #expect(copy.judge(good, user: "101", settings: settings, hashing: .standIn, at: .zero) == .accepted(account: "101"))
        _ = challenge("one more")
        #expect(guardian.judge(good, user: "101", settings: settings, hashing: .standIn, at: .zero) == .stale)
    }
}

@Suite("Unguessable bytes")
struct EntropyTests {
    @Test("nothing is handed out twice, not even when the pool is dry")
    func neverTwice() {
        var pool = EntropyPool(sha256: Hashing.standIn.sha256)
        #expect(pool.isLow)
        pool.add((0..<2048).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) })
        #expect(!pool.isLow)
        pool = EntropyPool(sha256: Hashing.standIn.sha256)
        var dice = Dice(seed: 7)
        pool.add((0..<2048).map { _ in UInt8(truncatingIfNeeded: dice.next()) })
        let tokens = (0..<1000).map { _ in pool.token() }
        #expect(Set(tokens).count == 1000)
        #expect(tokens.allSatisfy { $0.utf8.count == 16 })
        #expect(pool.isLow)
    }

    @Test("what it says when dry depends on what it was given")
    func secret() {
        var left = EntropyPool(sha256: Hashing.standIn.sha256), right = left
        left.add([1, 2, 3])
        right.add([1, 2, 4])
        #expect(left.token() != right.token())
    }

    @Test("it never keeps more than its capacity")
    func bounded() {
        var pool = EntropyPool(sha256: Hashing.standIn.sha256)
        for _ in 0..<5 { pool.add(Array(repeating: 9, count: 60_000)) }
        for _ in 0..<EntropyPool.capacity / 8 { #expect(pool.token() == "0909090909090909") }
        #expect(pool.token() != "0909090909090909")
    }
}
