import FollowUp
import Routing
import Telephony
import Testing

@Suite("Notices of missed calls") struct NoticeTests {
    private static let offset = 3 * 3600
    private static let noon = CivilTime(year: 2026, month: 11, day: 23, hour: 12, offset: offset).utc

    private static var office: Office {
        var office = Office()
        office.name = "ООО «Ромашка»"
        for (number, name) in [("101", "Анна Петрова"), ("102", "Борис"), ("103", "John Smith")] {
            office.extensions[number] = Extension(number, name: name)
        }
        office.extensions["103"]?.language = .en
        var sales = Department("sales", number: "200", members: ["101", "102", "103"])
        sales.name = "Отдел продаж"
        office.departments["sales"] = sales
        return office
    }

    private static func missed(_ change: (inout CallRecord) -> Void = { _ in }) -> CallRecord {
        var call = CallRecord(
            id: CallID(7), at: noon + 5 * 60_000, utcOffset: offset, direction: .incoming, from: "+79161234567",
            to: "84951234567")
        call.client = CallRecord.Client(number: "+79161234567", name: "Вера Климова")
        (call.number, call.label, call.department) = ("+74951234567", "Москва", "sales")
        (call.result, call.cause, call.wait, call.ringing, call.task) = (
            .missed, .cancelled, .seconds(23), .seconds(20), TaskID(3)
        )
        change(&call)
        return call
    }

    private static var task: CallbackTask {
        var task = CallbackTask(
            id: TaskID(3), client: CallRecord.Client(number: "+79161234567", name: "Вера Климова"),
            first: Stamp(utc: noon + 5 * 60_000, utcOffset: offset), deadline: .moment(noon + 15 * 60_000),
            assignee: .department("sales"))
        task.attempts = 3
        return task
    }

    private func posted(
        _ call: CallRecord = missed(), to people: [String], task: CallbackTask? = task, message: VoiceMessage? = nil,
        _ prepare: (inout Office) -> Void = { _ in }
    ) -> [OutgoingNotice] {
        var office = Self.office
        office.zone = Zone(offset: Self.offset)
        prepare(&office)
        let notice = Notice(call: call, task: task, recipients: people)
        return NoticePosting(notice, office: office, message: message).notices
    }

    @Test("R-098, R-099, R-103: a chat is told number, company number, wait, name, who calls back and until when, and the link")
    func text() {
        let told = posted(to: ["101"]) { $0.extensions["101"]?.notify = [.telegram("anna")] }
        #expect(told.map(\.address) == [.telegram("anna")])
        #expect(
            told.first?.text == """
                Пропущенный звонок: Вера Климова, +79161234567
                Звонил 23.11 12:05, ждал 0:23
                Куда: +74951234567 (Москва), Отдел продаж
                Новый клиент
                Не дозвонился уже 3 раза
                Перезвонить до 23.11 12:15, перезванивает Отдел продаж
                tel:+79161234567

                """)
    }

    @Test("Each is told in his own language")
    func english() {
        let told = posted(to: ["103"]) { $0.extensions["103"]?.notify = [.email("john@romashka.ru")] }
        #expect(told.first?.subject == "Missed call: Вера Климова, +79161234567")
        #expect(
            told.first?.text == """
                Missed call: Вера Климова, +79161234567
                Called 11-23 12:05, waited 0:23
                To: +74951234567 (Москва), Отдел продаж
                New client
                Has called in vain 3 times
                Call back by 11-23 12:15, up to Отдел продаж
                tel:+79161234567

                """)
    }

    @Test(
        "R-096, R-100: each by the channels that he has chosen; who has none, or a lamp, is in the list; one address is told once"
    )
    func channels() {
        let told = posted(to: ["101", "102", "103"]) { office in
            office.extensions["101"]?.notify = [.telegram("sales"), .email("anna@romashka.ru")]
            office.extensions["102"]?.notify = [.lamp]
            office.extensions["103"]?.notify = [.telegram("sales")]
        }
        #expect(told.map(\.address) == [.telegram("sales"), .email("anna@romashka.ru"), .list])
        #expect(told.map(\.people) == [["101", "103"], ["101"], ["102"]])
        #expect(Set(told.map(\.key)).count == 3 && told.allSatisfy { $0.call == CallID(7) && $0.task == TaskID(3) })
        #expect(posted(to: []).map(\.address) == [.list], "nobody has to be told, and the office's list knows of it")
    }

    @Test("R-101: a webhook is told of every call in JSON with stable keys; one that is only named, where it is")
    func webhook() {
        let told = posted(to: ["101"]) { office in
            office.outreach.webhooks["crm"] = Webhook("crm", url: "http://127.0.0.1/")
            office.outreach.webhooks["other"] = Webhook("other", url: "http://127.0.0.1/", isNamedOnly: true)
        }
        #expect(told.map(\.address) == [.list, .webhook("crm")])
        #expect(
            told.last?.text
                == #"{"event":"missed","key":"missed-7-1795424700000-webhook:crm","at":"2026-11-23T12:05:00+03:00","call":7,"#
                + #""direction":"in","from":"+79161234567","number":"+74951234567","label":"Москва","department":"sales","#
                + #""addressee":null,"result":"missed","cause":"cancelled","wait":23,"ringing":20,"#
                + #""client":{"number":"+79161234567","name":"Вера Климова","known":false,"tel":"tel:+79161234567"},"#
                + #""task":{"id":3,"type":"missed","attempts":3,"deadline":"2026-11-23T12:15:00+03:00","#
                + #""assignee":"department sales"},"message":null,"recipients":["101"]}"#)
        let named = posted(to: ["101"]) { office in
            office.extensions["101"]?.notify = [.webhook("other")]
            office.outreach.webhooks["other"] = Webhook("other", url: "http://127.0.0.1/", isNamedOnly: true)
        }
        #expect(named.map(\.address) == [.webhook("other")] && named.first?.people == ["101"])
    }

    @Test("A message: its mailbox's own readers are told too, and the sound goes along")
    func voicemail() {
        let message = VoiceMessage(id: 5, box: "sales", at: Self.noon, length: .seconds(35))
        let told = posted(Self.missed { $0.message = 5 }, to: ["101"], message: message) { office in
            office.voicemail.boxes["sales"] = VoicemailBox("sales")
            office.voicemail.boxes["sales"]?.recipients = [.extension("102"), .email("sales@romashka.ru")]
        }
        #expect(told.map(\.address) == [.list, .email("sales@romashka.ru")])
        #expect(told.last?.message == 5 && told.last?.kind == .voicemail)
        #expect(told.last?.subject == "Сообщение на автоответчике: Вера Климова, +79161234567")
        #expect(told.last?.text.contains("\nСообщение 0:35, слушать: *98\n") == true)
    }

    @Test("G-8: who hides his number cannot be called back; a name that plays with terminals does not")
    func anonymous() {
        let hidden = posted(Self.missed { ($0.client, $0.from) = (nil, "") }, to: ["101"], task: nil)
        #expect(hidden.first?.subject == "Пропущенный звонок: номер скрыт" && hidden.first?.text.contains("tel:") == false)
        let nasty = posted(Self.missed { $0.client?.name = "A\u{1B}[2J\r\nBcc: x" }, to: ["101"])
        #expect(nasty.first?.subject == "Пропущенный звонок: A?[2J??Bcc: x, +79161234567")
    }

    @Test("R-125: a deadline on the wall's clock is told as it stands there")
    func wallClock() {
        var task = Self.task
        task.deadline = .wallClock(day: CivilTime.dayNumber(year: 2026, month: 11, day: 30), second: 36_000)
        #expect(posted(to: ["101"], task: task).first?.text.contains("Перезвонить до 30.11 10:00") == true)
    }
}
