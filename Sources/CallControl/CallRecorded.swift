import Routing
import Telephony

/// A call that is being recorded.
struct RecordedTalk: Sendable {
    /// Legs whose voice goes into its file.
    var sides: Set<LegID> = []
    /// Whether its file has been begun.
    var isRunning = false
    /// What each leg still hears of the recording before they talk, and how long they are waited for at the longest.
    var announcements: [LegID: Int] = [:], until: Instant?

    /// More than the words take.
    static let patience = Duration.seconds(10)
}

extension Call {
    /// The two talk from now on. Where a rule wants it their voices are kept, and whoever comes later is kept, too; they are told before,
    /// once a call. False while they still listen to that.
    mutating func keepRecording(of one: LegID, and other: LegID, on floor: inout Floor) -> Bool {
        if recording == nil {
            guard let why = reasonToRecord(one, other, floor) else { return true }
            explain(.extension, .taken, Catalogue.isRecorded, line: why, floor)
            recording = RecordedTalk()
            if floor.router.office.recording.announces {
                recording?.until = floor.now.uptime + RecordedTalk.patience
                for leg in [one, other] {
                    let speech = floor.newSpeech(floor.speaking.say(.callRecorded))
                    recording?.announcements[leg] = speech.id
                    floor.orders.append(.play(leg, .speech(speech)))
                }
            }
        }
        // Whoever has come since then is not kept waiting for words that somebody else heard.
        if recording?.announcements.keys.contains(where: { $0 != one && $0 != other }) == true { stopAnnouncing() }
        guard recording?.announcements.isEmpty == true else { return false }
        recording?.until = nil
        let order = Recording(CallRecording.clip(id), limit: CallRecording.limit, trims: false)
        for leg in [one, other] where !holding.contains(leg) && recording?.sides.insert(leg).inserted == true {
            floor.orders.append(.record(leg, order))
            recording?.isRunning = true
        }
        return true
    }

    /// A leg has heard that the call is recorded; when all have they talk.
    mutating func heardOfRecording(_ leg: LegID, _ speech: Int, on floor: inout Floor) {
        guard recording?.announcements[leg] == speech else { return }
        recording?.announcements[leg] = nil
        arrangeMedia(on: &floor)
    }

    private mutating func stopAnnouncing() {
        recording?.announcements = [:]
        recording?.until = nil
    }

    /// The words have taken too long: something else was heard instead of them.
    mutating func wakeRecording(on floor: inout Floor) {
        guard let until = recording?.until, until <= floor.now.uptime else { return }
        stopAnnouncing()
        arrangeMedia(on: &floor)
    }

    /// The line that wants the call recorded: of somebody in it, or of the department that gave it to him.
    private func reasonToRecord(_ one: LegID, _ other: LegID, _ floor: Floor) -> String? {
        let office = floor.router.office
        var (direction, department) = (CallDirection.internal, DepartmentID?.none)
        for line in journal.lines {
            if case .arrived(let way, _, _, let dialled) = line.entry {
                // Help is called at once, and without a word about anything else.
                if way == .outgoing, floor.router.isEmergency(dialled) { return nil }
                direction = way
            }
            if case .department(let id) = line.entry { department = id }
            // Whoever it was passed on to in person does not answer for the department.
            if case .addressed = line.entry { department = nil }
        }
        if let id = department, office.departments[id]?.records == true { return "set department \(id) record on" }
        for leg in [one, other] {
            guard let person = floor.employee(leg), let scope = office.extensions[person]?.recording, scope.covers(direction)
            else { continue }
            return "set extension \(person) record \(scope.rawValue)"
        }
        return nil
    }

    /// The leg leaves the talk for a while, to consult or while somebody else is sought: nothing that it says then is kept.
    mutating func pauseRecording(of leg: LegID, on floor: inout Floor) {
        stopAnnouncing()
        guard recording?.sides.remove(leg) != nil else { return }
        floor.orders.append(.unrecord(leg, CallRecording.clip(id)))
    }

    /// The call is over, and so is its recording.
    func endRecording(on floor: inout Floor) {
        if recording?.isRunning == true { floor.orders.append(.endRecording(CallRecording.clip(id))) }
    }
}
