import Glibc
import Host
import Routing
import Telephony

/// What the last run left in the voicemail boxes.
public struct RestoredMessages: Equatable, Sendable {
    /// Every message, oldest first.
    public var messages: [VoiceMessage] = []
    /// Greetings recorded by telephone: the number of the sound, by box.
    public var greetings: [BoxID: Int] = [:]
    /// The first number that was never used.
    public var next = 1
}

/// Voicemail as rows; the sound of each is a file of its own.
enum MessageRows {
    private static let columns = "id, box, from_number, name, at, utc_offset, length, state, call"

    static func write(_ message: VoiceMessage, to database: Database) throws(DatabaseError) {
        try database.run(
            "INSERT OR REPLACE INTO messages (\(columns)) VALUES (?,?,?,?,?,?,?,?,?)",
            [
                Value(message.id), Value(message.box), Value(message.from), Value(message.name), Value(message.at),
                Value(message.utcOffset), Value(message.length.milliseconds), Value(message.state.rawValue),
                Value(number: message.call?.number),
            ])
    }

    static func erase(_ id: Int, from database: Database) throws(DatabaseError) {
        try database.run("DELETE FROM messages WHERE id = ?", [Value(id)])
        try database.run("DELETE FROM greetings WHERE message = ?", [Value(id)])
        // Also of one that never had a row the number is used.
        try database.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'messages'", [Value(id)])
        let isFirst = "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'messages')"
        try database.run("INSERT INTO sqlite_sequence (name, seq) SELECT 'messages', ? \(isFirst)", [Value(id)])
    }

    static func write(greeting id: Int?, of box: BoxID, to database: Database) throws(DatabaseError) {
        if let id {
            try database.run("INSERT OR REPLACE INTO greetings (box, message) VALUES (?,?)", [Value(box), Value(id)])
            try database.run("DELETE FROM messages WHERE id = ?", [Value(id)])
        } else {
            try database.run("DELETE FROM greetings WHERE box = ?", [Value(box)])
        }
    }

    /// Brings rows and files together again, as a power cut may have parted them, and reads what there is.
    ///
    /// - A recording that was on the disk in full before its row said so is a message, if it is long enough; else it goes.
    /// - A row without its file goes.
    /// - A file without its row, as a damaged database leaves it, is a message in the box `found`.
    ///
    /// Where nobody can tell which files there are (`lengths` nil), nothing is concluded: rows stay as they are.
    static func restore(
        from database: Database, files: SoundFiles, lengths known: [Int: Duration]?, utc: Int64
    ) throws(DatabaseError) -> RestoredMessages {
        var restored = RestoredMessages()
        restored.greetings = try greetings(from: database)
        restored.next = try next(in: database)
        guard var lengths = known else {
            restored.messages = try read(from: database).filter { $0.state == .new || $0.state == .heard }
            return restored
        }
        for (box, id) in restored.greetings where lengths.removeValue(forKey: id) == nil {
            restored.greetings[box] = nil
            try write(greeting: nil, of: box, to: database)
        }
        for row in try read(from: database) {
            var message = row
            let length = lengths.removeValue(forKey: row.id)
            switch row.state {
            case .new, .heard: break
            case .recording: (message.state, message.length) = (.new, length ?? .zero)
            case .greeting: message.length = .zero
            }
            if length == nil || message.length < (row.state == .recording ? VoiceMessage.shortest : .milliseconds(1)) {
                files.remove([row.id])
                try erase(row.id, from: database)
            } else {
                if message != row { try write(message, to: database) }
                restored.messages.append(message)
            }
        }
        for (id, length) in lengths.sorted(by: { $0.key < $1.key }) {
            let message = VoiceMessage(id: id, box: VoiceMessage.foundBox, at: utc, length: length)
            try write(message, to: database)
            restored.messages.append(message)
        }
        restored.messages.sort { $0.id < $1.id }
        restored.next = try next(in: database)
        return restored
    }

    private static func next(in database: Database) throws(DatabaseError) -> Int {
        Int(try database.number("SELECT seq FROM sqlite_sequence WHERE name = 'messages'") ?? 0) + 1
    }

    private static func greetings(from database: Database) throws(DatabaseError) -> [BoxID: Int] {
        var greetings: [BoxID: Int] = [:]
        try database.query("SELECT box, message FROM greetings", []) { greetings[$0.text(0)] = Int($0.integer(1)) }
        return greetings
    }

    private static func read(from database: Database) throws(DatabaseError) -> [VoiceMessage] {
        var messages: [VoiceMessage] = []
        try database.query("SELECT \(columns) FROM messages ORDER BY id", []) { row in
            messages.append(
                VoiceMessage(
                    id: Int(row.integer(0)), box: row.text(1), from: row.text(2), name: row.text(3), at: row.integer(4),
                    utcOffset: Int(row.integer(5)), length: .milliseconds(row.integer(6)),
                    state: VoiceMessage.State(rawValue: row.text(7)) ?? .new, call: row.optionalInteger(8).map { CallID($0) }))
        }
        return messages
    }
}
