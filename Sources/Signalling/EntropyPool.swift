/// Unguessable bytes from outside, handed out once each. A pool that runs dry goes on with SHA-256 over a secret and a counter;
/// the secret is made of bytes that were never handed out.
struct EntropyPool: Sendable {
    /// Below this many bytes more should be brought.
    static let lowMark = 1024
    /// Bytes of each delivery that go into the secret.
    static let reserve = 32
    /// Bytes that are kept at most; the rest of a delivery is not needed.
    static let capacity = 65_536

    private var bytes: ArraySlice<UInt8> = []
    private var secret = ""
    private var count: UInt64 = 0
    private let sha256: @Sendable (String) -> String

    init(sha256: @escaping @Sendable (String) -> String) { self.sha256 = sha256 }

    var isLow: Bool { bytes.count < Self.lowMark }

    mutating func add(_ delivery: [UInt8]) {
        secret = sha256(secret + Self.hexadecimal(delivery.prefix(Self.reserve)))
        let room = Self.capacity - bytes.count
        bytes = ArraySlice(Array(bytes) + delivery.dropFirst(Self.reserve).prefix(max(0, room)))
    }

    /// 64 unguessable bits as 16 hexadecimal digits.
    mutating func token() -> String {
        guard bytes.count >= 8 else {
            count += 1
            return String(sha256("\(secret):\(count)").prefix(16))
        }
        defer { bytes = bytes.dropFirst(8) }
        return Self.hexadecimal(bytes.prefix(8))
    }

    /// A whole number from 0 up to, but not including, `bound`.
    mutating func number(below bound: UInt64) -> UInt64 { (UInt64(token(), radix: 16) ?? 0) % bound }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func hexadecimal(_ part: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: part.count * 2) { buffer in
            for (index, byte) in part.enumerated() {
                buffer[index * 2] = digits[Int(byte >> 4)]
                buffer[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return part.count * 2
        }
    }
}
