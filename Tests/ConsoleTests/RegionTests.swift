import Testing

@Suite("show regions")
struct RegionCommandTests {
    private let office = OfficeFixture(
        """
        set region spb prefix 7813
        set region north name "Северный офис" prefix 78152 language ru fi
        """)

    @Test("a name in either language, an id, a prefix; a whole number: its region")
    func chosen() {
        #expect(
            office.run("show regions петерб", .ru).output == """
                РЕГИОН  ИМЯ              СТРАНА  НАЧАЛО НОМЕРА  ЯЗЫКИ  ОТКУДА
                spb     Санкт-Петербург  ru      7812 7813      ru     задан

                """)
        for words in ["show regions north", "show regions Северный", "show regions +78152123456"] {
            #expect(
                office.run(words + " --csv").output
                    == "region,name,country,prefixes,languages,origin\r\nnorth,Северный офис,ru,\"[\"\"78152\"\"]\",\"[\"\"ru\"\",\"\"fi\"\"]\",set\r\n"
            )
        }
        #expect(office.run("show regions 4930").output == "no such region\n")
        #expect(
            office.run("show regions +4930123456 --json").output.hasPrefix(
                #"[{"region":"de","name":"Germany","country":"de","prefixes":["49"]"#))
        #expect(office.run("show regions").output.split(separator: "\n").count > 300)
    }
}
