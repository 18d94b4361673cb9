import Exchange
import Glibc
import Host
import Outreach
import Routing
import Store
import Telephony
import TestServers
import Testing

@testable import apusd

/// The desk with a real book and a real hook.
private final class Desk {
    let folder = "/tmp/apus-desk-\(getpid())-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
    let server: Server
    let store: Store
    let desk: ClientDesk
    private let answers: Box<ClientCard>

    init() throws {
        let answers = try Box<ClientCard>()
        (server, store, self.answers) = (try Server(), try Store(folder: folder, utc: 0) { _ in }, answers)
        desk = try ClientDesk(store) { _, card in answers.put(card) }
        var anna = ContactEntry([PhoneNumber("+79161234567", country: .ru)])
        (anna.name, anna.owner, anna.preset) = ("Анна", "101", "vip")
        _ = try store.importContacts([anna])
    }

    deinit {
        desk.stop()
        store.close()
        server.close()
        Folder.remove(folder)
    }

    func hook(_ path: String, _ timeout: Duration = .seconds(20)) -> LookUpHook {
        LookUpHook("crm", url: server.url(path), timeout: timeout)
    }

    func ask(_ client: String, _ hook: LookUpHook?) -> ClientCard? {
        let deadline = Instant.now + (hook?.timeout ?? .seconds(20))
        guard desk.ask(.init(call: CallID(1), client: client, hook: hook, deadline: deadline)) else { return nil }
        return answers.next()
    }
}

@Suite("Who calls") struct DeskTests {
    private let anna = ClientCard(
        contact: 1, name: "Анна", preset: "vip", owner: "101", numbers: [PhoneNumber("+79161234567", country: .ru)])

    @Test("the book alone is asked where it is the source; explain is told the same")
    func book() throws {
        let desk = try Desk()
        #expect(desk.ask("79161234567", nil) == anna && desk.ask("79160000000", nil) == .blank)
        #expect(desk.desk.card(of: "79161234567", hook: nil) == anna)
        #expect(desk.server.requests.isEmpty && desk.desk.health(at: 0) == nil)
    }

    @Test("R-053: what the book and the hook say of a client comes side by side")
    func both() throws {
        let desk = try Desk()
        var card = anna
        (card.hook, card.company, card.language) = (.known(name: "Иван", owner: "102"), "ООО", "en")
        #expect(desk.ask("79161234567", desk.hook("/owner")) == card)
        #expect(desk.desk.card(of: "79161234567", hook: desk.hook("/owner")) == card)
        let stranger = desk.ask("79160000000", desk.hook("/unknown"))
        #expect(stranger == ClientCard(hook: .unknown) && stranger?.isKnown == false)
        #expect(desk.desk.health(at: 0)?.counters.first { $0.name == "answered" }?.count == 2)
    }

    @Test("R-139: a hook that hangs or is not there leaves what the book knows")
    func without() throws {
        let desk = try Desk()
        var late = anna
        late.hook = .failed(Catalogue.answerLate)
        #expect(desk.ask("79161234567", desk.hook("/hang", .milliseconds(100))) == late)
        #expect(desk.desk.card(of: "79161234567", hook: desk.hook("/hang", .milliseconds(100))) == late)
        let gone = desk.ask("79161234567", LookUpHook("crm", url: "http://127.0.0.1:1/", timeout: .seconds(20)))
        guard case .failed? = gone?.hook else { Issue.record("\(String(describing: gone))"); return }
        #expect(gone?.owner == "101")
    }

    @Test("many calls at once are each answered, and stopping waits for none of them")
    func many() throws {
        let desk = try Desk()
        for _ in 0..<100 {
            let hook = desk.hook("/hang", .seconds(20))
            #expect(desk.desk.ask(.init(call: CallID(1), client: "79161234567", hook: hook, deadline: .now + .seconds(20))))
        }
        desk.desk.stop()
    }
}
