import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("A leg is watched, counted and reported")
struct ReportTests {
    @Test("A leg whose ports are taken fails, and again opens when they are free")
    func portsTaken() throws {
        let rig = try Rig()
        let local = try freePair()
        do {
            let taken = try UDPSocket(bind: Endpoint(.loopback, local.port + 1))
            rig.perform(.open(MediaLegID(1), local: local))
            #expect(rig.facts == [.failed(MediaLegID(1))])
            _ = taken
        }
        rig.perform(.open(MediaLegID(1), local: local))
        #expect(waitUntil { rig.plane.counters().legs == 1 })
        _ = try rig.close(1)
        rig.perform(.open(MediaLegID(2), local: local))
        #expect(waitUntil { rig.plane.counters().legs == 1 })
        #expect(rig.facts.count == 2)
    }

    @Test("Orders for legs that are not open are ignored; one that is closed is told so all the same, its port is waited for")
    func unknownLegs() throws {
        let rig = try Rig(), anna = try Phone()
        let stream = MediaStream(remote: anna.local, sources: [.loopback], codec: .alaw)
        rig.perform(
            .describe(MediaLegID(7), stream), .connect(MediaLegID(7), MediaLegID(8)), .play(MediaLegID(7), .music),
            .quiet(MediaLegID(7)), .close(MediaLegID(7)))
        #expect(waitUntil { rig.facts == [.closed(MediaLegID(7), MediaStatistics())] })
    }

    @Test("Silence is told once; a leg that is not watched is let be")
    func lost() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna) { $0.watch = .milliseconds(300) }
        _ = try rig.open(2, for: boris)
        try anna.speak(to: first)
        #expect(rig.wait { $0.contains(.lost(MediaLegID(1))) })
        usleep(700_000)
        #expect(rig.facts == [.lost(MediaLegID(1))])
    }

    @Test("Whoever speaks is not lost")
    func notLost() throws {
        let rig = try Rig(), anna = try Phone()
        let first = try rig.open(1, for: anna) { $0.watch = .seconds(2) }
        let end = Instant.now + .milliseconds(2500)
        while Instant.now < end {
            try anna.speak(to: first)
            usleep(100_000)
        }
        #expect(rig.facts.isEmpty)
    }

    @Test("Closing tells what came, what was sent and what was lost")
    func statistics() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        for number in 0..<100 {
            if number % 10 == 5 {
                anna.next.sequence &+= 1
                anna.next.timestamp &+= 160
            } else {
                try anna.speak(to: first)
                #expect(boris.hear() != nil)
            }
        }
        let heard = try rig.close(1), told = try rig.close(2)
        #expect(heard.received == 90 && heard.lost == 10 && heard.refused == 0 && heard.sent == 0)
        #expect(told.sent == 90 && told.received == 0)
        #expect(heard.jitter > 0)
    }

    @Test("Loss, reordering, duplicates and restarts by the book (RFC 3550 A.1, A.3)")
    func reception() throws {
        var reception = Reception()
        func note(_ sequence: Int, source: UInt32 = 1) {
            let packet = Packet(
                sequence: UInt16(truncatingIfNeeded: sequence), timestamp: UInt32(truncatingIfNeeded: sequence * 160),
                source: source,
                payload: [])
            packet.bytes.withUnsafeBytes { raw in
                guard let base = raw.baseAddress, let header = RTPHeader(base, count: raw.count) else { return }
                _ = reception.note(header, arrival: header.timestamp, timed: true)
            }
        }
        for sequence in 65_530..<65_540 where sequence != 65_533 { note(sequence) }
        #expect(reception.received == 9 && reception.lost == 1)
        #expect(reception.highestSequence == 65_539)
        #expect(reception.fractionLost() == 25)
        note(65_533)
        #expect(reception.lost == 0 && reception.fractionLost() == 0)
        note(65_539)
        #expect(reception.lost == 0)
        for sequence in [65_545, 65_546] { note(sequence) }
        #expect(reception.lost == 4)
        note(30_000, source: 2)
        note(30_003, source: 2)
        #expect(reception.lost == 6)
        note(50_000, source: 2)
        #expect(reception.received == 15)
        note(50_001, source: 2)
        #expect(reception.received == 16 && reception.lost == 6)
        #expect(reception.highestJitter == 0)
    }

    @Test("Jitter by the book (RFC 3550 A.8)")
    func jitter() {
        var reception = Reception()
        for number in 0..<200 {
            let packet = Packet(sequence: UInt16(number), timestamp: UInt32(number * 160), source: 1, payload: [])
            packet.bytes.withUnsafeBytes { raw in
                guard let base = raw.baseAddress, let header = RTPHeader(base, count: raw.count) else { return }
                _ = reception.note(header, arrival: UInt32(number * 160 + number % 2 * 80), timed: true)
            }
        }
        // Every packet is 10 ms off the one before.
        #expect(abs(reception.highestJitter - 10) < 0.1)
    }

    @Test("Our RTCP is well formed, true, and ends with a goodbye; theirs is never passed on")
    func rtcp() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone(), reports = try Phone()
        let first = try rig.open(1, for: anna) { $0.remoteRTCP = reports.local }
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), .play(MediaLegID(1), .tone(.dial, .ru)))
        for _ in 0..<10 { try anna.speak(to: first) }
        let heard = anna.hear(count: 5)
        var report = try #require(reports.datagram())
        #expect(report[0] == 0x81 && report[1] == 200 && report.number(2, 2) == 12)
        #expect(report.number(4, 4) == Int(try #require(heard.first).source))
        let seconds = report.number(8, 4) - 2_208_988_800
        #expect(abs(seconds - time(nil)) < 60)
        #expect(report.number(20, 4) * 160 == report.number(24, 4) && report.number(20, 4) >= 5)
        #expect(report.number(28, 4) == Int(anna.next.source) && report.number(32, 4) == 0)
        #expect(UInt16(report.number(38, 2)) == anna.next.sequence &- 1)
        #expect(report[52] == 0x81 && report[53] == 202 && report[60] == 1 && report[61] == 16)
        #expect(report.count == 52 + 4 + report.number(54, 2) * 4 && report.count % 4 == 0)
        // From now on reports go to where the far end's own come from.
        let moved = try Phone()
        try moved.send([0x80, 201, 0, 1] + anna.next.source.octets, to: Endpoint(first.address, first.port + 1))
        let received = try rig.close(1).received
        #expect(received == 10)
        report = try #require(moved.datagram())
        #expect(report[1] == 200 && Array(report.suffix(8).prefix(2)) == [0x81, 203])
        #expect(report.number(report.count - 4, 4) == Int(heard[0].source))
    }

    @Test("What the far end reports of our stream: the block that is about it, however cut; never a byte beyond the packet")
    func farEnd() {
        func word(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        func block(_ source: UInt32, lost: UInt32, jitter: UInt32) -> [UInt8] {
            [source, 0x0500_0000 | lost, 99, jitter, 0, 0].flatMap(word)
        }
        func read(_ packet: [UInt8]) -> (lost: Int, jitter: UInt32)? {
            packet.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { RTCP.report(on: 7, in: $0, count: bytes.count) } }
        }
        let receiver = [0x82, 201, 0, 13] + word(1) + block(6, lost: 1, jitter: 1) + block(7, lost: 12, jitter: 160)
        #expect(read(receiver).map { $0 == (12, 160) } == true)
        let sender = [0x81, 200, 0, 12] + [1, 2, 3, 4, 5, 6].flatMap(word) + block(7, lost: 0xFF_FFFF, jitter: 8)
        #expect(read(sender).map { $0 == (0, 8) } == true, "duplicates make it less than nothing")
        #expect(read(Array(receiver.dropLast(4))) == nil && read([0x9F, 201, 0, 1, 0, 0, 0, 1]) == nil)
        #expect(read([0x81, 201, 0, 7] + word(1) + block(8, lost: 1, jitter: 1)) == nil)
    }

    @Test("A full mailbox refuses and counts, and stopping closes every leg")
    func stops() throws {
        let rig = try Rig(), anna = try Phone()
        _ = try rig.open(1, for: anna)
        rig.plane.perform(Array(repeating: .quiet(MediaLegID(1)), count: 200_000))
        #expect(rig.plane.counters().ordersRefused > 0)
        rig.plane.stop()
        #expect(rig.facts.contains { if case .closed(MediaLegID(1), _) = $0 { true } else { false } })
        rig.plane.stop()
    }
}
