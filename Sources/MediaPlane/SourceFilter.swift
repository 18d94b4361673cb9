import Telephony

/// Who may be heard on a leg, and where it is answered. Plain data, so that it lives in the leg table.
///
/// The endpoint of the SDP always wins. Another port of an allowed address (a phone behind NAT) is latched only while nothing
/// is latched or what is latched has been silent for `silence`; a third address never is.
struct SourceFilter {
    /// Addresses that one leg may have; further ones are not heard.
    static let addressLimit = 4
    /// What is latched may be replaced after this much silence.
    static let silence: Int64 = 2_000_000_000

    private let exact: PackedEndpoint?
    private let first: PackedAddress?, second: PackedAddress?, third: PackedAddress?, fourth: PackedAddress?
    private(set) var latched: PackedEndpoint?
    private var heardAt: Int64 = 0

    /// Admits `sources`, among them `remote` before all.
    init(remote: Endpoint?, sources: [IPAddress]) {
        exact = remote.map(PackedEndpoint.init)
        let allowed = sources.prefix(Self.addressLimit).map { PackedAddress($0) }
        first = allowed.isEmpty ? nil : allowed[0]
        second = allowed.count > 1 ? allowed[1] : nil
        third = allowed.count > 2 ? allowed[2] : nil
        fourth = allowed.count > 3 ? allowed[3] : nil
    }

    /// The verdict on one packet.
    enum Verdict {
        case refused, heard
        /// Heard, and from now on this is where the leg is answered.
        case latched
    }

    /// Whether this address may speak at all (RTCP comes from a port of its own).
    @inline(__always)
    func allows(_ address: PackedAddress) -> Bool {
        address == first || (second != nil && (address == second || address == third || address == fourth))
    }

    /// Judges a well-formed packet.
    @inline(__always)
    mutating func admit(_ from: PackedEndpoint, at now: Int64) -> Verdict {
        if latched == from {
            heardAt = now
            return .heard
        }
        guard allows(from.address), from == exact || latched == nil || now - heardAt > Self.silence else { return .refused }
        (latched, heardAt) = (from, now)
        return .latched
    }

    /// Whether a new description asks for the same far end, so that what was learnt of it still holds.
    func isSame(as other: SourceFilter) -> Bool {
        exact == other.exact && first == other.first && second == other.second && third == other.third && fourth == other.fourth
    }
}
