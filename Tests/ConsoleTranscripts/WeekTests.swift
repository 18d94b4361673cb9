import Configuration
import Console
import Exchange
import FollowUp
import Host
import Routing
import Simulation
import Telephony
import Testing

/// A week in Berlin of an office that `setup` made, whose Sunday is an hour short; the exchange is killed on the Thursday.
@Suite("A week of an office that setup made") struct WeekTests {
    /// Answers what this office is asked about; everything else with Enter.
    private static func setUp() throws -> ConfigurationDocument {
        let office = ScriptedOffice(ConfigurationDocument.factory { size in Array(repeating: 0x5A, count: size) }.text())
        let console = office.console(language: .en)
        var answer = console.say("setup")
        for _ in 0..<60 where office.revisions.count == 1 {
            let question = answer.prompt
            let said =
                question.contains("[Europe/Moscow]")
                ? "Europe/Berlin"
                : question.contains("provider") ? "+74951234567 192.0.2.10" : ""
            answer = console.say(said)
            try #require(!answer.isFault, "\(answer.output)")
        }
        try #require(office.revisions.count == 2, "\(console.screen.suffix(500))")
        return office.document
    }

    private static func opened(_ document: ConfigurationDocument, _ zone: Zone) throws -> SimulatedOffice {
        let text = document.text().replacing("set sip listen tcp 0.0.0.0:5060\n", with: "")
        let more = "\nset sip domain pbx.office.lan\nset webhook crm url http://127.0.0.1:8900/events\n"
        let candidate = try ConfigurationCandidate(loading: text + more, zones: Zone.init(named:)) { size in
            Array(repeating: 0x5A, count: size)
        }
        #expect(candidate.settings.office.zone == zone)
        var office = SimulatedOffice(candidate.settings)
        office.document = candidate.document
        (office.startedAt, office.zone) = (try at("2027-03-22 08:00:00", zone), zone)
        office.open()
        return office
    }

    private static func at(_ text: String, _ zone: Zone) throws -> Int64 {
        let time = try #require(WrittenTime(text.replacing(" ", with: "T"))?.moment(in: zone))
        return time.utc
    }

    /// A call that nobody takes: when it is missed, and until when it must be returned.
    private static let calls = [
        ("2027-03-22 08:59:40", "2027-03-22T10:00:00+01:00"), ("2027-03-22 09:00:00", "2027-03-22T09:10:05+01:00"),
        ("2027-03-22 17:59:50", "2027-03-22T18:09:55+01:00"), ("2027-03-22 18:00:00", "2027-03-23T10:00:00+01:00"),
        ("2027-03-23 12:00:00", "2027-03-23T12:10:05+01:00"), ("2027-03-24 03:00:00", "2027-03-24T10:00:00+01:00"),
        ("2027-03-24 23:30:00", "2027-03-25T10:00:00+01:00"), ("2027-03-25 09:30:00", "2027-03-25T09:40:05+01:00"),
        ("2027-03-25 16:30:00", "2027-03-25T16:40:05+01:00"), ("2027-03-26 17:30:00", "2027-03-26T17:40:05+01:00"),
        // Over the weekend to Monday, and over the hour that is left out.
        ("2027-03-26 18:30:00", "2027-03-29T10:00:00+02:00"), ("2027-03-27 12:00:00", "2027-03-29T10:00:00+02:00"),
        ("2027-03-28 01:59:50", "2027-03-29T10:00:00+02:00"), ("2027-03-28 03:00:10", "2027-03-29T10:00:00+02:00"),
        ("2027-03-28 12:00:00", "2027-03-29T10:00:00+02:00"), ("2027-03-29 08:59:40", "2027-03-29T10:00:00+02:00"),
        ("2027-03-29 09:00:00", "2027-03-29T09:10:05+02:00"), ("2027-03-29 17:59:50", "2027-03-29T18:09:55+02:00"),
        ("2027-03-29 18:00:00", "2027-03-30T10:00:00+02:00"),
    ]

    @Test("hours, deadlines, notices and reports are Berlin's, before the change of clocks and after it, and after a restart")
    func week() throws {
        let zone = try #require(Zone(named: "Europe/Berlin"))
        let document = try Self.setUp()
        var office = try Self.opened(document, zone)
        let closes = document.text().contains(" when closed to ")
        for (index, (call, due)) in Self.calls.enumerated() {
            if call.hasPrefix("2027-03-25 16") {
                office.kill()
                office.run(for: .seconds(5))
                office.start()
            }
            office.run(until: .zero + .milliseconds(try Self.at(call, zone) - office.startedAt))
            let client = "+7916000\((1000 + index))"
            let before = office.happenings.count
            try office.perform(Deed("\(client) calls +74951234567"))
            office.run(for: .seconds(5))
            let rang = office.happenings[before...].contains { if case .noticed(.rings, _, _) = $0.what { true } else { false } }
            if office.store.records.last?.from != client { try office.perform(Deed("\(client) hangs up")) }
            office.run(for: .seconds(3))
            let isOpen = !due.contains("T10:00:00")
            #expect(office.settings.office.calendar.isOpen(zone.civil(try Self.at(call, zone))) == isOpen, "\(call)")
            #expect(rang == (isOpen || !closes), "\(call)")
            let record = try #require(office.store.records.last)
            #expect(record.from == client && zone.civil(record.at).iso8601.hasPrefix(call.prefix(10)), "\(call): \(record)")
            // Whom a prompt or a machine serves at other hours has missed nobody.
            guard record.result == .missed || isOpen || !closes else { continue }
            let notice = try #require(
                office.store.notices.last { $0.client == client && $0.address == .webhook("crm") }, "\(call)")
            #expect(notice.text.contains("\"deadline\":\"\(due)\""), "\(call): \(notice.text)")
        }
        let days = { (period: ReportPeriod) -> Int in
            let span = period.span(now: office.moment.civil, offset: zone.offset(of:))
            return office.store.records.count { span.utc.contains($0.at) }
        }
        #expect(try days(.day(#require(CivilDate("2027-03-28")))) == 3 && days(.today) == 4)
        #expect(office.faults.isEmpty && office.store.records.count == Self.calls.count)
    }
}
