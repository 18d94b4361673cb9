import Telephony

extension Zone {
    private static let database = "/usr/share/zoneinfo/"
    /// Bytes; the longest file of the database has some four thousand.
    private static let fileLimit = 65_536

    /// An IANA zone of the system's database, `Europe/Moscow`; nil for a name that is not there.
    public init?(named name: String) {
        guard !name.isEmpty, !name.hasPrefix("/"), !name.contains(".."), !name.contains("\0"),
            let bytes = try? Files.read(Self.database + name, limit: Self.fileLimit)
        else { return nil }
        self.init(tzif: bytes)
    }
}
