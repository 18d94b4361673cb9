import Testing

@testable import Telephony

@Suite("Numbers, times and telephone numbers are said as people say them")
struct SpeakingTests {
    /// The phrases' names without the language.
    private func words(_ clips: [Clip]) -> String {
        clips.map { String($0.name.dropFirst(3)) }.joined(separator: " ")
    }

    private let ru = Speaking(.ru), en = Speaking(.en)

    @Test(
        "R-059 Russian numbers agree with their noun",
        arguments: [
            (0, "n0 minute-many"), (1, "n1-feminine minute-one"), (2, "n2-feminine minute-few"), (5, "n5 minute-many"),
            (11, "n11 minute-many"), (12, "n12 minute-many"), (14, "n14 minute-many"), (21, "n20 n1-feminine minute-one"),
            (22, "n20 n2-feminine minute-few"), (25, "n20 n5 minute-many"), (101, "n100 n1-feminine minute-one"),
            (111, "n100 n11 minute-many"), (200, "n200 minute-many"), (1234, "thousand-one n200 n30 n4 minute-few"),
        ])
    func minutes(count: Int, expected: String) { #expect(words(ru.count(count, .minute)) == expected) }

    @Test(
        "Russian numbers alone are masculine, their thousands feminine",
        arguments: [
            (1, "n1"), (2, "n2"), (20, "n20"), (21, "n20 n1"), (100, "n100"), (1000, "thousand-one"),
            (1001, "thousand-one n1"), (2000, "n2-feminine thousand-few"), (5000, "n5 thousand-many"),
            (11_000, "n11 thousand-many"), (21_002, "n20 n1-feminine thousand-one n2"),
            (112_000, "n100 n12 thousand-many"), (999_999, "n900 n90 n9 thousand-many n900 n90 n9"),
        ])
    func russian(value: Int, expected: String) { #expect(words(ru.number(value)) == expected) }

    @Test("Gender goes with the noun")
    func genders() {
        #expect(words(ru.count(1, .hour)) == "n1 hour-one")
        #expect(words(ru.count(2, .hour)) == "n2 hour-few")
        #expect(words(ru.count(1, .newMessage)) == "n1-neuter new-message-one")
        #expect(words(ru.count(22, .newMessage)) == "n20 n2 new-message-few")
        #expect(words(ru.count(3, .missedCall)) == "n3 missed-call-few")
        #expect(words(en.count(1, .newMessage)) == "n1 new-message-one")
        #expect(words(en.count(2, .newMessage)) == "n2 new-message-many")
    }

    @Test(
        "English numbers",
        arguments: [
            (0, "n0"), (11, "n11"), (21, "n20 n1"), (101, "n100 n1"), (200, "n200"), (1000, "n1 thousand-one"),
            (1234, "n1 thousand-one n200 n30 n4"), (999_999, "n900 n90 n9 thousand-one n900 n90 n9"),
        ])
    func english(value: Int, expected: String) { #expect(words(en.number(value)) == expected) }

    @Test("A number beyond the words is read out in figures")
    func beyond() { #expect(words(ru.number(1_000_000)) == "n1 n0 n0 n0 n0 n0 n0") }

    @Test(
        "Telephone numbers fall into the groups that people know",
        arguments: [
            ("+7 916 123-45-67", "n8 pause n9 n1 n6 pause n1 n2 n3 pause n4 n5 pause n6 n7"),
            ("101", "n1 n0 n1"), ("12345", "n1 n2 n3 pause n4 n5"), ("*21", "star n2 n1"),
            ("+1 415 555 0100", "plus n1 pause n4 n1 n5 pause n5 n5 n5 pause n0 n1 n0 n0"),
            ("+49 30 12345678", "plus n4 n9 pause n3 n0 pause n1 n2 pause n3 n4 pause n5 n6 pause n7 n8"),
        ])
    func telephones(raw: String, expected: String) {
        #expect(words(ru.telephone(PhoneNumber(raw, country: .ru))) == expected)
    }

    @Test("To an English ear a Russian number begins with plus seven, its own has no country code")
    func englishTelephones() {
        #expect(
            words(en.telephone(PhoneNumber("+79161234567", country: .ru)))
                == "plus n7 pause n9 n1 n6 pause n1 n2 n3 pause n4 n5 pause n6 n7")
        #expect(
            words(en.telephone(PhoneNumber("+14155550100", country: .us)))
                == "n4 n1 n5 pause n5 n5 n5 pause n0 n1 n0 n0")
    }

    @Test("Every key has a word")
    func keys() {
        #expect(
            words(Digit.allCases.flatMap(ru.key))
                == "n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 star pound letter-a letter-b letter-c letter-d")
        #expect(ru.figures("(495)-x").count == 3)
    }

    @Test("Lengths of time leave nought out")
    func durations() {
        #expect(words(ru.duration(.seconds(3661))) == "n1 hour-one n1-feminine minute-one n1-feminine second-one")
        #expect(words(ru.duration(.seconds(7200))) == "n2 hour-few")
        #expect(words(ru.duration(.milliseconds(999))) == "n0 second-many")
        #expect(words(ru.duration(.seconds(-5))) == "n0 second-many")
        #expect(words(en.duration(.seconds(62))) == "n1 minute-one n2 second-many")
    }

    @Test("Times of day: by twenty-four hours in Russian, by twice twelve in English")
    func times() {
        func at(_ hour: Int, _ minute: Int) -> CivilTime { CivilTime(year: 2026, month: 11, day: 24, hour: hour, minute: minute) }
        #expect(words(ru.timeOfDay(at(9, 5))) == "n9 hour-many n5 minute-many")
        #expect(words(ru.timeOfDay(at(21, 0))) == "n20 n1 hour-one sharp")
        #expect(words(ru.timeOfDay(at(0, 1))) == "n0 hour-many n1-feminine minute-one")
        #expect(words(en.timeOfDay(at(9, 5))) == "n9 oh n5 am")
        #expect(words(en.timeOfDay(at(0, 30))) == "n12 n30 am")
        #expect(words(en.timeOfDay(at(12, 0))) == "n12 pm")
        #expect(words(en.timeOfDay(at(23, 59))) == "n11 n50 n9 pm")
    }

    @Test("Days are near or far")
    func days() {
        let today = CivilTime(year: 2026, month: 12, day: 31)
        func day(_ number: Int, _ language: Speaking) -> String {
            let date = CivilTime.date(daysSince1970: today.dayNumber + number)
            return words(language.day(CivilTime(year: date.year, month: date.month, day: date.day), seenFrom: today))
        }
        #expect([-1, 0, 1, 2, 6].map { day($0, ru) } == ["yesterday", "today", "tomorrow", "on-saturday", "on-wednesday"])
        #expect(day(7, ru) == "day-7 month-january")
        #expect(day(-2, en) == "month-december day-29")
    }

    @Test("The place in the queue and the expected wait")
    func queue() {
        #expect(words(ru.position(1)) == "queue-next")
        #expect(words(ru.position(2)) == "queue-position n2")
        #expect(words(ru.wait(.seconds(59))) == "queue-less-than-a-minute")
        #expect(words(ru.wait(.seconds(61))) == "queue-wait n2-feminine minute-few")
        #expect(words(en.wait(.seconds(60))) == "queue-wait n1 minute-one")
    }

    @Test("Whatever is said exists in the language", arguments: Language.allCases)
    func onlyWhatIsSpoken(language: Language) {
        let speaking = Speaking(language)
        var clips = Speaking.Noun.allCases.flatMap { noun in (0...25).flatMap { speaking.count($0, noun) } }
        clips += stride(from: 0, to: 1_000_000, by: 997).flatMap { speaking.number($0, .neuter) + speaking.number($0, .feminine) }
        for minute in 0..<1440 {
            clips += speaking.timeOfDay(CivilTime(year: 2026, month: 1, day: 1, hour: minute / 60, minute: minute % 60))
        }
        for day in 0..<366 {
            let date = CivilTime.date(daysSince1970: 20_000 + day)
            clips += speaking.date(CivilTime(year: date.year, month: date.month, day: date.day))
        }
        let known = Set(PromptPhrase.allCases.filter { $0.isSpoken(in: language) }.map { $0.clip(in: language) })
        #expect(Set(clips).isSubset(of: known))
    }
}
