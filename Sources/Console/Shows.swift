import CallControl
import Configuration
import Exchange
import Routing
import Telephony

/// The lists that `show` prints.
extension CommandRunner {
    private func name(_ number: ExtensionNumber) -> String? {
        settings.office.extensions[number].flatMap { $0.name.isEmpty ? nil : $0.name }
    }

    var phones: Table {
        Table(
            columns: [
                .init("extension", Catalogue.columnExtension), .init("account", nil), .init("name", Catalogue.columnName),
                .init("state", Catalogue.columnState), .init("contact", Catalogue.columnContact),
                .init("transport", Catalogue.columnTransport), .init("expires", Catalogue.columnExpires, isNumber: true),
                .init("userAgent", Catalogue.columnPhone),
            ],
            rows: view.phones.map { phone in
                [
                    .init(phone.account, .string(phone.extension)), .init(phone.account), .init(name(phone.extension)),
                    .init(say(Catalogue.phoneState(phone.state)), .string(phone.state.rawValue)),
                    .init(phone.contact.map(Self.hostAndPort) ?? "—", .optional(phone.contact)),
                    .init(phone.transport?.rawValue), expiry(phone.expires), .init(phone.userAgent),
                ]
            }, empty: Catalogue.noPhones)
    }

    /// For people the time that is left; for programs when it ends.
    private func expiry(_ utc: Int64?) -> Table.Cell {
        guard let utc else { return .init(nil) }
        return .init(clock(utc - view.now.utc), .string(civil(utc).iso8601))
    }

    /// `10.0.0.5:5060` of `sip:101@10.0.0.5:5060;line=1`.
    private static func hostAndPort(_ contact: String) -> String {
        let address = contact.split(separator: "@").last ?? ""
        let bare = address.hasPrefix("sip:") ? address.dropFirst(4) : address
        return String(bare.prefix { $0 != ";" && $0 != ">" && $0 != "?" })
    }

    var calls: Table {
        Table(
            columns: [
                .init("id", Catalogue.columnID, isNumber: true), .init("from", Catalogue.columnFrom),
                .init("to", Catalogue.columnTo), .init("state", Catalogue.columnState),
                .init("since", Catalogue.columnDuration, isNumber: true), .init("legs", Catalogue.columnWith),
                .init("slot", nil),
            ],
            rows: view.calls.map { call in
                [
                    .init(call.id.number), .init(call.from), .init(call.to),
                    .init(
                        say(Catalogue.callState(call.state)) + (call.slot.map { " " + $0 } ?? ""), .string(call.state.rawValue)),
                    .init(clock(view.now.utc - call.since), .string(civil(call.since).iso8601)), legs(call),
                    .init("", .optional(call.slot)),
                ]
            }, empty: Catalogue.noCalls)
    }

    private func legs(_ call: CallView) -> Table.Cell {
        let text = call.legs.map { "\($0.target) \(say(Catalogue.callState($0.state)))" }.joined(separator: ", ")
        let json = call.legs.map { leg in
            JSON.object([
                ("target", .string(leg.target)), ("state", .string(leg.state.rawValue)),
                ("since", .string(civil(leg.since).iso8601)),
            ])
        }
        return .init(text, .array(json))
    }

    var numbers: Table {
        Table(
            columns: [
                .init("number", Catalogue.columnNumber), .init("label", Catalogue.columnLabel),
                .init("trunk", Catalogue.columnTrunk), .init("direct", nil), .init("scheme", Catalogue.columnScheme),
                .init("target", Catalogue.columnDestination), .init("leads", nil),
            ],
            rows: settings.office.numbers.map { rule in
                let destination = destination(rule.target)
                return [
                    .init(rule.mask), .init(rule.label), .init(rule.trunk), .init(Self.direct(rule.target)),
                    .init(Self.scheme(rule.target)),
                    .init(destination.map(told) ?? say(Catalogue.leadsNowhere), .optional(destination?.description)),
                    .init("", .bool(destination != nil)),
                ]
            }, empty: Catalogue.noNumbers)
    }

    private static func direct(_ target: Target) -> String? { if case .extension(let number) = target { number } else { nil } }

    private static func scheme(_ target: Target) -> String? { if case .scheme(let id) = target { id } else { nil } }

    /// Where a call ends up that is sent to `target`, through as many schemes as there are; nil: nowhere, or in circles.
    private func destination(_ target: Target) -> Target? {
        var target = target
        for _ in 0...settings.office.schemes.count {
            switch target {
            case .scheme(let id):
                guard let scheme = settings.office.schemes[id] else { return nil }
                target = scheme.otherwise
            case .extension(let number): return settings.office.extensions[number].map { _ in target }
            case .department(let id): return settings.office.departments[id].map { _ in target }
            case .menu(let id): return settings.office.menus[id].map { _ in target }
            case .conference(let id): return settings.office.conferences[id].map { _ in target }
            case .external, .prompt, .voicemail, .busy, .drop: return target
            }
        }
        return nil
    }

    /// A target with the name of who it is.
    private func told(_ target: Target) -> String {
        let name: String? =
            switch target {
            case .extension(let number): name(number)
            case .department(let id): settings.office.departments[id]?.name
            case .voicemail(let box): settings.office.box(box)?.name
            case .conference(let id): settings.office.conferences[id]?.name
            case .external, .scheme, .menu, .prompt, .busy, .drop: nil
            }
        return name.map { $0.isEmpty ? "\(target)" : "\(target) (\($0))" } ?? "\(target)"
    }

    var departments: Table {
        Table(
            columns: [
                .init("department", Catalogue.columnDepartment), .init("name", Catalogue.columnName),
                .init("number", Catalogue.columnNumber), .init("strategy", Catalogue.columnStrategy), .init("step", nil),
                .init("members", Catalogue.columnMembers), .init("noAnswer", Catalogue.columnNoAnswer), .init("onBusy", nil),
                .init("waiting", Catalogue.columnWaiting, isNumber: true),
                .init("longest", Catalogue.columnLongest, isNumber: true), .init("callbacks", nil),
            ],
            rows: settings.office.departments.values.sorted { $0.id < $1.id }.map { department in
                let queue = view.queues[department.id] ?? QueueView()
                return [
                    .init(department.id), .init(department.name), .init(department.number), .init(department.strategy.words),
                    .init("", .seconds(department.step)), members(department), chain(department.noAnswer),
                    .init(department.queue == nil ? department.onBusy?.description : "queue"), .init(queue.waiting),
                    queue.longest.map { .init(clock($0.milliseconds), .seconds($0)) } ?? .init(nil), .init(queue.callbacks),
                ]
            }, empty: Catalogue.noDepartments)
    }

    private func members(_ department: Department) -> Table.Cell {
        let json = department.members.map(\.number).map { number in
            JSON.object([
                ("extension", .string(number)), ("name", .optional(name(number))), ("state", .string(state(number).rawValue)),
                ("says", .array(marks(number, in: department.id).map { .string($0.word) })),
            ])
        }
        let told = department.members.map { member in
            let marks = marks(member.number, in: department.id).map { say($0.wording) }
            return marks.isEmpty ? member.number : "\(member.number) (\(marks.joined(separator: ", ")))"
        }
        return .init(told.joined(separator: " "), .array(json))
    }

    private func state(_ number: ExtensionNumber) -> PhoneState {
        view.phones.first { $0.extension == number && $0.contact != nil }?.state ?? .unavailable
    }

    private func chain(_ steps: [NoAnswerStep]) -> Table.Cell {
        let text = steps.map { "\(clock($0.after.milliseconds)) → \($0.target)" }.joined(separator: ", ")
        let json = steps.map { JSON.object([("after", .seconds($0.after)), ("target", .string("\($0.target)"))]) }
        return .init(steps.isEmpty ? "—" : text, .array(json))
    }

    var trunks: Table {
        Table(
            columns: [
                .init("trunk", Catalogue.columnTrunk), .init("peer", Catalogue.columnContact),
                .init("transport", Catalogue.columnTransport), .init("channels", Catalogue.columnChannels, isNumber: true),
                .init("reserveIn", Catalogue.columnReserve, isNumber: true),
                .init("inUse", Catalogue.columnInUse, isNumber: true),
                .init("most", Catalogue.columnMost, isNumber: true), .init("didFrom", nil),
                .init("callerID", Catalogue.columnCallerID), .init("ringingLimit", nil),
            ],
            rows: settings.office.trunks.values.sorted { $0.id < $1.id }.map { trunk in
                let use = view.trunkUses[trunk.id] ?? TrunkUse()
                return [
                    .init(trunk.id), .init("\(trunk.endpoint)"), .init(trunk.transport.rawValue),
                    .init(trunk.channels.map(String.init) ?? "—", trunk.channels.map(JSON.integer) ?? .null),
                    .init(trunk.reserveIn), .init(use.calls), .init(use.most), .init(trunk.didSource.rawValue),
                    .init(trunk.callerID),
                    .init("", .seconds(trunk.ringingLimit)),
                ]
            }, empty: Catalogue.noTrunks)
    }

    // MARK: One extension

    func show(_ number: ExtensionNumber, secrets: Bool) throws(CommandFailure) -> Reply {
        guard let person = settings.office.extensions[number] else {
            throw CommandFailure(Catalogue.unknownTarget("extension \(number)"))
        }
        let phones = view.phones.filter { $0.extension == number }
        if secrets {
            let accounts = person.phones.map { JSON.object([("account", .string($0.name)), ("secret", .string($0.secret))]) }
            return print(
                text: person.phones.map { "\($0.name)  \($0.secret)\n" }.joined(),
                json: .object([("extension", .string(number)), ("accounts", .array(accounts))]))
        }
        let settings = effectiveSettings(number)
        let states = phones.map { phone -> String in
            let place = phone.contact.map { "\($0)  \(clock((phone.expires ?? 0) - view.now.utc))" } ?? ""
            return "  \(phone.account.paddedRight(14))\(say(Catalogue.phoneState(phone.state)).paddedRight(13))\(place)".printable
        }
        let marks = marks(number, in: nil)
        let says = marks.map { say($0.wording) }.joined(separator: ", ")
        let lines =
            ["extension \(number)" + (person.name.isEmpty ? "" : "  \(person.name)")] + settings.map(\.text)
            + (marks.isEmpty ? [] : ["  " + say(Catalogue.stateHeading).paddedRight(16) + says])
            + [say(Catalogue.phonesHeading)] + (states.isEmpty ? ["  " + say(Catalogue.noPhones)] : states)
        let text = lines.map { $0.cut(width).trimmedEnd + "\n" }.joined()
        return print(
            text: text,
            json: .object([
                ("extension", .string(number)), ("name", .string(person.name)), ("settings", .array(settings.map(\.json))),
                ("phones", .array(phonesJSON(of: number))), ("says", .array(marks.map { .string($0.word) })),
            ]))
    }

    private func phonesJSON(of number: ExtensionNumber) -> [JSON] {
        var table = phones
        table.rows = zip(view.phones, table.rows).filter { $0.0.extension == number }.map(\.1)
        guard case .array(let rows) = table.json else { return [] }
        return rows
    }

    /// Every key that holds, and where it comes from where that is not the extension itself.
    private func effectiveSettings(_ number: ExtensionNumber) -> [(text: String, json: JSON)] {
        let path = ConfigurationPath("extension", number)
        let keys = view.document.schema.section("extension")?.keys.map(\.word) ?? []
        return keys.filter { !["secret", "phone", "name", "pin"].contains($0) }.flatMap { key in
            let (lines, origin) = view.document.effective(key, of: path)
            return lines.map { words -> (text: String, json: JSON) in
                let value = words.map(\.value).joined(separator: " ")
                let source = source(origin)
                let mark = source.text.isEmpty ? "" : "  (\(source.text))"
                return (
                    "  \(key.paddedRight(16))\(value)\(mark)",
                    .object([
                        ("key", .string(key)), ("value", .string(value)), ("origin", .string(source.word)), ("from", source.from),
                    ])
                )
            }
        }
    }

    private func source(_ origin: ValueOrigin) -> (word: String, from: JSON, text: String) {
        switch origin {
        case .own: ("own", .null, "")
        case .inherited(let path): ("inherited", .string("\(path)"), say(Catalogue.inheritedFrom("\(path)")))
        case .office: ("inherited", .string("office"), say(Catalogue.inheritedFrom("office")))
        case .factory: ("factory", .null, say(Catalogue.factoryValue))
        }
    }
}
