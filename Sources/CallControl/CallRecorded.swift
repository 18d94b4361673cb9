import Routing
import Telephony

/// A call that is being recorded.
struct RecordedTalk: Sendable {
    /// Legs whose voice goes into its file.
    var sides: Set<LegID> = []
    /// What each leg still hears of the recording before they talk.
    var announcements: [LegID: Int] = [:]
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
                for leg in [one, other] {
                    let speech = floor.newSpeech(floor.speaking.say(.callRecorded))
                    recording?.announcements[leg] = speech.id
                    floor.orders.append(.play(leg, .speech(speech)))
                }
            }
        }
        guard recording?.announcements.isEmpty == true else { return false }
        let order = Recording(CallRecording.clip(id), limit: CallRecording.limit, trims: false)
        for leg in [one, other] where recording?.sides.insert(leg).inserted == true { floor.orders.append(.record(leg, order)) }
        return true
    }

    /// A leg has heard that the call is recorded; when all have they talk.
    mutating func heardOfRecording(_ leg: LegID, _ speech: Int, on floor: inout Floor) {
        guard recording?.announcements[leg] == speech else { return }
        recording?.announcements[leg] = nil
        arrangeMedia(on: &floor)
    }

    /// The line that wants the call recorded: of somebody in it, or of the department that gave it to him.
    private func reasonToRecord(_ one: LegID, _ other: LegID, _ floor: Floor) -> String? {
        let office = floor.router.office
        var (direction, department) = (CallDirection.internal, DepartmentID?.none)
        for line in journal.lines {
            if case .arrived(let way, _, _, _) = line.entry { direction = way }
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

    /// The call is over, and so is its recording.
    func endRecording(on floor: inout Floor) {
        if recording?.sides.isEmpty == false { floor.orders.append(.endRecording(CallRecording.clip(id))) }
    }
}
