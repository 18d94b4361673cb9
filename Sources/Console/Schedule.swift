import Routing
import Telephony

/// `show schedule`.
extension CommandRunner {
    /// The most days that are told at once.
    static let scheduleLimit = 400

    /// The next days: hours, holidays, and what each scheme does when. One row for each span of a scheme; for people a day is named once.
    func schedule(days: Int) -> Table {
        let router = Router(settings.office)
        let today = view.now.civil.dayNumber
        let now = view.now.civil.wallSecond
        let nights = environment.nights().mapValues { now..<max(now, $0) }
        let rows = (0..<min(days, Self.scheduleLimit)).flatMap { ahead in
            self.rows(router.schedule(of: today + ahead, nights: nights))
        }
        return Table(
            columns: [
                .init("date", Catalogue.columnDay), .init("hours", Catalogue.columnHours),
                .init("holiday", Catalogue.columnHoliday),
                .init("worked", nil), .init("scheme", Catalogue.columnScheme), .init("department", nil),
                .init("from", Catalogue.columnTime),
                .init("until", nil),
                .init("outcomes", Catalogue.columnDestination),
            ], rows: rows, empty: Catalogue.noScheduleDays)
    }

    private func rows(_ day: DaySchedule) -> [[Table.Cell]] {
        let date = CivilTime.date(daysSince1970: day.day)
        let civil = CivilTime(year: date.year, month: date.month, day: date.day)
        let name = "\(say(Catalogue.shortWeekday(civil.weekday))) \(civil.isoDate)"
        var spans: [ScheduleRow] = day.schemes.flatMap { scheme in
            scheme.spans.map { ScheduleRow(name: scheme.scheme, isScheme: true, span: $0) }
        }
        spans += day.departments.flatMap { department in
            department.spans.map { ScheduleRow(name: department.department, isScheme: false, span: $0) }
        }
        if spans.isEmpty { spans = [ScheduleRow(name: nil, isScheme: true, span: nil)] }
        return spans.enumerated().map { place, row in
            let isFirst = place == 0 || spans[place - 1].name != row.name || spans[place - 1].isScheme != row.isScheme
            let whose = row.name.map { row.isScheme ? $0 : "\(say(Catalogue.theDepartment)) \($0)" } ?? ""
            let time = row.span.map { clock($0.from) + "-" + clock($0.until) } ?? ""
            let head = { (text: String, json: JSON) in Table.Cell(place == 0 ? text : "", json) }
            return [
                head(name, .string(civil.isoDate)), head(hours(day), .array((day.hours ?? []).map { .string(told($0)) })),
                head(day.holiday?.name ?? (day.isWorkedDayOff ? say(Catalogue.workedDayOff) : ""), .optional(day.holiday?.name)),
                .init("", .bool(day.isWorkedDayOff)), .init(isFirst ? whose : "", .optional(row.isScheme ? row.name : nil)),
                .init("", .optional(row.isScheme ? nil : row.name)),
                .init(time, .optional(row.span.map { clock($0.from) })), .init("", .optional(row.span.map { clock($0.until) })),
                outcomes(row.span?.outcomes ?? []),
            ]
        }
    }

    private func hours(_ day: DaySchedule) -> String {
        guard let hours = day.hours else { return say(Catalogue.alwaysOpen) }
        return hours.isEmpty ? say(Catalogue.dayOff) : hours.map(told).joined(separator: ", ")
    }

    private func told(_ span: WeeklyHours.Span) -> String { clock(span.from) + "-" + clock(span.until) }

    private func outcomes(_ outcomes: [DaySchedule.Outcome]) -> Table.Cell {
        let text = outcomes.map { outcome in
            let rule = outcome.rule.map { "\($0)" } ?? ""
            let condition = outcome.condition.isEmpty ? "" : " \(outcome.condition)"
            return rule.isEmpty ? "→ \(outcome.target)" : "\(rule)\(condition) → \(outcome.target)"
        }.joined(separator: "; ")
        let json = outcomes.map { outcome in
            JSON.object([
                ("rule", outcome.rule.map(JSON.integer) ?? .null), ("condition", .string(outcome.condition)),
                ("target", .string("\(outcome.target)")),
            ])
        }
        return .init(text, .array(json))
    }

    /// `09:00`; the end of the day is `24:00`.
    private func clock(_ second: Int) -> String { "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2))" }
}

/// A span of the day, of a scheme or of a department.
private struct ScheduleRow {
    var name: String?, isScheme: Bool, span: DaySchedule.Span?
}
