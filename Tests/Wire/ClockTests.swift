import Glibc
import Telephony
import Testing

@testable import Host

@Suite("The wall clock") struct ClockTests {
    @Test("G-14: vouched for by hand it is believed until it is set, and by the next process of the same boot")
    func vouched() throws {
        var clock = OfficeClock(in: .utc)
        #expect(clock.vouch() && clock.now().clockTrust == .trusted)
        let anchor = try #require(clock.anchor)
        #expect(ClockAnchor(anchor.text) == anchor)
        #expect(ClockAnchor("another-boot \(anchor.difference)\n") == nil && ClockAnchor("") == nil)
        var next = OfficeClock(in: .utc, kept: anchor)
        #expect(next.now().clockTrust == .trusted)
        // Slewed, and hours later without any network: still the same clock.
        let now = clock.now()
        clock.look(difference: anchor.difference + 400, utc: now.utc, at: now.uptime + .seconds(86_400))
        #expect(clock.anchor != nil)
        // Set to a year in which it cannot be right.
        clock.look(difference: anchor.difference - now.utc, utc: 1000, at: now.uptime + .seconds(86_401))
        #expect(clock.anchor == nil && clock.now().utc > 1_700_000_000_000)
    }

    @Test("a file of the process before does not vouch for a clock that was set since")
    func stale() {
        let anchor = ClockAnchor(difference: 12_345)
        var clock = OfficeClock(in: .utc, kept: anchor)
        var plain = OfficeClock(in: .utc)
        #expect(clock.now().clockTrust == plain.now().clockTrust)
    }
}
