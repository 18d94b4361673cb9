import Host
import Routing
import Telephony

/// Recordings of calls as rows; the sound of each is a file that is named by its call.
enum RecordingRows {
    /// Octets before the sound in a file, and octets a second of it.
    private static let head = 58, rate = 8000

    static func write(_ recording: CallRecording, to database: Database) throws(DatabaseError) {
        try database.run(
            "INSERT OR REPLACE INTO recordings (call, at, length) VALUES (?,?,?)",
            [Value(recording.call.number), Value(recording.at), Value(recording.length.milliseconds)])
    }

    /// Brings rows and files together again, as a power cut may have parted them: a row without its file goes, a file without its row
    /// gets one. A recording that was not on the disk in full is swept by the recorder.
    static func restore(
        from database: Database, lengths known: [Int: Duration], utc: Int64
    ) throws(DatabaseError) {
        var lengths = known
        var lost: [Int] = []
        try database.query("SELECT call FROM recordings", []) { row in
            let call = Int(row.integer(0))
            if lengths.removeValue(forKey: call) == nil { lost.append(call) }
        }
        for call in lost { try database.run("DELETE FROM recordings WHERE call = ?", [Value(call)]) }
        for (call, length) in lengths {
            try write(CallRecording(call: CallID(call), at: utc, length: length), to: database)
        }
    }

    /// Recordings that have to go, the oldest first, at most `limit`: those that are older, and those for which there is no room.
    static func excess(
        over quota: Int, before utc: Int64?, limit: Int, in database: Database
    ) throws(DatabaseError) -> [Int] {
        let size = "\(head) + length * \(rate) / 1000"
        let over = Int(try database.number("SELECT sum(\(size)) FROM recordings") ?? 0) - quota
        var (gone, freed) = ([Int](), 0)
        guard over > 0 || utc != nil else { return gone }
        try database.query(
            "SELECT call, \(size), at FROM recordings ORDER BY at, call LIMIT ?", [Value(limit)]
        ) { row in
            let isOld = utc.map { row.integer(2) < $0 } ?? false
            guard freed < over || isOld else { return }
            gone.append(Int(row.integer(0)))
            freed += Int(row.integer(1))
        }
        return gone
    }

    static func erase(_ calls: [Int], from database: Database) throws(DatabaseError) {
        for call in calls { try database.run("DELETE FROM recordings WHERE call = ?", [Value(call)]) }
    }

    /// The newest recordings with what is known of their calls, oldest first.
    static func list(limit: Int, from database: Database) throws(DatabaseError) -> [StoredRecording] {
        var found: [StoredRecording] = []
        try database.query(
            """
            SELECT r.call, coalesce(c.at, r.at), coalesce(c.utc_offset, 0), coalesce(c.from_number, ''), coalesce(c.to_number, ''), \
            c.employee, r.length FROM recordings r LEFT JOIN calls c ON c.id = r.call ORDER BY r.at DESC, r.call DESC LIMIT ?
            """, [Value(limit)]
        ) { row in
            found.append(
                StoredRecording(
                    call: CallID(Int(row.integer(0))), at: row.integer(1), utcOffset: Int(row.integer(2)), from: row.text(3),
                    to: row.text(4), employee: row.optionalText(5), length: .milliseconds(row.integer(6))))
        }
        return found.reversed()
    }
}

/// A recording with what is known of its call.
public struct StoredRecording: Equatable, Sendable {
    /// The call.
    public var call: CallID
    /// When it came: milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var at: Int64, utcOffset: Int
    /// Who called whom; empty where the call itself is forgotten.
    public var from: String, to: String
    /// Who of the office talked.
    public var employee: String?
    /// How long it is.
    public var length: Duration
}

extension Store {
    /// The newest recordings, oldest first. Throws where the file cannot be read.
    public func recordings(limit: Int = 10_000) throws(StoreError) -> [StoredRecording] {
        try read { database throws(DatabaseError) in try RecordingRows.list(limit: max(0, limit), from: database) }
    }

    /// Where the sound of a call's recording is.
    public func recordingFile(of call: CallID) -> String { "\(disk.folder)/\(CallRecording.folder)/\(call).wav" }

    /// The bytes of that file. Throws where it cannot be read, or is longer than `limit` bytes.
    public func recordingSound(of call: CallID, limit: Int) throws(StoreError) -> [UInt8] {
        do throws(SystemError) {
            return try Files.read(recordingFile(of: call), limit: limit)
        } catch { throw StoreError(error, folder: disk.folder) }
    }

    /// Deletes a recording, its file first, for good when it returns. Throws where the row cannot be removed.
    public func deleteRecording(of call: CallID) throws(StoreError) {
        disk.recordings.remove([call.number])
        try disk.write { database throws(DatabaseError) in try RecordingRows.erase([call.number], from: database) }
    }
}
