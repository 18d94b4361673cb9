import Routing
import Telephony

/// What a notice says to people, in one language.
struct NoticePhrases {
    let notice: Notice
    let office: Office
    /// The message that was left.
    let message: VoiceMessage?
    let language: Language
    private let phrases: ReportPhrases

    init(_ notice: Notice, _ office: Office, message: VoiceMessage?, language: Language) {
        (self.notice, self.office, self.message, self.language) = (notice, office, message, language)
        let names = ReportNames(
            office: office.name, extensions: office.extensions.mapValues(\.name),
            departments: office.departments.mapValues(\.name))
        phrases = ReportPhrases(language: language, names: names)
    }

    private func say(_ wording: Wording) -> String { wording.text(in: language) }

    /// One line: what happened, and who it was.
    var subject: String { say(Catalogue.noticeTitle(notice.kind.title, client)) }

    /// The client's name and number; a colleague is one too.
    private var client: String {
        let call = notice.call
        if call.direction == .internal { return phrases.person(call.from) }
        guard let client = call.client else { return say(Catalogue.hiddenNumber) }
        return client.name.isEmpty ? client.number : "\(client.name.printable), \(client.number)"
    }

    /// Everything, a line for each thing, and the number to tap on as the last.
    var text: String {
        let call = notice.call
        let time = CivilTime(utc: call.at, offset: call.utcOffset)
        var lines = [
            subject, say(Catalogue.noticeWhen(phrases.dayAndTime(time), waited: phrases.clock(call.wait, width: 8))),
        ]
        if let line = addressed { lines.append(line) }
        if call.client?.isKnown == false { lines.append(say(Catalogue.noticeNewClient)) }
        if let message { lines.append(say(Catalogue.noticeMessage(phrases.clock(message.length, width: 8)))) }
        if let task = notice.task { lines += about(task) }
        if let number = call.client?.number { lines.append("tel:" + number) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was called, and who should have answered.
    private var addressed: String? {
        let call = notice.call
        var parts: [String] = []
        if let number = call.number { parts.append(call.label.nonEmpty.map { "\(number) (\($0.printable))" } ?? number) }
        if let person = call.addressee {
            parts.append(phrases.person(person))
        } else if let department = call.department {
            parts.append(phrases.department(department))
        }
        return parts.isEmpty ? nil : say(Catalogue.noticeAddressed(parts.joined(separator: ", ")))
    }

    private func about(_ task: CallbackTask) -> [String] {
        var lines: [String] = []
        if task.attempts > 1 { lines.append(say(Catalogue.noticeAttempts(task.attempts))) }
        let who = task.assignee.map(who)
        if let deadline = task.deadline {
            let time = deadline.civil(offset: task.first.utcOffset)
            lines.append(say(Catalogue.noticeDue(phrases.dayAndTime(time), by: who)))
        } else if let who {
            lines.append(say(Catalogue.noticeAssignee(who)))
        }
        if !task.note.isEmpty { lines.append(say(Catalogue.noticeNote(task.note.printable))) }
        return lines
    }

    func who(_ responsible: Responsible) -> String {
        switch responsible {
        case .extension(let number): phrases.person(number)
        case .department(let id): phrases.department(id)
        }
    }
}

extension Deadline {
    /// On the office's clock; a moment by this offset from UTC, in seconds.
    func civil(offset: Int) -> CivilTime { CivilTime(utc: utc { _ in offset }, offset: offset) }
}

extension NoticeKind {
    /// What happened.
    var title: Wording {
        switch self {
        case .missed: Catalogue.noticeMissed
        case .voicemail: Catalogue.noticeVoicemail
        case .callback: Catalogue.noticeCallback
        case .digest: Catalogue.noticeDigest
        case .caller: Catalogue.noticeCaller
        }
    }
}
