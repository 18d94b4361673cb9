import Exchange
import FollowUp
import Glibc
import Host
import Outreach
import Routing
import Store
import Telephony

/// `DiskLife FOLDER COUNT [URL]`: a store that writes so many calls, every third of them missed, with its task and its notice before its record,
/// every second task closed at once; with a third word, the address of a webhook, its courier sends the notices meanwhile. Prints each call's number once it is stored. Made to be killed, or to have its power cut.
@main struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard (3...4).contains(arguments.count), let count = Int(arguments[2]) else { exit(2) }
        let told = try Mailbox<Event>(capacity: 1000)
        let bell = try Wakeup()
        let store = try Store(folder: arguments[1], utc: 0, posted: { bell.ring() }) { _ = told.offer($0) }
        let courier = try arguments.dropFirst(3).first.map { try Life.courier(of: store, to: $0, bell) }
        let first = store.restored.nextCall
        for number in first..<(first + count) {
            if number % 3 == 0 {
                store.perform([.task(Life.task(number, isClosed: false))])
                if number % 2 == 0 { store.perform([.task(Life.task(number, isClosed: true))]) }
                store.perform([.post(Life.notice(number))])
            }
            store.perform([.open(Life.call(number)), .close(Life.call(number), StoreTicket(number))])
            while true {
                _ = told.wait(until: nil)
                let facts = told.takeAll()
                if facts.contains(.stored(StoreTicket(number))) { break }
                if facts.contains(.storeFailed(StoreTicket(number))) { exit(1) }
            }
            var line = Array("\(number)\n".utf8)
            _ = write(STDOUT_FILENO, &line, line.count)
        }
        // What is left goes out, too.
        while courier != nil, try store.noticeCounts()[.waiting] ?? 0 > 0 { usleep(10_000) }
        courier?.stop()
        store.close()
    }
}

/// What it writes.
enum Life {
    static func courier(of store: Store, to url: String, _ bell: Wakeup) throws -> Courier {
        var settings = OutreachSettings()
        settings.webhooks["crm"] = Webhook("crm", url: url)
        let shelf = Courier.Shelf(
            heads: { try? store.waitingNotices() },
            settle: { (try? store.settleNotice($0, $1, tries: $2, at: 0, reason: $3)) != nil }, sound: { _ in nil }, utc: { 0 })
        let outreach = try Outreach()
        return try Courier(
            shelf, Courier.Settings(settings, sender: ""), bell: bell, outreach: { outreach }, sign: { _, _ in "" })
    }

    static func client(_ number: Int) -> CallRecord.Client { CallRecord.Client(number: "+7916\(1_000_000 + number)") }

    static func call(_ number: Int) -> CallRecord {
        let at = Int64(number) * 1000
        var call = CallRecord(
            id: CallID(number), at: at, utcOffset: 10_800, direction: .incoming, from: client(number).number, to: "84951234567")
        (call.client, call.department, call.wait) = (client(number), "sales", .seconds(20))
        call.result = number % 3 == 0 ? .missed : .answered
        call.task = number % 3 == 0 ? TaskID(number) : nil
        call.legs = ["101", "102"].map { .init(target: $0, at: at, rang: .seconds(20), outcome: .noAnswer) }
        return call
    }

    static func notice(_ number: Int) -> OutgoingNotice {
        var notice = OutgoingNotice(
            key: "missed-\(number)-webhook:crm", kind: .missed, at: Int64(number) * 1000, utcOffset: 10_800,
            address: .webhook("crm"), people: ["101", "102"], subject: client(number).number, text: "\(number)")
        (notice.call, notice.task) = (CallID(number), TaskID(number))
        return notice
    }

    static func task(_ number: Int, isClosed: Bool) -> CallbackTask {
        let at = Int64(number) * 1000
        var task = CallbackTask(
            id: TaskID(number), client: client(number), first: Stamp(utc: at, utcOffset: 10_800), deadline: .moment(at + 600_000),
            assignee: .department("sales"))
        if isClosed { task.closing = .init(way: .outgoing, at: Stamp(utc: at + 1000, utcOffset: 10_800), by: "101") }
        return task
    }
}
