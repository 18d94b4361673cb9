import Console
import Routing
import Telephony
import Testing

@Suite("contacts …") struct ContactTests {
    private let office = """
        set extension 101 name "Анна Петрова" secret s3cret-enough
        set extension 102 name "Пётр" secret s3cret-enough
        """

    private func imported(_ text: String, _ options: String = "") -> (OfficeFixture, Reply) {
        let fixture = OfficeFixture(office)
        return (fixture, fixture.run("contacts import x.csv \(options)", attached: text))
    }

    @Test("headings in Russian and English, three separators, quotes, several numbers, owners by number or name")
    func forms() {
        let forms = [
            "имя;компания;телефоны;ответственный;язык;класс;примечание\r\n"
                + "Иван;\"ООО \"\"Ромашка\"\"; филиал\";\"8 916 123-45-67; +7 495 1112233\";анна петрова;RU;vip;две\r\n",
            "Name,Company,Phone 1,Phone_2,Owner,Language,Class,Note\n"
                + "Иван,\"ООО \"\"Ромашка\"\"; филиал\",8 916 123-45-67,+7 495 1112233,101,ru,VIP,две\n",
            "note\tclass\tlanguage\towner\tТелефон(ы)\tнеизвестно\tкомпания\tФИО\r\n\r\n"
                + "две\tvip\tru\t101\t8 916 123-45-67;+7 495 1112233\t\t\"ООО \"\"Ромашка\"\"; филиал\"\tИван",
        ]
        for form in forms {
            let (fixture, reply) = imported(form)
            #expect(reply.exitCode == 0 && reply.output == "1 contact taken in: 1 new, 0 changed\n", "\(reply)")
            let contact = fixture.book.first
            #expect(contact?.name == "Иван" && contact?.company == "ООО \"Ромашка\"; филиал" && contact?.note == "две")
            #expect(contact?.numbers.map(\.description) == ["+79161234567", "+74951112233"])
            #expect(contact?.owner == "101" && contact?.language == "ru" && contact?.preset == "vip")
        }
        #expect(imported(forms[2]).1.errors == "these columns are not used: неизвестно\n")
    }

    @Test("every faulty line is told with its number and remedy, and nothing is taken in")
    func faults() {
        let (fixture, reply) = imported(
            """
            name;numbers;owner;language;class
            "Анна
            Б";+79161;101;ru;vip
            Без номера;;;;
            Иван;абв;;;
            Иван;7,91612E+10;;;
            Пётр;+79162;999;;
            Пётр;+7 9161;;rus;в.и.п
            Лишнее;+79163;;;;и ещё
            Хвост;"+79164"х;;;
            "Открыта;+79165;;;
            Годен;+79166;Пётр;;
            """)
        #expect(reply.exitCode == 1 && reply.output.isEmpty && fixture.book.isEmpty)
        let lines = reply.errors.split(separator: "\n").filter { !$0.hasPrefix("   ") }
        #expect(
            lines == [
                "9 errors, nothing changed:", "1. line 4: there is no number", "2. line 5: “абв” is no NUMBER",
                "3. line 6: “7,91612E+10” is no NUMBER", "4. line 7: there is no employee “999”",
                "5. line 8: “rus” is no LANGUAGE", "6. line 8: “в.и.п” is no CLASS", "7. line 9: 6 fields for 5 columns",
                "8. line 10: text behind a closing quote", "9. line 11: a quote is not closed",
            ], "\(reply.errors)")
        #expect(reply.errors.contains("the spreadsheet has rounded the number"))
        #expect(reply.errors.contains("an extension or a full name; there are 101, 102"))
    }

    @Test("a number in two lines, a table without a header, an empty one, a check")
    func whole() {
        #expect(
            imported("number\n89161234567\n+7 916 123-45-67\n").1.errors.contains(
                "line 3: the number +7 916 123-45-67 is in line 2 already"))
        let (_, headless) = imported("Иван;+7916\n")
        #expect(headless.exitCode == 1 && headless.errors.contains("the first line names no column of numbers"))
        #expect(imported("").1.exitCode == 1)
        #expect(imported("name;name;number\n").1.errors.contains("the column “name” is there twice"))
        let (fixture, checked) = imported("number\n+7916\n", "--check")
        #expect(checked.output == "1 contact, no errors, nothing changed\n" && fixture.book.isEmpty)
        let json = OfficeFixture(office).run("contacts import x.csv --json", attached: "number\nx\n").output
        #expect(json.hasPrefix("{\"errors\":[{\"line\":2,\"text\":\"“x” is no NUMBER\",\"hint\":"))
        let many = "number\n" + (0..<500).map { "x\($0)\n" }.joined()
        #expect(imported(many).1.errors.contains("more than 100 errors"))
    }

    @Test(
        "what is exported imports back, for spreadsheets of both languages; formulas are made harmless",
        arguments: [Language.ru, .en])
    func roundTrip(language: Language) {
        let (fixture, _) = imported(
            #"""
            name;company;numbers;owner;language;class;note
            "=cmd|' /C calc'!A0";"ООО ""Ромашка"", филиал";"8 916 123-45-67;+7 495 1112233";101;en;vip;-
            '-минус;;+79162;;;;"запятая, точка; кавычка """
            """#)
        #expect(fixture.book.count == 2)
        let table = fixture.run("contacts export x.csv", language).output
        #expect(table.hasPrefix(language == .ru ? "\u{FEFF}Имя;Компания;Телефоны;" : "\u{FEFF}Name,Company,Numbers,"))
        #expect(table.contains("'=cmd"))
        let again = OfficeFixture(office)
        #expect(again.run("contacts import -", attached: TextFile.text(Array(table.utf8))).exitCode == 0)
        #expect(again.book == fixture.book)
    }

    @Test("UTF-8 with and without mark, UTF-16 and Windows-1251 are all read")
    func encodings() {
        let text = "имя;телефон\nЁжик №1;+7916\n"
        let windows = text.unicodeScalars.map { scalar -> UInt8 in
            switch scalar.value {
            case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
            case 0x401: 0xA8
            case 0x451: 0xB8
            case 0x2116: 0xB9
            default: UInt8(scalar.value)
            }
        }
        let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let high = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let bytes = [Array(text.utf8), [0xEF, 0xBB, 0xBF] + text.utf8, windows, [0xFF, 0xFE] + wide, [0xFE, 0xFF] + high]
        for bytes in bytes { #expect(TextFile.text(bytes) == text) }
        #expect(TextFile.text([0x89, 0x50, 0x4E, 0x47, 0, 1]) == nil, "a picture is no text")
        #expect(TextFile.text([0xFF, 0xFE, 0x41]) == nil && TextFile.text([]) == "")
    }

    @Test("noise as a table is refused or read, and never crashes", arguments: 0..<30)
    func noise(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        let alphabet = Array("имя,;\t\"\r\n+7916 E'=\u{0}number owner")
        for _ in 0..<50 {
            let text = "number;name\n" + String((0..<dice.roll(200)).map { _ in alphabet[dice.roll(alphabet.count)] })
            let (fixture, reply) = imported(text)
            #expect(reply.exitCode == 0 || fixture.book.isEmpty)
        }
    }

    @Test("set, own, show, list and delete")
    func commands() {
        let fixture = OfficeFixture(office)
        let made = fixture.run("contacts set 89161234567 name Иван company Ромашка language en class vip note кофе")
        #expect(made.exitCode == 0 && made.output.contains("Ромашка"), "\(made)")
        #expect(fixture.run("contacts own +79161234567 101").output.contains("101 Анна Петрова"))
        #expect(fixture.book.map(\.owner) == ["101"] && fixture.book[0].preset == "vip" && fixture.book[0].language == "en")
        #expect(
            fixture.run("contacts show 79161234567", .ru).output
                == """
                Имя            Иван
                Компания       Ромашка
                Телефоны       +79161234567 (89161234567)
                Ответственный  101 Анна Петрова
                Язык           en
                Класс          vip
                Примечание     кофе
                заведён        2026-11-23 12:00:00

                """)
        #expect(fixture.run("contacts own 9161234567 none").exitCode == 0 && fixture.book[0].owner == nil)
        #expect(fixture.run("contacts list ИВА --json").output.contains("\"numbers\":[\"+79161234567\"]"))
        #expect(fixture.run("contacts list нету").output == "no contacts\n")
        #expect(fixture.run("contacts list page 2").errors == "there is no page 2, there are 1\n")
        let wrong = fixture.run("contacts own 79161234567 999")
        #expect(wrong.exitCode == 1 && wrong.errors == "there is no employee “999”\n")
        #expect(fixture.run("contacts set 79161234567 language русский").exitCode == 1)
        #expect(fixture.run("contacts set 79161234567 colour red").exitCode == 2)
        #expect(fixture.run("contacts set 79161234567").exitCode == 1)
        #expect(fixture.run("contacts delete 79161234567").output == "contact +79161234567 is deleted\n")
        #expect(fixture.run("contacts delete 79161234567").exitCode == 1)
        #expect(fixture.run("contacts show абв").exitCode == 1)
        fixture.isDiskFull = true
        #expect(fixture.run("contacts own 79161234567 101").errors == "the disk is full\n")
    }

    @Test("long lists come in pages")
    func pages() {
        let fixture = OfficeFixture(office)
        fixture.book = (1...250).map { Contact(id: $0, name: "К\($0)", numbers: [PhoneNumber("7916\($0)", country: .ru)]) }
        let first = fixture.run("contacts list")
        #expect(first.output.split(separator: "\n").count == 101)
        #expect(first.errors == "page 1 of 3, 250 in all; more: page 2\n")
        #expect(fixture.run("contacts list К page 3").output.split(separator: "\n").count == 51)
    }
}
