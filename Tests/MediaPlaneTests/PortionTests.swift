import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

extension ClipFolder {
    /// Writes a clip in A-law, every 20 ms of it unlike those around it, and returns its octets.
    func writeLong(_ name: String, frames: Int) throws -> [UInt8] {
        let octets = (0..<frames * Voice.frame).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / Voice.frame * 3) }
        try Files.writeAtomically(WAVHeader.g711(.alaw, length: octets.count) + octets, to: "\(path)/\(name).wav")
        return octets
    }
}

/// `linux/fcntl.h`: a lease on a file; whoever opens it waits until it is given back (fcntl(2)).
private let setLease: Int32 = 1024

@Suite("What is long is heard in portions, and a slow disk stops nobody")
struct PortionTests {
    private static let first = MediaLegID(1)

    /// Hears a speech as the media thread does, from a shelf that answers at once; `each` sees it before every 20 ms.
    private func hear(
        _ player: SpeechPlayer, _ shelf: inout ClipShelf, _ codec: Codec = .alaw, limit: Int = 100_000,
        each: (Int, inout ClipShelf) -> Void = { _, _ in }
    ) -> [UInt8] {
        func answer(_ request: ClipLibrary.Request, _ shelf: inout ClipShelf) {
            let portions = request.clips.enumerated().map { index, clip in
                shelf.clip(clip, request.codec, portion: index == 0 ? request.portion : 0)
            }
            player.load(portions, of: request)
        }
        answer(player.ask(in: codec, ticket: 1, for: 0), &shelf)
        var heard: [UInt8] = [], octets = [UInt8](repeating: 0, count: Voice.frame), frame = 0
        while !player.isOver, frame < limit {
            each(frame, &shelf)
            frame += 1
            guard case .voice = octets.withUnsafeMutableBytes({ player.next(into: $0.baseAddress!) }) else { continue }
            heard += octets
            if let request = player.askOn(for: 0) {
                player.asked()
                answer(request, &shelf)
            }
        }
        return heard
    }

    @Test("R-059: a message of five minutes is heard whole, to the octet, and only seconds of it are in memory")
    func fiveMinutes() throws {
        let folder = try ClipFolder()
        let message = try folder.writeLong("message", frames: 300 * 50 + 7), after = try folder.writeLong("after", frames: 3)
        var shelf = ClipShelf(folders: ["own": folder.path], capacity: 3 * ClipShelf.portion * Voice.frame), largest = 0
        let player = SpeechPlayer(Speech(1, [Clip("own/message"), Clip("own/missing"), Clip("own/after")]))
        let heard = hear(player, &shelf) { _, shelf in largest = max(largest, shelf.size) }
        #expect(heard == message + after)
        #expect(largest <= 3 * ClipShelf.portion * Voice.frame)
    }

    @Test("A clip as long as a portion, and one 20 ms longer", arguments: [0, 1])
    func edges(more: Int) throws {
        let folder = try ClipFolder(), clip = try folder.writeLong("clip", frames: ClipShelf.portion + more)
        var shelf = ClipShelf(folders: ["own": folder.path])
        #expect(hear(SpeechPlayer(Speech(1, [Clip("own/clip")])), &shelf) == clip)
    }

    @Test("By G.722 an edge between portions is not heard")
    func wideband() throws {
        let folder = try ClipFolder(), frames = 2 * ClipShelf.portion
        try folder.write("tone", tone: 1000, frames: frames)
        var shelf = ClipShelf(folders: ["own": folder.path])
        let voice = decoded(hear(SpeechPlayer(Speech(1, [Clip("own/tone")])), &shelf, .g722), .g722)
        #expect(voice.count == frames * Voice.frame)
        let edge = ClipShelf.portion * Voice.frame
        for start in stride(from: edge - 480, through: edge + 320, by: 160) {
            let piece = voice[start..<start + 160]
            #expect(abs(level(of: 1000, in: piece) + 10) < 1)
            #expect(level(of: 2000, in: piece) < -35 && level(of: 500, in: piece) < -35)
        }
    }

    @Test("A change of codec far inside a clip goes on where it was")
    func codec() throws {
        let folder = try ClipFolder(), clip = try folder.writeLong("clip", frames: 2 * ClipShelf.portion + 30)
        var shelf = ClipShelf(folders: ["own": folder.path])
        let player = SpeechPlayer(Speech(1, [Clip("own/clip")])), change = ClipShelf.portion + 40
        let heard = hear(player, &shelf) { frame, shelf in
            guard frame == change else { return }
            // What was asked for before is of no use any more.
            let request = player.ask(in: .ulaw, ticket: 2, for: 0)
            player.load([nil], of: ClipLibrary.Request(row: 0, ticket: 1, clips: request.clips, codec: .alaw, goesOn: true))
            player.load([shelf.clip(request.clips[0], .ulaw, portion: request.portion)], of: request)
        }
        #expect(heard.count == clip.count)
        #expect(heard.prefix(change * Voice.frame) == clip.prefix(change * Voice.frame))
        let rest = clip.dropFirst(change * Voice.frame).map { G711.encodeUlaw(G711.decodeAlaw($0)) }
        #expect(Array(heard.suffix(rest.count)) == rest)
    }

    @Test("Where the disk is late there is silence, and then it goes on where it was; what has gone meanwhile is passed over")
    func late() throws {
        let folder = try ClipFolder(), clip = try folder.writeLong("clip", frames: ClipShelf.portion + 10)
        var shelf = ClipShelf(folders: ["own": folder.path])
        let player = SpeechPlayer(Speech(1, [Clip("own/clip")])), request = player.ask(in: .alaw, ticket: 1, for: 0)
        player.load([shelf.clip(Clip("own/clip"), .alaw)], of: request)
        var octets = [UInt8](repeating: 0, count: Voice.frame)
        func step() -> SpeechPlayer.Step { octets.withUnsafeMutableBytes { player.next(into: $0.baseAddress!) } }
        for _ in 0..<ClipShelf.portion { #expect(step() == .voice) }
        #expect(step() == .silence && !player.isOver)
        let next = try #require(player.askOn(for: 0))
        player.asked()
        #expect(player.askOn(for: 0) == nil && step() == .silence)
        player.load([shelf.clip(Clip("own/clip"), .alaw, portion: 1)], of: next)
        let second = clip[ClipShelf.portion * Voice.frame..<(ClipShelf.portion + 1) * Voice.frame]
        #expect(step() == .voice && octets == Array(second))

        let other = SpeechPlayer(Speech(2, [Clip("own/clip")])), begin = other.ask(in: .alaw, ticket: 5, for: 0)
        other.load([shelf.clip(Clip("own/clip"), .alaw)], of: begin)
        for _ in 0..<ClipShelf.portion { _ = octets.withUnsafeMutableBytes { other.next(into: $0.baseAddress!) } }
        let gone = try #require(other.askOn(for: 0))
        unlink(folder.path + "/clip.wav")
        other.load([shelf.clip(Clip("own/clip"), .alaw, portion: 1)], of: gone)
        #expect(other.isOver)
    }

    @Test("On the wire the portions of a long clip follow one another without a gap, to the octet, and the end is told once")
    func wire() throws {
        let folder = try ClipFolder(), clip = try folder.writeLong("clip", frames: 2 * ClipShelf.portion + 25)
        let rig = try Rig(clips: ["own": folder.path]), anna = try Phone()
        _ = try rig.open(1, for: anna)
        rig.perform(.play(Self.first, .speech(Speech(1, [Clip("own/clip")]))))
        var packets: [Packet] = []
        while let packet = anna.hear(.milliseconds(500)) { packets.append(packet) }
        packets = Array(packets.drop { $0.payload.allSatisfy { $0 == 0xD5 } })
        #expect(packets.flatMap(\.payload) == clip)
        let pairs = zip(packets, packets.dropFirst())
        #expect(pairs.allSatisfy { $1.sequence == $0.sequence &+ 1 && $1.timestamp == $0.timestamp &+ 160 })
        #expect(rig.facts == [.played(Self.first, speech: 1)])
    }

    // MARK: Music

    @Test("Music asks for two portions, once each; a late one is silence and is counted, and what comes too late is left")
    func music() {
        var asked: [Int] = [], isFull = true
        let music = Music { number in
            if !isFull { asked.append(number) }
            return !isFull
        }
        func hear(_ tick: Int) -> [UInt8] { Array(UnsafeBufferPointer(start: music.frame(.alaw, at: tick), count: Voice.frame)) }
        let silence = [UInt8](repeating: 0xD5, count: Voice.frame)
        let size = Programme.portion, voice = [Int16](repeating: 8000, count: size * Voice.frame)
        music.prepare(for: 3 * size)
        isFull = false
        #expect(hear(3 * size) == silence && asked == [3, 4])
        music.take(MusicPortion(number: 3, samples: voice))
        #expect(hear(3 * size + 1) != silence && asked == [3, 4] && music.report.unreadable == 1)
        #expect(hear(4 * size) == silence && asked == [3, 4, 5])
        #expect(hear(4 * size + 1) == silence && music.report.unreadable == 3)
        music.take(MusicPortion(number: 4, samples: voice, unreadable: 7))
        #expect(hear(4 * size + 2) != silence && music.report.unreadable == 10)
        // Nobody listened for a long time; the answer to what was wanted then still comes.
        #expect(hear(100 * size) == silence && asked == [3, 4, 5, 100, 101])
        music.take(MusicPortion(number: 5, samples: voice))
        #expect(hear(100 * size + 1) == silence)
        music.take(MusicReport(pieces: 3))
        #expect(music.report.pieces == 3 && music.report.unreadable == 12)
    }

    @Test("A pipe among the music stops nobody: it is refused, and the rest is heard")
    func pipe() throws {
        let folder = try ClipFolder(), anna = try Phone()
        #expect(mkfifo(folder.path + "/a.wav", 0o600) == 0)
        try folder.write("b", tone: 900, frames: 100)
        let rig = try Rig(music: [folder.path])
        _ = try rig.open(1, for: anna)
        rig.perform(.play(Self.first, .music))
        let heard = anna.hear(count: 25).dropFirst(3)
        #expect(abs(level(of: 900, in: decoded(heard.flatMap(\.payload), .alaw)) + 10) < 1)
        #expect(waitUntil { rig.plane.counters().music.refused.map(\.reason) == [.unreadable] })
    }

    @Test("While the disk hangs for a second, music and what is being said go on, and no tick is left out")
    func hangingDisk() throws {
        let folder = try ClipFolder(), anna = try Phone(), boris = try Phone(), clara = try Phone()
        let clip = try folder.writeLong("clip", frames: 150)
        try folder.write("music", tone: 900, frames: 1000)
        try folder.write("slow", tone: 500, frames: 10)
        let rig = try Rig(music: [folder.path + "/music.wav"], clips: ["own": folder.path])
        for (number, phone) in [(1, anna), (2, boris), (3, clara)] { _ = try rig.open(number, for: phone) }
        rig.perform(.play(Self.first, .music), .play(MediaLegID(2), .speech(Speech(1, [Clip("own/clip")]))))
        _ = anna.hear(count: 10)
        // Whoever opens the file waits until its lease is given back.
        ignoreSignals([SIGIO])
        let lease = open(folder.path + "/slow.wav", O_RDWR)
        defer { close(lease) }
        #expect(fcntl(lease, setLease, Int32(F_WRLCK)) == 0)
        rig.perform(.play(MediaLegID(3), .speech(Speech(2, [Clip("own/slow")]))))
        usleep(1_000_000)
        #expect(!rig.facts.contains(.played(MediaLegID(3), speech: 2)))
        #expect(fcntl(lease, setLease, Int32(F_UNLCK)) == 0)
        #expect(rig.wait { $0.contains(.played(MediaLegID(3), speech: 2)) && $0.contains(.played(MediaLegID(2), speech: 1)) })
        let music = anna.hear(count: 60), spoken = boris.hear(count: 150).map(\.payload)
        #expect(zip(music, music.dropFirst()).allSatisfy { $1.timestamp == $0.timestamp &+ 160 })
        #expect(abs(level(of: 900, in: decoded(music.flatMap(\.payload), .alaw)) + 10) < 1)
        let heard = Array(spoken.drop { octets in octets.allSatisfy { $0 == 0xD5 } }.joined())
        #expect(heard.count >= 145 * 160 && heard == Array(clip.prefix(heard.count)))
        #expect(rig.plane.counters().ticksMissed == 0 && rig.plane.counters().music.unreadable <= 1)
    }
}
