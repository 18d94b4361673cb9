import Glibc
import Host
import Telephony

/// What costs more than passing packets on: a conference of sixteen who all talk, calls between telephones of different codecs, and
/// calls that are recorded.
enum Mixing {
    static let seats = 16, calls = 50
    static let length = Duration.seconds(5)

    static func run() throws -> [Row] {
        // First, so that what a media plane takes for itself is not laid to the first seats.
        let relayed = try measure(Load(2 * calls), codec: { _ in .alaw }) { connect($0) }
        let conference = try measure(Load(seats), codec: { _ in .alaw }) { desk in
            for seat in 0..<seats { desk.plane.perform([.mix(MediaLegID(seat), room: 1)]) }
        }
        let wideband = try measure(Load(seats), codec: { $0 % 2 == 0 ? .alaw : .g722 }) { desk in
            for seat in 0..<seats { desk.plane.perform([.mix(MediaLegID(seat), room: 1)]) }
        }
        let transcoded = try measure(Load(2 * calls), codec: { $0 % 2 == 0 ? .alaw : .g722 }) { connect($0) }
        let folder = "/tmp/apus-benchmark-recordings-\(getpid())"
        try Files.makeFolder(folder)
        defer {
            for name in (try? Files.names(in: folder)) ?? [] { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        let recorded = try measure(Load(2 * calls), codec: { _ in .alaw }, clips: ["calls": folder]) { desk in
            connect(desk)
            for leg in 0..<(2 * calls) {
                let recording = Recording(Clip("calls/\(leg / 2)"), limit: .seconds(600), trims: false)
                desk.plane.perform([.record(MediaLegID(leg), recording)])
            }
        }
        // Of fifty calls, told for a hundred.
        let hundred = 100 / Double(calls)
        return [
            Row("conference: \(seats) who talk", conference.share, atMost: 6, unit: "% of a core", digits: 1),
            Row("conference: \(seats) who talk, half by G.722", wideband.share, atMost: 12, unit: "% of a core", digits: 1),
            Row("conference: memory of a seat", conference.memory / Double(seats) / 1024, atMost: 64, unit: "KB", digits: 1),
            Row(
                "transcoding: G.722 and G.711, by 100 calls", transcoded.share * hundred, atMost: 80, unit: "% of a core",
                digits: 1),
            Row("transcoding: memory of a call", transcoded.memory / Double(calls) / 1024, atMost: 128, unit: "KB", digits: 1),
            Row(
                "recording: media thread beyond the relay, by 100 calls", (recorded.share - relayed.share) * hundred, atMost: 12,
                unit: "% of a core", digits: 1),
            Row("recording: memory of a call", recorded.memory / Double(calls) / 1024, atMost: 256, unit: "KB", digits: 1),
        ]
    }

    private static func connect(_ desk: Desk) {
        for call in 0..<calls { desk.plane.perform([.connect(MediaLegID(2 * call), MediaLegID(2 * call + 1))]) }
    }

    /// The media thread's share of a core while everybody talks, and by how many bytes this process has grown by then.
    private static func measure(
        _ load: Load, codec: @escaping (Int) -> Codec, clips: [String: String] = [:], _ arrange: (Desk) -> Void
    ) throws -> (share: Double, memory: Double) {
        let before = try memory()
        let desk = try Desk(load, codec: codec, clips: clips)
        arrange(desk)
        let begun = Instant.now
        let measured = try desk.measure { try load.run(length, to: desk.legs) }
        let time = (Instant.now - begun).nanoseconds
        return (Double(measured.cpu) / Double(time) * 100, max(0, try memory() - before))
    }

    private static func memory() throws -> Double {
        let fields = String(decoding: try Files.read("/proc/self/statm"), as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { throw Failure("no memory of our own to be seen") }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
