/// Plain MD5 (RFC 1321) and SHA-256 (FIPS 180-4), only to prove that digests are computed as the RFC says.
enum Hashes {
    static func md5(_ text: String) -> String {
        let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        for block in blocks(text, bigEndian: false) {
            let words = (0..<16).map { word(Array(block[$0 * 4..<$0 * 4 + 4].reversed())) }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            for i in 0..<64 {
                let mix: UInt32
                let index: Int
                switch i / 16 {
                case 0: (mix, index) = ((b & c) | (~b & d), i)
                case 1: (mix, index) = ((d & b) | (~d & c), (5 * i + 1) % 16)
                case 2: (mix, index) = (b ^ c ^ d, (3 * i + 5) % 16)
                default: (mix, index) = (c ^ (b | ~d), 7 * i % 16)
                }
                let sum = a &+ mix &+ md5Constants[i] &+ words[index]
                let shift = shifts[i / 16 * 4 + i % 4]
                (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
            }
            state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
        }
        return hexadecimal(state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } })
    }

    static func sha256(_ text: String) -> String {
        var state = primes(8).map { fraction(Double($0).squareRoot()) }
        let constants = primes(64).map { fraction(cubeRoot(Double($0))) }
        func turn(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
        for block in blocks(text, bigEndian: true) {
            var w = (0..<16).map { word(Array(block[$0 * 4..<$0 * 4 + 4])) }
            for i in 16..<64 {
                let (early, late) = (w[i - 15], w[i - 2])
                let low: UInt32 = turn(early, 7) ^ turn(early, 18) ^ (early >> 3)
                let high: UInt32 = turn(late, 17) ^ turn(late, 19) ^ (late >> 10)
                w.append(w[i - 16] &+ low &+ w[i - 7] &+ high)
            }
            var v = state
            for i in 0..<64 {
                let high = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)
                let choice: UInt32 = (v[4] & v[5]) ^ (~v[4] & v[6])
                let first: UInt32 = v[7] &+ high &+ choice &+ constants[i] &+ w[i]
                let low = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)
                let majority: UInt32 = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
                let second: UInt32 = low &+ majority
                v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            state = zip(state, v).map { $0 &+ $1 }
        }
        return hexadecimal(state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } })
    }

    private static func blocks(_ text: String, bigEndian: Bool) -> [[UInt8]] {
        let count = UInt64(text.utf8.count) * 8
        var bytes = Array(text.utf8) + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * UInt64($0))) }
        bytes += bigEndian ? length.reversed() : length
        return stride(from: 0, to: bytes.count, by: 64).map { Array(bytes[$0..<$0 + 64]) }
    }

    private static func word(_ bytes: [UInt8]) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func primes(_ count: Int) -> [Int] {
        Array((2...400).filter { number in !(2..<number).contains { number % $0 == 0 } }.prefix(count))
    }

    private static func fraction(_ root: Double) -> UInt32 { UInt32((root - root.rounded(.down)) * 4_294_967_296) }

    private static func cubeRoot(_ number: Double) -> Double {
        (0..<60).reduce(number / 2) { guess, _ in guess - (guess * guess * guess - number) / (3 * guess * guess) }
    }

    private static let md5Constants: [UInt32] = [
        0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613, 0xFD46_9501,
        0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E, 0x49B4_0821,
        0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681, 0xE7D3_FBC8,
        0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9, 0x8D2A_4C8A,
        0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60, 0xBEBF_BC70,
        0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8, 0xC4AC_5665,
        0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D, 0x8584_5DD1,
        0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB, 0xEB86_D391,
    ]
}
