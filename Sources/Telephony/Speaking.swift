/// Numbers, times and telephone numbers as they are said in a language: which clips, in which order.
///
///     Speaking(.ru).count(21, .minute)        // двадцать · одна · минута
public struct Speaking: Equatable, Sendable {
    /// What is spoken.
    public var language: Language

    /// Speaks a language.
    public init(_ language: Language) { self.language = language }

    /// A noun that is counted.
    public enum Noun: Sendable, CaseIterable {
        case hour, minute, second, newMessage, oldMessage, missedCall, participant

        fileprivate var forms: (one: PromptPhrase, few: PromptPhrase, many: PromptPhrase) {
            switch self {
            case .hour: (.hourOne, .hourFew, .hourMany)
            case .minute: (.minuteOne, .minuteFew, .minuteMany)
            case .second: (.secondOne, .secondFew, .secondMany)
            case .newMessage: (.newMessageOne, .newMessageFew, .newMessageMany)
            case .oldMessage: (.oldMessageOne, .oldMessageFew, .oldMessageMany)
            case .missedCall: (.missedCallOne, .missedCallFew, .missedCallMany)
            case .participant: (.participantOne, .participantFew, .participantMany)
            }
        }

        /// The gender of the Russian noun.
        fileprivate var gender: Gender {
            switch self {
            case .hour, .missedCall, .participant: .masculine
            case .minute, .second: .feminine
            case .newMessage, .oldMessage: .neuter
            }
        }
    }

    /// What a Russian number agrees with: один, одна, одно.
    public enum Gender: Sendable {
        case masculine, feminine, neuter
    }

    /// Phrases of the product, one after the other.
    public func say(_ phrases: PromptPhrase...) -> [Clip] { clips(phrases) }

    private func clips(_ phrases: [PromptPhrase]) -> [Clip] { phrases.map { $0.clip(in: language) } }

    // MARK: Numbers

    private static let units: [PromptPhrase] = [
        .n0, .n1, .n2, .n3, .n4, .n5, .n6, .n7, .n8, .n9, .n10, .n11, .n12, .n13, .n14, .n15, .n16, .n17, .n18, .n19,
    ]
    private static let tens: [PromptPhrase] = [.n20, .n30, .n40, .n50, .n60, .n70, .n80, .n90]
    private static let hundreds: [PromptPhrase] = [.n100, .n200, .n300, .n400, .n500, .n600, .n700, .n800, .n900]

    /// A cardinal number; one outside 0…999 999 is read out figure by figure.
    public func number(_ value: Int, _ gender: Gender = .masculine) -> [Clip] {
        guard (0...999_999).contains(value) else { return figures(String(value.magnitude)) }
        let (thousands, rest) = (value / 1000, value % 1000)
        var phrases: [PromptPhrase] = []
        if thousands > 0 {
            // "Тысяча двести", but "двадцать одна тысяча"; "one thousand two hundred".
            if thousands > 1 || language == .en { phrases += below1000(thousands, .feminine) }
            phrases.append(thousandWord(thousands))
        }
        if rest > 0 || thousands == 0 { phrases += below1000(rest, gender) }
        return clips(phrases)
    }

    private func thousandWord(_ count: Int) -> PromptPhrase {
        switch language {
        case .ru: language.plural(count, one: .thousandOne, few: .thousandFew, many: .thousandMany)
        case .en: .thousandOne
        }
    }

    private func below1000(_ value: Int, _ gender: Gender) -> [PromptPhrase] {
        var phrases: [PromptPhrase] = [], rest = value
        if rest >= 100 {
            phrases.append(Self.hundreds[rest / 100 - 1])
            rest %= 100
            if rest == 0 { return phrases }
        }
        if rest >= 20 {
            phrases.append(Self.tens[rest / 10 - 2])
            rest %= 10
            if rest == 0 { return phrases }
        }
        return phrases + [unit(rest, gender)]
    }

    private func unit(_ value: Int, _ gender: Gender) -> PromptPhrase {
        switch (language, value, gender) {
        case (.ru, 1, .feminine): .n1Feminine
        case (.ru, 1, .neuter): .n1Neuter
        case (.ru, 2, .feminine): .n2Feminine
        default: Self.units[value]
        }
    }

    /// A number and what it counts: "одна минута", "двадцать две минуты", "пять минут".
    public func count(_ value: Int, _ noun: Noun) -> [Clip] {
        let forms = noun.forms
        return number(value, noun.gender) + say(language.plural(value, one: forms.one, few: forms.few, many: forms.many))
    }

    // MARK: Figures

    /// What a keypad has, figure by figure; anything else is passed over.
    public func figures(_ text: some StringProtocol) -> [Clip] {
        clips(
            text.compactMap { character in
                switch character {
                case "0"..."9": character.wholeNumberValue.map { Self.units[$0] }
                case "+": .plus
                case "*": .star
                case "#": .pound
                case "A", "a": .letterA
                case "B", "b": .letterB
                case "C", "c": .letterC
                case "D", "d": .letterD
                default: nil
                }
            })
    }

    /// A key of the telephone.
    public func key(_ digit: Digit) -> [Clip] { figures(String(digit.rawValue)) }

    /// A telephone number, figure by figure, in the groups that people hear it in: 8 916 123-45-67.
    public func telephone(_ number: PhoneNumber) -> [Clip] {
        let groups = Self.groups(number, in: language)
        return Array(groups.map(figures).joined(separator: say(.pause)))
    }

    static func groups(_ number: PhoneNumber, in language: Language) -> [String] {
        guard let digits = number.e164 else {
            let dialled = number.digits
            return dialled.count <= 4 ? [dialled] : cut(dialled, [dialled.count % 2 == 0 ? 2 : 3], then: 2)
        }
        switch digits.first {
        case "7" where digits.count == 11:
            return cut((language == .ru ? "8" : "+7") + digits.dropFirst(), [language == .ru ? 1 : 2, 3, 3], then: 2)
        case "1" where digits.count == 11:
            return cut((language == .ru ? "+1" : "") + digits.dropFirst(), (language == .ru ? [2] : []) + [3, 3], then: 4)
        default: return cut("+" + digits, [(digits.count + 1) % 2 == 0 ? 4 : 3], then: 2)
        }
    }

    /// Cuts into pieces of these lengths, and the rest into equal ones.
    private static func cut(_ text: String, _ lengths: [Int], then length: Int) -> [String] {
        var pieces: [String] = [], rest = text[...], lengths = lengths[...]
        while !rest.isEmpty {
            let piece = rest.prefix(lengths.popFirst() ?? length)
            pieces.append(String(piece))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }

    // MARK: Time

    /// A length of time in hours, minutes and seconds, nought left out; fractions of a second are.
    public func duration(_ duration: Duration) -> [Clip] {
        let seconds = Int(clamping: max(0, duration.components.seconds))
        let parts: [(Int, Noun)] = [(seconds / 3600, .hour), (seconds / 60 % 60, .minute), (seconds % 60, .second)]
        let said = parts.filter { $0.0 > 0 }.flatMap { count($0.0, $0.1) }
        return said.isEmpty ? count(0, .second) : said
    }

    /// A time of day: "девять часов пять минут", "nine oh five a.m.".
    public func timeOfDay(_ time: CivilTime) -> [Clip] {
        switch language {
        case .ru: return count(time.hour, .hour) + (time.minute == 0 ? say(.sharp) : count(time.minute, .minute))
        case .en:
            let minutes = time.minute == 0 ? [] : (time.minute < 10 ? say(.oh) : []) + number(time.minute)
            return number((time.hour + 11) % 12 + 1) + minutes + say(time.hour < 12 ? .am : .pm)
        }
    }

    private static let days: [PromptPhrase] = [
        .day1, .day2, .day3, .day4, .day5, .day6, .day7, .day8, .day9, .day10, .day11, .day12, .day13, .day14, .day15, .day16,
        .day17, .day18, .day19, .day20, .day21, .day22, .day23, .day24, .day25, .day26, .day27, .day28, .day29, .day30, .day31,
    ]
    private static let months: [PromptPhrase] = [
        .monthJanuary, .monthFebruary, .monthMarch, .monthApril, .monthMay, .monthJune, .monthJuly, .monthAugust, .monthSeptember,
        .monthOctober, .monthNovember, .monthDecember,
    ]
    private static let weekdays: [PromptPhrase] = [
        .onMonday, .onTuesday, .onWednesday, .onThursday, .onFriday, .onSaturday, .onSunday,
    ]

    /// A day of the year: "двадцать третьего ноября", "november twenty third".
    public func date(_ date: CivilTime) -> [Clip] {
        guard (1...31).contains(date.day), (1...12).contains(date.month) else { return [] }
        let (day, month) = (Self.days[date.day - 1], Self.months[date.month - 1])
        switch language {
        case .ru: return say(day, month)
        case .en: return say(month, day)
        }
    }

    /// A day as it is seen from today: yesterday, today, tomorrow, by its weekday in the six days to come, else by its date.
    public func day(_ date: CivilTime, seenFrom today: CivilTime) -> [Clip] {
        switch date.dayNumber - today.dayNumber {
        case -1: say(.yesterday)
        case 0: say(.today)
        case 1: say(.tomorrow)
        case 2...6: say(Self.weekdays[date.weekday - 1])
        default: self.date(date)
        }
    }

    // MARK: The queue

    /// The caller's place in the queue, 1 first.
    public func position(_ place: Int) -> [Clip] { place <= 1 ? say(.queueNext) : say(.queuePosition) + number(place) }

    /// How long it will take, in whole minutes.
    public func wait(_ expected: Duration) -> [Clip] {
        let seconds = Int(clamping: expected.components.seconds)
        return seconds < 60 ? say(.queueLessThanAMinute) : say(.queueWait) + count((seconds + 59) / 60, .minute)
    }
}
