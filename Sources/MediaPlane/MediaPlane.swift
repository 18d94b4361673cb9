import Host
import Synchronization
import Telephony

/// All voice of the exchange: one thread that owns every RTP port, relays, plays, transcodes and reports.
///
/// Two people who speak one codec are relayed: one read, a new header, one write. A-law and µ-law differ by a table of 256
/// and are relayed through it. G.722 and G.711 meet through oRTP's jitter buffer on our own 20 ms tick, which also sends tones
/// and music. Whoever speaks, the far end gets one stream with one SSRC from us as long as the leg lives.
public final class MediaPlane: Sendable {
    /// What the plane is told at its start.
    public struct Configuration: Sendable {
        /// WAV files and folders of them that make up the music on hold, in this order.
        public var music: [String]
        /// Where clips are, and recordings go: the folder of `ru/…`, of `en/…`, of `own/…`.
        public var clips: [String: String]
        /// Legs that may be open at a time.
        public var legLimit: Int
        /// SCHED_FIFO priority of the thread, 1…99, where the system permits it; nil: an ordinary thread.
        public var realTimePriority: Int?

        /// The factory's settings: Debian's music, no clips, 1000 legs, real-time priority 20.
        public init(
            music: [String] = ["/usr/share/asterisk/moh"], clips: [String: String] = [:], legLimit: Int = 1000,
            realTimePriority: Int? = 20
        ) {
            (self.music, self.clips, self.legLimit, self.realTimePriority) = (music, clips, legLimit, realTimePriority)
        }
    }

    /// Orders that may wait for the thread.
    private static let orderLimit = 4096

    private let mailbox: Mailbox<MediaOrder>
    private let stopBell: Wakeup
    private let shared: MediaShared
    private let library: ClipLibrary
    private let recorder: Recorder
    private let stock: PortStock
    private let thread: Mutex<Thread?>

    /// Starts the thread. `report` is called on threads of the plane and must not wait. Throws where the process has no descriptor or thread left.
    public init(configuration: Configuration, report: @escaping @Sendable ([MediaFact]) -> Void) throws(SystemError) {
        let (mailbox, stopBell, shared) = (try Mailbox<MediaOrder>(capacity: Self.orderLimit), try Wakeup(), MediaShared())
        let poller = try PollerBox()
        let library = try ClipLibrary(folders: configuration.clips, music: configuration.music)
        let recorder = try Recorder(folders: configuration.clips, report: report)
        (self.mailbox, self.stopBell, self.shared) = (mailbox, stopBell, shared)
        let stock = PortStock()
        (self.library, self.recorder, self.stock) = (library, recorder, stock)
        thread = Mutex(nil)
        let started = try Thread(name: "media", realTimePriority: configuration.realTimePriority) {
            let media = MediaThread(
                configuration, poller: poller.poller, library: library, recorder: recorder, stock: stock,
                mailbox: mailbox, stopBell: stopBell, shared: shared, report: report)
            media.run()
        }
        thread.withLock { $0 = started }
    }

    deinit { stop() }

    /// Hands over orders, from any thread; they are carried out in this sequence. Never waits: what does not fit is dropped
    /// and counted. Ports are bound and given back here and now; what came of that is returned, everything else is reported.
    @discardableResult
    public func perform(_ orders: [MediaOrder]) -> [MediaFact] {
        var facts: [MediaFact] = []
        for order in orders {
            switch order {
            case .reserve(let local): facts.append(stock.reserve(local))
            case .unreserve(let local): stock.unreserve(local)
            case .open, .describe, .connect, .play, .quiet, .mix, .attend, .announce, .listen, .withhold, .press, .record,
                .unrecord, .endRecording, .close:
                mailbox.offer(order)
            }
        }
        return facts
    }

    /// Closes every leg (each with its `closed`) and ends the thread; waits for that. Once is enough.
    public func stop() {
        stopBell.ring()
        let running = thread.withLock { thread in
            let running = thread
            thread = nil
            return running
        }
        running?.join()
        library.stop()
        recorder.stop()
    }

    /// How things stand, at most a tenth of a second old.
    public func counters() -> MediaCounters {
        var counters = shared.counters.withLock { $0 }
        counters.ordersRefused = mailbox.refused
        return counters
    }
}

/// What the media thread lets others see.
final class MediaShared: Sendable {
    let counters = Mutex(MediaCounters())
}

/// Carries the poller into the thread that will own it.
/// Invariant: made in `MediaPlane.init`, which never touches it again; used by the media thread alone.
private final class PollerBox: @unchecked Sendable {
    let poller: Poller
    init() throws(SystemError) { poller = try Poller() }
}

/// The media plane in numbers, since its start.
public struct MediaCounters: Equatable, Sendable {
    /// Legs that are open.
    public var legs = 0
    /// RTP packets accepted, sent and refused, on all legs, closed ones included.
    public var received = 0, sent = 0, refused = 0
    /// RTP packets that the kernel would not take.
    public var unsent = 0
    /// Orders dropped because too many waited.
    public var ordersRefused = 0
    /// Periods of 20 ms that were left out because the thread came too late.
    public var ticksMissed = 0
    /// Clips that were to be heard and could not be played.
    public var clipsUnplayable = 0
    /// Pieces of voice of 20 ms that no recording has because the disk was too slow.
    public var recordingsTorn = 0
    /// CPU time of the media thread, in nanoseconds.
    public var cpuTime: Int64 = 0
    /// The music on hold.
    public var music = MusicReport()

    /// All zero.
    public init() {}
}
