import Console
import FollowUp
import Routing
import Telephony
import Testing

@Suite("The list of notices") struct NoticeListTests {
    private func posted(
        _ id: Int, _ address: NoticeAddress, _ state: PostedNotice.State, people: [String] = ["101"], tries: Int = 0,
        reason: Wording? = nil
    ) -> PostedNotice {
        var notice = OutgoingNotice(
            key: "missed-\(id)-\(address)", kind: id == 4 ? .voicemail : .missed, at: OfficeFixture.noon - 600_000,
            utcOffset: OfficeFixture.offset, address: address, people: people, subject: "Пропущенный звонок: Вера", text: "")
        (notice.call, notice.task, notice.client) = (CallID(id), TaskID(1), id == 3 ? "" : "+74950000001")
        notice.name = id == 1 ? "Вера" : ""
        return PostedNotice(
            id: id, notice: notice, state: state, tries: tries, triedAt: tries > 0 ? OfficeFixture.noon - 60_000 : nil,
            reason: reason)
    }

    private func office() -> OfficeFixture {
        let office = OfficeFixture()
        office.notices = [
            posted(
                1, .telegram("anna"), .waiting, tries: 3, reason: Catalogue.requestBroken("Could not connect to server")),
            posted(
                2, .email("boris@romashka.ru"), .failed, people: ["102"], tries: 1,
                reason: Catalogue.channelRefused(550, "no such user")),
            posted(3, .list, .listed, people: ["102", "103"]),
            posted(4, .webhook("crm"), .sent, people: [], tries: 2, reason: Catalogue.answerLate),
        ]
        return office
    }

    @Test("R-097: what waits, what failed and why, in both languages")
    func text() {
        let office = office()
        #expect(
            office.run("show notices", .ru, width: 110).output == """
                КОГДА        О ЧЁМ      КЛИЕНТ        КОМУ     КАНАЛ                 СОСТОЯНИЕ  ПОПЫТОК  ПОЧЕМУ
                23.11 11:50  пропущен   Вера          101      telegram:anna         ждёт             3  не отвечает: Could n…
                23.11 11:50  пропущен   +74950000001  102      email:boris@romashk…  не ушло          1  ответил кодом 550: n…
                23.11 11:50  пропущен   номер скрыт   102 103  —                     в списке         0  —
                23.11 11:50  сообщение  +74950000001  —        webhook:crm           ушло             2  —

                """)
        #expect(office.askedNotices == [nil])
        #expect(office.run("show notices extension 102", .en).output.contains("failed"))
        #expect(office.askedNotices == [nil, "102"])
    }

    @Test("Its keys stay")
    func json() {
        let output = office().run("show notices --json", .en).output
        #expect(
            output.hasPrefix(
                #"[{"id":1,"at":"2026-11-23T11:50:00+03:00","kind":"missed","client":"+74950000001","name":"Вера","#
                    + #""recipients":["101"],"channel":"telegram:anna","state":"waiting","attempts":3,"#
                    + #""triedAt":"2026-11-23T11:59:00+03:00","reason":"does not answer: Could not connect to server","#
                    + #""call":1,"task":1,"message":null,"subject":"Пропущенный звонок: Вера","key":"missed-1-telegram:anna"},"#))
        #expect(output.contains(#""state":"sent","attempts":2,"triedAt":"2026-11-23T11:59:00+03:00","reason":null"#))
    }

    @Test("There may be none")
    func none() { #expect(OfficeFixture().run("show notices", .ru).output == "уведомлений нет\n") }
}
