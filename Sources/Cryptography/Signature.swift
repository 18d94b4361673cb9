import COpenSSL

/// Proves that bytes come from whoever knows a key: HMAC with SHA-256 (RFC 2104) by OpenSSL's libcrypto.
public enum Signature {
    /// The signature in hexadecimal. Empty where libcrypto has no memory.
    public static func hmacSHA256(_ bytes: [UInt8], key: String) -> String {
        var key = key
        var count: UInt32 = 0
        let signature = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initialised in
            let done = key.withUTF8 { key in
                HMAC(EVP_sha256(), key.baseAddress, Int32(key.count), bytes, bytes.count, buffer.baseAddress, &count)
            }
            initialised = done == nil ? 0 : Int(count)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: signature.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
