import Routing
import Telephony

extension TaskBook {
    /// What somebody has to do by the end of a day (since 1970-01-01) on the office's clock, or should have done before: tasks of his own
    /// and of his departments, the oldest first.
    public func due(by day: Int, for person: ExtensionNumber) -> [CallbackTask] {
        let mine = tasks.values.filter { task in
            guard task.closing == nil, let deadline = task.deadline, let assignee = task.assignee else { return false }
            return isResponsible(person, assignee) && deadline.civil(offset: task.first.utcOffset).dayNumber <= day
        }
        return mine.sorted { ($0.first.utc, $0.id) < ($1.first.utc, $1.id) }
    }

    /// Whether any client waits for anybody's call.
    public var isAnybodyWaiting: Bool { tasks.values.contains { $0.closing == nil } }

    /// How many clients wait for somebody's call, by his own lamp: tasks of his own and of his departments. Who left a message has lit the
    /// lamp by that already.
    public func waiting(for person: ExtensionNumber) -> Int {
        tasks.values.lazy.filter { task in
            task.closing == nil && task.kind != .voicemail && (task.assignee.map { self.isResponsible(person, $0) } ?? false)
        }.count
    }
}

/// The morning's digest: who is to be called back, told to each who has to do it where he wants to be told.
public struct DigestPosting {
    /// More lines nobody reads.
    private static let lineLimit = 50

    private let book: TaskBook
    private let office: Office
    private let moment: Moment

    /// A digest of what is due at this moment's day.
    public init(_ book: TaskBook, office: Office, at moment: Moment) {
        (self.book, self.office, self.moment) = (book, office, moment)
    }

    /// One notice for each chat and mail address of somebody who has to call; none where nothing is due.
    public var notices: [OutgoingNotice] {
        var readers: [NoticeAddress: [ExtensionNumber]] = [:]
        for person in office.extensions.values.sorted(by: { $0.number < $1.number }) {
            for case let address? in person.notify.map(\.address) {
                switch address {
                case .email, .telegram: readers[address, default: []].append(person.number)
                case .webhook, .sms, .list: break
                }
            }
        }
        return readers.sorted { "\($0.key)" < "\($1.key)" }.compactMap { digest(to: $0.key, $0.value) }
    }

    private func digest(to address: NoticeAddress, _ people: [ExtensionNumber]) -> OutgoingNotice? {
        let day = moment.civil.dayNumber
        var seen: Set<TaskID> = []
        let tasks = people.flatMap { book.due(by: day, for: $0) }.filter { seen.insert($0.id).inserted }
        guard !tasks.isEmpty else { return nil }
        let language = people.first.flatMap { office.extensions[$0]?.language } ?? office.language
        let second = office.followUp.dueAt
        let hour = "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2))"
        let subject = Catalogue.digestTitle(tasks.count, by: hour).text(in: language)
        let phrases = ReportPhrases(language: language, names: ReportNames())
        var lines = tasks.prefix(Self.lineLimit).map { task in
            let time = CivilTime(utc: task.first.utc, offset: task.first.utcOffset)
            let name = task.client.name.isEmpty ? "" : task.client.name.printable + ", "
            let count = task.attempts > 1 ? " ×\(task.attempts)" : ""
            return "\(phrases.dayAndTime(time))  \(name)\(task.client.number)\(count)"
        }
        if tasks.count > Self.lineLimit {
            lines.append(Catalogue.digestMore(tasks.count - Self.lineLimit).text(in: language))
        }
        return OutgoingNotice(
            key: "digest-\(day)-\(address)", kind: .digest, at: moment.utc, utcOffset: moment.utcOffset, address: address,
            people: people, subject: subject, text: ([subject] + lines).joined(separator: "\n") + "\n")
    }
}
