/// Regions, callers and calendars: what is said of them.
extension Catalogue {
    /// `show regions`.
    public static let helpShowRegions = Wording(
        ru: "регионы и страны по началу номера; регион одного номера",
        en: "regions and countries by prefix; the region of a number")
    /// A column.
    public static let columnRegion = Wording(ru: "РЕГИОН", en: "REGION")
    /// A column.
    public static let columnCountry = Wording(ru: "СТРАНА", en: "COUNTRY")
    /// A column.
    public static let columnPrefixes = Wording(ru: "НАЧАЛО НОМЕРА", en: "PREFIXES")
    /// A column.
    public static let columnLanguages = Wording(ru: "ЯЗЫКИ", en: "LANGUAGES")
    /// A column.
    public static let columnOrigin = Wording(ru: "ОТКУДА", en: "FROM")
    /// The configuration says something of it.
    public static let regionIsSet = Wording(ru: "задан", en: "set")
    /// As it comes with the product.
    public static let regionIsShipped = Wording(ru: "поставлен", en: "shipped")
    /// Nothing fits.
    public static let noRegions = Wording(ru: "таких регионов нет", en: "no such region")
}

/// What is wrong with regions and masks.
extension Catalogue {
    /// Where regions are listed.
    public static let seeRegions = Wording(
        ru: "все регионы покажет show regions; свой заводят строкой set region …",
        en: "show regions lists them; set region … makes a new one")
    /// A prefix that begins in another country.
    public static func prefixAbroad(_ prefix: String, _ country: Wording, _ region: String) -> Wording {
        Wording(
            ru: "\(prefix) — это \(country.text(in: .ru)), а не \(region)",
            en: "\(prefix) is \(country.text(in: .en)), not \(region)")
    }
    /// How a prefix is written.
    public static func withCountryCode(_ prefix: String, code: String) -> Wording {
        Wording(ru: "начало пишут с кодом страны: \(code)\(prefix)", en: "a prefix has the country code: \(code)\(prefix)")
    }
    /// A range whose ends differ in length.
    public static let unequalEnds = Wording(
        ru: "в концах диапазона разное число цифр", en: "the ends of the range have different numbers of digits")
    /// A range whose upper end comes first.
    public static let reversedEnds = Wording(
        ru: "начало диапазона больше его конца", en: "the range begins after its end")
    /// A mask that another one leaves nothing.
    public static func shadowedMask(_ mask: String, by other: String) -> Wording {
        Wording(
            ru: "до маски \(mask) дело не дойдёт: её закрывает \(other)",
            en: "the mask \(mask) is never asked: \(other) takes all of it")
    }
    /// What to do about it.
    public static func narrowOrRemove(_ other: String) -> Wording {
        Wording(ru: "уберите её или сузьте \(other)", en: "remove it, or narrow \(other)")
    }
    /// A mask that no number fits.
    public static func maskNeverMatches(_ mask: String) -> Wording {
        Wording(ru: "под маску \(mask) не подойдёт ни один номер", en: "no number fits the mask \(mask)")
    }
    /// How long numbers are.
    public static func numbersHave(_ digits: Int) -> Wording {
        Wording(ru: "в номере \(digits) цифр вместе с кодом страны", en: "a number has \(digits) digits with the country code")
    }
    /// How numbers are compared.
    public static func internationalForm(_ mask: String) -> Wording {
        Wording(ru: "номера сравнивают с кодом страны: \(mask)", en: "numbers are compared with the country code: \(mask)")
    }
    /// A route for a number that is one inside the office.
    public static func maskIsInternal(_ number: String, _ owner: String) -> Wording {
        Wording(ru: "\(number) — это \(owner): маршрут не спросят", en: "\(number) is \(owner): the route is never asked")
    }
}

/// Why a caller goes where he goes.
extension Catalogue {
    /// A line of the caller table.
    public static func callerFits(_ number: String, _ mask: String, _ id: String) -> Wording {
        number == mask
            ? Wording(ru: "номер \(number): правило \(id)", en: "the number \(number): rule \(id)")
            : Wording(
                ru: "номер \(number) подходит под \(mask): правило \(id)", en: "the number \(number) fits \(mask): rule \(id)")
    }
    /// A hidden number.
    public static func callerIsHidden(_ id: String) -> Wording {
        Wording(ru: "номер скрыт: правило \(id)", en: "the number is hidden: rule \(id)")
    }
}

/// The calendar.
extension Catalogue {
    /// `show schedule`.
    public static let helpShowSchedule = Wording(
        ru: "что будет со звонками в ближайшие дни: часы, праздники, схемы",
        en: "what the next days do to calls: hours, holidays, schemes")
    /// A column.
    public static let columnDay = Wording(ru: "ДЕНЬ", en: "DAY")
    /// A column.
    public static let columnHours = Wording(ru: "ЧАСЫ", en: "HOURS")
    /// A column.
    public static let columnHoliday = Wording(ru: "ПРАЗДНИК", en: "HOLIDAY")
    /// A column.
    public static let columnTime = Wording(ru: "ВРЕМЯ", en: "TIME")
    /// No day was asked for.
    public static let noScheduleDays = Wording(ru: "дней нет", en: "no days")
    /// Nobody works.
    public static let dayOff = Wording(ru: "выходной", en: "closed")
    /// No hours are set.
    public static let alwaysOpen = Wording(ru: "всегда", en: "always")
    /// A weekend day or holiday that is worked.
    public static let workedDayOff = Wording(ru: "рабочий день", en: "worked")
    /// Two letters for a day of the week, 1 = Monday.
    public static func shortWeekday(_ isoWeekday: Int) -> Wording {
        let (ru, en) = (["пн", "вт", "ср", "чт", "пт", "сб", "вс"], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        let place = (isoWeekday - 1) % 7
        return Wording(ru: ru[place], en: en[place])
    }
    /// A year in which every holiday would be worked.
    public static func noHolidays(of year: Int) -> Wording {
        Wording(ru: "на \(year) год не задано ни одного праздника", en: "no holiday of \(year) is set")
    }
    /// The production calendar that comes with the product.
    public static func addHolidays(_ line: String, _ more: Int) -> Wording {
        let word = Language.ru.plural(more, one: "строка", few: "строки", many: "строк")
        return more == 0
            ? add(line)
            : Wording(
                ru: "добавьте: \(line) и ещё \(more) \(word) производственного календаря",
                en: "add: \(line) and the \(more) other lines of the production calendar")
    }
    /// What such a line looks like.
    public static func holidayExample(_ year: Int) -> Wording { add("set office holiday \(year)-01-01") }
    /// A temporary line whose time is over.
    public static func callerEnded(_ rule: String, _ until: String) -> Wording {
        Wording(ru: "\(rule): срок прошёл \(until)", en: "\(rule) ended \(until)")
    }
    /// What to do about it.
    public static let removeOrProlong = Wording(ru: "удалите строку или продлите срок", en: "remove the line or prolong it")
}

/// The outgoing side.
extension Catalogue {
    /// Help is called.
    public static func isEmergency(_ number: String) -> Wording {
        Wording(ru: "\(number) — экстренная служба: проходит всегда", en: "\(number) is an emergency number: it always passes")
    }
    /// The day's talk by a route is used up.
    public static func budgetUsedUp(_ route: String) -> Wording {
        Wording(ru: "дневной предел маршрута \(route) исчерпан", en: "the day's budget of the route \(route) is used up")
    }
}
