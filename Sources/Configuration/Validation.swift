import Exchange
import Routing
import Signalling
import Telephony

/// Checks the office as a whole: what no single line can know.
struct Validation {
    let document: ConfigurationDocument
    let settings: Settings
    private let damaged: Set<ConfigurationPath>
    private let deleted: [ConfigurationPath: Int]
    private var errors: [ConfigurationError] = []
    private var warnings: [ConfigurationError] = []

    init(_ reading: ConfigurationReading, today: CivilTime?, zones: (String) -> Zone?) {
        (document, settings) = (reading.document, reading.document.compiled)
        (damaged, deleted) = (reading.damaged, reading.deleted)
        let zone = settings.office.timezone
        if zones(zone) == nil {
            let line = document.item("office")?.entries("timezone").first?.line
            refuse(line, Catalogue.unknownTimezone(zone), Catalogue.timezoneExample)
        }
        checkReferences()
        checkWholeness()
        checkNumbers()
        errors += document.loops()
        checkTrunks()
        checkPorts()
        checkOutside()
        checkReach()
        checkRinging()
        checkRegions()
        checkMasks()
        checkCalendar(today: today)
        checkQueues()
        checkSecrets()
        checkCodes()
        if let missing = document.missingInstaller { errors.append(missing) }
        checkVoicemail()
        checkPromptUses()
        checkOutreach()
    }

    /// In the order of lines.
    var result: (errors: [ConfigurationError], warnings: [ConfigurationError]) { (errors, warnings.inOrderOfLines) }

    mutating func refuse(_ line: Int?, _ text: Wording, _ hint: Wording) {
        errors.append(ConfigurationError(line: line, text: text, hint: hint))
    }

    mutating func warn(_ line: Int?, _ text: Wording, _ hint: Wording) {
        warnings.append(ConfigurationError(line: line, text: text, hint: hint))
    }

    // MARK: Names

    private mutating func checkReferences() {
        var orphans: [ConfigurationPath: [String]] = [:]
        for reference in document.references where document.objects[reference.target] == nil {
            if reference.line == nil, deleted[reference.target] != nil {
                orphans[reference.target, default: []].append("\(reference.owner) \(reference.key)")
            } else {
                refuse(reference.line, Catalogue.unknownTarget("\(reference.target)"), hint(for: reference.target))
            }
        }
        for (target, users) in orphans {
            refuse(deleted[target], Catalogue.stillUsed("\(target)", by: users), Catalogue.changeUsersFirst)
        }
    }

    private func hint(for target: ConfigurationPath) -> Wording {
        let name = target.name ?? ""
        if target.section == "extension", let department = settings.office.departments.values.first(where: { $0.number == name })
        {
            return Catalogue.didYouMean("department \(department.id)")
        }
        let existing = document.items(target.section).compactMap(\.path.name).filter { $0 != "*" }
        if target.section != "extension", let near = nearest(to: name, among: existing) { return Catalogue.didYouMean(near) }
        return existing.isEmpty || existing.count > 8
            ? Catalogue.define("\(target)") : Catalogue.definedOrExisting("\(target)", existing)
    }

    /// Keys without which an object means nothing.
    private static let needed = [
        ("scheme", "otherwise", "otherwise to busy"), ("trunk", "peer", "peer 10.0.0.2:5060"), ("route", "mask", "mask 8*"),
        ("route", "trunk", "trunk ID"), ("hook", "url", "url http://127.0.0.1:8900/owner"),
        ("webhook", "url", "url http://127.0.0.1:8900/events"), ("telegram", "bot", "bot \"TOKEN\""),
        ("email", "smtp", "smtp smtp.office.lan"), ("email", "from", "from pbx@office.lan"),
        ("sms", "url", "url \"http://127.0.0.1:8901/send?to={number}&text={text}\""), ("user", "role", "role owner"),
        ("user", "secret", "secret \"…\""),
    ]

    private mutating func checkWholeness() {
        for (section, key, example) in Self.needed {
            for item in document.items(section) where item.entries(key).isEmpty && !damaged.contains(item.path) {
                refuse(item.line, Catalogue.lacks("\(item.path)", key), Catalogue.add("set \(item.path) \(example)"))
            }
        }
        for item in document.items("number") where document.destination(item) == nil && !damaged.contains(item.path) {
            refuse(item.line, Catalogue.noDestination(item.path.name ?? ""), Catalogue.giveDestination)
        }
        for item in document.items("department") {
            guard let entry = item.entries("strategy").first else { continue }
            let words = entry.words.map(\.value).joined(separator: " ")
            if RingStrategy(words: words) == nil {
                refuse(entry.line, Catalogue.unknownStrategy(words), Catalogue.strategies(RingStrategy.allCases.map(\.words)))
            }
        }
        for item in document.items("department") where item.entries("member").isEmpty && !damaged.contains(item.path) {
            let example = "set \(item.path) member \(settings.office.extensions.keys.min() ?? "101")"
            warn(item.line, Catalogue.emptyDepartment(item.path.name ?? ""), Catalogue.add(example))
        }
    }

    private mutating func checkNumbers() {
        var owners: [String: String] = [:]
        for item in document.items("extension") {
            let number = item.path.name ?? ""
            owners[number] = "\(item.path)"
            if number == settings.office.country.firstEmergencyNumber {
                warn(item.line, Catalogue.helpGoesFirst(number), Catalogue.chooseAnother)
            }
        }
        for item in document.items("department") {
            checkNumber(of: item, &owners)
        }
        checkPrompts(&owners)
        checkConferences(&owners)
        checkParking(&owners)
        checkPaging(&owners)
        var companyNumbers: [String: ConfigurationPath] = [:]
        for item in document.items("number") {
            guard let name = item.path.name, Read.isNumber(name), !name.contains(where: { $0 == "*" || $0 == "#" }) else {
                continue
            }
            let digits = PhoneNumber(name, country: settings.office.country).digits
            if let other = companyNumbers[digits] {
                let line = [item.line, document.objects[other]?.line].compactMap(\.self).max()
                refuse(line, Catalogue.sameNumber(name, as: other.name ?? ""), Catalogue.keepOne)
            }
            companyNumbers[digits] = item.path
        }
    }

    // MARK: SIP and media

    private mutating func checkTrunks() {
        var seen: [Trunk] = []
        for item in document.items("trunk") {
            guard let trunk = settings.office.trunks[item.path.name ?? ""] else { continue }
            for other in seen
            where other.peer == trunk.peer && (other.port == trunk.port || other.port == nil || trunk.port == nil) {
                refuse(item.entries("peer").first?.line, Catalogue.samePeer(trunk.id, other.id), Catalogue.differentPeers)
            }
            seen.append(trunk)
            if let channels = trunk.channels, trunk.reserveIn >= channels {
                let line = (item.entries("reserve-in") + item.entries("channels")).compactMap(\.line).max()
                refuse(line, Catalogue.reserveTooLarge(trunk.id), Catalogue.reserveLess)
            }
        }
    }

    private mutating func checkPorts() {
        let ports = settings.media.ports
        let line = document.item("media")?.entries("ports").first?.line
        if ports.lowerBound % 2 == 1 {
            let range =
                "\(ports.lowerBound + 1)-\(max(ports.upperBound, ports.lowerBound < 65_532 ? ports.lowerBound + 4 : ports.upperBound))"
            refuse(line, Catalogue.oddPort, Catalogue.portsInstead(range))
        }
        if ports.count < 4 { refuse(line, Catalogue.fewPorts, Catalogue.portsInstead("10000-10999")) }
        let entries = document.item("sip")?.entries("listen") ?? []
        let listeners = settings.sip.listen
        for (index, listener) in listeners.enumerated() {
            let own = entries.indices.contains(index) ? entries[index].line : nil
            let name = "\(listener.transport.rawValue) \(listener.endpoint)"
            if listener.transport == .udp, ports.contains(listener.endpoint.port) {
                let range = "\(ports.lowerBound)-\(ports.upperBound)"
                refuse(own ?? line, Catalogue.listenerInside(name, ports: range), Catalogue.differentPort)
            }
            for other in listeners[..<index] where other.overlaps(listener) {
                let otherName = "\(other.transport.rawValue) \(other.endpoint)"
                refuse(own, Catalogue.listenersOverlap(otherName, name), Catalogue.deleteOne("delete sip listen \(otherName)"))
            }
        }
    }

    // MARK: The outside

    /// Targets outside the office: a way out there must be, and the extension's toll class must allow it.
    private mutating func checkOutside() {
        let office = settings.office
        let router = Router(office)
        for target in document.outsideTargets {
            let department = office.departments.values.first { $0.number == target.number }.map { "department \($0.id)" }
            if let inside = office.extensions[target.number].map({ "extension \($0.number)" }) ?? department {
                refuse(target.line, Catalogue.internalAsExternal(target.number), Catalogue.writeInstead(inside))
                continue
            }
            guard let route = router.route(for: target.number) else {
                warn(target.line, Catalogue.noRoute(target.number), Catalogue.addRoute)
                continue
            }
            for person in people(sending: target) where person.tollClass < route.tollClass {
                let needed = route.tollClass.rawValue
                refuse(
                    target.line,
                    Catalogue.outsideTollClass(target.number, needs: needed, of: person.number, has: person.tollClass.rawValue),
                    Catalogue.raiseClass(person.number, needed))
            }
        }
    }

    /// The extensions whose calls go to an outside target by their own or an inherited line.
    private func people(sending target: OutsideTarget) -> [Extension] {
        guard target.owner.section == "extension", let name = target.owner.name else { return [] }
        if name != "*" { return settings.office.extensions[name].map { [$0] } ?? [] }
        return document.items("extension").compactMap { item in
            guard document.effective(target.key, of: item.path).origin == .inherited(target.owner) else { return nil }
            return settings.office.extensions[item.path.name ?? ""]
        }
    }

    private mutating func checkRinging() {
        let limited = settings.office.trunks.values.compactMap { trunk in trunk.ringingLimit.map { (trunk.id, $0) } }
        guard let (trunk, limit) = limited.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return }
        for item in document.items {
            for entry in item.entries("no-answer") {
                guard let step = ConfigurationDocument.noAnswer(entry.words.map(\.value)), step.after > limit else { continue }
                let text = "\(limit.components.seconds)s"
                let after = entry.words[1].value
                warn(entry.line, Catalogue.longerThanRinging(after, trunk: trunk, limit: text), Catalogue.atMost(text))
            }
        }
        guard let entry = document.item("office")?.entries("owner").first(where: { $0.words.first?.value == "timer" }),
            let timer = entry.words.last?.value, settings.office.owners.timer > limit
        else { return }
        let text = "\(limit.components.seconds)s"
        warn(entry.line, Catalogue.longerThanRinging(timer, trunk: trunk, limit: text), Catalogue.atMost(text))
    }

    private mutating func checkSecrets() {
        for item in document.items("extension") {
            guard let number = item.path.name else { continue }
            for entry in item.entries where entry.key != "pin" {
                guard case .secret(let secret)? = entry.words.last else { continue }
                let account = entry.key == "phone" ? "\(number)-\(entry.words[0].value)" : number
                if Self.isWeak(secret, account: account) {
                    warn(entry.line, Catalogue.weakSecret(account), Catalogue.betterSecret)
                }
            }
        }
    }

    /// Short, of few different characters, digits alone, or with the account's name in it.
    private static func isWeak(_ secret: String, account: String) -> Bool {
        secret.utf8.count < 8 || Set(secret.utf8).count < 5 || (Read.isDigits(secret) && secret.utf8.count < 16)
            || secret.contains(account)
    }
}

extension SIPSettings.Listener {
    /// Whether both cannot be bound: same transport, same port, and one address holds the other.
    func overlaps(_ other: Self) -> Bool {
        transport == other.transport && endpoint.port == other.endpoint.port
            && (endpoint.address == other.endpoint.address || endpoint.address.isUnspecified
                || other.endpoint.address.isUnspecified)
    }
}

extension [ConfigurationError] {
    /// By line; what has none comes first; the order among equals stays.
    public var inOrderOfLines: Self {
        enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
    }
}
