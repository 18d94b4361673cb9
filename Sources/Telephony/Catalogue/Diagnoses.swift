/// What is said about addresses and about voice that is measured.
extension Catalogue {
    /// `diagnose nat`.
    public static let helpDiagnoseNat = Wording(
        ru: "адреса станции, телефонов и операторов: кто кого видит и что исправить",
        en: "addresses of the exchange, phones and trunks: who sees whom, and what to change")
    /// Our own addresses.
    public static func natOwn(_ addresses: [String]) -> Wording {
        let list = addresses.joined(separator: ", ")
        return Wording(ru: "адреса станции: \(list)", en: "the exchange's addresses: \(list)")
    }
    /// Where we listen.
    public static func natListens(_ listen: [String], media: ClosedRange<UInt16>) -> Wording {
        let list = listen.joined(separator: ", "), ports = "\(media.lowerBound)-\(media.upperBound)"
        return Wording(ru: "SIP: \(list); голос: UDP \(ports)", en: "SIP: \(list); voice: UDP \(ports)")
    }
    /// No phone, no trunk.
    public static let natNobody = Wording(
        ru: "ни один телефон не подключён, операторов нет", en: "no phone is registered, and there is no trunk")
    /// Nothing in between.
    public static let natStraight = Wording(ru: "напрямую, всё в порядке", en: "straight, as it should be")
    /// No way out.
    public static let natNoDefaultRoute = Wording(
        ru: "нет маршрута по умолчанию: наружу станция не дозвонится",
        en: "there is no default route: nothing outside can be reached")
    /// Only this box.
    public static let natOnlyLoopback = Wording(
        ru: "станция слушает только саму себя: delete sip listen udp 127.0.0.1:…",
        en: "the exchange listens to nobody but itself: delete sip listen udp 127.0.0.1:…")
    /// Our address means nothing there.
    public static func natOursIsPrivate(_ address: String) -> Wording {
        Wording(
            ru: "в Contact и SDP мы пишем \(address), из интернета этот адрес недоступен",
            en: "in Contact and SDP we write \(address), which cannot be reached from the internet")
    }
    /// What the router should do.
    public static func natForward(_ port: String, media: String, to address: String) -> Wording {
        Wording(
            ru: "на роутере: пробросить UDP \(port) и \(media) на \(address) без смены портов, SIP ALG выключить",
            en: "on the router: forward UDP \(port) and \(media) to \(address) without changing ports, switch SIP ALG off")
    }
    /// What the provider should do.
    public static let natAskProvider = Wording(
        ru: "у оператора: отвечать туда, откуда приходят пакеты (rport, симметричный RTP), или VPN до него",
        en: "ask the provider to answer where packets come from (rport, symmetric RTP), or use a VPN to him")
    /// A phone far away.
    public static let natVPN = Wording(
        ru: "телефон вне офиса надёжнее всего подключить через VPN", en: "a phone outside the office is best connected by a VPN")
    /// What the far end told us.
    public static func natSeenAs(_ endpoint: String) -> Wording {
        Wording(ru: "оттуда станция видна как \(endpoint)", en: "from there the exchange is seen as \(endpoint)")
    }
    /// Behind a NAT, and we know where.
    public static func natBehind(wrote: String, comesFrom source: String) -> Wording {
        Wording(
            ru: "за NAT: пишет о себе \(wrote), пакеты приходят с \(source); отвечаем туда, откуда приходят",
            en: "behind NAT: writes \(wrote) of itself, its packets come from \(source); we answer where they come from")
    }
    /// A hole in a NAT closes.
    public static let natKeepAlive = Wording(
        ru: "в телефоне включить keep-alive (30 с) или регистрацию каждые 60 с, иначе входящие через минуту пропадут",
        en: "switch keep-alive (30 s) on in the phone, or register every 60 s, else calls to it stop after a minute")
    /// An ALG.
    public static let natRewritten = Wording(
        ru: "часть адресов в сообщениях переписана по дороге: выключите SIP ALG в роутере у телефона",
        en: "some addresses in its messages were rewritten on the way: switch SIP ALG off in the phone's router")

    /// `show nat`.
    public static let helpShowNAT = Wording(
        ru: "какие порты, протоколы и направления открыть на роутере", en: "which ports, protocols and directions to open")
    /// A column: ports.
    public static let columnPorts = Wording(ru: "ПОРТ", en: "PORT")
    /// A column: UDP, TCP.
    public static let columnProtocol = Wording(ru: "ПРОТОКОЛ", en: "PROTOCOL")
    /// A column: who begins.
    public static let columnWay = Wording(ru: "КУДА", en: "WAY")
    /// A column: whose packets.
    public static let columnFarEnd = Wording(ru: "С КЕМ", en: "WITH")
    /// A column: SIP, voice.
    public static let columnCarries = Wording(ru: "ЧТО", en: "WHAT")
    /// A column: what is to be done on the router.
    public static let columnRouter = Wording(ru: "НА РОУТЕРЕ", en: "ON THE ROUTER")
    /// Packets that come here, go from here, or both: `in`, `out`, `both`.
    public static func portWay(_ way: String) -> Wording {
        switch way {
        case "in": Wording(ru: "к станции", en: "in")
        case "out": Wording(ru: "от станции", en: "out")
        default: Wording(ru: "туда и обратно", en: "both ways")
        }
    }
    /// What is to be done on the router: `nothing`, `allow`, `forward`.
    public static func portDeed(_ deed: String) -> Wording {
        switch deed {
        case "forward": Wording(ru: "пробросить", en: "forward here")
        case "allow": Wording(ru: "разрешить", en: "allow")
        default: Wording(ru: "ничего", en: "nothing")
        }
    }
    /// The telephones in the office.
    public static let officePhones = Wording(ru: "телефоны офиса", en: "phones in the office")
    /// What RTP carries.
    public static let carriesVoice = Wording(ru: "голос", en: "voice")
    /// No port at all.
    public static let noPorts = Wording(ru: "станция ничего не слушает", en: "the exchange listens to nothing")

    /// `diagnose audio`.
    public static let helpDiagnoseAudio = Wording(
        ru: "позвонить на телефон и измерить звук: тон, эхо, потери, дрожание, громкость",
        en: "ring a telephone and measure its voice: tone, echo, loss, jitter, level")
    /// Nobody there.
    public static func voiceNotTaken(_ number: String) -> Wording {
        Wording(
            ru: "\(number) не взял трубку: снимите её, послушайте тон, потом говорите и слушайте себя",
            en: "\(number) did not take the call: take it, listen to the tone, then speak and hear yourself")
    }
    /// What came.
    public static func voiceFrom(_ number: String, _ packets: Int, _ loss: String, _ jitter: Int) -> Wording {
        Wording(
            ru: "от \(number): пакетов \(packets), потеряно \(loss) %, дрожание до \(jitter) мс",
            en: "from \(number): \(packets) packets, \(loss) % lost, jitter up to \(jitter) ms")
    }
    /// What went.
    public static func voiceTo(_ number: String, _ packets: Int, _ loss: String, _ jitter: Int) -> Wording {
        Wording(
            ru: "к \(number): пакетов \(packets), по его отчёту потеряно \(loss) %, дрожание \(jitter) мс",
            en: "to \(number): \(packets) packets, by its own report \(loss) % lost, jitter \(jitter) ms")
    }
    /// It does not say.
    public static func voiceNoReports(_ number: String, _ packets: Int) -> Wording {
        Wording(
            ru: "к \(number): пакетов \(packets); телефон не прислал отчёта RTCP",
            en: "to \(number): \(packets) packets; the telephone sent no RTCP report")
    }
    /// How loud.
    public static func voiceLevel(_ level: Int) -> Wording {
        Wording(ru: "громкость речи: \(level) дБ", en: "level of speech: \(level) dBFS")
    }
    /// Not a single packet.
    public static let voiceNothingCame = Wording(
        ru: "от телефона не пришло ни одного пакета голоса: брандмауэр или NAT, смотрите diagnose nat",
        en: "not one packet of voice came from the telephone: a firewall or NAT, see diagnose nat")
    /// Nowhere to send.
    public static let voiceNothingSent = Wording(
        ru: "телефон не сказал, куда слать голос, или запретил",
        en: "the telephone has not said where to send voice, or forbids it")
    /// Packets on the way.
    public static func voiceLoss(_ percent: String, fromPhone: Bool) -> Wording {
        let (ru, en) = fromPhone ? ("от телефона", "from") : ("к телефону", "to")
        return Wording(
            ru: "по дороге \(ru) теряется \(percent) %: проверьте кабель, коммутатор, Wi-Fi",
            en: "\(percent) % are lost on the way \(en) the telephone: look at cable, switch and Wi-Fi")
    }
    /// Packets in bunches.
    public static func voiceJitter(_ milliseconds: Int, fromPhone: Bool) -> Wording {
        let (ru, en) = fromPhone ? ("от телефона", "from") : ("к телефону", "to")
        return Wording(
            ru: "пакеты \(ru) приходят неровно, до \(milliseconds) мс: сеть перегружена, включите QoS для голоса",
            en:
                "packets \(en) the telephone come unevenly, up to \(milliseconds) ms: the network is busy, give voice priority (QoS)"
        )
    }
    /// A dead microphone.
    public static let voiceSilent = Wording(
        ru: "голоса не слышно: говорили ли в трубку, включён ли микрофон?",
        en: "no voice was heard: did somebody speak, is the microphone on?")
    /// Hardly to be heard.
    public static let voiceQuiet = Wording(
        ru: "говорят слишком тихо: прибавьте микрофон в телефоне", en: "speech is too quiet: turn the telephone's microphone up")
    /// Distorted.
    public static let voiceLoud = Wording(
        ru: "слишком громко, звук искажается: убавьте микрофон в телефоне",
        en: "too loud, speech is distorted: turn the telephone's microphone down")
    /// From elsewhere.
    public static func voiceRefused(_ count: Int) -> Wording {
        Wording(
            ru: "отброшено \(count) чужих или непонятных пакетов: голос идёт не с того адреса, смотрите diagnose nat",
            en: "\(count) packets were refused: voice comes from another address, see diagnose nat")
    }
    /// Taken together.
    public static func voiceVerdict(_ verdict: String) -> Wording {
        switch verdict {
        case "good": Wording(ru: "звук хороший", en: "the voice is good")
        case "poor": Wording(ru: "слышно, но есть замечания", en: "it can be heard, with reservations")
        default: Wording(ru: "так разговаривать нельзя", en: "nobody can talk like this")
        }
    }
}
