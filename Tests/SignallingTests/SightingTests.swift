import Telephony
import Testing

@testable import Signalling

@Suite("What far ends write of themselves, and where they are")
struct SightingTests {
    private var bench = Bench(peers: [.init(id: "mtt", address: .v4(0xCB00_7107), port: nil)])

    @Test("a phone that has shown who it is; a stranger leaves nothing")
    mutating func phone() throws {
        var phone = Phone("101")
        let request = phone.request(.register)
        _ = bench.receive(request, phone.flow)
        #expect(bench.core.sightings.isEmpty)
        var far = phone.flow
        far.remote = Endpoint(.v4(0xCB00_7132), 41_000)
        _ = bench.receive(phone.authorized(request, bench.last), far)
        let sighting = try #require(bench.core.sightings.first)
        #expect(sighting.party == .account("101") && sighting.flow.remote == far.remote)
        #expect(sighting.contact == Endpoint(.v4(0x0A00_0065), 5060) && sighting.seenAs == nil)
        #expect(bench.core.sightings.count == 1)
    }

    @Test("what a trunk answers tells where it sees us; a trunk that is not configured any more is forgotten")
    mutating func trunk() throws {
        let flow = Flow(.udp, local: Bench.local, remote: Endpoint(.v4(0xCB00_7107), 5060))
        let session = bench.core.newSession()
        _ = bench.order(
            .invite(
                session,
                Invitation(
                    target: SIPURI(user: "1", at: flow.remote, transport: .udp), flow: flow, fromUser: "101", fromName: nil,
                    toUser: "1", offer: sdp(1))))
        var answer = Message.response(180, to: bench.last, tag: "x")
        answer.vias[0].parameters["received"] = "198.51.100.4"
        answer.vias[0].parameters["rport"] = "30211"
        _ = bench.receive(answer, flow)
        let sighting = try #require(bench.core.sightings.first)
        #expect(sighting.party == .trunk("mtt") && sighting.seenAs == Endpoint(.v4(0xC633_6404), 30_211))
        _ = bench.core.reconfigure(SIPSettings(domain: "office", accounts: [:], peers: []), networks: .init(), at: bench.now)
        #expect(bench.core.sightings.isEmpty && bench.core.sightingBook.byRemote.isEmpty)
    }
}
