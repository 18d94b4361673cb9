import Foundation
import Host
import Telephony
import Testing

@Suite("Time zones") struct ZoneTests {
    /// Summers north and south, winters that are shifted, changes at midnight and by days of weeks, days left out, offsets of odd
    /// minutes and seconds, rules that came and went, and none.
    static let names = [
        "Europe/Moscow", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Kyiv", "Asia/Kolkata", "Asia/Tehran",
        "Asia/Gaza", "Asia/Yekaterinburg", "Asia/Kamchatka", "Africa/Casablanca", "Africa/Cairo", "America/New_York",
        "America/Sao_Paulo", "America/Santiago", "America/Nuuk", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia",
        "Pacific/Auckland", "Antarctica/Troll", "UTC", "EST5EDT",
    ]
    /// Seconds: 1900 to 2100, looked at each third day; of every change in between the very second is sought.
    static let (begin, end, step): (Int64, Int64, Int64) = (-2_208_988_800, 4_102_444_800, 3 * 86_400)

    /// The same search by glibc, in a process of its own.
    private static let glibc = """
        import os, sys, time
        begin, end, step = map(int, sys.argv[1:4])
        for name in sys.argv[4:]:
            os.environ['TZ'] = name
            time.tzset()
            at = lambda second: time.localtime(second).tm_gmtoff
            print(name, begin, at(begin))
            for start in range(begin, end, step):
                low, high = start, start + step
                if at(low) == at(high): continue
                while high - low > 1:
                    middle = (low + high) // 2
                    if at(middle) == at(low): low = middle
                    else: high = middle
                print(name, high, at(high))
        """

    private func changes(of zone: Zone, _ name: String) -> [String] {
        func at(_ second: Int64) -> Int { zone.offset(at: second * 1000) }
        var found = ["\(name) \(Self.begin) \(at(Self.begin))"]
        var before = at(Self.begin)
        for start in stride(from: Self.begin, to: Self.end, by: Int(Self.step)) {
            var (low, high) = (start, start + Self.step)
            let after = at(high)
            defer { before = after }
            guard before != after else { continue }
            while high - low > 1 {
                let middle = (low + high) / 2
                if at(middle) == before { low = middle } else { high = middle }
            }
            found.append("\(name) \(high) \(at(high))")
        }
        return found
    }

    @Test("every change of clocks from 1900 to 2100 is, to the second, where glibc has it")
    func asGlibc() throws {
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", Self.glibc, "\(Self.begin)", "\(Self.end)", "\(Self.step)"] + Self.names
        process.standardOutput = output
        try process.run()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let expected = Dictionary(grouping: told.split(separator: "\n").map { String($0) }) { String($0.prefix { $0 != " " }) }
        for name in Self.names {
            let zone = try #require(Zone(named: name))
            #expect(changes(of: zone, name) == expected[name])
        }
        #expect(expected["Europe/Berlin"]?.count ?? 0 > 250)
    }

    @Test("What is no zone: names that are not there, folders, other files, ways out of the database")
    func unknown() {
        for name in ["", "Mars/Olympus", "Europe", "zone.tab", "/etc/localtime", "../../../etc/localtime", "right/UTC\0", "a\0b"]
        {
            #expect(Zone(named: name) == nil)
        }
        #expect(Zone(named: "UTC")?.offset(at: 0) == 0 && Zone(named: "Etc/GMT-3")?.offset(at: 0) == 10_800)
    }

    @Test("Two zones at once, and none of them is the process's")
    func several() throws {
        let before = getenv("TZ").map { String(cString: $0) }
        let (moscow, utc) = (OfficeClock(in: try #require(Zone(named: "Europe/Moscow"))), OfficeClock(in: .utc))
        for (clock, offset) in [(moscow, 10_800), (utc, 0), (moscow, 10_800)] {
            var clock = clock
            #expect(clock.now().utcOffset == offset)
        }
        #expect(getenv("TZ").map { String(cString: $0) } == before)
    }

    @Test("No byte of a zone's file that is cut or wrong does more than make it none")
    func damaged() throws {
        let whole = try Files.read("/usr/share/zoneinfo/Europe/Berlin")
        #expect(Zone(tzif: whole) == Zone(named: "Europe/Berlin"))
        for length in 0..<whole.count { #expect(Zone(tzif: Array(whole[..<length])) == nil) }
        var dice = Dice(seed: 7)
        for _ in 0..<2000 {
            var bytes = whole
            let place = Int.random(in: 0..<bytes.count, using: &dice)
            bytes[place] = UInt8.random(in: 0...255, using: &dice)
            let zone = Zone(tzif: bytes)
            for second in [Int64.min / 1000, -1, 0, 1_790_000_000, 4_000_000_000] { _ = zone?.offset(at: second * 1000) }
        }
    }
}
