// The contact book.

extension Catalogue {
    /// Help of `contacts import`.
    public static let helpContactsImport = Wording(
        ru: "взять контакты из таблицы CSV; --replace вместо всей книги, --check только проверить",
        en: "take contacts from a CSV table; --replace instead of the whole book, --check only checks")
    /// Help of `contacts export`.
    public static let helpContactsExport = Wording(
        ru: "записать книгу в таблицу CSV для Excel", en: "write the book as a CSV table for spreadsheets")
    /// Help of `contacts list`.
    public static let helpContactsList = Wording(
        ru: "контакты; с текстом — те, у кого он в имени, компании или номере",
        en: "contacts; with a text those who have it in name, company or number")
    /// Help of `contacts show`.
    public static let helpContactsShow = Wording(ru: "всё о клиенте с этим номером", en: "all about the client with this number")
    /// Help of `contacts own`.
    public static let helpContactsOwn = Wording(
        ru: "закрепить клиента за сотрудником N или ни за кем", en: "give the client to employee N, or to nobody")
    /// Help of `contacts set`.
    public static let helpContactsSet = Wording(
        ru: "изменить контакт или завести новый", en: "change a contact, or make a new one")
    /// Help of `contacts delete`.
    public static let helpContactsDelete = Wording(ru: "удалить контакт", en: "delete a contact")

    // Columns.

    /// The headings of an exported table: name, company, numbers, owner, language, class, note.
    public static let contactColumns = [
        Wording(ru: "Имя", en: "Name"), Wording(ru: "Компания", en: "Company"), Wording(ru: "Телефоны", en: "Numbers"),
        Wording(ru: "Ответственный", en: "Owner"), Wording(ru: "Язык", en: "Language"), Wording(ru: "Класс", en: "Class"),
        Wording(ru: "Примечание", en: "Note"),
    ]
    /// A column.
    public static let columnCompany = Wording(ru: "КОМПАНИЯ", en: "COMPANY")
    /// A column.
    public static let columnNumbers = Wording(ru: "ТЕЛЕФОНЫ", en: "NUMBERS")
    /// A column.
    public static let columnOwner = Wording(ru: "ОТВЕТСТВ.", en: "OWNER")
    /// A column.
    public static let columnClass = Wording(ru: "КЛАСС", en: "CLASS")
    /// A contact that the exchange has made.
    public static let contactMade = Wording(ru: "заведён", en: "made")
    /// Who talked to the client first.
    public static let contactFirst = Wording(ru: "первым говорил", en: "talked first to")
    /// Who talked to the client last.
    public static let contactLast = Wording(ru: "последним говорил", en: "talked last to")
    /// A contact without a name.
    public static let unnamed = Wording(ru: "без имени", en: "unnamed")
    /// A contact made for a number that was new.
    public static let madeByExchange = Wording(ru: "станцией, по звонку", en: "by the exchange, from a call")
    /// Nobody is in the book, or nobody fits.
    public static let noContacts = Wording(ru: "контактов нет", en: "no contacts")
    /// There is more than one page.
    public static func pageOf(_ page: Int, _ pages: Int, total: Int) -> Wording {
        Wording(
            ru: "страница \(page) из \(pages), всего \(total); дальше: page \(page + 1)",
            en: "page \(page) of \(pages), \(total) in all; more: page \(page + 1)")
    }
    /// A page behind the last.
    public static func noPage(_ page: Int, _ pages: Int) -> Wording {
        Wording(ru: "страницы \(page) нет, всего \(pages)", en: "there is no page \(page), there are \(pages)")
    }

    /// A file that cannot be written.
    public static func cannotWrite(_ file: String, _ reason: String) -> Wording {
        Wording(ru: "файл \(file) не записать: \(reason)", en: "\(file) cannot be written: \(reason)")
    }

    // What was done.

    /// After an import, or a check.
    public static func imported(added: Int, changed: Int) -> Wording {
        Wording(
            ru: "принято: \(count(added + changed, .ru)), новых \(added), изменено \(changed)",
            en: "\(count(added + changed, .en)) taken in: \(added) new, \(changed) changed")
    }
    /// After a check.
    public static func contactsChecked(_ contacts: Int) -> Wording {
        Wording(
            ru: "\(count(contacts, .ru)), ошибок нет, ничего не изменено",
            en: "\(count(contacts, .en)), no errors, nothing changed")
    }
    /// After an export.
    public static func exported(_ contacts: Int) -> Wording {
        Wording(ru: "записано: \(count(contacts, .ru))", en: "written: \(count(contacts, .en))")
    }
    private static func count(_ contacts: Int, _ language: Language) -> String {
        switch language {
        case .ru: "\(contacts) \(language.plural(contacts, one: "контакт", few: "контакта", many: "контактов"))"
        case .en: "\(contacts) \(language.plural(contacts, one: "contact", few: "contacts", many: "contacts"))"
        }
    }
    /// A contact is gone.
    public static func contactDeleted(_ number: String) -> Wording {
        Wording(ru: "контакт \(number) удалён", en: "contact \(number) is deleted")
    }
    /// Nobody has this number.
    public static func noContact(_ number: String) -> Wording {
        Wording(ru: "контакта с номером \(number) нет", en: "no contact has the number \(number)")
    }
    /// Columns of a table that mean nothing here.
    public static func unusedColumns(_ names: [String]) -> Wording {
        let list = names.joined(separator: ", ")
        return Wording(ru: "эти столбцы не нужны и пропущены: \(list)", en: "these columns are not used: \(list)")
    }

    // What is wrong in a table.

    /// The first line names no column with numbers.
    public static let noNumbersColumn = Wording(
        ru: "в первой строке нет столбца с телефонами", en: "the first line names no column of numbers")
    /// What the first line looks like.
    public static let contactsHeader = Wording(
        ru: "первая строка называет столбцы: имя;компания;телефон;ответственный;язык;класс;примечание",
        en: "the first line names the columns: name,company,numbers,owner,language,class,note")
    /// Two columns of one kind.
    public static func columnTwice(_ name: String) -> Wording {
        Wording(ru: "столбец «\(name)» есть дважды", en: "the column “\(name)” is there twice")
    }
    /// A line with more fields than columns.
    public static func tooManyFields(_ fields: Int, _ columns: Int) -> Wording {
        Wording(ru: "полей \(fields), а столбцов \(columns)", en: "\(fields) fields for \(columns) columns")
    }
    /// What to do about it.
    public static let quoteSeparators = Wording(
        ru: "текст с разделителем внутри берут в кавычки: \"Иванов; Петров\"",
        en: "a text with the separator in it is put in quotes: \"Smith, Jones\"")
    /// How a quoted field ends.
    public static let closeFieldQuote = Wording(
        ru: "поле в кавычках кончается кавычкой; кавычка внутри пишется дважды: \"ООО \"\"Ромашка\"\"\"",
        en: "a quoted field ends with a quote; a quote inside is written twice: \"the \"\"Rose\"\" inn\"")
    /// Something behind the closing quote.
    public static let textAfterQuote = Wording(ru: "текст после закрытой кавычки", en: "text behind a closing quote")
    /// A field or a line over the limit.
    public static let fieldTooLong = Wording(ru: "поле или строка слишком длинные", en: "a field or line is too long")
    /// A text over its limit.
    public static func textTooLong(_ text: String, _ limit: Int) -> Wording {
        Wording(ru: "«\(text)» длиннее \(limit) знаков", en: "“\(text)” is longer than \(limit) characters")
    }
    /// A list over the limit.
    public static func tooManyContacts(_ limit: Int) -> Wording {
        Wording(ru: "контактов больше \(limit)", en: "more than \(limit) contacts")
    }
    /// A line without any number.
    public static let contactWithoutNumber = Wording(ru: "нет ни одного телефона", en: "there is no number")
    /// What to do about it.
    public static let giveNumber = Wording(
        ru: "впишите телефон или удалите строку", en: "give a number, or remove the line")
    /// What a number looks like.
    public static let numberExample = Wording(
        ru: "например: +7 495 123-45-67; несколько — через точку с запятой; добавочный — в примечание",
        en: "for instance: +7 495 123-45-67; several with semicolons between; an extension goes into the note")
    /// A number that a spreadsheet has taken for a quantity.
    public static let numberCutBySpreadsheet = Wording(
        ru: "таблица округлила номер: сделайте столбец текстовым и впишите номер снова",
        en: "the spreadsheet has rounded the number: make the column text and enter it again")
    /// A number that two contacts have.
    public static func numberTwice(_ number: String, line: Int) -> Wording {
        Wording(ru: "номер \(number) уже есть в строке \(line)", en: "the number \(number) is in line \(line) already")
    }
    /// What to do about it.
    public static let oneContactPerNumber = Wording(
        ru: "у номера один владелец: оставьте его в одной из строк", en: "a number has one contact: leave it in one of the lines")
    /// An owner that is no employee.
    public static func noSuchEmployee(_ word: String) -> Wording {
        Wording(ru: "сотрудника «\(word)» нет", en: "there is no employee “\(word)”")
    }
    /// Who there is.
    public static func employees(_ numbers: [String]) -> Wording {
        let list = numbers.prefix(12).joined(separator: ", ") + (numbers.count > 12 ? "…" : "")
        return Wording(
            ru: "внутренний номер или полное имя; есть \(list)", en: "an extension or a full name; there are \(list)")
    }
    /// What a language looks like.
    public static let languageExample = Wording(ru: "две буквы: ru, en, de", en: "two letters: ru, en, de")
    /// What a class looks like.
    public static let classExample = Wording(
        ru: "слово латиницей: vip", en: "a word of latin letters: vip")
}
