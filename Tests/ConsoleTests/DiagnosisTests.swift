import Console
import Exchange
import Signalling
import Telephony
import Testing

@Suite("diagnose nat") struct DiagnosisTests {
    private static let office = """
        set extension 101 secret first-secret-11
        set extension 102 secret first-secret-12
        set trunk mtt peer 203.0.113.7
        set trunk branch peer 192.168.1.77
        """

    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    private func office(_ own: String, _ sightings: [Sighting]) throws -> OfficeFixture {
        let office = OfficeFixture(Self.office)
        let own = try address(own)
        office.reach = ReachView(
            networks: LocalNetworks(interfaces: [.init(own, prefixLength: 24)], preferred: own), sightings: sightings)
        return office
    }

    private func end(_ text: String) throws -> Endpoint { try #require(Endpoint(text)) }

    @Test("a phone in the office, one behind NAT, one behind a router that rewrites: what is so, and what to change")
    func phones() throws {
        let ours = try end("198.51.100.2:5060")
        let near = Sighting(
            .account("101"), Flow(.udp, local: ours, remote: try end("198.51.100.9:5060")), contact: try end("198.51.100.9:5060"))
        let far = Sighting(
            .account("102"), Flow(.udp, local: ours, remote: try end("203.0.113.50:41000")), via: try end("192.168.0.5:5060"),
            contact: try end("192.168.0.5:5060"))
        var mixed = far
        mixed.contact = try end("203.0.113.50:41000")
        let office = try office("198.51.100.2", [near, far, mixed])
        let said = office.run("diagnose nat --json").output
        #expect(
            said.contains(#""who":"101","verdict":"fine""#)
                && said.contains(#""verdict":"trouble","source":"203.0.113.50:41000""#))
        let text = office.run("diagnose nat", width: 200).output
        #expect(
            text.contains(
                "✓ 102: 203.0.113.50:41000 ↔ 198.51.100.2:5060\n"
                    + "    behind NAT: writes 192.168.0.5:5060 of itself, its packets come from 203.0.113.50:41000; we answer where they come from\n"
                    + "    switch keep-alive (30 s) on in the phone"), "\(text)")
        #expect(text.contains("✗ 102") && text.contains("switch SIP ALG off in the phone's router"))
        #expect(office.run("diagnose nat", .ru, width: 200).output.contains("за NAT: пишет о себе 192.168.0.5:5060"))
    }

    @Test("D-02 show nat: every port with its protocol and direction, and what the router has to do with it")
    func openPorts() throws {
        let behind = try office("192.168.1.10", [])
        let text = behind.run("show nat").output
        let rows = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(
            rows.contains("10000-10999 UDP both ways phones in the office voice nothing")
                && rows.contains("5060 UDP in mtt 203.0.113.7 SIP forward here")
                && rows.contains("5060 UDP out mtt 203.0.113.7 SIP allow")
                && rows.contains("10000-10999 UDP both ways mtt 203.0.113.7 voice forward here")
                && rows.contains("5060 UDP in branch 192.168.1.77 SIP nothing"), "\(text)")
        #expect(behind.run("show nat", .ru).output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let open = try office("198.51.100.2", []).run("show nat --json").output
        #expect(open.contains(#""direction":"in","with":"mtt 203.0.113.7","carries":"sip","router":"allow""#), "\(open)")
    }

    @Test("a box behind NAT: the provider outside sees an address that it cannot reach; a branch in the same network does not")
    func trunks() throws {
        var seen = Sighting(.trunk("mtt"), Flow(.udp, local: try end("192.168.1.10:5060"), remote: try end("203.0.113.7:5060")))
        seen.seenAs = try end("198.51.100.4:30211")
        let text = try office("192.168.1.10", [seen]).run("diagnose nat", width: 200).output
        #expect(text.contains("✗ trunk mtt: 203.0.113.7:5060 ↔ 192.168.1.10:5060"), "\(text)")
        #expect(text.contains("in Contact and SDP we write 192.168.1.10, which cannot be reached from the internet"))
        #expect(text.contains("forward UDP 5060 and 10000-10999 to 192.168.1.10"))
        #expect(text.contains("from there the exchange is seen as 198.51.100.4:30211"))
        #expect(text.contains("✓ trunk branch: 192.168.1.77:5060 ↔ 192.168.1.10:5060\n    straight"))
    }

    @Test("private addresses are those that the internet does not route")
    func privates() throws {
        for text in [
            "10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.0.1", "100.64.0.1", "169.254.1.1", "127.0.0.1", "fd00::1",
            "fe80::1", "::1",
        ] {
            #expect(try address(text).isPrivate, "\(text)")
        }
        for text in ["11.0.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "203.0.113.1", "2001:db8::1"] {
            #expect(try !address(text).isPrivate, "\(text)")
        }
    }
}

@Suite("diagnose audio") struct VoiceDiagnosisTests {
    private func said(_ measured: VoiceMeasurement?, _ words: String = "diagnose audio 101", _ language: Language = .en) -> Reply
    {
        let office = OfficeFixture("set extension 101 secret first-secret-11")
        office.phones = [PhoneView(extension: "101", account: "101", contact: "sip:101@10.0.0.5:5060", state: .idle)]
        office.measured = measured
        return office.run(words, language, width: 200)
    }

    @Test("a good voice, with its figures")
    func good() {
        let voice = VoiceMeasurement(
            MediaStatistics(received: 900, sent: 900, lost: 1, jitter: 4.4, farEnd: .init(lost: 0, jitter: 2)), speech: -21.4,
            peak: -6)
        #expect(
            said(voice)
                == Reply(
                    output: """
                        from 101: 900 packets, 0.1 % lost, jitter up to 4 ms
                        to 101: 900 packets, by its own report 0.0 % lost, jitter 2 ms
                        level of speech: -21 dBFS
                        the voice is good

                        """))
        #expect(said(voice, "diagnose audio 101 --json").output.contains(#""verdict":"good","received":900,"lost":1,"jitter":4"#))
    }

    @Test("what is wrong is said in plain words, the worst first; nothing at all leads to diagnose nat")
    func bad() {
        var voice = VoiceMeasurement(MediaStatistics(received: 900, sent: 900, lost: 40, jitter: 35), speech: -45, peak: -30)
        let told = said(voice)
        #expect(told.exitCode == 1 && told.output.contains("no RTCP report"), "\(told)")
        #expect(
            told.output.contains("! 4.2 % are lost on the way from the telephone: look at cable, switch and Wi-Fi\n! packets"))
        #expect(told.output.contains("speech is too quiet") && told.output.hasSuffix("nobody can talk like this\n"))
        voice = VoiceMeasurement(MediaStatistics(received: 900, sent: 900, farEnd: .init(lost: 12, jitter: 1)))
        #expect(said(voice).exitCode == 0 && said(voice).output.contains("1.3 % are lost on the way to the telephone"))
        #expect(said(voice, "diagnose audio 101", .ru).output.contains("голоса не слышно"))
        #expect(said(VoiceMeasurement(MediaStatistics(sent: 900))).output.contains("see diagnose nat"))
        #expect(said(nil).exitCode == 1 && said(nil, "diagnose audio 109").errors == "there is no extension 109\n")
    }
}
