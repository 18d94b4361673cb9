/// A time zone: how far its wall clocks are from UTC, and since when, as the time-zone database tells it (TZif, RFC 8536). It is a value:
/// as many zones as are asked about are known at once, and none of them is the process's.
public struct Zone: Equatable, Sendable {
    /// Seconds since 1970 UTC at which the offset changes, ascending.
    private var changes: [Int64] = []
    /// Seconds east of UTC from each of the changes on.
    private var offsets: [Int] = []
    /// Seconds east of UTC before the first change.
    private var first: Int
    /// What holds from the last change on; nil: nothing changes any more.
    private var rule: ZoneRule?

    /// Coordinated universal time.
    public static let utc = Zone(offset: 0)

    /// Clocks that are always the same seconds east of UTC.
    public init(offset: Int) { first = offset }

    /// Reads a file of the time-zone database. Nil where the bytes are none, or count leap seconds, which no clock of ours does.
    public init?(tzif bytes: [UInt8]) {
        guard var block = TZifBlock(bytes[...], isWide: false) else { return nil }
        // From version 2 on the same follows once more, with room for all times, and then the rule (RFC 8536 §3).
        if block.version != 0 {
            guard let wide = TZifBlock(block.rest, isWide: true) else { return nil }
            block = wide
            guard let footer = block.footer else { return nil }
            if !footer.isEmpty {
                guard let rule = ZoneRule(footer) else { return nil }
                self.rule = rule
            }
        }
        guard let times = block.times else { return nil }
        (changes, offsets, first) = (times.changes, times.offsets, times.first)
    }

    /// Seconds east of UTC at `utc`, milliseconds since 1970 UTC.
    public func offset(at utc: Int64) -> Int {
        let second = utc.flooringDivision(1000)
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= second { low = middle + 1 } else { high = middle }
        }
        if low == changes.count, let rule { return rule.offset(at: second) }
        return low == 0 ? first : offsets[low - 1]
    }

    /// The offsets that a wall clock's time, whose own offset is not looked at, may have: one; none where the clocks leave it out; two,
    /// the earlier moment's first, where they show it twice.
    public func offsets(of local: CivilTime) -> [Int] {
        var unzoned = local
        unzoned.offset = 0
        // Changes are days apart, and no zone is as much as a day from UTC: what holds a day before and a day after are the candidates.
        let (wall, day) = (unzoned.utc, Int64(86_400_000))
        let (before, after) = (offset(at: wall - day), offset(at: wall + day))
        return (before == after ? [before] : [before, after]).filter { offset(at: wall - Int64($0) * 1000) == $0 }
    }

    /// The offset of a wall clock's time, whose own is not looked at. Of a time that comes twice it is the first one's, and of one that is
    /// left out what held before, so that it is as much later (RFC 5545 §3.3.5).
    public func offset(of local: CivilTime) -> Int {
        if let offset = offsets(of: local).first { return offset }
        var unzoned = local
        unzoned.offset = 0
        return offset(at: unzoned.utc - 86_400_000)
    }

    /// What the wall clock shows at `utc`, milliseconds since 1970 UTC.
    public func civil(_ utc: Int64) -> CivilTime { CivilTime(utc: utc, offset: offset(at: utc)) }
}

/// One header of a TZif file with its data (RFC 8536 §3.1, §3.2).
private struct TZifBlock {
    /// 0 for the first version, else the ASCII digit.
    let version: UInt8
    /// What comes after it.
    let rest: ArraySlice<UInt8>
    private let data: ArraySlice<UInt8>
    private let timeSize: Int, leapSeconds: Int, timeCount: Int, typeCount: Int

    private static let headerLength = 44, typeLength = 6
    /// Seconds: RFC 8536 §3.2 has no zone beyond 26 hours.
    private static let furthest = 26 * 3600 - 1

    init?(_ bytes: ArraySlice<UInt8>, isWide: Bool) {
        guard bytes.count >= Self.headerLength, bytes.starts(with: "TZif".utf8) else { return nil }
        let header = bytes.startIndex
        let counts = (0..<6).map { Int(Self.integer(bytes[(header + 20 + $0 * 4)...].prefix(4))) }
        guard counts.allSatisfy({ (0...bytes.count).contains($0) }) else { return nil }
        timeSize = isWide ? 8 : 4
        (leapSeconds, timeCount, typeCount) = (counts[2], counts[3], counts[4])
        let length =
            timeCount * (timeSize + 1) + typeCount * Self.typeLength + counts[5] + leapSeconds * (timeSize + 4) + counts[1]
            + counts[0]
        data = bytes[(header + Self.headerLength)...].prefix(length)
        guard data.count == length else { return nil }
        version = bytes[header + 4]
        rest = bytes[data.endIndex...]
    }

    /// The rule between two line ends; nil where they are not there.
    var footer: String? {
        guard rest.first == 0x0A, let end = rest.dropFirst().firstIndex(of: 0x0A) else { return nil }
        return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    }

    /// The changes; nil where they are not in order, or name what is not there.
    var times: (changes: [Int64], offsets: [Int], first: Int)? {
        guard typeCount > 0, leapSeconds == 0 else { return nil }
        let kindsBegin = data.startIndex + timeCount * timeSize, typesBegin = kindsBegin + timeCount
        let types = (0..<typeCount).map { Int(Self.integer(data[(typesBegin + $0 * Self.typeLength)...].prefix(4))) }
        let changes = (0..<timeCount).map { Self.integer(data[(data.startIndex + $0 * timeSize)...].prefix(timeSize)) }
        let kinds = data[kindsBegin..<typesBegin].map { Int($0) }
        guard types.allSatisfy({ abs($0) <= Self.furthest }), kinds.allSatisfy(types.indices.contains),
            zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return (changes, kinds.map { types[$0] }, types[0])
    }

    /// A signed number of four or eight octets, the highest first.
    private static func integer(_ octets: ArraySlice<UInt8>) -> Int64 {
        let bits = octets.reduce(0) { $0 << 8 | UInt64($1) }
        return octets.count == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
    }
}
