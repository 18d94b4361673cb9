import FollowUp
import Routing
import Telephony

/// The outbox.
extension Store {
    /// More addresses than an office has at a time.
    private static let addressLimit = 1000

    /// The oldest notice that waits for each address. Throws where the file cannot be read.
    public func waitingNotices() throws(StoreError) -> [PostedNotice] {
        do throws(DatabaseError) {
            // The connection of look-ups: a notice waits for no report.
            return try bookReader.withLock { database throws(DatabaseError) in
                try NoticeRows.heads(limit: Self.addressLimit, from: database)
            }
        } catch { throw StoreError(error, folder: disk.folder) }
    }

    /// Writes down how a try came out, at once and for good: it waits for the disk. Throws where it could not be written.
    public func settleNotice(
        _ id: Int, _ state: PostedNotice.State, tries: Int, at utc: Int64, reason: Wording?
    ) throws(StoreError) {
        try disk.write { database throws(DatabaseError) in
            try NoticeRows.settle(id, state, tries: tries, at: utc, reason, in: database)
        }
    }

    /// What waits, oldest first, then the newest of the rest; only of one person where he is named. Throws where the file cannot be
    /// read.
    public func notices(of person: ExtensionNumber? = nil, limit: Int = 500) throws(StoreError) -> [PostedNotice] {
        try read { database throws(DatabaseError) in try NoticeRows.list(of: person, limit: max(0, limit), from: database) }
    }

    /// How many notices are in each state. Throws where the file cannot be read.
    public func noticeCounts() throws(StoreError) -> [PostedNotice.State: Int] {
        try read { database throws(DatabaseError) in try NoticeRows.counts(from: database) }
    }
}
