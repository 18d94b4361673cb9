import Routing
import Telephony

/// Extensions and departments.
extension OfficeGenerator {
    mutating func setExtension(_ number: String, _ index: Int) {
        let me = "extension \(number)"
        set("\(me) name \"Person \(number)\"")
        set("\(me) secret \"key\(Character("a"))x\(index)yvwZ\"")
        if chance(1, in: 8) { set("\(me) phone kitchen") }
        if index % 3 > 0 { set("\(me) pickup \(index % 3 == 1 ? "department" : "off")") }
        if chance(1, in: 3) { set("\(me) calls \(2 + dice.roll(2))") }
        let right = pick(["internal", "local", "national", "national", "international"])
        set("\(me) class \(right)")
        if right != "internal" {
            mayCallOut.insert(number)
            if chance(1, in: 5) { set("\(me) mobile +\(GeneratedOffice.mobilePrefix)0\(number)") }
        }
        if chance(1, in: 4) { set("\(me) speaks \(pick(["en", "de", "en de", "uk"]))") }
        if chance(1, in: 8) { set("\(me) hours \(pick(["daily 09:00-10:05", "mon-fri 10:03-19:00", "sat,sun 10:00-15:00"]))") }
        if chance(1, in: 8) {
            let substitute = chance(2, in: 3) ? " to " + target(afterExtension: index) : ""
            let dates = pick(["2026-11-20..2026-11-25", "2026-11-23", "2026-11-01..2026-11-22"])
            set("\(me) absence \(dates) \(pick(["vacation", "sick", "other"]))\(substitute)")
        }
        if chance(2, in: 3) { chain(me, links: 1 + dice.roll(2)) { $0.target(afterExtension: index) } }
        if chance(1, in: 6) { set("\(me) on-busy to \(target(afterExtension: index))") }
        if chance(1, in: 6) { set("\(me) on-unreachable to \(target(afterExtension: index))") }
        if chance(1, in: 15) { set("\(me) forward to \(target(afterExtension: index))") }
    }

    mutating func setDepartment(_ id: String, number: Int, _ strategy: RingStrategy, rank: Int) {
        let me = "department \(id)"
        set("\(me) name \"Отдел \(id)\"")
        set("\(me) number \(number)")
        set("\(me) strategy \(strategy.words)")
        set("\(me) step \(seconds(3...15))")
        let people = extensions.shuffled(using: &dice)
        let count = min(people.count - 1, 2 + dice.roll(5))
        for person in people.prefix(count) {
            set("\(me) member \(person)" + (chance(2, in: 3) ? " priority \(1 + dice.roll(9))" : ""))
        }
        if chance(1, in: 4) { set("\(me) member external:+\(GeneratedOffice.memberPrefix)\(number)0") }
        if chance(1, in: 4) { set("\(me) add \(seconds(3...20)) \(people[count])") }
        if chance(1, in: 3) { set("\(me) familiar on") }
        if chance(1, in: 3) { set("\(me) wrap-up \(seconds(5...60))") }
        if chance(1, in: 3) { set("\(me) whisper \(pick(["prompt from-site", "number", "label"]))") }
        if chance(1, in: 4) { set("\(me) count \(pick(["in-group", "in", "in+out"]))") }
        if chance(3, in: 4) { chain(me, links: 1 + dice.roll(3)) { $0.target(afterDepartment: rank) } }
        if chance(1, in: 3) { set("\(me) on-busy to \(target(afterDepartment: rank))") }
        if chance(1, in: 5) { set("\(me) hours \(pick(["mon-fri 09:00-10:05", "daily 10:03-23:00", "sat,sun 10:00-15:00"]))") }
        if chance(1, in: 3) { set("\(me) on-closed to \(target(afterDepartment: rank))") }
    }
}
