/// `show health`, as people read it; programs read the counters' own names.
extension Catalogue {
    /// A counter by its name; one that is not known here is shown by it.
    public static func counter(_ name: String) -> Wording {
        if let known = counters[name] { return known }
        if let reason = name.split(separator: "-").last, name.hasPrefix("refused-") {
            return Wording(ru: "отвергнуто (\(reason))", en: "refused (\(reason))")
        }
        return Wording(ru: name, en: name)
    }

    private static let counters: [String: Wording] = [
        "answered": Wording(ru: "отвечено без разбора", en: "answered at once"),
        "asked": Wording(ru: "вопросов", en: "asked"),
        "bytesLogged": Wording(ru: "байт в журнале базы", en: "bytes logged"),
        "challenges": Wording(ru: "запросов пароля", en: "challenges"),
        "clipsUnplayable": Wording(ru: "негодных записей", en: "clips unplayable"),
        "commits": Wording(ru: "записей на диск", en: "commits"),
        "connections": Wording(ru: "соединений", en: "connections"),
        "descriptors": Wording(ru: "открыто файлов и сокетов", en: "files and sockets open"),
        "descriptorsAllowed": Wording(ru: "разрешено открыть", en: "allowed open"),
        "diskFreeMB": Wording(ru: "свободно на диске, МБ", en: "disk free, MB"),
        "diskWearPercent": Wording(ru: "износ диска, %", en: "disk wear, %"),
        "factsLost": Wording(ru: "событий потеряно", en: "facts lost"),
        "factsWaiting": Wording(ru: "событий в очереди", en: "facts waiting"),
        "failed": Wording(ru: "без ответа", en: "failed"),
        "flooded": Wording(ru: "отброшено при наплыве", en: "flooded"),
        "foreignRequests": Wording(ru: "чужих запросов", en: "foreign requests"),
        "inUse": Wording(ru: "звонков", en: "calls"),
        "legs": Wording(ru: "голосовых каналов", en: "legs"),
        "loadPercent": Wording(ru: "загрузка, %", en: "load, %"),
        "lost": Wording(ru: "потеряно", en: "lost"),
        "memoryFreeMB": Wording(ru: "свободно памяти, МБ", en: "memory free, MB"),
        "open": Wording(ru: "приостановлено", en: "open"),
        "ordersRefused": Wording(ru: "команд не принято", en: "orders refused"),
        "overloaded": Wording(ru: "отказано из-за нагрузки", en: "overloaded"),
        "ownMemoryMB": Wording(ru: "занято станцией, МБ", en: "own memory, MB"),
        "portsFree": Wording(ru: "портов свободно", en: "ports free"),
        "portsTaken": Wording(ru: "портов у других программ", en: "ports held by others"),
        "portsUsed": Wording(ru: "портов занято", en: "ports used"),
        "received": Wording(ru: "принято", en: "received"),
        "refused": Wording(ru: "отвергнуто", en: "refused"),
        "refusedForLines": Wording(ru: "отказано без свободной линии", en: "refused for lack of a line"),
        "remembered": Wording(ru: "ответов в памяти", en: "remembered"),
        "repeatedRequests": Wording(ru: "повторных запросов", en: "repeated requests"),
        "replays": Wording(ru: "повторов пароля", en: "replays"),
        "requests": Wording(ru: "запросов", en: "requests"),
        "responses": Wording(ru: "ответов", en: "responses"),
        "retransmissions": Wording(ru: "повторных посылок", en: "retransmissions"),
        "retried": Wording(ru: "повторов", en: "retried"),
        "retries": Wording(ru: "неудачных записей", en: "retries"),
        "rows": Wording(ru: "строк звонков", en: "rows"),
        "sendDropped": Wording(ru: "не поместилось", en: "send dropped"),
        "sendFailed": Wording(ru: "не отправлено", en: "send failed"),
        "sendFailures": Wording(ru: "не отправлено", en: "send failures"),
        "sent": Wording(ru: "отправлено", en: "sent"),
        "spared": Wording(ru: "вопросов сбережено", en: "spared"),
        "strayResponses": Wording(ru: "ничьих ответов", en: "stray responses"),
        "stuck": Wording(ru: "не ушло", en: "stuck"),
        "tasksForgotten": Wording(ru: "задач не поместилось", en: "tasks forgotten"),
        "temperature": Wording(ru: "температура, °C", en: "temperature, °C"),
        "ticksMissed": Wording(ru: "тактов пропущено", en: "ticks missed"),
        "timeouts": Wording(ru: "не дождались ответа", en: "timeouts"),
        "unanswered": Wording(ru: "оставлено без ответа", en: "unanswered"),
        "unknownDialogs": Wording(ru: "неизвестных диалогов", en: "unknown dialogs"),
        "unsent": Wording(ru: "не отправлено", en: "unsent"),
        "waiting": Wording(ru: "ждут диска", en: "waiting"),
        "wrongCredentials": Wording(ru: "неверных паролей", en: "wrong credentials"),
    ]

    /// Clients were refused because no line was free.
    public static func callsRefusedForLines(_ count: Int) -> Wording {
        let clients = Language.ru.plural(count, one: "клиенту", few: "клиентам", many: "клиентам")
        let were = Language.en.plural(count, one: "client was", few: "clients were", many: "clients were")
        return Wording(
            ru: "отказано \(count) \(clients): не было свободной линии; что делать, говорит report missed",
            en: "\(count) \(were) refused for lack of a line; report missed says what to do")
    }

    /// The disk has little room left.
    public static func diskNearlyFull(megabytes: Int) -> Wording {
        Wording(
            ru: "на диске свободно лишь \(megabytes) МБ: сотрите записи или поставьте диск больше",
            en: "only \(megabytes) MB are free on the disk: delete recordings, or fit a larger one")
    }

    /// The disk says that it has little of its life left.
    public static func diskWornOut(percent: Int) -> Wording {
        Wording(
            ru: "диск изношен на \(percent) %: сделайте backup и замените его",
            en: "the disk is \(percent) % worn: make a backup and replace it")
    }

    /// Calls went without a telephone because no RTP port was free.
    public static func portsRanOut(_ count: Int) -> Wording {
        Wording(
            ru: "не хватило портов голоса (случаев: \(count)): задайте больше, set media ports",
            en: "there was no free port for a voice (times: \(count)): give it more, set media ports")
    }

    /// Other programs hold ports that are ours by the settings.
    public static func portsHeld(_ ports: [UInt16]) -> Wording {
        let some = ports.prefix(3).map { "\($0)" }.joined(separator: ", ") + (ports.count > 3 ? ", …" : "")
        let pairs = Language.ru.plural(ports.count, one: "пару", few: "пары", many: "пар")
        let were = Language.en.plural(
            ports.count, one: "pair of voice ports is", few: "pairs of voice ports are", many: "pairs of voice ports are")
        return Wording(
            ru:
                "другие программы заняли \(ports.count) \(pairs) портов голоса (\(some)): они пропущены; найти программу: ss -ulnp",
            en: "\(ports.count) \(were) held by other programs (\(some)) and passed over; ss -ulnp shows by which")
    }

    /// The process may open no more sockets.
    public static func descriptorsShort(_ count: Int, allowed: Int) -> Wording {
        Wording(
            ru:
                "нельзя открыть больше сокетов: открыто \(count) из \(allowed), новые вызовы получают отказ; поднимите LimitNOFILE службы",
            en:
                "no more sockets may be opened: \(count) of \(allowed) are, new calls are refused; raise the service's LimitNOFILE"
        )
    }

    /// Every channel of a trunk was taken at once.
    public static func trunkFull(_ trunk: String, channels: Int) -> Wording {
        Wording(
            ru: "линия \(trunk) была занята целиком (каналов: \(channels)); попросите у оператора больше",
            en: "trunk \(trunk) was full (channels: \(channels)); ask the provider for more")
    }

    /// Why a call ended, in words.
    public static func causeName(_ cause: Cause) -> Wording {
        switch cause {
        case .normalClearing: Wording(ru: "положили трубку", en: "hung up")
        case .unallocated: Wording(ru: "нет такого номера", en: "no such number")
        case .busy: Wording(ru: "занято", en: "busy")
        case .noAnswer: Wording(ru: "никто не ответил", en: "nobody answered")
        case .unreachable: Wording(ru: "нет связи с телефоном", en: "the phone could not be reached")
        case .declined: Wording(ru: "отклонён", en: "declined")
        case .invalidNumber: Wording(ru: "номер набран неверно", en: "not a number")
        case .answeredElsewhere: Wording(ru: "ответил другой", en: "somebody else answered")
        case .cancelled: Wording(ru: "звонящий положил трубку", en: "the caller gave up")
        case .noCircuit: Wording(ru: "нет свободной линии", en: "no free line")
        case .networkFailure: Wording(ru: "отказ сети", en: "the network failed")
        case .incompatibleMedia: Wording(ru: "нет общего кодека", en: "no codec in common")
        case .forbidden: Wording(ru: "звонок запрещён", en: "not allowed")
        case .timeout: Wording(ru: "пропал голос", en: "the voice was lost")
        case .loop: Wording(ru: "переадресация по кругу", en: "a forwarding loop")
        case .interrupted: Wording(ru: "станция остановлена", en: "the exchange was stopped")
        }
    }
}
