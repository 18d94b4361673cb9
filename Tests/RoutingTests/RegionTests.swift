import Routing
import Telephony
import Testing

@Suite("Regions")
struct RegionTests {
    /// Fifty numbers and more, and where they belong.
    private static let numbers: [(String, RegionID, RegionID)] = [
        ("74951234567", "msk", "ru"), ("74991234567", "msk", "ru"), ("74981234567", "mo", "ru"), ("74961234567", "mo", "ru"),
        ("78121234567", "spb", "ru"), ("78131234567", "lenobl", "ru"), ("73431234567", "ekb", "ru"),
        ("73831234567", "novosibirsk", "ru"), ("78431234567", "tatarstan", "ru"), ("78551234567", "tatarstan", "ru"),
        ("78311234567", "nizhny", "ru"), ("73511234567", "chelyabinsk", "ru"), ("78461234567", "samara", "ru"),
        ("78481234567", "samara", "ru"), ("73811234567", "omsk", "ru"), ("78631234567", "rostov", "ru"),
        ("73471234567", "bashkortostan", "ru"), ("73911234567", "krasnoyarsk", "ru"), ("73421234567", "perm", "ru"),
        ("74731234567", "voronezh", "ru"), ("78441234567", "volgograd", "ru"), ("78611234567", "krasnodar", "ru"),
        ("78621234567", "krasnodar", "ru"), ("74231234567", "primorye", "ru"), ("74012123456", "kaliningrad", "ru"),
        ("78185312345", "nenets", "ru"), ("78182123456", "arkhangelsk", "ru"), ("73012123456", "buryatia", "ru"),
        ("79161234567", "ru", "ru"), ("78001234567", "ru", "ru"), ("77011234567", "kz", "kz"), ("77172123456", "kz", "kz"),
        ("76001234567", "kz", "kz"), ("99712345678", "kz", "kz"), ("79401234567", "abkhazia", "abkhazia"),
        ("12125551234", "us", "us"), ("14165551234", "ca", "ca"), ("16045551234", "ca", "ca"), ("18765551234", "jm", "jm"),
        ("17875551234", "pr", "pr"), ("18095551234", "do", "do"), ("442071234567", "gb", "gb"), ("441481123456", "gg", "gg"),
        ("49301234567", "de", "de"), ("33123456789", "fr", "fr"), ("390612345678", "it", "it"), ("390669812345", "va", "va"),
        ("34911234567", "es", "es"), ("861012345678", "cn", "cn"), ("85212345678", "hk", "hk"), ("85312345678", "macao", "macao"),
        ("81312345678", "jp", "jp"), ("375171234567", "by", "by"), ("380441234567", "ua", "ua"), ("35818123456", "ax", "ax"),
        ("35891234567", "fi", "fi"), ("212522123456", "ma", "ma"), ("262692123456", "re", "re"), ("972312345678", "il", "il"),
        ("998711234567", "uz", "uz"), ("4779123456", "sj", "sj"), ("4722123456", "no", "no"),
    ]

    @Test("R-055: the longest prefix decides", arguments: numbers)
    func prefixes(number: String, region: RegionID, country: RegionID) throws {
        let found = try #require(RegionTable.shipped.region(of: number))
        #expect(found.id == region && found.country == country)
        #expect(RegionTable.shipped.isNumber(number, of: region) && RegionTable.shipped.isNumber(number, of: country))
    }

    @Test("No code of nobody's; no region twice; every country has a language; every region numbers")
    func whole() {
        let table = RegionTable.shipped
        for number in ["", "0123456", "99912345678", "2101234567", "abc"] { #expect(table.region(of: number) == nil) }
        #expect(Set(table.regions.map(\.id)).count == table.regions.count)
        #expect(
            table.regions.filter { $0.country == $0.id }.count > 220 && table.regions.filter { $0.country == "ru" }.count == 90)
        for region in table.regions {
            #expect(!region.prefixes.isEmpty && table[region.country] != nil, "\(region.id)")
            #expect(!table.languages(of: region.prefixes[0] + "0000000").isEmpty, "\(region.id)")
        }
    }

    @Test("R-062: a set region takes prefixes from those that had them; a new one lies in the country of its first prefix")
    func settings() throws {
        let table = RegionTable([
            .init("spb", prefixes: ["7813"]), .init("newmsk", name: "Новая Москва", prefixes: ["749584", "7495850"]),
            .init("beeline", prefixes: ["7903", "7905"]), .init("kz", languages: ["kk"]),
        ])
        #expect(table.region(of: "78131234567")?.id == "spb" && table["lenobl"]?.prefixes == [])
        #expect(table["spb"]?.prefixes == ["7812", "7813"] && table["spb"]?.isSet == true && table["msk"]?.isSet == false)
        #expect(table.region(of: "74958412345")?.id == "newmsk" && table.region(of: "74958312345")?.id == "msk")
        #expect(table["newmsk"]?.country == "ru" && table["newmsk"]?.name.text(in: .ru) == "Новая Москва")
        #expect(table.region(of: "79031234567")?.id == "beeline" && table.isNumber("79031234567", of: "ru"))
        #expect(table.languages(of: "77011234567") == ["kk"] && table.languages(of: "78121234567") == ["ru"])
    }
}
