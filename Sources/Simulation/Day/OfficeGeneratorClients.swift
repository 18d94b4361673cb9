import Routing
import Telephony

/// Who calls from outside, and the rules that ask for it.
extension OfficeGenerator {
    /// Moscow, St Petersburg, mobiles, abroad, and those who hide.
    mutating func drawClients() -> [String] {
        let beginnings = ["+7916100", "+7916200", "+7495300", "+7812400", "+493012", "+38044200", "+121255"]
        let shown = (0..<40).map { _ in pick(beginnings) + "\(1000 + dice.roll(9000))" }
        return shown + Array(repeating: "anonymous", count: 3)
    }

    /// Some of them are in the book or known to the hook, some have an owner, a preset or a language of their own.
    mutating func drawBook(_ office: inout GeneratedOffice) {
        for (index, client) in office.clients.enumerated() where client != "anonymous" && chance(1, in: 2) {
            var card = ClientCard(name: "Client \(index)")
            if chance(2, in: 3) { card.contact = index }
            if chance(1, in: 2) { card.owner = pick(extensions) }
            if chance(1, in: 6) { card.preset = "vip" }
            if chance(1, in: 4) { card.language = pick(["en", "de", "ru"]) }
            switch dice.roll(5) {
            case 0: card.hook = .known(name: "Hooked \(index)", owner: chance(2, in: 3) ? pick(extensions) : nil)
            case 1: card.hook = .unknown
            case 2: card.hook = .failed(Wording(ru: "CRM не ответила", en: "the CRM did not answer"))
            default: break
            }
            office.book[PhoneNumber(client, country: .ru).digits] = card
        }
        office.lookUpDelay = pick([.zero, .milliseconds(3), .milliseconds(40), .milliseconds(650), .seconds(4), nil])
    }

    mutating func setCallers(_ clients: [String]) {
        let shown = clients.filter { $0 != "anonymous" }
        let target = { (office: inout Self) in office.target(afterDepartment: -1) }
        if chance(1, in: 2) {
            let until = pick(["", " until 2026-11-22", " until 2026-11-23T10:04", " until 2026-12-31"])
            set("caller boss mask \(pick(shown)) to \(target(&self)) class vip\(until)")
        }
        for _ in 0..<dice.roll(3) { set("caller spam mask \(pick(shown)) to \(pick(["busy", "drop"]))") }
        if chance(1, in: 3) { set("caller couriers mask 79162000000-79162999999 to \(target(&self))") }
        if chance(1, in: 4) { set("caller mobiles mask 7916* to \(target(&self))") }
        if chance(1, in: 4) { set("caller hidden anonymous to \(target(&self))") }
    }

    mutating func setScheme(_ id: String, rules: Int, isLast: Bool) {
        if chance(1, in: 3) { set("scheme \(id) greeting hello") }
        if chance(1, in: 2) { set("scheme \(id) night-key 1") }
        for rule in 0..<rules {
            let first = condition()
            let second = chance(1, in: 3) ? " and " + condition() : ""
            let target = !isLast && chance(1, in: 8) ? "scheme second" : target(afterDepartment: -1)
            set("scheme \(id) rule \((rule + 1) * 10) when \(first)\(second) to \(target)")
        }
        let start = chance(1, in: 3) ? "menu main" : "department " + pick(Self.departments)
        set("scheme \(id) otherwise to \(start)")
    }

    /// Two menus, one in the other.
    mutating func setMenus() {
        for (id, next) in [("main", "menu more"), ("more", "back")] {
            set("menu \(id) prompt menu-\(id)")
            set("menu \(id) key 1 to department \(pick(Self.departments))")
            set("menu \(id) key 2 to extension \(pick(extensions))")
            set("menu \(id) key 3 \(pick(["repeat", "to busy", "to drop"]))")
            set("menu \(id) key 9 \(next == "back" ? next : "to " + next)")
            if chance(1, in: 2) { set("menu \(id) extensions on") }
            if chance(1, in: 2) { set("menu \(id) silence \(seconds(2...6)) to \(target(afterDepartment: -1))") }
            if chance(1, in: 2) { set("menu \(id) invalid \(1 + dice.roll(3)) to \(target(afterDepartment: -1))") }
        }
    }

    private mutating func condition() -> String {
        switch dice.roll(14) {
        case 0: "holiday"
        case 1: "closed"
        case 2: "hours mon-fri 10:02-10:06"
        case 3: "caller known"
        case 4: "caller unknown"
        case 5: "caller anonymous"
        case 6: "caller abroad"
        case 7: "caller region \(pick(["spb", "msk", "de"]))"
        case 8: "caller mask 7916*"
        case 9: "caller mask 74953001000-74953005999"
        case 10: "caller language de"
        case 11: "caller language"
        case 12: "number region \(pick(["msk", "spb"]))"
        default: "caller known and caller abroad"
        }
    }
}
