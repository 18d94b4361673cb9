import COpenSSL
import Telephony

/// Passwords of people, kept so that nobody can read them: scrypt (RFC 7914) by OpenSSL's libcrypto.
public enum PasswordHash {
    /// Work and memory of one guess: 2^14 blocks of 8 × 128 bytes are 16 MB, a tenth of a second on the box.
    private static let logCost = 14, blockSize: UInt64 = 8, parallelism: UInt64 = 1
    private static let memoryLimit: UInt64 = 64 << 20
    private static let saltLength = 16, keyLength = 32

    /// The password hashed with these 16 salt bytes: `$scrypt$14$SALT$KEY`, both in hexadecimal. Nil where libcrypto has no memory.
    public static func make(_ password: String, salt: [UInt8]) -> String? {
        guard let key = derive(password, salt, logCost: logCost) else { return nil }
        return "$scrypt$\(logCost)$\(hex(salt))$\(hex(key))"
    }

    /// Whether a password is the one that was hashed. Takes as long for a wrong one.
    public static func matches(_ password: String, _ hash: String) -> Bool {
        let parts = hash.split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", let logCost = Int(parts[1]), (10...16).contains(logCost),
            let salt = bytes(parts[2]), let wanted = bytes(parts[3]), let key = derive(password, salt, logCost: logCost),
            wanted.count == key.count
        else { return false }
        return zip(wanted, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8], logCost: Int) -> [UInt8]? {
        var password = password
        var isDone = false
        let key = [UInt8](unsafeUninitializedCapacity: keyLength) { buffer, count in
            isDone =
                password.withUTF8 { text in
                    text.withMemoryRebound(to: CChar.self) { text in
                        EVP_PBE_scrypt(
                            text.baseAddress, text.count, salt, salt.count, 1 << UInt64(logCost), blockSize, parallelism,
                            memoryLimit, buffer.baseAddress, keyLength)
                    }
                } == 1
            count = isDone ? keyLength : 0
        }
        return isDone ? key : nil
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text)
        guard digits.count.isMultiple(of: 2), digits.count <= 128 else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        return bytes.count * 2 == digits.count ? bytes : nil
    }
}
