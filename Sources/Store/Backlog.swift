import CallControl
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// What is to be written: orders taken in, a call's older row replaced by its newer one, everything bounded.
struct Backlog {
    /// A call's row.
    struct Row {
        var call: CallRecord
        var up: Bool
    }

    /// Rows that are kept while the disk takes none: about 2 MB of an office's calls.
    static let rowCapacity = 2000
    /// Changes of bindings that are kept; a phone that is left out comes again with its next REGISTER.
    static let bindingCapacity = 5000
    /// Loads and acquaintances that are kept while the disk takes none.
    static let ledgerCapacity = 5000
    /// Tasks that are kept while the disk takes none.
    static let taskCapacity = 5000
    /// How long bindings, loads and acquaintances may lag.
    static let lag = Duration.seconds(2)

    /// How long the row of a call that is up may lag: a power cut in this time forgets a call that has only begun, and in return
    /// calls that begin and end together cost the card one write.
    static let openLag = Duration.milliseconds(200)

    private(set) var rows: [Row] = []
    /// Who waits for them and has had no answer.
    private var tickets: [StoreTicket] = []
    /// Nil: to be removed.
    private(set) var bindings: [String: Binding?] = [:]
    /// Loads and acquaintances, the newest of each.
    private(set) var loads: [String: Ledger.Row] = [:]
    private(set) var familiars: [String: Ledger.Familiar] = [:]
    /// Night keys: until when they are pressed; nil: not any more.
    private(set) var nights: [String: Int?] = [:]
    /// What people say of themselves, and whether they still do.
    private(set) var marks: [PersonalMark: Bool] = [:]
    /// Messages, each as it is now, and those that are no more; greetings of boxes.
    private(set) var messages: [Int: VoiceMessage] = [:]
    private var erased: Set<Int> = []
    private(set) var greetings: [BoxID: Int?] = [:]
    /// Recordings of calls; how much room all have, and before when one is too old.
    private(set) var recordings: [CallID: CallRecording] = [:]
    private(set) var recordingQuota: Int?, recordingsExpire: Int64?
    /// Messages that are kept while the disk takes none.
    static let messageCapacity = 5000
    /// Meetings wait; they are kept by `Meetings`, for look-ups to see.
    private(set) var hasMeetings = false
    /// Tasks, each as it stands now, and pairs that are one from now on.
    private(set) var tasks: [TaskID: CallbackTask] = [:]
    private(set) var merges: [(younger: TaskID, elder: TaskID)] = []
    /// Notices for the outbox, in order; and at what time old ones are to go.
    private(set) var notices: [OutgoingNotice] = []
    private var forgetsNoticesAt: Int64?
    /// Notices that are kept while the disk takes none.
    static let noticeCapacity = 5000
    /// Calls on the disk whose dates are wrong, and by how much.
    private(set) var redates: [(calls: ClosedRange<CallID>, shift: Int64)] = []
    /// Calls before this (milliseconds since 1970 UTC) are to be forgotten, a few at a time; nil: all are.
    var forgetsBefore: Int64?
    /// When what may lag must be written.
    private(set) var laggardsDue: Instant?
    /// Rows given up because there was no room for more.
    private(set) var lost = 0
    private var indices: [CallID: Int] = [:]

    /// Somebody waits for an answer.
    var isUrgent: Bool { !tickets.isEmpty }
    /// Nothing is to be written.
    var isEmpty: Bool {
        rows.isEmpty && bindings.isEmpty && loads.isEmpty && familiars.isEmpty && tasks.isEmpty && merges.isEmpty
            && redates.isEmpty && nights.isEmpty && marks.isEmpty && messages.isEmpty && erased.isEmpty
            && greetings.isEmpty && recordings.isEmpty && recordingQuota == nil && !hasMeetings && notices.isEmpty
            && forgetsNoticesAt == nil
    }

    /// Takes an order in; the ticket of a row that had to be given up for it.
    mutating func take(_ order: Persistence, at now: Instant) -> StoreTicket? {
        switch order {
        case .open(let call):
            _ = take(Row(call: call, up: true))
            laggardsDue = min(laggardsDue ?? now + Self.openLag, now + Self.openLag)
        case .close(let call, let ticket):
            guard take(Row(call: call, up: false)) else { return ticket }
            tickets.append(ticket)
        case .task, .merge, .amend, .redate, .forget, .post, .forgetNotices: takeFollowUp(order, at: now)
        case .bind(let binding): change(binding.key, to: binding, at: now)
        case .unbind(let binding): change(binding.key, to: nil, at: now)
        case .tally(let row):
            guard loads.count < Self.ledgerCapacity else { break }
            loads[row.account.text + " " + row.member] = row
            laggardsDue = laggardsDue ?? now + Self.lag
        case .acquaint(let line):
            guard familiars.count < Self.ledgerCapacity else { break }
            familiars[line.department + " " + line.client] = line
            laggardsDue = laggardsDue ?? now + Self.lag
        case .night(let key, let until):
            nights[key] = .some(until)
            laggardsDue = laggardsDue ?? now + Self.lag
        case .mark(let member, let state, let isOn):
            guard marks.count < Self.ledgerCapacity else { break }
            marks[PersonalMark(member: member, state: state)] = isOn
            laggardsDue = laggardsDue ?? now + Self.lag
        case .message, .erase, .greeting: takeVoicemail(order, at: now)
        case .recording(let recording, let quota):
            // One that finds no room has its file, and gets its row at the next start.
            if recordings.count < Self.messageCapacity { recordings[recording.call] = recording }
            recordingQuota = quota
            laggardsDue = laggardsDue ?? now + Self.lag
        case .expireRecordings(let utc):
            (recordingQuota, recordingsExpire) = (recordingQuota ?? .max, utc)
            laggardsDue = laggardsDue ?? now + Self.lag
        case .met:
            hasMeetings = true
            laggardsDue = laggardsDue ?? now + Self.lag
        }
        return nil
    }

    /// A task may lag as long as the row of a call that is up: the record that is ordered after it takes it along.
    private mutating func takeFollowUp(_ order: Persistence, at now: Instant) {
        switch order {
        case .task(let task):
            guard tasks[task.id] != nil || tasks.count < Self.taskCapacity else {
                lost += 1
                return
            }
            tasks[task.id] = task
        case .merge(let younger, let elder):
            (tasks[younger], tasks[elder.id]) = (nil, elder)
            merges.append((younger, elder.id))
        case .amend(let call):
            _ = take(Row(call: call, up: false))
        case .redate(let calls, let shift):
            for index in rows.indices where calls.contains(rows[index].call.id) && !rows[index].up {
                rows[index].call.redate(by: shift)
            }
            for index in notices.indices where notices[index].call.map(calls.contains) ?? false { notices[index].at += shift }
            redates.append((calls, shift))
        case .forget(let utc):
            forgetsBefore = utc
            return
        case .post(let notice):
            guard notices.count < Self.noticeCapacity else {
                lost += 1
                return
            }
            notices.append(notice)
        case .forgetNotices(let utc):
            forgetsNoticesAt = utc
            laggardsDue = laggardsDue ?? now + Self.lag
            return
        case .open, .close, .bind, .unbind, .tally, .acquaint, .met, .night, .mark, .message, .erase, .greeting, .recording,
            .expireRecordings:
            return
        }
        laggardsDue = min(laggardsDue ?? now + Self.openLag, now + Self.openLag)
    }

    /// Messages whose files and rows have to go, in order.
    var erasures: [Int] { erased.sorted() }

    private mutating func takeVoicemail(_ order: Persistence, at now: Instant) {
        switch order {
        case .message(let message):
            guard messages[message.id] != nil || messages.count < Self.messageCapacity else {
                lost += 1
                return
            }
            messages[message.id] = message
        case .erase(let id):
            messages[id] = nil
            erased.insert(id)
        case .greeting(let box, let id): greetings[box] = .some(id)
        case .open, .close, .task, .merge, .amend, .redate, .forget, .post, .forgetNotices, .bind, .unbind, .tally, .acquaint,
            .met, .night, .mark, .recording, .expireRecordings:
            return
        }
        laggardsDue = min(laggardsDue ?? now + Self.openLag, now + Self.openLag)
    }

    /// False where there is no room.
    private mutating func take(_ row: Row) -> Bool {
        if let index = indices[row.call.id] {
            rows[index] = row
        } else if rows.count < Self.rowCapacity {
            indices[row.call.id] = rows.count
            rows.append(row)
        } else {
            lost += 1
            return false
        }
        return true
    }

    private mutating func change(_ key: String, to binding: Binding?, at now: Instant) {
        guard bindings[key] != nil || bindings.count < Self.bindingCapacity else { return }
        bindings[key] = .some(binding)
        laggardsDue = laggardsDue ?? now + Self.lag
    }

    /// Who waits, to be answered now and not again.
    mutating func takeTickets() -> [StoreTicket] {
        defer { tickets = [] }
        return tickets
    }

    /// Everything is on the disk, but for meetings that had to wait.
    mutating func clear(meetingsWaitAt now: Instant?) {
        (rows, indices, bindings) = ([], [:], [:])
        (hasMeetings, laggardsDue) = (now != nil, now.map { $0 + Self.lag })
        (loads, familiars, nights, marks) = ([:], [:], [:], [:])
        (tasks, merges, redates) = ([:], [], [])
        (messages, erased, greetings) = ([:], [], [:])
        (notices, forgetsNoticesAt) = ([], nil)
        (recordings, recordingQuota, recordingsExpire) = ([:], nil, nil)
    }

    /// Writes everything as one transaction, and these meetings with it.
    func write(_ meetings: [Meeting], to database: Database) throws(DatabaseError) {
        try database.transaction { () throws(DatabaseError) in
            if !meetings.isEmpty {
                let edition = try ContactRows.edition(in: database)
                for meeting in meetings { try ContactRows.write(meeting, edition: edition, to: database) }
            }
            // What is on the disk is put right before newer rows come, which are right.
            for (calls, shift) in redates {
                try CallRows.redate(calls, by: shift, in: database)
                try NoticeRows.redate(calls, by: shift, in: database)
            }
            for row in rows {
                try CallRows.write(row.call, up: row.up, to: database)
                if !row.up { try DecisionRows.write(row.call, to: database) }
            }
            for task in tasks.values { try TaskRows.write(task, to: database) }
            for (younger, elder) in merges { try TaskRows.merge(younger, into: elder, in: database) }
            for notice in notices { try NoticeRows.post(notice, to: database) }
            if let utc = forgetsNoticesAt { try NoticeRows.forget(at: utc, in: database) }
            for row in loads.values { try LedgerRows.write(row, to: database) }
            for line in familiars.values { try LedgerRows.write(line, to: database) }
            for (mark, isOn) in marks { try LedgerRows.write(mark, isOn, to: database) }
            for (key, until) in nights { try LedgerRows.write(night: key, until: until, to: database) }
            for message in messages.values { try MessageRows.write(message, to: database) }
            for id in erased { try MessageRows.erase(id, from: database) }
            for (box, id) in greetings { try MessageRows.write(greeting: id, of: box, to: database) }
            for recording in recordings.values { try RecordingRows.write(recording, to: database) }
            for (key, binding) in bindings {
                if let binding {
                    try BindingRows.write(binding, to: database)
                } else {
                    try BindingRows.remove(key: key, from: database)
                }
            }
        }
    }
}

extension CallRecord {
    /// Every date of it, moved by so many milliseconds.
    fileprivate mutating func redate(by shift: Int64) {
        at += shift
        isDated = true
        for index in legs.indices { legs[index].at += shift }
    }
}
