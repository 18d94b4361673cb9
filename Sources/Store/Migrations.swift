/// The database's history: each step once, in this order, for ever. Steps are only appended; `user_version` counts those done.
enum Migrations {
    static let steps = [
        // Times are milliseconds since 1970 UTC, durations milliseconds. A call that is up has up = 1 and already reads as the
        // interrupted record that it becomes if we are killed. The indices are partial: a call enters the one by time only when it
        // ends, and the other only while it is up.
        [
            """
            CREATE TABLE calls (
                id INTEGER PRIMARY KEY, up INTEGER NOT NULL, at INTEGER NOT NULL, utc_offset INTEGER NOT NULL,
                direction TEXT NOT NULL, from_number TEXT NOT NULL, to_number TEXT NOT NULL, number TEXT, department TEXT,
                employee TEXT, label TEXT, result TEXT NOT NULL, cause TEXT NOT NULL, wait INTEGER NOT NULL, talk INTEGER NOT NULL)
            """,
            "CREATE INDEX calls_by_time ON calls (at, direction, result, up) WHERE up = 0",
            "CREATE INDEX calls_up ON calls (id) WHERE up = 1",
            """
            CREATE TABLE legs (
                call INTEGER NOT NULL, position INTEGER NOT NULL, target TEXT NOT NULL, at INTEGER NOT NULL, rang INTEGER NOT NULL,
                outcome TEXT NOT NULL, PRIMARY KEY (call, position)) WITHOUT ROWID
            """,
            """
            CREATE TABLE bindings (
                key TEXT PRIMARY KEY, account TEXT NOT NULL, scheme TEXT NOT NULL, user TEXT NOT NULL, host TEXT NOT NULL,
                port INTEGER, parameters TEXT NOT NULL, headers TEXT NOT NULL, transport TEXT NOT NULL, local TEXT NOT NULL,
                remote TEXT NOT NULL, call_id TEXT NOT NULL, sequence INTEGER NOT NULL, expires INTEGER NOT NULL,
                user_agent TEXT NOT NULL) WITHOUT ROWID
            """,
            """
            CREATE TABLE revisions (
                number INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL, comment TEXT NOT NULL, text TEXT NOT NULL)
            """,
        ],
        // What the ring strategies remember: counts of a day (days since 1970-01-01), talk in milliseconds, times as above.
        [
            """
            CREATE TABLE loads (
                account TEXT NOT NULL, member TEXT NOT NULL, day INTEGER NOT NULL, calls INTEGER NOT NULL, talk INTEGER NOT NULL,
                last_ended INTEGER, last_offered INTEGER, PRIMARY KEY (account, member)) WITHOUT ROWID
            """,
            """
            CREATE TABLE familiars (
                department TEXT NOT NULL, client TEXT NOT NULL, member TEXT NOT NULL, day INTEGER NOT NULL,
                PRIMARY KEY (department, client)) WITHOUT ROWID
            """,
        ],
        // Why calls went where they went.
        [
            """
            CREATE TABLE decisions (
                call INTEGER NOT NULL, position INTEGER NOT NULL, layer TEXT NOT NULL, verdict TEXT NOT NULL, ru TEXT NOT NULL,
                en TEXT NOT NULL, line TEXT, PRIMARY KEY (call, position)) WITHOUT ROWID
            """,
            // Night keys that are pressed, until a second of the office's wall clock.
            "CREATE TABLE nights (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID",
        ],
        // The contact book. What holds is the edition that `book` names: a long import writes the next one beside it and then turns
        // the page. `next` is the next contact's id, `folded` what a search looks through. A number belongs to one contact.
        [
            "CREATE TABLE book (one INTEGER PRIMARY KEY CHECK (one = 1), edition INTEGER NOT NULL, next INTEGER NOT NULL)",
            "INSERT INTO book (one, edition, next) VALUES (1, 1, 1)",
            """
            CREATE TABLE contacts (
                edition INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, company TEXT NOT NULL, note TEXT NOT NULL,
                language TEXT, preset TEXT, owner TEXT, made INTEGER NOT NULL, provisional INTEGER NOT NULL,
                first_employee TEXT, last_employee TEXT, folded TEXT NOT NULL, PRIMARY KEY (edition, id)) WITHOUT ROWID
            """,
            """
            CREATE TABLE contact_numbers (
                edition INTEGER NOT NULL, digits TEXT NOT NULL, contact INTEGER NOT NULL, position INTEGER NOT NULL,
                raw TEXT NOT NULL, PRIMARY KEY (edition, digits)) WITHOUT ROWID
            """,
            "CREATE INDEX contact_numbers_by_contact ON contact_numbers (edition, contact, position)",
        ],
        // Clients, and what somebody has to do about them. A client is his contact or else his number; `known` holds for calls whose
        // client called or was called before. Times have the office's offset beside them, and 0 for `dated` where the clock was not to be
        // trusted; a deadline is a moment, or seconds on the office's clock since 1970 where `deadline_local` is 1.
        [
            "ALTER TABLE calls ADD COLUMN received TEXT", "ALTER TABLE calls ADD COLUMN client TEXT",
            "ALTER TABLE calls ADD COLUMN contact INTEGER", "ALTER TABLE calls ADD COLUMN client_name TEXT",
            "ALTER TABLE calls ADD COLUMN known INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE calls ADD COLUMN addressee TEXT", "ALTER TABLE calls ADD COLUMN away INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE calls ADD COLUMN message INTEGER", "ALTER TABLE calls ADD COLUMN ringing INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE calls ADD COLUMN task INTEGER",
            "UPDATE calls SET client = from_number WHERE direction = 'in' AND from_number <> ''",
            "CREATE INDEX calls_by_client ON calls (client, id) WHERE client IS NOT NULL",
            "CREATE INDEX calls_by_task ON calls (task) WHERE task IS NOT NULL",
            """
            CREATE TABLE tasks (
                id INTEGER PRIMARY KEY, kind TEXT NOT NULL, client TEXT NOT NULL, contact INTEGER, client_name TEXT NOT NULL,
                known INTEGER NOT NULL, numbers TEXT NOT NULL, number TEXT, department TEXT, attempts INTEGER NOT NULL,
                first_at INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_dated INTEGER NOT NULL,
                last_at INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_dated INTEGER NOT NULL,
                deadline INTEGER, deadline_local INTEGER NOT NULL, assignee TEXT,
                tried_at INTEGER, tried_offset INTEGER, tried_dated INTEGER, tried_by TEXT, tried_in_time INTEGER NOT NULL,
                closed_at INTEGER, closed_offset INTEGER, closed_dated INTEGER, closed_way TEXT, closed_by TEXT,
                closed_call INTEGER, note TEXT NOT NULL, verdict TEXT)
            """,
            // What nobody answered, so that its report reads no other call.
            "CREATE INDEX calls_lost ON calls (at) WHERE up = 0 AND direction = 'in' AND result <> 'answered'",
            "CREATE INDEX tasks_open ON tasks (id) WHERE closed_way IS NULL",
            "CREATE INDEX tasks_closed ON tasks (closed_at) WHERE closed_way IS NOT NULL",
        ],
        // What people say of themselves by codes: `undisturbed`, `paused`, `logged-out sales`.
        ["CREATE TABLE states (member TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (member, state)) WITHOUT ROWID"],
        // Voicemail: messages and what may become one, and the recordings that boxes greet their callers with. A number is never used
        // again, since records name it.
        [
            """
            CREATE TABLE messages (
                id INTEGER PRIMARY KEY AUTOINCREMENT, box TEXT NOT NULL, from_number TEXT NOT NULL, name TEXT NOT NULL,
                at INTEGER NOT NULL, utc_offset INTEGER NOT NULL, length INTEGER NOT NULL, state TEXT NOT NULL, call INTEGER)
            """,
            "CREATE TABLE greetings (box TEXT PRIMARY KEY, message INTEGER NOT NULL) WITHOUT ROWID",
        ],
        // Call backs that clients ordered from a queue: the number, and the place in the queue that is kept for them.
        [
            "ALTER TABLE tasks ADD COLUMN callback_number TEXT", "ALTER TABLE tasks ADD COLUMN callback_department TEXT",
            "ALTER TABLE tasks ADD COLUMN callback_since INTEGER", "ALTER TABLE tasks ADD COLUMN callback_tries INTEGER",
            "ALTER TABLE tasks ADD COLUMN callback_last INTEGER",
        ],
        // Recordings of calls; the file is named by the call.
        ["CREATE TABLE recordings (call INTEGER PRIMARY KEY, at INTEGER NOT NULL, length INTEGER NOT NULL)"],
        // The outbox, and the list of notices that it becomes. Ids are the order of sending, `key` keeps anything from going twice.
        [
            """
            CREATE TABLE notices (
                id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL,
                utc_offset INTEGER NOT NULL, address TEXT NOT NULL, people TEXT NOT NULL, call INTEGER, task INTEGER,
                client TEXT NOT NULL, client_name TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, message INTEGER,
                state TEXT NOT NULL, tries INTEGER NOT NULL, tried_at INTEGER, reason_ru TEXT, reason_en TEXT)
            """,
            "CREATE INDEX notices_waiting ON notices (address, id) WHERE state = 'waiting'",
            "CREATE INDEX notices_by_time ON notices (at)",
        ],
        // Whether a call's times are by a clock that could be believed.
        ["ALTER TABLE calls ADD COLUMN dated INTEGER NOT NULL DEFAULT 1"],
    ]

    /// Tables to rescue from a damaged file: the configuration first.
    static let tables = [
        "revisions", "book", "contacts", "contact_numbers", "bindings", "loads", "familiars", "tasks", "calls", "legs",
        "decisions",
        "nights", "states", "messages", "greetings", "recordings", "notices",
    ]

    /// Brings the database up to date, each step in its own transaction. False where it is newer than this program.
    static func run(on database: Database) throws(DatabaseError) -> Bool {
        let done = Int(try database.number("PRAGMA user_version") ?? 0)
        guard (0...steps.count).contains(done) else { return false }
        for number in done..<steps.count {
            try database.transaction { () throws(DatabaseError) in
                for statement in steps[number] { try database.run(statement) }
                try database.run("PRAGMA user_version = \(number + 1)")
            }
        }
        return true
    }
}
