import FollowUp
import Simulation
import Telephony
import Testing

/// The clock shows ten on a Monday morning, and nobody vouches for it.
@Suite("While nobody knows what time it is") struct UntrustedClock {
    private let lines =
        twoDesks + """
            set trunk mtt peer 203.0.113.10
            set route city mask 8########## trunk mtt
            set number +74951234567 trunk mtt scheme office
            set scheme office rule 10 when closed to extension 103
            set scheme office otherwise to department sales
            set department sales number 200
            set department sales member 101
            set department sales member 102
            set department sales no-answer after 30s to busy
            set office hours sat 09:00-10:00

            """

    private func givesUp(_ client: String, _ office: inout SimulatedOffice) throws -> [String] {
        try office.offers(client, to: "84951234567", for: .seconds(10))
    }

    private func report(_ office: SimulatedOffice) throws -> MissedReport {
        try OfficeStore(of: office).missed(.today, at: office.moment)
    }

    @Test(
        "G-14: called back within seconds he is tried, at a time not known, never not returned; dated when somebody vouches for it"
    )
    func calledBack() throws {
        var office = try office(lines) { $0.clockTrust = .untrusted }
        #expect(try givesUp("vera", &office) == ["101", "102"], "hours are not in force")
        #expect(try givesUp("+79162222222", &office) == ["101", "102"])
        try office.talks("101", for: .seconds(5))
        #expect(office.store.tasks.values.sorted { $0.id < $1.id }.map(\.verdict) == [.tried, nil])
        let unknown = try report(office)
        #expect(unknown.totals.tried == 1 && unknown.totals.inTime == 0 && unknown.totals.late == 0)
        #expect(unknown.text.contains("101             tried, time ?") && unknown.text.contains("time unknown"))
        #expect("\(unknown.json)".contains(#""returnedBy":"101","verdict":"tried""#))
        #expect(!unknown.text.contains("never\n"), "\(unknown.text)")
        office.losesPower()
        #expect(try report(office).totals.tried == 1, "nor does a restart know")
        office.clockTrust = .trusted
        #expect(try givesUp("+79163333333", &office) == ["103"], "closed, now that it is known")
        #expect(try report(office).totals.tried == 0)
        #expect(office.store.tasks[TaskID(1)]?.verdict == .inTime, "\(office.store.tasks)")
    }
}
