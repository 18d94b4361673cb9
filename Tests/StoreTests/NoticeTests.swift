import FollowUp
import Host
import Routing
import Telephony
import Testing

@testable import Store

/// A notice with something in every column.
func notice(_ number: Int, to address: NoticeAddress = .webhook("crm"), at: Int64 = 1_000_000) -> OutgoingNotice {
    var notice = OutgoingNotice(
        key: "missed-\(number)-\(address)", kind: .missed, at: at, utcOffset: 10_800, address: address, people: ["101", "102"],
        subject: "Пропущенный '; DROP TABLE notices; --", text: "{\"call\":\(number)}")
    (notice.call, notice.task, notice.client, notice.name) = (CallID(number), TaskID(3), "+79161234567", "Вера")
    notice.message = 5
    return notice
}

@Suite("The outbox on the disk") struct NoticeStorage {
    @Test("D-16: notices are on the disk with the record they came of, come back as they were, and one key is one notice")
    func together() throws {
        let folder = Folder()
        let bell = try Wakeup()
        let told = try Told()
        let store = try Store(folder: folder.path, utc: 0, posted: { bell.ring() }) { told.note($0) }
        let notices = [notice(1), notice(1, to: .telegram("anna")), notice(1, to: .list)]
        store.perform(notices.map { .post($0) } + [.post(notices[0])])
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        #expect(bell.wait(until: .now + .seconds(20)))
        let left = folder.snapshot()
        let (next, _) = try Store.on(left)
        let found = try next.notices()
        #expect(found.map(\.notice) == notices && found.map(\.state) == [.waiting, .waiting, .listed])
        #expect(try next.waitingNotices().map(\.notice) == Array(notices.prefix(2)))
    }

    @Test("The oldest of each address is what may go; what became of it is remembered, the next follows")
    func heads() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        store.perform([1, 2, 3].map { .post(notice($0)) } + [.post(notice(4, to: .email("a@b.c")))])
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        #expect(try store.waitingNotices().map(\.id) == [1, 4])
        let reason = Wording(ru: "не отвечает", en: "does not answer")
        try store.settleNotice(1, .waiting, tries: 2, at: 5000, reason: reason)
        try store.settleNotice(4, .failed, tries: 1, at: 6000, reason: reason)
        #expect(try store.waitingNotices().map { [$0.id, $0.tries] } == [[1, 2]])
        try store.settleNotice(1, .sent, tries: 3, at: 7000, reason: nil)
        #expect(try store.waitingNotices().map(\.id) == [2])
        let list = try store.notices()
        #expect(list.map(\.id) == [2, 3, 4, 1] && list[2].reason == reason && list[2].triedAt == 6000 && list[3].tries == 3)
        #expect(try store.notices(of: "102").count == 4 && store.notices(of: "10").isEmpty)
        #expect(try store.noticeCounts() == [.waiting: 2, .failed: 1, .sent: 1])
        // The same call again, as after a power cut: it is not told again.
        store.perform([.post(notice(1))])
        #expect(store.closeAndWait(record(2), told, ticket: 2) == .stored(StoreTicket(2)))
        #expect(try store.notices().count == 4)
    }

    @Test("R-060: at most one to an address within the time that is said; one that failed does not count")
    func quiet() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        for (number, minute) in [(1, 0), (2, 30), (3, 61), (4, 90)] {
            var text = notice(number, to: .sms("+79161234567"), at: Int64(minute) * 60_000)
            text.quiet = .seconds(3600)
            store.perform([.post(text), .close(record(number), StoreTicket(number))])
            _ = told.next()
        }
        #expect(try store.notices().compactMap(\.notice.call) == [CallID(1), CallID(3)])
        for id in [1, 2] { try store.settleNotice(id, .failed, tries: 1, at: 0, reason: nil) }
        var text = notice(5, to: .sms("+79161234567"), at: 91 * 60_000)
        text.quiet = .seconds(3600)
        store.perform([.post(text), .close(record(5), StoreTicket(5))])
        _ = told.next()
        #expect(try store.waitingNotices().compactMap(\.notice.call) == [CallID(5)])
    }

    @Test("What has waited two weeks is given up, what is older than three months is forgotten; a wrong clock is put right first")
    func old() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        let day: Int64 = 86_400_000, now = 200 * day
        let ages: [(Int, NoticeAddress, Int64)] = [
            (1, .list, 91), (2, .list, 89), (3, .webhook("crm"), 15), (4, .webhook("crm"), 13), (5, .webhook("crm"), 200),
        ]
        store.perform(ages.map { .post(notice($0.0, to: $0.1, at: now - $0.2 * day)) })
        store.perform([.redate(CallID(5)...CallID(5), by: 199 * day), .forgetNotices(at: now)])
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        let left = try store.notices()
        #expect(left.map(\.notice.call) == [CallID(4), CallID(5), CallID(3), CallID(2)])
        #expect(left.map(\.state) == [.waiting, .waiting, .failed, .listed] && left[2].reason == Catalogue.noticeTooOld)
    }
}
