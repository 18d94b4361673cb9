import Routing
import Telephony

/// Draws an office as a text of `set` lines. Calls only go on to what ranks higher — schemes, departments, extensions by their
/// numbers, the reception, and out — as a configuration with a loop would not be accepted.
struct OfficeGenerator {
    var dice: Dice
    let phones: Int
    var lines: [String] = []
    /// Extensions that may send calls out.
    var mayCallOut: Set<String> = []

    static let departments = ["sales", "service", "support", "office", "dealers"]
    static let reception = "reception"
    static let trunks = ["mtt", "beeline"]

    /// Extensions, by number. None has that of the emergency service: whoever dials it is on the line to help for as long as he likes.
    var extensions: [String] {
        Array((101...101 + phones).map(String.init).filter { $0 != Country.ru.firstEmergencyNumber }.prefix(phones))
    }

    /// The office, all but its compiled settings.
    mutating func office() -> GeneratedOffice {
        var office = GeneratedOffice()
        setOffice()
        for (index, number) in extensions.enumerated() { setExtension(number, index) }
        office.strategies = Array(RingStrategy.allCases.shuffled(using: &dice).prefix(Self.departments.count + 1))
        for (index, id) in (Self.departments + [Self.reception]).enumerated() {
            setDepartment(id, number: 200 + index, office.strategies[index], rank: index)
        }
        setTrunks()
        office.clients = drawClients()
        setMenus()
        setNumbers()
        setCallers(office.clients)
        drawBook(&office)
        office.inside = extensions + (0...Self.departments.count).map { String(200 + $0) }
        office.companyNumbers = ["+74951234567", "+74951234567", "+78121234567", "+74951234570", "+74951230000"]
        office.text = lines.joined(separator: "\n") + "\n"
        return office
    }

    // MARK: Chance

    mutating func set(_ line: String) { lines.append("set " + line) }

    mutating func chance(_ numerator: Int, in denominator: Int) -> Bool { dice.chance(numerator, in: denominator) }

    /// One of them; there must be one.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[dice.roll(items.count)] }

    mutating func seconds(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound + dice.roll(range.count))s" }

    /// Some target that ranks above department `rank`.
    mutating func target(afterDepartment rank: Int) -> String {
        let later = Self.departments.dropFirst(rank + 1).map { "department \($0)" }
        switch dice.roll(12) {
        case 0..<2 where !later.isEmpty: return pick(later)
        case 0..<6 where rank < Self.departments.count: return "extension " + pick(extensions)
        case 6 where rank < Self.departments.count: return "department \(Self.reception)"
        case 7..<9: return outside()
        case 9: return "drop"
        default: return "busy"
        }
    }

    /// Some target that ranks above the extension at this place.
    mutating func target(afterExtension index: Int) -> String {
        let later = extensions.dropFirst(index + 1)
        switch dice.roll(12) {
        case 0..<6 where !later.isEmpty: return "extension " + pick(Array(later))
        case 6..<8: return "department \(Self.reception)"
        case 8 where mayCallOut.contains(extensions[index]): return outside()
        case 9: return "drop"
        default: return "busy"
        }
    }

    private mutating func outside() -> String {
        let digits = String(GeneratedOffice.targetPrefix.dropFirst()) + "000\(dice.roll(5))"
        return "external " + (chance(1, in: 2) ? "+7" : "8") + digits
    }

    /// A chain of no-answer lines whose targets come from `target`.
    mutating func chain(_ owner: String, links: Int, _ target: (inout Self) -> String) {
        for _ in 0..<links {
            let to = target(&self)
            let announce = pick(["", " announce none", " announce none", " announce default", " announce not-available"])
            set("\(owner) no-answer after \(seconds(5...40)) to \(to)\(announce)")
        }
    }

    // MARK: The office

    private mutating func setOffice() {
        set("office name \"Ромашка\"")
        set("office language \(pick(["ru", "ru", "en"]))")
        set("office timezone Europe/Moscow")
        set("office country RU")
        switch dice.roll(5) {
        case 0: break
        case 1: set("office hours mon-fri 11:00-20:00")
        case 2: set("office hours mon-fri 08:00-10:\(chance(1, in: 2) ? "04" : "40")")
        default: set("office hours mon-fri 09:00-18:00")
        }
        if chance(1, in: 6) { set("office holiday 2026-11-23 \"Праздник\"") }
        if chance(1, in: 12) { set("office workday 2026-11-23") }
        let end = pick(["busy", "busy", "drop", "busy announce not-available"])
        set("office no-answer after \(seconds(20...80)) to \(end)")
        if chance(1, in: 5) { set("office external-accept answer") }
        if chance(1, in: 2) {
            set("hook crm url http://127.0.0.1:8900/owner timeout \(pick(["200ms", "700ms", "3s"]))")
            if chance(1, in: 2) { set("office owner source hook crm") }
        }
        set("office owner timer \(seconds(5...30))")
        set("office owner learn \(pick(["on-answer", "last", "first", "off"]))")
        if chance(1, in: 3) { set("office owner fallback \(target(afterDepartment: 0))") }
        if chance(1, in: 4) { set("office owner respect-office-hours on") }
        // Kept without a word, so that nobody hears anything of it.
        set("extension * record outside")
        set("office record announce off")
        set("sip listen udp \(SimulatedOffice.ownEndpoint)")
        set("sip domain office.lan")
        set("parking number \(GeneratedOffice.services[0])")
        set("parking slots 71 72")
        set("parking recall 20s")
    }

    private mutating func setTrunks() {
        let used = Self.trunks.prefix(1 + dice.roll(2))
        for (index, id) in used.enumerated() {
            set("trunk \(id) peer 203.0.113.\(10 + index)")
            if chance(1, in: 2) {
                let channels = 3 + dice.roll(6)
                set("trunk \(id) channels \(channels) reserve-in \(dice.roll(3))")
            }
            if chance(2, in: 3) { set("trunk \(id) caller-id +74951234567") }
            if chance(1, in: 4) { set("trunk \(id) ringing-limit 180s") }
        }
        let (one, other) = (used.joined(separator: " then "), used.reversed().joined(separator: " then "))
        set("route city mask 8########## " + (chance(1, in: 2) ? "strip 1 prefix 7 " : "") + "class local trunk \(one)")
        set("route e164 mask 7########## class local trunk \(chance(1, in: 2) ? one : other)")
        set("route world mask 810* class international trunk \(other)")
    }

    private mutating func setNumbers() {
        set("number +74951234567 scheme main label \"Москва\"" + (chance(1, in: 2) ? " region msk" : ""))
        set("number +78121234567 trunk mtt scheme second region spb")
        set("number +74951234570 direct \(pick(extensions))")
        setScheme("main", rules: dice.roll(7), isLast: false)
        setScheme("second", rules: dice.roll(4), isLast: true)
    }
}
