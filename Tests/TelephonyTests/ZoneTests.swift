import Telephony
import Testing

@Suite("Zones") struct ZoneTests {
    /// A file of the second version with nothing but a rule (RFC 8536 §3): a type of offset 0 stands before it.
    private func zone(_ rule: String, leapSeconds: UInt8 = 0) -> Zone? {
        func block(leaps: UInt8, wide: Bool) -> [UInt8] {
            let counts: [[UInt8]] = [[0], [0], [leaps], [0], [1], [4]]
            let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { [0, 0, 0] + $0 }
            return header + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
                + [UInt8](repeating: 0, count: Int(leaps) * (wide ? 12 : 8))
        }
        return Zone(
            tzif: block(leaps: 0, wide: false) + block(leaps: leapSeconds, wide: true) + Array("\n\(rule)\n".utf8))
    }

    private func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0) -> Int64 {
        CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second).utc
    }

    @Test("Rules of POSIX's TZ, and RFC 8536 §3.3.1: times below zero and beyond a day, names in brackets, summer all year")
    func rules() throws {
        let berlin = try #require(zone("CET-1CEST,M3.5.0,M10.5.0/3"))
        #expect(berlin.offset(at: utc(2027, 3, 28, 0, 59, 59)) == 3600 && berlin.offset(at: utc(2027, 3, 28, 1)) == 7200)
        #expect(berlin.offset(at: utc(2027, 10, 31, 0, 59, 59)) == 7200 && berlin.offset(at: utc(2027, 10, 31, 1)) == 3600)
        let nuuk = try #require(zone("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"))
        #expect(nuuk.offset(at: utc(2027, 3, 28, 0, 59, 59)) == -7200 && nuuk.offset(at: utc(2027, 3, 28, 1)) == -3600)
        let gaza = try #require(zone("EET-2EEST,M3.4.4/50,M10.4.4/50"))
        #expect(gaza.offset(at: utc(2027, 3, 26, 23, 59, 59)) == 7200 && gaza.offset(at: utc(2027, 3, 27)) == 10_800)
        let south = try #require(zone("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"))
        #expect(south.offset(at: utc(2027, 1, 1)) == 39_600 && south.offset(at: utc(2027, 7, 1)) == 37_800)
        let always = try #require(zone("XXX3EDT4,0/0,J365/23"))
        for month in 1...12 { #expect(always.offset(at: utc(2028, month, 1)) == -14_400) }
        // The last day of February, counted with and without the 29th.
        let julian = try #require(zone("AAA0BBB,J60/0,59/0"))
        #expect(julian.offset(at: utc(2028, 2, 29)) == 0 && julian.offset(at: utc(2028, 3, 1)) == 3600)
        #expect(try #require(zone("EST5")).offset(at: 0) == -18_000)
        #expect(try #require(zone("")).offset(at: 0) == 0)
    }

    @Test(
        "What is no rule",
        arguments: [
            "CET", "CE-1", "<>-1", "CET-25", "CET-1:60", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1",
            "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x", "CET-99999999999999999999",
        ])
    func noRules(text: String) { #expect(zone(text) == nil) }

    @Test("Leap seconds are counted by no clock of ours") func leapSeconds() { #expect(zone("UTC0", leapSeconds: 1) == nil) }

    @Test("A time that the clocks leave out has no offset, one that they show twice has two, the earlier moment's first")
    func wallClocks() throws {
        let berlin = try #require(zone("CET-1CEST,M3.5.0,M10.5.0/3"))
        func at(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 30) -> CivilTime {
            CivilTime(year: 2027, month: month, day: day, hour: hour, minute: minute)
        }
        #expect(berlin.offsets(of: at(3, 28, 1)) == [3600] && berlin.offsets(of: at(3, 28, 3)) == [7200])
        #expect(berlin.offsets(of: at(3, 28, 2)) == [] && berlin.offset(of: at(3, 28, 2)) == 3600)
        #expect(berlin.offsets(of: at(3, 28, 2, 0)) == [] && berlin.offsets(of: at(3, 28, 3, 0)) == [7200])
        #expect(berlin.offsets(of: at(10, 31, 2)) == [7200, 3600] && berlin.offset(of: at(10, 31, 2)) == 7200)
        #expect(berlin.offsets(of: at(10, 31, 3)) == [3600])
        #expect(berlin.civil(utc(2027, 7, 1, 10)).iso8601 == "2027-07-01T12:00:00+02:00")
        #expect(Zone(offset: 19_800).offsets(of: at(1, 1, 0)) == [19_800])
    }
}
