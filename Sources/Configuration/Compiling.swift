import Exchange
import Routing
import Signalling
import Telephony

/// Where a value that holds comes from.
public enum ValueOrigin: Equatable, Sendable {
    /// It is set for the object itself.
    case own
    /// It is set for all objects of the section: `extension *`.
    case inherited(ConfigurationPath)
    /// It is the office's rule for this.
    case office
    /// Nothing is set; this is how the product comes.
    case factory
}

extension ConfigurationDocument {
    /// The lines of a key that hold for an object, and where they come from. Empty where nothing holds.
    public func effective(_ key: String, of path: ConfigurationPath) -> (lines: [[Word]], origin: ValueOrigin) {
        let own = objects[path]?.entries(key) ?? []
        if !own.isEmpty { return (own.map(\.words), .own) }
        let schemaKey = schema.section(path.section)?.key(key)
        let all = ConfigurationPath(path.section, "*")
        if schemaKey?.isInheritable == true, let inherited = objects[all]?.entries(key), !inherited.isEmpty {
            return (inherited.map(\.words), .inherited(all))
        }
        if path.section == "extension", key == "no-answer" {
            let rule = effective(key, of: ConfigurationPath("office"))
            return (rule.lines, rule.origin == .own ? .office : .factory)
        }
        let standard = schemaKey?.standard.map { $0.split(separator: " ").map { Word.plain(String($0)) } }
        return (standard.map { [$0] } ?? [], .factory)
    }

    /// The words of the only line of a key that holds.
    func words(_ key: String, of path: ConfigurationPath) -> [String]? {
        effective(key, of: path).lines.first.map { $0.map(\.value) }
    }

    private func word(_ key: String, of path: ConfigurationPath) -> String? { words(key, of: path)?.first }

    private func target(_ key: String, of path: ConfigurationPath) -> Target? {
        words(key, of: path).flatMap { Read.target($0.dropFirst()) }
    }

    private func choice<Choice: RawRepresentable<String>>(_ key: String, of path: ConfigurationPath) -> Choice? {
        word(key, of: path).flatMap(Choice.init)
    }

    private func duration(_ key: String, of path: ConfigurationPath) -> Duration? { word(key, of: path).flatMap(Read.duration) }

    private func integer(_ key: String, of path: ConfigurationPath) -> Int? { word(key, of: path).flatMap(Read.natural) }

    /// `standard`: what is announced where the line does not say.
    static func noAnswer(_ words: [String], announcing standard: Announcement = .none) -> NoAnswerStep? {
        guard words.count >= 4, let after = Read.duration(words[1]), let target = Read.target(words[3...]) else { return nil }
        let place = words[3...].firstIndex(of: "announce").map { $0 + 1 }
        let said = place.flatMap { words.indices.contains($0) ? Read.announcement(words[$0]) : nil }
        return NoAnswerStep(after: after, target: target, announce: said ?? (target.goesOn ? standard : .none))
    }

    // MARK: Settings

    /// What the exchange is told. The document must have passed validation; what is not set is as the product comes.
    public var compiled: Settings {
        let media = ConfigurationPath("media")
        let standard = MediaSettings()
        return Settings(
            office: office, sip: sip,
            media: MediaSettings(
                ports: word("ports", of: media).flatMap(Read.ports) ?? standard.ports,
                codecs: words("codecs", of: media)?.compactMap(Codec.init) ?? standard.codecs,
                noRTP: duration("no-rtp", of: media) ?? standard.noRTP))
    }

    private var office: Office {
        let path = ConfigurationPath("office")
        var office = Office()
        office.name = word("name", of: path) ?? ""
        office.language = choice("language", of: path) ?? office.language
        office.timezone = word("timezone", of: path) ?? office.timezone
        office.country = choice("country", of: path) ?? office.country
        office.noAnswer = words("no-answer", of: path).flatMap { Self.noAnswer($0, announcing: .standard) } ?? office.noAnswer
        office.acceptsByKey = word("external-accept", of: path) == "press-1"
        office.answersToAnnounce = word("announce", of: path) == "answered"
        office.calendar = calendar(of: path)
        office.owners = owners
        for hook in items("hook").compactMap(hook) { office.hooks[hook.id] = hook }
        office.followUp = followUp
        office.codes = codes
        office.voicemail = voicemail
        office.outreach = outreach
        office.parking = parking
        office.recording = recording
        for item in items("extension") {
            guard let number = item.path.name, number != "*" else { continue }
            office.extensions[number] = person(number, item)
        }
        for item in items("department") {
            guard let id = item.path.name else { continue }
            office.departments[id] = department(id, item)
        }
        for item in items("scheme") {
            guard let id = item.path.name, let target = target("otherwise", of: item.path) else { continue }
            office.schemes[id] = Scheme(
                id, rules: item.entries("rule").compactMap(schemeRule), otherwise: target,
                greeting: word("greeting", of: item.path), nightKey: word("night-key", of: item.path))
            office.schemes[id]?.closedText = words("sms", of: item.path)?.last
        }
        for menu in items("menu").compactMap(menu) { office.menus[menu.id] = menu }
        for item in items("trunk") { if let trunk = trunk(item) { office.trunks[trunk.id] = trunk } }
        office.numbers = items("number").compactMap(rule)
        office.routes = items("route").compactMap(route)
        office.callers = items("caller").flatMap { callers($0, country: office.country) }
        office.prompts = Set(items("prompt").compactMap(\.path.name))
        for item in items("prompt") {
            guard let id = item.path.name else { continue }
            office.promptSpeakers[id] = Set(item.entries("speaker").compactMap { $0.words.first?.value })
            if let number = word("number", of: item.path) { office.serviceNumbers[number] = .prompt(id) }
        }
        addConferences(to: &office)
        office.paging = paging
        office.regions = items("region").compactMap(region)
        return office
    }

    private func calendar(of path: ConfigurationPath) -> WorkCalendar {
        let lines = { (key: String) in item(path.section)?.entries(key).map { $0.words.map(\.value) } ?? [] }
        let spans = lines("hours").compactMap(Read.hours)
        let holidays = lines("holiday").compactMap { words in
            words.first.flatMap(Read.dates).map {
                WorkCalendar.Holiday(first: $0.lowerBound, last: $0.upperBound, name: words.count > 1 ? words[1] : "")
            }
        }
        let workdays = lines("workday").compactMap { $0.first.flatMap(Read.dates)?.lowerBound }
        return WorkCalendar(hours: WeeklyHours(spans), holidays: holidays, workdays: Set(workdays))
    }

    private func schemeRule(_ entry: Entry) -> SchemeRule? {
        let words = entry.words.map(\.value)
        guard words.count > 4, let number = Int(words[0]), let place = words.lastIndex(of: "to"),
            let target = Read.target(words[(place + 1)...])
        else { return nil }
        let conditions = words[2..<place]
        let country: Country = choice("country", of: ConfigurationPath("office")) ?? .ru
        return SchemeRule(
            number, when: Read.conditions(conditions, country: country), to: target, words: conditions.joined(separator: " "))
    }

    private func person(_ number: ExtensionNumber, _ item: Item) -> Extension {
        let path = item.path
        var person = Extension(number, name: word("name", of: path) ?? "")
        if let secret = word("secret", of: path) { person.phones.append(.init(name: number, secret: secret)) }
        for phone in item.entries("phone") where phone.words.count == 3 {
            person.phones.append(.init(name: "\(number)-\(phone.words[0].value)", secret: phone.words[2].value))
        }
        let chain = effective("no-answer", of: path)
        switch chain.origin {
        case .own, .inherited:
            person.noAnswer = chain.lines.compactMap { Self.noAnswer($0.map(\.value), announcing: .standard) }
        case .office, .factory: break
        }
        // A rule of all sends nobody to himself: for him it does not hold.
        let elsewhere = { (target: Target?) in target == .extension(number) ? nil : target }
        person.noAnswer.removeAll { elsewhere($0.target) == nil }
        person.onBusy = elsewhere(target("on-busy", of: path))
        person.onUnreachable = elsewhere(target("on-unreachable", of: path))
        person.forward = elsewhere(target("forward", of: path))
        person.mobile = word("mobile", of: path)
        person.recording = choice("record", of: path) ?? .off
        person.autoAnswers = word("auto-answer", of: path) != "off"
        person.calls = integer("calls", of: path) ?? person.calls
        person.pickup = choice("pickup", of: path) ?? person.pickup
        person.tollClass = choice("class", of: path) ?? person.tollClass
        person.language = choice("language", of: path)
        person.speaks = words("speaks", of: path) ?? []
        person.notify = words("notify", of: path)?.compactMap(Read.channel) ?? []
        person.hours = hours(of: path)
        person.absences = item.entries("absence").compactMap { Self.absence($0.words.map(\.value)) }
        return person
    }

    private func department(_ id: DepartmentID, _ item: Item) -> Department {
        var department = Department(id, name: word("name", of: item.path) ?? "", number: word("number", of: item.path) ?? "")
        department.members = item.entries("member").compactMap { line in
            guard let number = line.words.first.map({ Read.outsideMember($0.value) ?? $0.value }) else { return nil }
            return Department.Member(number, priority: line.words.count == 3 ? Int(line.words[2].value) ?? 0 : 0)
        }
        department.additions = item.entries("add").compactMap { line in
            guard line.words.count == 2, let after = Read.duration(line.words[0].value) else { return nil }
            return Department.Addition(after: after, number: Read.outsideMember(line.words[1].value) ?? line.words[1].value)
        }
        let strategy = item.entries("strategy").first?.words.map(\.value).joined(separator: " ")
        department.strategy = strategy.flatMap(RingStrategy.init(words:)) ?? department.strategy
        department.records = word("record", of: item.path) == "on"
        department.familiar = word("familiar", of: item.path) == "on"
        department.wrapUp = duration("wrap-up", of: item.path) ?? department.wrapUp
        department.count = choice("count", of: item.path) ?? department.strategy.standardCount
        department.step = duration("step", of: item.path) ?? department.step
        department.noAnswer = item.entries("no-answer").compactMap { Self.noAnswer($0.words.map(\.value)) }
        department.onBusy = target("on-busy", of: item.path)
        department.queue = queueRules(of: item.path)
        department.impatience = impatience(of: item.path)
        department.whisper = whisper(words("whisper", of: item.path) ?? [])
        department.hours = hours(of: item.path)
        department.onClosed = target("on-closed", of: item.path)
        return department
    }

    private func whisper(_ words: [String]) -> Department.Whisper? {
        switch (words.first, words.dropFirst().first) {
        case ("prompt", let id?): .prompt(id)
        case ("number", _): .number
        case ("label", _): .label
        default: nil
        }
    }

    private func rule(_ item: Item) -> NumberRule? {
        guard let mask = item.path.name, let target = destination(item) else { return nil }
        return NumberRule(
            mask, trunk: word("trunk", of: item.path), target: target, label: word("label", of: item.path),
            region: word("region", of: item.path))
    }

    /// Where a company number leads.
    func destination(_ item: Item) -> Target? {
        if let number = item.entries("direct").first?.words.first?.value { return .extension(number) }
        return item.entries("scheme").first?.words.first.map { .scheme($0.value) }
    }

    private func trunk(_ item: Item) -> Trunk? {
        guard let id = item.path.name, let peer = word("peer", of: item.path).flatMap(Read.peer) else { return nil }
        var trunk = Trunk(id, peer: peer.address, port: peer.port)
        trunk.transport = choice("transport", of: item.path) ?? trunk.transport
        trunk.channels = integer("channels", of: item.path)
        trunk.reserveIn = integer("reserve-in", of: item.path) ?? trunk.reserveIn
        trunk.didSource = choice("did-from", of: item.path) ?? trunk.didSource
        trunk.callerID = word("caller-id", of: item.path)
        trunk.ringingLimit = duration("ringing-limit", of: item.path)
        return trunk
    }

    private func route(_ item: Item) -> OutgoingRoute? {
        guard let id = item.path.name, let mask = word("mask", of: item.path) else { return nil }
        let trunks = item.entries("trunk").first?.words.map(\.value).filter { $0 != "then" } ?? []
        return OutgoingRoute(
            id, mask: mask, strip: integer("strip", of: item.path) ?? 0, prefix: word("prefix", of: item.path) ?? "",
            tollClass: choice("class", of: item.path) ?? .local, trunks: trunks, budget: duration("budget", of: item.path))
    }

    private var sip: SIPSettings {
        let path = ConfigurationPath("sip")
        let standard = SIPSettings()
        var accounts: [String: String] = [:]
        for item in items("extension") {
            guard let number = item.path.name, number != "*" else { continue }
            for phone in person(number, item).phones { accounts[phone.name] = phone.secret }
        }
        let peers = items("trunk").compactMap(trunk).map { SIPSettings.Peer(id: $0.id, address: $0.peer, port: $0.port) }
        return SIPSettings(
            listen: listeners, domain: word("domain", of: path) ?? standard.domain,
            sessionTimer: duration("session-timer", of: path) ?? standard.sessionTimer, accounts: accounts, peers: peers)
    }

    /// Where SIP is received; where nothing is set: UDP and TCP on port 5060 of every address.
    var listeners: [SIPSettings.Listener] {
        let set = objects[ConfigurationPath("sip")]?.entries("listen") ?? []
        let written = set.compactMap { entry -> SIPSettings.Listener? in
            guard entry.words.count == 2, let transport = TransportKind(rawValue: entry.words[0].value),
                let endpoint = Read.endpoint(entry.words[1].value)
            else { return nil }
            return SIPSettings.Listener(transport, endpoint)
        }
        return written.isEmpty ? TransportKind.allCases.map { .init($0, Endpoint(.any, 5060)) } : written
    }
}

extension Target {
    /// Whether the call goes on there, to somebody else.
    fileprivate var goesOn: Bool {
        switch self {
        case .extension, .department, .external, .scheme, .menu, .conference: true
        case .prompt, .voicemail, .busy, .drop: false
        }
    }
}
