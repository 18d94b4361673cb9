import FollowUp
import Telephony
import Testing

/// Five calls of one day, one of each kind that a small office sees.
private func day() -> [CallRecord] {
    func call(
        _ id: Int, _ minute: Int64, _ direction: CallDirection, _ from: String, _ to: String, _ result: CallResult,
        _ cause: Cause,
        wait: Duration, talk: Duration = .zero
    ) -> CallRecord {
        var record = CallRecord(
            id: CallID(id), at: noon + minute * 60_000, utcOffset: 10_800, direction: direction, from: from, to: to)
        (record.result, record.cause, record.wait, record.talk) = (result, cause, wait, talk)
        return record
    }
    var answered = call(
        1, 0, .incoming, "+79161234567", "74951234567", .answered, .normalClearing, wait: .milliseconds(26_500),
        talk: .seconds(60))
    (answered.number, answered.label, answered.department, answered.employee) = (
        "+74951234567", "Москва, \"центр\"", "sales", "102"
    )
    answered.client = CallRecord.Client(number: "+79161234567", name: "Вера", isKnown: true)
    answered.ringing = .milliseconds(25_500)
    answered.legs = [
        .init(target: "101", at: noon, rang: .seconds(20), outcome: .noAnswer),
        .init(target: "102", at: noon + 20_000, rang: .milliseconds(6_500), outcome: .answered),
    ]
    var missed = call(2, 5, .internal, "103", "101", .missed, .noAnswer, wait: .seconds(120))
    missed.employee = "101"
    var outgoing = call(3, 6, .outgoing, "101", "89161234567", .missed, .busy, wait: .seconds(9))
    outgoing.employee = "101"
    var unheard = call(4, 61, .incoming, "evil\u{1B}[2Jname-and-long", "74951234567", .missed, .cancelled, wait: .seconds(6000))
    unheard.department = "sales"
    let cut = call(
        5, 62, .incoming, "anonymous", "74951234567", .interrupted, .interrupted, wait: .seconds(1), talk: .seconds(90_000))
    return [answered, missed, outgoing, unheard, cut]
}

private func report(_ language: Language, _ scope: ReportScope = .all, calls: [CallRecord] = day()) -> CallReport {
    let today = CivilDate(dayNumber: CivilTime(utc: noon, offset: 10_800).dayNumber)
    return CallReport(
        calls: calls, span: ReportSpan(days: today...today, utc: noon..<noon + 1), scope: scope, language: language,
        names: ReportNames(
            office: "ООО «Ромашка»", extensions: ["101": "Анна Петрова", "102": "Константин Константинопольский"],
            departments: ["sales": "Отдел продаж"]))
}

@Suite struct CallReports {
    @Test func russianText() {
        #expect(
            report(.ru).text == """
                ООО «Ромашка»
                Звонки за 23.11.2026, вся организация
                5 звонков: отвечен 1, пропущено 2, без ответа 1, прерван 1

                  Время       Вид Откуда       Куда         Сотрудник      Ждали  Разг. Итог
                  23.11 12:00 вх  +79161234567 74951234567  102 Константи…  0:26   1:00 отвечен
                ! 23.11 12:05 вн  103          101          101 Анна Петр…  2:00   0:00 пропущен
                  23.11 12:06 исх 101          89161234567  101 Анна Петр…  0:09   0:00 без отв.
                ! 23.11 13:01 вх  evil?[2Jnam… 74951234567  Отдел продаж     1 ч   0:00 пропущен
                  23.11 13:02 вх  anonymous    74951234567                  0:01   25 ч прерван

                """)
    }

    @Test func englishText() {
        #expect(
            report(.en, .operator("101"), calls: Array(day()[1...2])).text == """
                ООО «Ромашка»
                Calls for 2026-11-23, operator 101 Анна Петрова
                2 calls: 0 answered, 1 missed, 1 not reached

                  Time        Dir From         To           Employee        Wait   Talk Result
                ! 11-23 12:05 int 103          101          101 Анна Петр…  2:00   0:00 missed
                  11-23 12:06 out 101          89161234567  101 Анна Петр…  0:09   0:00 no reply

                """)
    }

    @Test func nothingHappened() {
        #expect(
            report(.en, .department("sales"), calls: []).text.hasSuffix(
                "department Отдел продаж\n0 calls: 0 answered, 0 missed\n\n"))
    }

    @Test func listThatIsCutSaysSo() {
        var report = report(.en, calls: [day()[0]])
        report.totals.answered = 200_000
        #expect(report.text.contains("200000 calls: 200000 answered"))
        #expect(report.text.hasSuffix("Listed are the last 1; ask for a shorter period to see the others.\n"))
    }

    @Test func eightyColumnsWhateverTheNames() {
        var report = report(.ru, .department("sales"))
        report.names.office = String(repeating: "Ы", count: 200)
        report.names.departments["sales"] = String(repeating: "Ж", count: 200)
        report.names.extensions["102"] = "e\u{301}\n" + String(repeating: "Щ", count: 200)
        let lines = report.text.split(separator: "\n")
        #expect(lines.count == 9 && lines.allSatisfy { $0.count <= 80 })
    }

    @Test func csv() {
        let lines = report(.ru).csv.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 7 && lines[6].isEmpty)
        #expect(
            lines[0] == "id,at,direction,from,to,number,department,employee,label,result,cause,wait,talk,legs,"
                + "ringing,addressee,received,numberLabel,message,client,name,known,recording")
        #expect(
            lines[1] == """
                1,2026-11-23T12:00:00+03:00,in,+79161234567,74951234567,+74951234567,sales,102,"Москва, ""центр\""",\
                answered,normalClearing,26.5,60,101 noAnswer 20; 102 answered 6.5,\
                25.5,,,"Москва, ""центр\""",,+79161234567,Вера,true,
                """)
        #expect(lines[2] == "2,2026-11-23T12:05:00+03:00,internal,103,101,,,101,,missed,noAnswer,120,0,,0,,,,,,,,")
    }

    @Test func json() {
        #expect(
            report(.ru, calls: [day()[0]]).json.description == #"""
                [{"id":1,"at":"2026-11-23T12:00:00+03:00","direction":"in","from":"+79161234567","to":"74951234567",\#
                "number":"+74951234567","department":"sales","employee":"102","label":"Москва, \"центр\"","result":"answered",\#
                "cause":"normalClearing","wait":26.5,"talk":60,"legs":[\#
                {"target":"101","at":"2026-11-23T12:00:00+03:00","rang":20,"outcome":"noAnswer"},\#
                {"target":"102","at":"2026-11-23T12:00:20+03:00","rang":6.5,"outcome":"answered"}],"ringing":25.5,"addressee":null,\#
                "received":null,"numberLabel":"Москва, \"центр\"","message":null,"client":"+79161234567","name":"Вера",\#
                "known":true,"recording":null}]
                """#)
        #expect(report(.en, calls: []).json.description == "[]")
    }

    @Test("R-025: a message that was left: the mark in the employee's column, and as the label")
    func answeringMachine() {
        var left = day()[1]
        (left.direction, left.message, left.label) = (.incoming, 7, "Москва")
        #expect(
            report(.ru, calls: [left]).text.hasSuffix(
                """
                ! 23.11 12:05 вх  103          101          101 Анна Петр…  2:00   0:00 пропущен
                                                            (Автоответчик), сообщение 7

                """))
        let json = report(.ru, calls: [left]).json.description
        #expect(json.contains("\"label\":\"Автоответчик\"") && json.contains("\"numberLabel\":\"Москва\",\"message\":7"))
    }

    @Test func russianPlurals() {
        let counts = [1, 2, 5, 11, 21, 104].map { Catalogue.callCount($0, in: .ru) }
        #expect(counts == ["1 звонок", "2 звонка", "5 звонков", "11 звонков", "21 звонок", "104 звонка"])
        #expect(Catalogue.outcomeCount(11, .missed, in: .ru) == "пропущено 11")
        #expect(Catalogue.outcomeCount(21, .missed, in: .ru) == "пропущен 21")
    }

    @Test func scopes() {
        let calls = day()
        func ids(_ scope: ReportScope) -> [Int] { calls.filter(scope.includes).map(\.id.number) }
        #expect(ids(.all) == [1, 2, 3, 4, 5])
        #expect(ids(.department("sales")) == [1, 4])
        #expect(ids(.operator("101")) == [2, 3])
        #expect(ids(.operator("103")) == [2])
        #expect(ids(.number("+74951234567")) == [1])
    }
}
