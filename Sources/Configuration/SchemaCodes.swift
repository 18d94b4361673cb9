import Routing
import Telephony

extension Schema.Section {
    static let codes = Self(
        word: "code", help: Wording(ru: "код, который сотрудник набирает на телефоне", en: "a code that an employee dials"),
        name: Schema.Value(
            "NAME", .choice(Feature.allCases.map { Schema.Choice($0.rawValue, $0.help) }, later: []),
            Wording(ru: "что делает код", en: "what the code does")), isOrdered: false,
        keys: [
            .init(
                "dial", "цифры кода: 21 — это *21#, ##21# и *#21#", "the code's figures: 21 is *21#, ##21# and *#21#",
                [.value("DIGITS", .digits, "от 1 до 4 цифр", "1 to 4 figures")]),
            .init("allowed", "можно ли им пользоваться", "whether it may be used", standard: "on", [.onOff]),
        ],
        later: [])
}

extension Feature {
    /// What it does.
    public var help: Wording {
        switch self {
        case .forwardAlways: Wording(ru: "переадресовать все звонки", en: "forward every call")
        case .forwardNoAnswer:
            Wording(ru: "переадресовать, если не ответил за SEC секунд", en: "forward what is not answered in SEC seconds")
        case .forwardBusy: Wording(ru: "переадресовать, если занят", en: "forward when busy")
        case .forwardUnreachable:
            Wording(ru: "переадресовать, если телефон недоступен", en: "forward when the phone is not there")
        case .absence: Wording(ru: "меня нет до даты; звонки — на N", en: "away until a date; calls go to N")
        case .doNotDisturb: Wording(ru: "не беспокоить", en: "do not disturb")
        case .login: Wording(ru: "войти в отдел N или во все свои", en: "log in to department N, or to all of one's own")
        case .pause: Wording(ru: "пауза: отделы меня пропускают", en: "pause: departments pass me over")
        case .night: Wording(ru: "клавиша «ночь»: офис закрыт", en: "the night key: the office is closed")
        case .ownClient:
            Wording(ru: "последний клиент — мой или сотрудника N", en: "the last client is mine, or extension N's")
        case .missed:
            Wording(ru: "перезвонить пропущенному: моему или отдела N", en: "call back a missed client: mine, or department N's")
        case .recordPrompt: Wording(ru: "наговорить сообщение с номером N", en: "speak the prompt of number N")
        case .pickup:
            Wording(ru: "перехватить звонок коллеги или на номере N", en: "pick up a colleague's call, or the one at N")
        case .intercom:
            Wording(
                ru: "интерком: телефон сотрудника N включается сам", en: "intercom: extension N's telephone switches itself on")
        case .whoAmI: Wording(ru: "назвать мой номер", en: "say my number")
        case .time: Wording(ru: "сказать время", en: "tell the time")
        case .echo: Wording(ru: "проверка связи: слышно себя", en: "echo test: hear yourself")
        case .testTone: Wording(ru: "измерительный тон, 0 dBm0", en: "a test tone of 0 dBm0")
        }
    }
}

extension ConfigurationDocument {
    /// The codes, as far as they are not the factory's.
    var codes: FeatureTable {
        var chosen: [Feature: String] = [:]
        var barred: Set<Feature> = []
        for item in items("code") {
            guard let feature = item.path.name.flatMap(Feature.init) else { continue }
            if let digits = words("dial", of: item.path)?.first { chosen[feature] = digits }
            if words("allowed", of: item.path)?.first == "off" { barred.insert(feature) }
        }
        return FeatureTable(chosen, barred: barred)
    }
}

extension Validation {
    /// Codes must be short, and each must be told from the others by its figures.
    mutating func checkCodes() {
        let (table, document) = (settings.office.codes, document)
        let line = { (feature: Feature?) -> Int? in
            feature.flatMap { document.item("code", $0.rawValue)?.entries("dial").first?.line }
        }
        for feature in Feature.allCases where table.digits(of: feature).utf8.count > FeatureTable.digitsLimit {
            refuse(line(feature), Catalogue.codeTooLong(FeatureTable.digitsLimit), Catalogue.chooseOtherDigits)
        }
        for (feature, other) in table.clashes {
            let name = other.map { "\($0.rawValue) (\(table.digits(of: $0)))" } ?? Catalogue.mailboxCode.text(in: .en)
            refuse(
                [line(feature), line(other)].compactMap(\.self).max(),
                Catalogue.codesClash(feature.rawValue, table.digits(of: feature), with: name), Catalogue.chooseOtherDigits)
        }
    }
}
