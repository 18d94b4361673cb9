import Telephony

/// How reports write people, days and lengths, so that every table writes them alike.
struct ReportPhrases {
    let language: Language
    let names: ReportNames

    /// Columns of a terminal.
    static let width = 80

    func say(_ wording: Wording) -> String { wording.text(in: language) }

    /// One day, or the first and the last.
    func period(_ days: ClosedRange<CivilDate>) -> String {
        let first = days.lowerBound, last = days.upperBound
        return first == last ? date(first) : "\(date(first)) – \(date(last))"
    }

    func scope(_ scope: ReportScope) -> Wording {
        switch scope {
        case .all: Catalogue.wholeOffice
        case .department(let id): Catalogue.ofDepartment(department(id).cut(30))
        case .operator(let number): Catalogue.ofOperator(person(number).cut(30))
        case .number(let number): Catalogue.ofNumber(number)
        }
    }

    /// Who answered, or whom it was for; else the department.
    func who(_ call: CallRecord) -> String {
        if let employee = call.employee { return person(employee) }
        return call.department.map(department) ?? ""
    }

    func person(_ number: String) -> String {
        number.printable + (names.extensions[number].nonEmpty.map { " " + $0.printable } ?? "")
    }

    func department(_ id: String) -> String { (names.departments[id].nonEmpty ?? id).printable }

    func date(_ date: CivilDate) -> String {
        switch language {
        case .ru: "\(date.day.padded(2)).\(date.month.padded(2)).\(date.year)"
        case .en: date.iso
        }
    }

    func day(_ time: CivilTime) -> String {
        switch language {
        case .ru: "\(time.day.padded(2)).\(time.month.padded(2))"
        case .en: "\(time.month.padded(2))-\(time.day.padded(2))"
        }
    }

    func dayAndTime(_ time: CivilTime) -> String { "\(day(time)) \(time.hour.padded(2)):\(time.minute.padded(2))" }

    /// Minutes and seconds; whole hours where they do not fit, for a cut figure would be a false one.
    func clock(_ duration: Duration, width: Int) -> String {
        let seconds = Int(duration.milliseconds / 1000)
        let text = "\(seconds / 60):\((seconds % 60).padded(2))"
        return text.count <= width ? text : Catalogue.hours(seconds / 3600).text(in: language)
    }

    /// Hours and minutes, `0:17`.
    func hours(_ seconds: Int) -> String { "\(seconds / 3600):\((seconds / 60 % 60).padded(2))" }
}

extension Optional where Wrapped == String {
    /// Nil for an empty text too.
    var nonEmpty: String? { self.flatMap { $0.isEmpty ? nil : $0 } }
}
