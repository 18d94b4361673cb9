import COpenSSL
import Signalling

extension Hashing {
    /// The hashes of OpenSSL's libcrypto.
    public static let openSSL = Hashing(
        md5: { digest($0, EVP_md5()) },
        sha256: { digest($0, EVP_sha256()) })

    private static func digest(_ text: String, _ algorithm: OpaquePointer?) -> String {
        var text = text
        var count: UInt32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initialised in
            let done = text.withUTF8 { EVP_Digest($0.baseAddress, $0.count, buffer.baseAddress, &count, algorithm, nil) }
            // MD5 is missing only where the administrator forbade it (FIPS): an empty hash matches nobody.
            initialised = done == 1 ? Int(count) : 0
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
