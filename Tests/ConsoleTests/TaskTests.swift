import Console
import Exchange
import FollowUp
import Routing
import Telephony
import Testing

@Suite("Tasks and their board") struct TaskTests {
    private static func task(
        _ id: Int, _ client: String, name: String = "", due minutes: Int64?, attempts: Int = 1, known: Bool = true
    ) -> CallbackTask {
        var task = CallbackTask(
            id: TaskID(id), client: CallRecord.Client(number: client, name: name, isKnown: known),
            first: Stamp(utc: OfficeFixture.noon - 600_000, utcOffset: OfficeFixture.offset),
            deadline: minutes.map { .moment(OfficeFixture.noon + $0 * 60_000) }, assignee: .extension("101"))
        task.attempts = attempts
        return task
    }

    private func office() -> OfficeFixture {
        let office = OfficeFixture()
        var done = Self.task(3, "+74950000003", due: 5)
        done.closing = CallbackTask.Closing(
            way: .outgoing, at: Stamp(utc: OfficeFixture.noon - 60_000, utcOffset: OfficeFixture.offset), by: "102",
            call: CallID(9))
        office.tasks = [
            TaskView(
                task: Self.task(1, "+74950000001", name: "Вера", due: 4, attempts: 3), state: .claimed, claimedBy: "102",
                isCalling: true),
            TaskView(task: Self.task(2, "+74950000002", due: -17, known: false), state: .open),
            TaskView(task: done, state: .done),
        ]
        return office
    }

    @Test("R-108, R-109: the board: overdue first with a mark, what is left, who is calling, what is done")
    func board() {
        #expect(
            office().run("watch missed", .ru).output == """
                ПРОПУЩЕННЫЕ ЗВОНКИ  23.11 12:00
                Ждут 2, просрочено 1, звонят сейчас 1, закрыто за сутки 1

                  Осталось    Клиент  (* новый)          Раз Чья            Состояние
                ! -0:17       +74950000002*                1 101            просрочена
                  0:04        +74950000001 Вера            3 101            звонит 102

                Закрыты
                  23.11 11:59 +74950000003                   102            перезвонили вовремя

                """)
    }

    @Test("The list with its stable keys")
    func list() {
        let json = office().run("tasks --json").output
        #expect(
            json.hasPrefix(
                #"[{"id":1,"type":"missed","client":"+74950000001","name":"Вера","state":"claimed","attempts":3,"#
                    + #""firstMissed":"2026-11-23T11:50:00+03:00","deadline":"2026-11-23T12:04:00+03:00","#
                    + #""assignee":"extension 101","closedBy":null,"verdict":"notReturned""#))
        #expect(json.contains(#""closedBy":"102","verdict":"inTime""#) && json == office().run("show tasks --json").output)
        #expect(office().run("tasks list").output.contains("overdue"))
    }

    @Test("G-14: while nobody vouches for the clock nothing is overdue, on the board and in the list alike, and each says why")
    func untrustedClock() {
        let office = office()
        office.clockTrust = .untrusted
        let board = office.run("watch missed").output
        #expect(board.contains("Waiting 2, overdue 0,") && board.contains("! the clock is not to be trusted"))
        #expect(!board.contains("overdue\n") && board.split(separator: "\n").count { $0.hasSuffix(" open") } == 1)
        let list = office.run("tasks list").output
        #expect(!list.contains("overdue"))
        for command in [
            "tasks list", "show tasks", "show schedule", "show night", "report calls", "report missed", "report calls yesterday",
        ] {
            #expect(office.run(command).output.hasPrefix("! The time is not known: "), "\(command)")
            #expect(office.run(command, .ru).output.hasPrefix("! Время неизвестно: "), "\(command)")
            #expect(!office.run(command + " --json").output.contains("not known"), "\(command)")
        }
        for role in Role.allCases {
            let said = { (office: OfficeFixture) in
                var session = ConsoleSession(id: 1, user: ConsoleUser(name: "anna", role: role), place: "tty")
                return session.greet(in: office.environment).output
            }
            #expect(said(office).contains("! Время неизвестно: ") && !said(self.office()).contains("! Время"), "\(role)")
        }
        var session = ConsoleSession(id: 1, user: ConsoleUser(name: "anna", role: .installer), place: "tty", language: .en)
        _ = session.greet(in: office.environment)
        #expect(session.answer("setup", in: office.environment).output.hasPrefix("! The time is not known: "))
    }

    @Test("Orders go to the exchange and print the task; refusals say why")
    func orders() {
        let office = office()
        #expect(office.run("tasks claim 9 101").errors == "there is no task 9, or it was closed long ago\n")
        office.orderReply = .success(office.tasks[0].task)
        for line in [
            "tasks claim 1 101", "tasks release 1", "tasks done 1", "tasks done 1 102", "tasks assign 1 extension 103",
            "tasks assign 1 department sales", "tasks note 1 после обеда",
        ] {
            let reply = office.run(line)
            #expect(reply.exitCode == 0 && reply.output.contains("+74950000001"), "\(line): \(reply.errors)")
        }
        #expect(
            office.ordered.dropFirst().map(\.1) == [
                .claim(by: "101"), .release, .done(by: nil), .done(by: "102"), .assign(.extension("103")),
                .assign(.department("sales")), .note("после обеда"),
            ])
        office.orderReply = .failure(.claimed(by: "102"))
        #expect(office.run("tasks claim 1 101").exitCode == 1)
        #expect(office.run("tasks done x").exitCode == 2)
    }

    @Test("A screen gets what has changed, and nothing more")
    func screen() {
        var screen = LiveScreen(height: 5)
        #expect(screen.show("a\nb\nc\n") == "\u{1B}[2J\u{1B}[1;1Ha\u{1B}[K\u{1B}[2;1Hb\u{1B}[K\u{1B}[3;1Hc\u{1B}[K\u{1B}[4;1H")
        #expect(screen.show("a\nb\nc\n") == "")
        #expect(screen.show("a\nB\n") == "\u{1B}[2;1HB\u{1B}[K\u{1B}[3;1H\u{1B}[K\u{1B}[3;1H")
        #expect(screen.show("1\n2\n3\n4\n5\n6\n").hasSuffix("\u{1B}[4;1H…\u{1B}[K\u{1B}[5;1H"))
    }

    @Test("report missed is asked for its period and scope, and printed three ways")
    func report() throws {
        let office = office()
        var record = CallRecord(
            id: CallID(3), at: OfficeFixture.noon - 630_000, utcOffset: OfficeFixture.offset, direction: .incoming,
            from: "+74950000002", to: "84951234567")
        (record.client, record.task) = (CallRecord.Client(number: "+74950000002"), TaskID(2))
        office.records = [record]
        let reply = office.run("report missed month 2026-11 department sales --json")
        #expect(office.asked?.1 == .department("sales"))
        #expect(
            reply.output.hasPrefix(
                #"{"period":"2026-11-01..2026-11-30","scope":"department sales","answered":0,"missed":1,"clients":1,"inTime":0,"#
                    + #""late":0,"notReturned":1,"tried":0,"anonymous":0"#))
        #expect(
            reply.output.contains(
                #""deadline":"2026-11-23T11:43:00+03:00","returnedAt":null,"returnedBy":null,"verdict":"notReturned""#))
        #expect(office.run("report missed").output.contains("NEVER RETURNED, OR TOO LATE"))
        #expect(office.run("report missed --csv").output.contains(",verdict,"))
    }
}
