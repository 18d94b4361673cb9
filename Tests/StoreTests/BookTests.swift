import Exchange
import Glibc
import Host
import Routing
import Telephony
import Testing

@testable import Store

private func number(_ raw: String) -> PhoneNumber { PhoneNumber(raw, country: .ru) }

private func entry(_ numbers: String..., name: String? = nil, owner: String? = nil) -> ContactEntry {
    var entry = ContactEntry(numbers.map(number))
    (entry.name, entry.owner) = (name, owner)
    return entry
}

private func met(_ client: String, _ employee: String, _ learning: OwnerLearning = .onAnswer) -> Persistence {
    .met(client: client, name: "", employee, learning)
}

@Suite("Contact book on the disk") struct BookTests {
    @Test(
        "R-028 G-12 D-28 R-110: an imported contact is found by each of its numbers, however written, and keeps how it was written"
    )
    func imported() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        #expect(store.isBookEmpty && store.card(of: "79161234567") == .blank)
        var anna = entry("8 (916) 123-45-67", "+7 495 111-22-33", name: "Анна Ёлкина", owner: "101")
        (anna.company, anna.note, anna.language, anna.preset) = ("ООО «Ромашка»", "любит кофе", "ru", "vip")
        #expect(try store.importContacts([anna, entry("+49 30 123456", name: "Otto")]) == ContactTally(added: 2))
        let card = ClientCard(
            contact: 1, name: "Анна Ёлкина", company: "ООО «Ромашка»", note: "любит кофе", language: "ru", preset: "vip",
            owner: "101", numbers: anna.numbers)
        #expect(store.card(of: number("+7 916 1234567").digits) == card && card.isKnown)
        #expect(store.card(of: "74951112233") == card)
        #expect(try store.contact("74951112233")?.numbers.map(\.raw) == ["8 (916) 123-45-67", "+7 495 111-22-33"])
        let after = folder.snapshot()
        let (next, _) = try Store.on(after)
        #expect(!next.isBookEmpty && next.card(of: "79161234567") == card)
        #expect(try next.contacts(matching: "елкин").contacts.map(\.id) == [1], "ё is е, capitals do not matter")
        #expect(try next.contacts(digits: "3012").contacts.map(\.name) == ["Otto"])
        #expect(try next.contacts(limit: 1) == ContactPage(contacts: try next.contacts(matching: "otto").contacts, total: 2))
    }

    @Test("an import changes what it says and leaves the rest; a number has one contact, and who has none left is gone")
    func merged() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        _ = try store.importContacts([entry("101-00-01", "101-00-02", name: "А", owner: "101"), entry("101-00-03", name: "Б")])
        #expect(try store.importContacts([entry("101-00-02", "101-00-03", name: "В")]) == ContactTally(changed: 1))
        let contact = try store.contact("1010001")
        #expect(contact?.name == "В" && contact?.owner == "101" && contact?.id == 1)
        #expect(contact?.numbers.map(\.digits) == ["1010002", "1010003", "1010001"])
        #expect(try store.contacts().total == 1)
        try store.write(
            {
                var none = entry("1010003"); none.owner = ""; return none
            }())
        #expect(store.card(of: "1010001").owner == nil && store.card(of: "1010001").name == "В")
        #expect(try store.deleteContact("1010002"))
        #expect(try store.deleteContact("1010002") == false)
        #expect(store.card(of: "1010001") == .blank)
    }

    @Test("replacing leaves only what was imported, but who stays keeps his id and whom he talked to")
    func replaced() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        _ = try store.importContacts([entry("79161", name: "А"), entry("79162", name: "Б")])
        store.perform([met("79162", "103")])
        #expect(try store.importContacts([entry("79163"), entry("79162", name: "Б2")], replacing: true).added == 1)
        #expect(store.card(of: "79161") == .blank)
        #expect(store.card(of: "79162") == ClientCard(contact: 2, name: "Б2", numbers: [number("79162")], isFamiliar: true))
        #expect(try store.contacts().contacts.map(\.id) == [3, 2])
        store.close()
        let database = try Database(DatabaseFile.path(in: folder.path))
        #expect(try database.number("SELECT count(DISTINCT edition) FROM contacts") == 1, "nothing is left of the old one")
        #expect(try database.number("SELECT count(*) FROM contact_numbers") == 2)
    }

    @Test("a long import interrupted by a power cut leaves the old book; the next one clears up")
    func interrupted() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        _ = try store.importContacts([entry("79161", name: "А")])
        _ = try store.disk.write { database throws(DatabaseError) in
            var work = BookImport(from: 1, to: 2, replacing: true)
            for number in 0..<100 { try work.take(entry("7916200\(number)"), into: database) }
        }
        let after = folder.snapshot()
        let (next, _) = try Store.on(after)
        #expect(try next.contacts().contacts.map(\.name) == ["А"] && next.card(of: "79162001") == .blank)
        _ = try next.importContacts((0..<1200).map { entry("7916300\($0)") })
        #expect(try next.contacts().total == 1201 && next.card(of: "79162001") == .blank)
        #expect(next.card(of: "79161").name == "А")
        next.close()
    }

    @Test("a damaged database keeps its book")
    func rescued() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        _ = try store.importContacts([entry("79161", name: "А"), entry("79162", name: "Б")], replacing: true)
        store.close()
        DatabaseRescue.markDamage(in: folder.path)
        let (next, _) = try Store.on(folder)
        #expect(next.health.fault != nil && next.card(of: "79162").name == "Б")
        #expect(try next.importContacts([entry("79163")]).added == 1)
        #expect(next.card(of: "79163").contact == 3)
    }
}

@Suite("Learnt owners") struct LearningTests {
    @Test("R-142 R-104: whoever answers a new client first becomes his owner, known at once and after a restart")
    func onAnswer() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        store.perform([.met(client: "79161234567", name: "Иван", "103", .onAnswer)])
        let card = ClientCard(name: "Иван", owner: "103", numbers: [number("79161234567")], isFamiliar: true)
        #expect(store.card(of: "79161234567") == card && !card.isKnown, "before the disk knows")
        store.perform([met("79161234567", "104")])
        #expect(store.card(of: "79161234567").owner == "103")
        store.close()
        #expect(store.card(of: "79161234567") == card, "after it")
        let (next, _) = try Store.on(folder)
        let contact = try #require(try next.contact("79161234567"))
        #expect(contact.isProvisional && contact.firstEmployee == "103" && contact.lastEmployee == "104")
        #expect(contact.numbers.map(\.raw) == ["+79161234567"] && contact.madeAt > 0)
    }

    @Test("R-051 R-052 C-2: first, last and off")
    func rules() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        _ = try store.importContacts([entry("79165", name: "Известный")])
        let rules: [(String, OwnerLearning)] = [("79161", .first), ("79162", .last), ("79163", .off), ("79165", .onAnswer)]
        for (client, rule) in rules { store.perform([met(client, "101", rule), met(client, "102", rule)]) }
        let owners: [String?] = ["101", "102", nil, nil]
        #expect(rules.map { store.card(of: $0.0).owner } == owners)
        #expect(rules.allSatisfy { store.card(of: $0.0).isFamiliar })
        store.close()
        let (next, _) = try Store.on(folder)
        #expect(rules.map { next.card(of: $0.0).owner } == owners, "\(rules)")
        next.perform([met("79163", "104", .first)])
        #expect(next.card(of: "79163").owner == "101", "the first ever, also from before learning was on")
        next.perform([met("", "104"), met("79164", "104")])
        try next.write(entry("79164", name: "Назван"))
        #expect(
            next.card(of: "79164")
                == ClientCard(contact: 5, name: "Назван", owner: "104", numbers: [number("79164")], isFamiliar: true))
        #expect(next.card(of: "") == .blank)
    }

    @Test("a talk that ends while a new edition is written is in it")
    func duringImport() async throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        let entries = (0..<20_000).map { entry("7916\(1_000_000 + $0)", name: "Клиент \($0)") }
        async let tally = Task.detached { try store.importContacts(entries) }.value
        var talks = 0
        while talks < 200 || store.card(of: "79161000000") == .blank {
            talks += 1
            store.perform([met("79161019999", "101", .last), met("7999\(talks)", "102")])
            #expect(store.closeAndWait(record(talks), told) == .stored(StoreTicket(1)), "records are written all the while")
            #expect(store.card(of: "7999\(talks)").owner == "102")
        }
        let done = try await tally
        #expect(done.added + done.changed == 20_000)
        #expect(store.card(of: "79161019999").owner == "101")
        store.close()
        let (next, _) = try Store.on(folder)
        #expect(next.card(of: "79161019999").owner == "101")
        #expect((1...talks).allSatisfy { next.card(of: "7999\($0)").owner == "102" })
        #expect(try next.contacts().total == 20_000 + talks)
    }

    @Test("meetings are bounded, and counted where they are lost")
    func bounded() {
        let meetings = Meetings()
        for index in 0...Meetings.capacity {
            meetings.note(Meeting(client: "\(index)", name: "", employee: "101", learning: .last))
        }
        #expect(meetings.waiting.count == Meetings.capacity && meetings.lost == 1)
    }

    @Test("a killed process has lost nothing that it had two seconds for")
    func killed() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let told = try Told()
            let store = try Store(folder: "/tmp/apus-book-killed-\(getppid())", utc: 0) { told.note($0) }
            _ = try store.importContacts([entry("79161", name: "А", owner: "101")])
            store.perform([met("79162", "102")])
            // Meetings go with the next record.
            guard store.closeAndWait(record(1), told) == .stored(StoreTicket(1)) else { return }
            store.perform([met("79163", "103")])
            kill(getpid(), SIGKILL)
        }
        let path = "/tmp/apus-book-killed-\(getpid())"
        defer { Folder.remove(path) }
        let store = try Store(folder: path, utc: 0) { _ in }
        #expect(store.card(of: "79161").owner == "101" && store.card(of: "79162").owner == "102")
        store.close()
    }
}
