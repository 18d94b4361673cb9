import Foundation
import Telephony
import TestServers
import Testing

extension Metal {
    @Suite(.serialized) struct Notices {
        @Test(
            "R-095, R-097, R-099, R-101: a client gives up: a chat, a program, a letter and the board's lamp know it, by the real exchange"
        )
        func everywhere() throws {
            let (bot, hook, mail, company) = (try TestServer("http"), try TestServer("http"), try TestServer("smtp"), Company())
            let lamp = FileManager.default.temporaryDirectory.appendingPathComponent("apus-lamp-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: lamp) }
            try FileManager.default.createDirectory(at: lamp, withIntermediateDirectories: true)
            try "[timer] none".write(to: lamp.appendingPathComponent("trigger"), atomically: true, encoding: .utf8)
            try "0".write(to: lamp.appendingPathComponent("brightness"), atomically: true, encoding: .utf8)
            let exchange = try RunningExchange(
                """
                set trunk company peer 127.0.0.1:\(company.port)
                set number +74951234570 trunk company direct 101
                set extension 101 no-answer after 2s to drop
                set extension 101 notify telegram:anna email:anna@example.net lamp
                set telegram bot "1:a" api http://127.0.0.1:\(bot.port)
                set telegram chat anna 123
                set webhook crm url http://127.0.0.1:\(hook.port)/events
                set email smtp 127.0.0.1:\(mail.port) tls off from apus@example.net
                set office missed lamp \(lamp.path)
                """)
            let phone = try Phone(.pjsua, "101", of: exchange, watchesMessages: true)
            try company.call("74951234570", from: "74950001122", through: exchange)
            try phone.expect("incoming 0")
            _ = company.status()
            let ended = Date()
            let message = try #require(bot.next())
            let event = try #require(hook.next())
            let letter = try #require(mail.next())
            // The bound is the requirement's own, and far above what a loaded machine needs.
            #expect(Date().timeIntervalSince(ended) < 5)
            #expect(text(message, "path") == "/bot1:a/sendMessage" && text(message, "body")?.contains("74950001122") == true)
            #expect(text(event, "path") == "/events" && text(event, "body")?.contains("\"addressee\":\"101\"") == true)
            #expect(text(letter, "subject")?.contains("74950001122") == true)
            try phone.expect("lamp on 1/0")
            #expect(brightness(lamp) == "1" && content(lamp, "trigger") == "none")
            let said = try exchange.apus("show", "notices", "--json").json(as: [[String: Any]].self)
            #expect(said.count == 3 && said.allSatisfy { $0["state"] as? String == "sent" }, "\(said)")
            let task = try exchange.apus("show", "tasks", "--json").json(as: [[String: Any]].self)
            let id = try #require(task.first?["id"] as? Int)
            #expect(try exchange.apus("tasks", "done", "\(id)").status == 0)
            try phone.expect("lamp off 0/0")
            #expect(brightness(lamp) == "0")
        }

        private func text(_ json: JSON, _ key: String) -> String? { if case .string(let text)? = json[key] { text } else { nil } }

        private func content(_ folder: URL, _ name: String) -> String? {
            try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }

        /// What the exchange wrote, as soon as it did.
        private func brightness(_ lamp: URL) -> String? {
            for _ in 0..<30 where content(lamp, "brightness")?.isEmpty != false { pass(0.1) }
            return content(lamp, "brightness")
        }
    }
}
