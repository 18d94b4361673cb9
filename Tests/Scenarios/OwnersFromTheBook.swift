import Routing
import Simulation
import Telephony
import Testing

@testable import Console

@Suite("Owners that come with the contact list")
struct OwnersFromTheBook {
    /// The list as a spreadsheet saves it, read and kept as `apus contacts import` does.
    private func take(_ list: String, into shelf: OfficeStore, _ office: SimulatedOffice) throws {
        let file = ContactsFile(list, office: office.settings.office)
        #expect(file.errors.isEmpty, "\(file.errors)")
        _ = try shelf.store.importContacts(file.entries)
    }

    @Test(
        "R-028: a list with a column of owners is imported: the next call of each number in it, however written, rings its owner")
    func list() throws {
        var office = try salesOffice(members: ["104"])
        #expect(try office.offers("vera") == ["104"])
        let shelf = try OfficeStore()
        try take(
            """
            Имя;Телефоны;Ответственный
            Вера Климова;"8 (916) 123-45-67; 8 (495) 111-22-33";102
            Олег;+7 903 111-22-33;C
            Пётр;8 812 111-22-33;
            """, into: shelf, office)
        for (client, owner) in [("79161234567", "102"), ("74951112233", "102"), ("79031112233", "103"), ("78121112233", "104")] {
            office.store.book[client] = shelf.store.card(of: client)
            #expect(try office.offers("+" + client) == [owner], "\(client)")
        }
        try take("name,phone,owner\nVera,+7 916 123-45-67,101\n", into: shelf, office)
        office.store.book["79161234567"] = shelf.store.card(of: "79161234567")
        #expect(try office.offers("vera") == ["101"], "a later list has the last word")
    }

    @Test("R-028: an owner whom the office does not have is refused with his line, and nothing of the list is taken in")
    func stranger() throws {
        let office = try salesOffice()
        let file = ContactsFile(
            "name,phone,owner\nVera,+7 916 123-45-67,101\nOleg,+7 903 111-22-33,999\n", office: office.settings.office)
        #expect(file.errors.map(\.line) == [3])
    }
}
