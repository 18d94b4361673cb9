/// What `apusd` says when it starts, or does not.
extension Catalogue {
    /// `apusd --help`.
    public static let daemonUsage = Wording(
        ru: """
            apusd --state ПАПКА [--listen udp:127.0.0.1:5060]… [--music ПУТЬ]… [--sounds ПАПКА]
              --state   папка, где хранится всё; создаётся при первом запуске (по умолчанию /var/lib/apus)
              --listen  слушать здесь вместо адресов из настроек: udp:АДРЕС:ПОРТ или tcp:АДРЕС:ПОРТ
              --music   файл WAV или папка с музыкой ожидания
              --sounds  папка с фразами станции (по умолчанию рядом с программой: ../share/apus/sounds)
              --verify  только открыть эту папку и сказать, что в ней; для apus restore --check
            """,
        en: """
            apusd --state DIR [--listen udp:127.0.0.1:5060]… [--music PATH]… [--sounds DIR]
              --state   the folder that everything is kept in; made on first start (default /var/lib/apus)
              --listen  listen here instead of where the configuration says: udp:ADDRESS:PORT or tcp:ADDRESS:PORT
              --music   a WAV file or a folder of music on hold
              --sounds  the folder of the exchange's phrases (default: beside the program, ../share/apus/sounds)
              --verify  only open this folder and tell what is in it; for apus restore --check
            """)

    /// A word of the command line that is none.
    public static func unknownOption(_ word: String) -> Wording {
        Wording(
            ru: "Неизвестный параметр «\(word)»; список параметров: apusd --help.",
            en: "Unknown option '\(word)'; apusd --help lists them.")
    }

    /// An option without its value.
    public static func missingValue(_ option: String) -> Wording {
        Wording(
            ru: "После \(option) нужно значение; пример: apusd --help.", en: "\(option) needs a value; apusd --help has examples."
        )
    }

    /// `--listen` with something else than an address.
    public static func badListener(_ text: String) -> Wording {
        Wording(
            ru: "«\(text)» — не адрес для приёма; верно так: udp:192.168.1.10:5060 или tcp:0.0.0.0:5060.",
            en: "'\(text)' is no address to listen on; right would be udp:192.168.1.10:5060 or tcp:0.0.0.0:5060.")
    }

    /// The state folder cannot be made or written.
    public static func cannotUseFolder(_ folder: String, _ reason: String) -> Wording {
        Wording(
            ru: "В папку \(folder) нельзя писать: \(reason). Дайте права на неё или укажите другую: --state ПАПКА.",
            en: "The folder \(folder) cannot be written: \(reason). Allow it, or name another one: --state DIR.")
    }

    /// A second exchange on one folder.
    public static func alreadyRunning(_ folder: String) -> Wording {
        Wording(
            ru: "С папкой \(folder) уже работает другой apusd; остановите его или укажите другую папку: --state ПАПКА.",
            en: "Another apusd already works on \(folder); stop it, or name another folder: --state DIR.")
    }

    /// A listening port belongs to somebody else.
    public static func portTaken(_ what: String) -> Wording {
        Wording(
            ru: "Порт занят другой программой (\(what)); освободите его или укажите другой: --listen udp:АДРЕС:ПОРТ.",
            en: "The port is already in use by another program (\(what)); free it, or name another: --listen udp:ADDRESS:PORT.")
    }

    /// A listening socket cannot be made.
    public static func cannotListen(_ what: String) -> Wording {
        Wording(ru: "Не удаётся принимать соединения: \(what).", en: "Cannot listen: \(what).")
    }

    /// The operating system refused something basic.
    public static func systemRefused(_ what: String) -> Wording {
        Wording(ru: "Система отказала: \(what).", en: "The system refused: \(what).")
    }

    /// The stored configuration would not be taken today.
    public static func doubtfulRevision(_ number: Int, _ fault: Wording) -> Wording {
        Wording(
            ru: "Действует конфигурация № \(number), но по нынешним правилам в ней ошибка: \(fault.text(in: .ru))",
            en: "Revision \(number) is in force, but by the rules of today it has an error: \(fault.text(in: .en))")
    }

    /// The stored configuration cannot be used by this version.
    public static func unusableRevision(_ number: Int, fault: Wording?) -> Wording {
        let say = { (language: Language) in fault.map { ": " + $0.text(in: language) } ?? "" }
        return Wording(
            ru: "Сохранённая конфигурация № \(number) не читается этой версией\(say(.ru))",
            en: "The stored configuration, revision \(number), cannot be read by this version\(say(.en))")
    }

    /// The exchange thread does not answer.
    public static let exchangeSilent = Wording(
        ru: "Станция перегружена и не отвечает; повторите через минуту.",
        en: "The exchange is overloaded and does not answer; try again in a minute.")

    /// What came over the control socket is no request.
    public static let badRequest = Wording(
        ru: "Непонятный запрос: версии apus и apusd различаются.", en: "Not a request: apus and apusd are of different versions.")
}
