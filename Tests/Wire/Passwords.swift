import Cryptography
import Testing

@Suite("People's passwords") struct Passwords {
    @Test("scrypt as RFC 7914 §12 computes it")
    func vector() {
        let hash = PasswordHash.make("pleaseletmein", salt: Array("SodiumChloride".utf8))
        #expect(
            hash == "$scrypt$14$536f6469756d43686c6f72696465"
                + "$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("the right password and no other; what is no hash fits nothing")
    func matching() throws {
        let hash = try #require(PasswordHash.make("Зелёный чай", salt: (0..<16).map { UInt8($0) }))
        #expect(PasswordHash.matches("Зелёный чай", hash))
        #expect(!PasswordHash.matches("Зелёный Чай", hash) && !PasswordHash.matches("", hash))
        #expect(hash != PasswordHash.make("Зелёный чай", salt: (1..<17).map { UInt8($0) }))
        var other = Array(hash)
        other[other.count - 1] = other[other.count - 1] == "0" ? "1" : "0"
        for wrong in [
            String(other), "", "Зелёный чай", "$scrypt$14$00$", "$scrypt$30$00$00", "$scrypt$14$zz$00", "$md5$14$00$00",
            hash + "00", String(hash.dropLast()),
        ] { #expect(!PasswordHash.matches("Зелёный чай", wrong), "\(wrong)") }
    }
}
