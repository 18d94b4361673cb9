import Foundation
import Host
import Telephony
import Testing

/// SIPp as the telephone company on the other side of a trunk.
final class Company {
    let port = Ports.take()
    private let process = Process()

    /// Calls `number` once or so many times at once, talks for so long and hangs up.
    func call(_ number: String, through exchange: RunningExchange, calls: Int = 1, milliseconds: Int = 1000) throws {
        let pace = ["-l", "\(calls)", "-r", "\(calls)"]
        try start(["-sn", "uac", "-s", number, "-d", "\(milliseconds)"] + pace + ["127.0.0.1:\(exchange.port)"], exchange, calls)
    }

    /// The same with a number of the caller's own.
    func call(_ number: String, from caller: String, through exchange: RunningExchange) throws {
        let standard = try run(URL(fileURLWithPath: "/usr/bin/sipp"), ["-sd", "uac"]).output
        let own = standard.replacingOccurrences(of: "sip:sipp@", with: "sip:\(caller)@")
        let file = exchange.state.appendingPathComponent("caller.xml")
        try own.write(to: file, atomically: true, encoding: .utf8)
        try start(["-sf", file.path, "-s", number, "-d", "1000", "127.0.0.1:\(exchange.port)"], exchange, 1)
    }

    /// Answers one call, or so many, at once; listens when this returns.
    func answer(_ exchange: RunningExchange, calls: Int = 1) throws {
        try start(["-sn", "uas"], exchange, calls)
        let end = Date(timeIntervalSinceNow: 10)
        while (try? UDPSocket(bind: Endpoint(.loopback, port))) != nil {
            try #require(Date() < end && process.isRunning, "SIPp does not listen")
            usleep(20_000)
        }
    }

    private func start(_ words: [String], _ exchange: RunningExchange, _ calls: Int) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sipp")
        process.arguments = words + ["-i", "127.0.0.1", "-p", "\(port)", "-mp", "\(Ports.take(4))", "-m", "\(calls)", "-nostdin"]
        process.currentDirectoryURL = exchange.state
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until its one call is over: 0 if that went by the book.
    func status() -> Int32 {
        let end = Date(timeIntervalSinceNow: 15)
        while process.isRunning && Date() < end { usleep(50_000) }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { if process.isRunning { process.terminate() } }
}

extension Metal {
    @Suite(.serialized) struct Trunks {
        private func office(_ company: Company) throws -> RunningExchange {
            try RunningExchange(
                """
                set trunk company peer 127.0.0.1:\(company.port)
                set number +74951234570 trunk company direct 101
                set route city mask ####### prefix 7495 trunk company
                """)
        }

        @Test("A call from the trunk finds the extension that its number belongs to")
        func incoming() throws {
            let company = Company()
            let exchange = try office(company)
            let phone = try Phone(.pjsua, "101", of: exchange, codecs: "PCMU,PCMA")
            try company.call("74951234570", through: exchange)
            try phone.expect("incoming 0")
            phone.tell("answer 0")
            try phone.expect("confirmed 0")
            try phone.expect("ended 0")
            #expect(company.status() == 0)
            let record = try #require(try exchange.records(1).first)
            #expect(record["direction"] as? String == "in" && record["result"] as? String == "answered")
            #expect(record["number"] as? String == "+74951234570" && record["employee"] as? String == "101")
        }

        @Test("R-028, R-140: a contact book with owners is imported, and the client's next call rings his own employee")
        func owner() throws {
            let company = Company()
            let exchange = try office(company)
            let (addressed, owner) = (try Phone(.pjsua, "101", of: exchange), try Phone(.pjsua, "102", of: exchange))
            let book = try exchange.file("number;name;owner\n8 (916) 123-45-67;Вера;102\n")
            #expect(try exchange.apus("contacts", "import", book).status == 0)
            try company.call("74951234570", from: "79161234567", through: exchange)
            try owner.expect("incoming 0")
            owner.tell("answer 0")
            try owner.expect("ended 0")
            #expect(company.status() == 0 && !addressed.said("incoming"))
            #expect(try exchange.records(1).first?["employee"] as? String == "102")
        }

        @Test("A number that the trunk does not bring in is nobody's")
        func foreignNumber() throws {
            let company = Company()
            let exchange = try office(company)
            let phone = try Phone(.pjsua, "101", of: exchange)
            try company.call("74959999999", through: exchange)
            #expect(company.status() != 0)
            #expect(!phone.said("incoming"))
        }

        @Test("A dialled city number goes out by its route")
        func outgoing() throws {
            let company = Company()
            let exchange = try office(company)
            let phone = try Phone(.pjsua, "101", of: exchange, codecs: "PCMU,PCMA")
            try company.answer(exchange)
            phone.tell("call 2223344")
            try phone.expect("confirmed 0")
            pass(1)
            phone.tell("hangup 0")
            #expect(company.status() == 0)
            let record = try #require(try exchange.records(1).first)
            #expect(record["direction"] as? String == "out" && record["result"] as? String == "answered")
            #expect(record["from"] as? String == "101")
        }
    }
}
