import FollowUp
import Routing
import Telephony

extension CommandSyntax {
    static let notices = [
        CommandSyntax("show notices [extension N]", Catalogue.helpShowNotices, for: .owner, isList: true) {
            run, said throws(CommandFailure) in run.print(try run.notices(of: said["N"]))
        }
    ]
}

/// The list of notices.
extension CommandRunner {
    /// What waits, oldest first, then the newest of the rest.
    func notices(of person: ExtensionNumber?) throws(CommandFailure) -> Table {
        let notices = try environment.notices(person)
        // A column that would be empty takes no room.
        let hasReasons = notices.contains { $0.reason != nil && $0.state != .sent }
        return Table(
            columns: [
                .init("id", nil), .init("at", Catalogue.columnWhen), .init("kind", Catalogue.columnAbout),
                .init("client", Catalogue.columnClient), .init("name", nil), .init("recipients", Catalogue.columnFor),
                .init("channel", Catalogue.columnChannel), .init("state", Catalogue.columnState),
                .init("attempts", hasReasons ? Catalogue.columnTries : nil, isNumber: true), .init("triedAt", nil),
                .init("reason", hasReasons ? Catalogue.columnWhy : nil), .init("call", nil), .init("task", nil),
                .init("message", nil), .init("subject", nil), .init("key", nil),
            ],
            rows: notices.map(row), empty: Catalogue.noNotices)
    }

    private func row(_ posted: PostedNotice) -> [Table.Cell] {
        let notice = posted.notice
        let people = notice.people.joined(separator: " ")
        let client =
            notice.client.isEmpty ? say(notice.kind == .digest ? Catalogue.noClient : Catalogue.hiddenNumber) : notice.client
        let time = CivilTime(utc: notice.at, offset: notice.utcOffset)
        // What was wrong before it went is past.
        let reason = posted.state == .sent ? nil : posted.reason
        return [
            .init(posted.id), .init(shortTime(notice.at), .string(time.iso8601)),
            .init(say(Catalogue.noticeKind(notice.kind.rawValue)), .string(notice.kind.rawValue)),
            .init(notice.name.isEmpty ? client : notice.name, .optional(notice.client.isEmpty ? nil : notice.client)),
            .init(notice.name.isEmpty ? nil : notice.name),
            .init(people.isEmpty ? "—" : people, .array(notice.people.map(JSON.string))),
            .init(channel(notice.address), .string(notice.address.description)),
            .init(say(posted.state.word), .string(posted.state.rawValue)), .init(posted.tries),
            .init("", posted.triedAt.map { .string(civil($0).iso8601) } ?? .null), .init(reason.map(say)),
            .init("", posted.notice.call.map { .integer($0.number) } ?? .null),
            .init("", posted.notice.task.map { .integer($0.number) } ?? .null),
            .init("", posted.notice.message.map { .integer($0) } ?? .null), .init(notice.subject), .init(notice.key),
        ]
    }

    private func channel(_ address: NoticeAddress) -> String { address == .list ? "—" : address.description }
}

extension PostedNotice.State {
    fileprivate var word: Wording {
        switch self {
        case .waiting: Catalogue.noticeWaits
        case .listed: Catalogue.noticeListed
        case .sent: Catalogue.noticeSent
        case .failed: Catalogue.noticeFailed
        }
    }
}
