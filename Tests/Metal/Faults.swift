import Foundation
import Telephony
import Testing

extension Metal {
    @Suite(.serialized) struct Faults {
        @Test("A call that was up when the process was killed is recorded as interrupted at the next start")
        func killed() throws {
            let exchange = try RunningExchange()
            let caller = try Phone(.pjsua, "101", of: exchange), called = try Phone(.pjsua, "102", of: exchange)
            try connect(caller, called)
            pass(1)
            try exchange.kill()
            try exchange.start()
            let record = try #require(try exchange.records(1).first)
            #expect(record["result"] as? String == "interrupted")
            #expect(record["from"] as? String == "101" && record["to"] as? String == "102")
        }

        /// One sentence and a failure, at once.
        private func expectRefusal(_ said: Said) {
            #expect(said.status != 0)
            let lines = said.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(said.errors)")
            #expect((lines.first?.count ?? 0) > 20)
        }

        private func start(_ state: URL, port: UInt16, as user: [String] = []) throws -> Said {
            let words = user + [Built.folder.appendingPathComponent("apusd").path, "--state", state.path]
            return try run(URL(fileURLWithPath: "/usr/bin/env"), words + ["--listen", "udp:127.0.0.1:\(port)"])
        }

        private func folder() throws -> URL {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("apus-metal-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            return url
        }

        @Test("A second exchange on the same folder")
        func secondOnFolder() throws {
            let exchange = try RunningExchange()
            expectRefusal(try start(exchange.state, port: Ports.take()))
            #expect(try exchange.apus("show", "health").status == 0)
        }

        @Test("A port that is taken")
        func portTaken() throws {
            let exchange = try RunningExchange(), folder = try folder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let said = try start(folder, port: exchange.port)
            expectRefusal(said)
            #expect(said.errors.contains("\(exchange.port)"))
        }

        @Test("A folder that may not be written")
        func readOnly() throws {
            let folder = try folder()
            defer { try? FileManager.default.removeItem(at: folder) }
            #expect(chmod(folder.path, 0o555) == 0)
            // Root may write anywhere, unless this capability is taken from it.
            let bound = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
            let said = try start(folder, port: Ports.take(), as: getuid() == 0 ? bound : [])
            expectRefusal(said)
            #expect(said.errors.contains(folder.path))
        }
    }
}
