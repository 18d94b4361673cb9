import Foundation
import Host
import Telephony
import TestServers
import Testing

extension Metal {
    @Suite(.serialized) struct Clocks {
        /// A zone in which it is neither the hour of UTC nor near midnight, and three hours that are open there now and not by UTC's clock.
        private static func openNow() throws -> (name: String, zone: Zone, hours: String) {
            let now = wallClock()
            for name in ["Asia/Yekaterinburg", "America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"] {
                let zone = try #require(Zone(named: name))
                let (here, there) = (zone.civil(now).hour - 1, Zone.utc.civil(now).hour)
                guard (0...19).contains(here), !(here - 1...here + 4).contains(there) else { continue }
                return (name, zone, "daily \(here.padded(2)):00-\((here + 4).padded(2)):00")
            }
            throw NoZone()
        }

        private struct NoZone: Error {}

        /// Open calls go to 101, those at other hours to 102; nobody has a phone, and a program is told of each.
        private static func exchange(
            _ companies: [Company], in zone: String, _ hours: String, _ hook: TestServer
        ) throws -> RunningExchange {
            let trunks = companies.enumerated().map { index, company in
                """
                set trunk line\(index) peer 127.0.0.1:\(company.port)
                set number +7495123456\(index) trunk line\(index) scheme office
                """
            }
            return try RunningExchange(
                """
                set office timezone \(zone)
                set office hours \(hours)
                set scheme office rule 10 when closed to extension 102
                set scheme office otherwise to extension 101
                set extension * no-answer after 2s to drop
                set webhook crm url http://127.0.0.1:\(hook.port)/events

                """ + trunks.joined(separator: "\n"))
        }

        @Test("a notice that is sent, and a restart, leave the office in its own time: its hours, its deadlines, its reports")
        func noticesLeaveTheHours() throws {
            let (name, zone, hours) = try Self.openNow()
            let hook = try TestServer("http")
            let companies = (0..<5).map { _ in Company() }
            let exchange = try Self.exchange(companies, in: name, hours, hook)
            #expect(try exchange.apus("clock", "trust").status == 0)
            var calls = 0
            let takes = { () throws -> String? in
                try companies[calls].call("7495123456\(calls)", from: "7916000000\(calls)", through: exchange)
                _ = companies[calls].status()
                calls += 1
                let record = try #require(try exchange.records(calls).last)
                let offset = zone.civil(wallClock()).iso8601.suffix(6)
                #expect((record["at"] as? String)?.hasSuffix(offset) == true, "\(record)")
                return record["employee"] as? String
            }
            #expect(try takes() == "101", "open in \(name)")
            _ = try #require(hook.next(), "the first notice")
            #expect(try takes() == "101", "open after a notice")
            _ = try #require(hook.next())
            try exchange.terminate()
            try exchange.start()
            #expect(try takes() == "101", "open after a restart")
            _ = try #require(hook.next())
            #expect(try takes() == "101", "open after a restart and a notice")
            _ = try #require(hook.next())
            let tasks = try exchange.apus("show", "tasks", "--json").json(as: [[String: Any]].self)
            let read = ISO8601DateFormatter()
            for task in tasks {
                let times = ["firstMissed", "deadline"].compactMap { (task[$0] as? String).flatMap(read.date) }
                #expect(times.count == 2 && times[1].timeIntervalSince(times[0]) == 600, "in working time: \(task)")
            }
            #expect(tasks.count == 4)
            // Nothing but the zone changes: by UTC the office is closed.
            let utc = try exchange.file("set office timezone UTC\n")
            #expect(try exchange.apus("config", "load", utc).status == 0)
            try companies[calls].call("7495123456\(calls)", from: "79160000009", through: exchange)
            _ = companies[calls].status()
            let yesterdayToo = try exchange.apus("report", "calls", "from", "2020-01-01", "to", "2100-01-01", "--json")
            let last = try yesterdayToo.json(as: [[String: Any]].self).max { ($0["id"] as? Int ?? 0) < ($1["id"] as? Int ?? 0) }
            #expect(last?["employee"] as? String == "102", "closed by UTC: \(yesterdayToo.output)")
        }

        @Test(
            "G-14: `clock set` sets the clock by the rights of whoever says it: without them it says so, and a time that is none is refused"
        )
        func clockSet() throws {
            let exchange = try RunningExchange("set office timezone Europe/Berlin")
            let now = try #require(Zone(named: "Europe/Berlin")).civil(wallClock()).iso8601
            let apus = Built.folder.appendingPathComponent("apus").path
            let said = try run(
                URL(fileURLWithPath: "/usr/bin/setpriv"),
                ["--bounding-set=-sys_time", apus, "--state", exchange.state.path, "clock", "set", now])
            #expect(said.status == 1 && said.errors.hasPrefix("the system does not let you set the clock"), "\(said)")
            let none = try exchange.apus("clock", "set", "2027-03-28T02:30")
            #expect(none.status == 1 && none.errors.hasPrefix("there is no 2027-03-28T02:30 in Europe/Berlin"), "\(none)")
            #expect(try exchange.apus("clock", "set", "noon").status == 2)
        }
    }
}
