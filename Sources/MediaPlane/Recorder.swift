import Glibc
import Host
import Synchronization
import Telephony

/// Writes recordings for the media thread, which never waits for a disk, on a thread of its own.
final class Recorder: Sendable {
    private enum Errand: Sendable {
        case begin(Int, Recording, Codec)
        case voice(Int, side: Int, at: Int, Codec, [UInt8])
        case end(Int, Clip)
        case stop
    }

    /// Pieces of voice that may wait: a disk may hang this long (a minute of 8 recordings).
    private static let waitingLimit = 24_000

    private let errands: Mailbox<Errand>
    private let isStopping = Mutex(false)
    private let thread: Mutex<Thread?>

    /// Starts the thread. `folders`: by the first part of a clip's name; `report` is called on that thread and must not wait.
    /// Throws where the process has no descriptor or thread left.
    init(folders: [String: String], report: @escaping @Sendable ([MediaFact]) -> Void) throws(SystemError) {
        errands = try Mailbox(capacity: Self.waitingLimit)
        thread = Mutex(nil)
        let started = try Thread(name: "recorder") { [self] in serve(folders, report) }
        thread.withLock { $0 = started }
    }

    /// Pieces of voice that were lost because the disk was too slow.
    var refused: Int { errands.refused }

    /// A recording begins; its file is in G.711, µ-law where `codec` is.
    func begin(_ number: Int, _ recording: Recording, _ codec: Codec) { errands.offer(.begin(number, recording, codec)) }

    /// A piece of one side's voice, at this sample from the recording's beginning.
    func take(_ number: Int, side: Int, at place: Int, _ codec: Codec, _ octets: [UInt8]) {
        errands.offer(.voice(number, side: side, at: place, codec, octets))
    }

    /// The recording is over; false where too much waits to be told so now.
    func end(_ number: Int, _ clip: Clip) -> Bool { errands.offer(.end(number, clip)) }

    /// Ends the thread when everything before is written, and waits for that.
    func stop() {
        isStopping.withLock { $0 = true }
        errands.offer(.stop)
        let running = thread.withLock { thread in
            let running = thread
            thread = nil
            return running
        }
        running?.join()
    }

    private func serve(_ folders: [String: String], _ report: ([MediaFact]) -> Void) {
        let names = ClipNames(folders: folders)
        var tapes: [Int: Tape] = [:]
        for folder in folders.values { Tape.sweep(folder) }
        while errands.wait(until: nil) {
            guard let errand = errands.take() else { continue }
            switch errand {
            case .begin(let number, let recording, let codec):
                tapes[number] = names.path(recording.clip).flatMap { Tape($0, trims: recording.trims, codec) }
            case .voice(let number, let side, let place, let codec, let octets):
                tapes[number]?.take(side, at: place, codec, octets)
            case .end(let number, let clip):
                report([.recorded(clip, length: tapes.removeValue(forKey: number)?.finish())])
            case .stop:
                // What is still open has no end that anybody could be told of; its parts are swept at the next start.
                return
            }
            if isStopping.withLock({ $0 }), errands.count == 0 { return }
        }
    }
}

/// One recording on its way to the disk: its sides put on one time, added up, coded and written. Used by one thread.
final class Tape {
    /// How far behind the newest piece the others may come: half a second.
    private static let window = 4000
    /// Octets that are written at a time.
    private static let portion = 16_384
    /// Speech is louder than this (RMS, -42 dBFS); this much silence is kept before it and after it (in 20 ms).
    private static let audible = 260.0, before = 10, after = 15
    /// Most silence that one jump may insert: 10 minutes.
    private static let longestGap = 600 * 8000

    private let path: String, codec: Codec, trims: Bool
    private var file: Int32
    private var hasFailed = false
    private var decoders: [Int: VoiceDecoder] = [:]
    /// Samples from `start` on that may still be added to.
    private var pending: [Int32] = [], start = 0
    /// Coded frames of silence that wait for speech to follow.
    private var held: [[UInt8]] = []
    private var hasSpeech = false
    private var buffer: [UInt8] = []
    /// Octets of sound in the file and the buffer.
    private var written = 0

    /// Nil where the file cannot be made.
    init?(_ path: String, trims: Bool, _ codec: Codec) {
        (self.path, self.trims, self.codec) = (path, trims, codec == .ulaw ? .ulaw : .alaw)
        file = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { return nil }
        buffer = WAVHeader.g711(self.codec, length: 0)
    }

    deinit {
        guard file >= 0 else { return }
        close(file)
        unlink(path + ".part")
    }

    /// Removes what a power cut left half written.
    static func sweep(_ folder: String) {
        for name in (try? Files.names(in: folder)) ?? [] where name.hasSuffix(".wav.part") { unlink(folder + "/" + name) }
    }

    /// A piece of one side's voice.
    func take(_ side: Int, at place: Int, _ codec: Codec, _ octets: [UInt8]) {
        guard !octets.isEmpty, place - start < Self.longestGap else { return }
        let decoder = decoders[side].flatMap { $0.codec == codec ? $0 : nil } ?? VoiceDecoder(codec)
        decoders[side] = decoder
        var samples = [Int16](repeating: 0, count: octets.count)
        decoder.decode(octets, octets.count, into: &samples)
        let end = place + samples.count
        if end - start > 2 * Self.window { settle(until: end - Self.window) }
        if end - start > pending.count { pending += [Int32](repeating: 0, count: end - start - pending.count) }
        for index in samples.indices where place + index >= start { pending[place + index - start] += Int32(samples[index]) }
    }

    /// Writes everything before this sample: nothing more comes for it.
    private func settle(until end: Int) {
        let count = max(0, end - start) / Voice.frame * Voice.frame
        if count > pending.count { pending += [Int32](repeating: 0, count: count - pending.count) }
        for offset in stride(from: 0, to: count, by: Voice.frame) { write(pending[offset..<offset + Voice.frame]) }
        pending.removeFirst(count)
        start += count
    }

    private func write(_ frame: ArraySlice<Int32>) {
        let samples = frame.map { Int16(clamping: $0) }
        var octets = [UInt8](repeating: 0, count: samples.count)
        VoiceEncoder(codec).encode(samples, samples.count, into: &octets)
        guard trims else { return append(octets) }
        let power = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))
        guard power > Self.audible * Self.audible else {
            held.append(octets)
            if !hasSpeech, held.count > Self.before { held.removeFirst() }
            return
        }
        for silent in held { append(silent) }
        held = []
        hasSpeech = true
        append(octets)
    }

    private func append(_ octets: [UInt8]) {
        buffer += octets
        written += octets.count
        if buffer.count >= Self.portion { flush() }
    }

    private func flush() {
        var rest = buffer[...]
        while !rest.isEmpty, !hasFailed {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { hasFailed = true }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// The recording is over: on the disk under its name when this returns. Its length; zero where nothing was said, then there is
    /// no file; nil where it cannot be written.
    func finish() -> Duration? {
        if !pending.isEmpty { pending += [Int32](repeating: 0, count: (Voice.frame - pending.count % Voice.frame) % Voice.frame) }
        settle(until: start + pending.count)
        if hasSpeech { for silent in held.prefix(Self.after) { append(silent) } }
        guard written > 0 else { return .zero }
        flush()
        let header = WAVHeader.g711(codec, length: written)
        let isPatched = header.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) == $0.count }
        guard !hasFailed, isPatched, fsync(file) == 0, rename(path + ".part", path) == 0,
            (try? Files.synchronizeFolder(of: path)) != nil
        else { return nil }
        close(file)
        file = -1
        return .milliseconds(written * 1000 / 8000)
    }
}

/// The head of a WAV file.
enum WAVHeader {
    /// 8 kHz mono G.711, `length` octets of it (RFC 2361: A-law is 6, µ-law 7).
    static func g711(_ codec: Codec, length: Int) -> [UInt8] {
        func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        var head = Array("RIFF".utf8) + little(50 + length, 4) + Array("WAVEfmt ".utf8) + little(18, 4)
        head += little(codec == .ulaw ? 7 : 6, 2) + little(1, 2) + little(8000, 4) + little(8000, 4) + little(1, 2) + little(8, 2)
        head += little(0, 2) + Array("fact".utf8) + little(4, 4) + little(length, 4) + Array("data".utf8) + little(length, 4)
        return head
    }
}
