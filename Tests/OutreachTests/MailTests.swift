import FollowUp
import Glibc
import Host
import Routing
import Telephony
import TestServers
import Testing

@testable import Outreach

/// Letters on a real server of SMTP, read by Python's own parser of mail.
@Suite("Letters", .serialized) struct MailTests {
    private func server(_ peer: TestServer, _ security: MailServer.Security, login: Bool = false) -> OutreachSettings {
        var settings = OutreachSettings()
        settings.mail = MailServer(
            host: "127.0.0.1", port: UInt16(peer.port), security: security, from: "pbx@romashka.ru", user: login ? "pbx" : nil,
            secret: login ? "слово" : nil)
        return settings
    }

    private func text(_ value: JSON?, _ name: String) -> String? {
        if case .string(let text)? = value?[name] { return text }
        return nil
    }

    private let words = "Пропущенный звонок: Вера\n.\nточка в начале строки\n" + String(repeating: "длинно ", count: 300) + "\n"

    @Test("A letter by STARTTLS and a login: subject, author and text come as they were, lines are short and ASCII")
    func letter() throws {
        let place = try Post(OutreachSettings())
        let own = try TestCertificate(in: place.folder)
        let peer = try TestServer(
            "smtp", ["--tls", "starttls", "--certificate", own.certificate, own.key, "--login", "pbx", "слово"])
        let post = try Post(server(peer, .starttls, login: true), authorities: own.certificate)
        var notice = post.notice(to: .email("anna@romashka.ru"), words)
        notice.subject = "Пропущенный звонок: Вера Климова-Длиннофамильная, +79161234567 — третий раз за утро"
        try post.post([notice])
        let got = peer.next()
        #expect(text(got, "subject") == notice.subject && text(got, "author") == "ООО «Ромашка»")
        #expect(text(got, "text") == words && text(got, "user") == "pbx" && got?["encrypted"] == .bool(true))
        #expect(text(got, "sender") == "pbx@romashka.ru" && got?["receivers"] == .array([.string("anna@romashka.ru")]))
        #expect(text(got, "id") == "<missed.1.email.anna.romashka.ru@romashka.ru>")
        #expect(got?["ascii"] == .bool(true) && got?["defects"] == .array([]) && got?["files"] == .array([]))
        if case .integer(let longest)? = got?["longest"] { #expect(longest <= 78) }
        #expect(try post.wait { $0.map(\.state) == [.sent] })
    }

    @Test("TLS from the first byte; a server that nobody vouches for gets neither letter nor password")
    func implicit() throws {
        let place = try Post(OutreachSettings())
        let own = try TestCertificate(in: place.folder)
        let peer = try TestServer("smtp", ["--tls", "implicit", "--certificate", own.certificate, own.key])
        let doubting = try Post(server(peer, .implicit))
        try doubting.post([doubting.notice(to: .email("anna@romashka.ru"))])
        #expect(try doubting.wait { $0.first?.tries == 1 })
        #expect(try doubting.store.notices().first?.reason?.text(in: .en).contains("certificate") == true)
        let believing = try Post(server(peer, .implicit), authorities: own.certificate)
        try believing.post([believing.notice(to: .email("anna@romashka.ru"))])
        #expect(peer.next()?["encrypted"] == .bool(true))
        #expect(try believing.wait { $0.first?.state == .sent } && peer.unread == 0)
    }

    @Test("A server without STARTTLS gets nothing where it is required")
    func noTLS() throws {
        let peer = try TestServer("smtp")
        let post = try Post(server(peer, .starttls))
        try post.post([post.notice(to: .email("anna@romashka.ru"))])
        #expect(try post.wait { $0.first?.tries == 1 } && peer.unread == 0)
        post.reconfigure { $0.mail?.security = .off }
        #expect(try post.wait { $0.first?.state == .sent })
    }

    @Test("Greylisting and a connection that breaks are tried again; a receiver that is not there is not, and says why")
    func outage() throws {
        let peer = try TestServer("smtp")
        let post = try Post(server(peer, .off))
        try peer.will("451 come again", "drop", "ok")
        try post.post([post.notice(to: .email("anna@romashka.ru"))])
        for round in 0..<200 where try post.states.contains(.waiting) {
            post.reconfigure { $0.chats["x"] = "\(round)" }
            usleep(100_000)
        }
        #expect(try post.states == [.sent])
        #expect(text(peer.next(), "order") == "451" && text(peer.next(), "order") == "drop" && text(peer.next(), "order") == "ok")
        try peer.will("550 5.1.1 no such user")
        try post.post([post.notice(to: .email("nobody@romashka.ru"))])
        #expect(try post.wait { $0.contains { $0.state == .failed } })
        let reason = try post.store.notices().first { $0.state == .failed }?.reason
        #expect(reason == Catalogue.channelRefused(550, "5.1.1 no such user"))
    }

    @Test("The voicemail goes along as a WAV, byte by byte")
    func attachment() throws {
        let peer = try TestServer("smtp")
        let post = try Post(server(peer, .off))
        let sound = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try Files.makeFolder(post.folder + "/messages")
        try Files.writeAtomically(sound, to: post.folder + "/messages/5.wav")
        var notice = post.notice(to: .email("anna@romashka.ru"), words)
        notice.message = 5
        try post.post([notice])
        let got = peer.next()
        guard case .array(let files)? = got?["files"], let file = files.first else {
            Issue.record("no attachment: \(String(describing: got))")
            return
        }
        #expect(text(got, "text") == words && files.count == 1)
        #expect(file["name"] == .string("message-5.wav") && file["type"] == .string("audio/wav"))
        #expect(file["bytes"] == .integer(sound.count) && got?["defects"] == .array([]))
        let sum = sound.enumerated().reduce(0) { ($0 + ($1.offset + 1) * Int($1.element)) % 1_000_003 }
        #expect(file["sum"] == .integer(sum))
    }

    @Test("Base64 as RFC 4648 has it, and a date as RFC 5322 has it")
    func forms() {
        let known = [
            "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy",
        ]
        for (text, code) in known { #expect(MailLetter.base64(Array(text.utf8)) == code) }
        let time = CivilTime(year: 2026, month: 1, day: 4, hour: 9, minute: 5, second: 7, offset: -(3 * 3600 + 1800))
        #expect(MailLetter.date(time) == "Sun, 4 Jan 2026 09:05:07 -0330")
        #expect(MailLetter.words("a\r\nBcc: x", after: "Subject: ") == "=?UTF-8?B?YSAgQmNjOiB4?=", "nobody smuggles a line in")
    }
}
