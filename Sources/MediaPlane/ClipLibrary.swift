import Glibc
import Host
import Synchronization
import Telephony

/// A portion of one clip in one codec, 20 ms after 20 ms; shared by everybody who hears it.
final class EncodedClip: Sendable {
    let octets: [UInt8]
    /// Whether a further portion follows.
    let goesOn: Bool
    /// 20 ms at a time that it lasts.
    var frames: Int { octets.count / Voice.frame }

    init(_ octets: [UInt8], goesOn: Bool) { (self.octets, self.goesOn) = (octets, goesOn) }
}

/// Fetches clips and music for the media thread, which never waits for a disk: reads, encodes and keeps them on a thread of its own.
/// What is long is fetched in portions, the next one while the one before is heard.
final class ClipLibrary: Sendable {
    /// Somebody is to hear these clips.
    struct Request: Sendable {
        /// Whose it is: the row of the leg table, or less than nothing, a room's number, and what its player waits for.
        var row: Int, ticket: Int
        var clips: [Clip], codec: Codec
        /// Of the first clip this portion, of the others their beginning.
        var portion = 0
        /// The clip is being heard; this is what follows.
        var goesOn = false
    }

    /// What was asked for.
    enum Answer: Sendable {
        /// The same clips; nil for one that cannot be played.
        case clips(Request, [EncodedClip?])
        case music(MusicPortion)
        /// The music has been looked through.
        case programme(MusicReport)
    }

    private enum Errand: Sendable {
        case fetch(Request)
        case music(Int)
        case stop
    }

    /// Requests that may wait; as many answers find room.
    static let waitingLimit = 4096
    /// Places for music, which is asked for two portions at a time.
    private static let musicPlaces = 4

    /// Filled by the library, emptied by the media thread.
    let answers: Mailbox<Answer>
    private let errands: Mailbox<Errand>
    private let isStopping = Mutex(false)
    private let thread: Mutex<Thread?>

    /// Starts the thread. `folders`: by the first part of a clip's name; `music`: files and folders of it. Throws where the process has
    /// no descriptor or thread left.
    init(folders: [String: String], music: [String]) throws(SystemError) {
        answers = try Mailbox(capacity: Self.waitingLimit + Self.musicPlaces)
        errands = try Mailbox(capacity: Self.waitingLimit + Self.musicPlaces)
        thread = Mutex(nil)
        let started = try Thread(name: "clips") { [self] in serve(folders, music) }
        thread.withLock { $0 = started }
    }

    /// Asks for clips, from the media thread; false where too much waits already.
    func fetch(_ request: Request) -> Bool { errands.offer(.fetch(request)) }

    /// Asks for a portion of the music, from the media thread; false where too much waits already.
    func fetchMusic(_ portion: Int) -> Bool { errands.offer(.music(portion)) }

    /// Ends the thread and waits for that.
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

    private func serve(_ folders: [String: String], _ music: [String]) {
        var shelf = ClipShelf(folders: folders)
        let programme = Programme(music)
        answers.offer(.programme(programme.report))
        while errands.wait(until: nil), !isStopping.withLock({ $0 }) {
            switch errands.take() {
            case .fetch(let request):
                let clips = request.clips.enumerated().map { index, clip in
                    shelf.clip(clip, request.codec, portion: index == 0 ? request.portion : 0)
                }
                answers.offer(.clips(request, clips))
            case .music(let portion): answers.offer(.music(programme.portion(portion)))
            case .stop, nil: break
            }
        }
    }
}

/// Encoded clips, portion by portion, those of late in memory. A file that was replaced is read again. Used by one thread.
struct ClipShelf {
    /// Octets that are kept; what nobody asked for the longest time goes first.
    static let capacity = 6 << 20
    /// The longest portion of a clip, and so how long a disk may take for the next one: 5 s, in 20 ms.
    static let portion = 5 * 50
    /// What comes before a portion and brings the state of its coder to where it belongs (in 20 ms).
    private static let lead = 10

    private struct Key: Hashable {
        var name: String, codec: Codec, portion: Int
    }

    /// What a file was when it was read.
    private struct Stamp: Equatable {
        var device: UInt, inode: UInt, size: Int, seconds: Int, nanoseconds: Int
    }

    private struct Entry {
        var clip: EncodedClip, stamp: Stamp, usedAt: Int
    }

    private let names: ClipNames
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock = 0
    /// Octets on the shelf.
    private(set) var size = 0

    init(folders: [String: String], capacity: Int = ClipShelf.capacity) {
        (names, self.capacity) = (ClipNames(folders: folders), capacity)
    }

    /// A portion of the clip; nil where there is none of this name, it is not so long, or its file cannot be played.
    mutating func clip(_ clip: Clip, _ codec: Codec, portion: Int = 0) -> EncodedClip? {
        guard let path = names.path(clip), let stamp = Self.stamp(path) else { return nil }
        let key = Key(name: clip.name, codec: codec, portion: portion)
        clock += 1
        if let entry = entries[key] {
            if entry.stamp == stamp {
                entries[key]?.usedAt = clock
                return entry.clip
            }
            remove(key)
        }
        guard let encoded = Self.encode(path, codec, portion) else { return nil }
        entries[key] = Entry(clip: encoded, stamp: stamp, usedAt: clock)
        size += encoded.octets.count
        while size > capacity, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key { remove(oldest) }
        return encoded
    }

    private mutating func remove(_ key: Key) { size -= entries.removeValue(forKey: key)?.clip.octets.count ?? 0 }

    private static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
    }

    private static func encode(_ path: String, _ codec: Codec, _ number: Int) -> EncodedClip? {
        guard let file = try? WAVFile(path) else { return nil }
        let first = number * portion, end = min(file.frames, first + portion)
        guard first < end else { return nil }
        let encoder = VoiceEncoder(codec)
        var samples = [Int16](repeating: 0, count: Voice.frame)
        var octets = [UInt8](repeating: 0, count: (end - first) * Voice.frame)
        for frame in max(0, first - lead)..<end {
            let isRead = samples.withUnsafeMutableBufferPointer { samples in
                samples.baseAddress.map { file.read(frame: frame, into: $0) } ?? false
            }
            guard isRead else { return nil }
            octets.withUnsafeMutableBufferPointer { octets in
                guard let octets = octets.baseAddress else { return }
                encoder.encode(samples, Voice.frame, into: octets + max(0, frame - first) * Voice.frame)
            }
        }
        return EncodedClip(octets, goesOn: end < file.frames)
    }
}

/// Where clips are on the disk.
struct ClipNames {
    /// By the first part of a clip's name.
    let folders: [String: String]

    /// `ru/closed` → `closed.wav` in the folder of `ru`; nil for a name that is none.
    func path(_ clip: Clip) -> String? {
        let parts = clip.name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let folder = folders[String(parts[0])], !parts[1].isEmpty,
            parts[1].utf8.allSatisfy({ byte in byte == 0x2D || byte == 0x5F || Self.isAlphanumeric(byte) })
        else { return nil }
        return "\(folder)/\(parts[1]).wav"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
