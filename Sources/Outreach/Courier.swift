import Exchange
import FollowUp
import Host
import Routing
import Synchronization
import Telephony

/// Carries the outbox out of the office, on a thread of its own: to each address in order, and again until it is taken. What it has
/// sent and could not note down, because the disk takes nothing, it does not send again as long as it lives.
public final class Courier: Sendable {
    /// Where notices wait. Everything is called on the courier's thread and may wait for the disk.
    public struct Shelf: Sendable {
        /// The oldest notice that waits for each address; nil where they cannot be read.
        public var heads: @Sendable () -> [PostedNotice]?
        /// Notes down how a try came out, and how many there were; false where that failed.
        public var settle: @Sendable (Int, PostedNotice.State, Int, Wording?) -> Bool
        /// The sound of a voicemail message; nil: it is no more.
        public var sound: @Sendable (Int) -> [UInt8]?
        /// The wall clock: milliseconds since 1970 UTC.
        public var utc: @Sendable () -> Int64

        /// A shelf from its parts.
        public init(
            heads: @escaping @Sendable () -> [PostedNotice]?,
            settle: @escaping @Sendable (Int, PostedNotice.State, Int, Wording?) -> Bool,
            sound: @escaping @Sendable (Int) -> [UInt8]?, utc: @escaping @Sendable () -> Int64
        ) {
            (self.heads, self.settle, self.sound, self.utc) = (heads, settle, sound, utc)
        }
    }

    /// What carries notices, and in whose name.
    public struct Settings: Equatable, Sendable {
        /// Channels.
        public var outreach: OutreachSettings
        /// The office's name.
        public var sender: String

        /// Settings from their parts.
        public init(_ outreach: OutreachSettings, sender: String) { (self.outreach, self.sender) = (outreach, sender) }
    }

    private struct Outcome {
        var id: Int, address: NoticeAddress, verdict: NoticeVerdict
    }

    /// What other threads leave for the courier.
    private struct Letterbox {
        var settings: Settings
        var isChanged = false, isStopping = false
        var outcomes: [Outcome] = []
    }

    /// What others read about it.
    private struct Status {
        var sent = 0, failed = 0, retried = 0
        /// Addresses that do not take their notice: since when, and why.
        var stuck: [NoticeAddress: (since: Int64, reason: Wording)] = [:]
    }

    /// What is known of a notice and not noted down yet.
    private struct Note {
        var state: PostedNotice.State, tries: Int
        var reason: Wording?
    }

    /// How soon the disk is asked again that took nothing.
    private static let diskPause = Duration.seconds(5)
    /// Each of the first tries is noted down, and later each of so many: a card is not written on for days for nothing.
    private static let notedTries = 8

    private let shelf: Shelf
    private let bell: Wakeup
    private let sign: @Sendable ([UInt8], String) -> String
    /// Made for the first notice: an office without channels need not pay for it.
    private let outreach: @Sendable () -> Outreach?
    private let letterbox: Mutex<Letterbox>
    private let status = Mutex(Status())
    private let thread = Mutex<Thread?>(nil)

    /// Starts the thread. `bell` rings when new notices wait; `sign` makes HMAC-SHA256 in hexadecimal of bytes and a key. Throws where
    /// the process has no thread left.
    public init(
        _ shelf: Shelf, _ settings: Settings, bell: Wakeup, outreach: @escaping @Sendable () -> Outreach?,
        sign: @escaping @Sendable ([UInt8], String) -> String
    ) throws(SystemError) {
        (self.shelf, self.bell, self.outreach, self.sign) = (shelf, bell, outreach, sign)
        letterbox = Mutex(Letterbox(settings: settings))
        let started = try Thread(name: "courier") { [self] in run() }
        thread.withLock { $0 = started }
    }

    /// Other channels: whatever waits is tried at once.
    public func reconfigure(_ settings: Settings) {
        letterbox.withLock { box in
            guard box.settings != settings else { return }
            (box.settings, box.isChanged) = (settings, true)
        }
        bell.ring()
    }

    /// Ends the thread. Waits for it, and so for the disk; what is on its way is sent again by the next one.
    public func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        letterbox.withLock { $0.isStopping = true }
        bell.ring()
        running?.join()
    }

    /// For `show health`: the counters since the start, and the fault while an address does not take its notice.
    public var health: PartHealth {
        status.withLock { status in
            let longest = status.stuck.min { ($0.value.since, "\($0.key)") < ($1.value.since, "\($1.key)") }
            let fault = longest.map { address, why in
                PartHealth.Fault(
                    at: why.since,
                    text: Catalogue.noticesStuck(address.description, addresses: status.stuck.count, why.reason))
            }
            return PartHealth(
                "notices",
                counters: [
                    .init("sent", status.sent), .init("failed", status.failed), .init("retried", status.retried),
                    .init("stuck", status.stuck.count),
                ], fault: fault)
        }
    }

    // MARK: The thread

    private func run() {
        var rounds = CourierRounds()
        var unsettled: [Int: Note] = [:]
        while true {
            bell.clear()
            let (settings, isChanged, isStopping, outcomes) = letterbox.withLock { box in
                defer { (box.isChanged, box.outcomes) = (false, []) }
                return (box.settings, box.isChanged, box.isStopping, box.outcomes)
            }
            if isChanged { rounds.hurry(at: .now) }
            for outcome in outcomes { conclude(outcome, &rounds, &unsettled) }
            for (id, note) in unsettled where settle(id, note) { unsettled[id] = nil }
            if isStopping { return }
            let now = Instant.now
            var next = unsettled.isEmpty ? nil : now + Self.diskPause
            if let heads = shelf.heads() {
                let writing = NoticeWriting(
                    settings: settings.outreach, sender: settings.sender, sign: sign, sound: shelf.sound)
                for notice in rounds.take(heads.filter { unsettled[$0.id] == nil }, at: now) { send(notice, writing) }
                next = [next, rounds.deadline(after: now)].compactMap(\.self).min()
                forget(besides: heads)
            } else {
                next = now + Self.diskPause
            }
            _ = bell.wait(until: next)
        }
    }

    private func send(_ posted: PostedNotice, _ writing: NoticeWriting) {
        let (id, address) = (posted.id, posted.notice.address)
        let tell = { @Sendable [self] (verdict: NoticeVerdict) in
            letterbox.withLock { $0.outcomes.append(Outcome(id: id, address: address, verdict: verdict)) }
            bell.ring()
        }
        switch writing.request(for: posted, at: .now, utc: shelf.utc()) {
        case .none(let why, let isLasting): tell(isLasting ? .refused(why) : .later(why, retryAfter: nil))
        case .http(let request):
            guard let outreach = outreach() else { return tell(.later(Catalogue.requestNotSent, retryAfter: nil)) }
            outreach.send(request) { tell(NoticeVerdict($0, of: address)) }
        case .mail(let request):
            guard let outreach = outreach() else { return tell(.later(Catalogue.requestNotSent, retryAfter: nil)) }
            outreach.send(request) { tell(NoticeVerdict($0, of: address)) }
        }
    }

    private func conclude(_ outcome: Outcome, _ rounds: inout CourierRounds, _ unsettled: inout [Int: Note]) {
        let (now, utc) = (Instant.now, shelf.utc())
        switch outcome.verdict {
        case .taken:
            let tries = rounds.settled(outcome.address, at: now)
            unsettled[outcome.id] = Note(state: .sent, tries: tries)
            status.withLock { status in
                status.sent += 1
                status.stuck[outcome.address] = nil
            }
        case .refused(let why):
            let tries = rounds.settled(outcome.address, at: now)
            unsettled[outcome.id] = Note(state: .failed, tries: tries, reason: why)
            status.withLock { status in
                status.failed += 1
                status.stuck[outcome.address] = nil
            }
        case .later(let why, let retryAfter):
            let tries = rounds.failed(outcome.address, retryAfter: retryAfter, at: now)
            // Nothing is lost where this cannot be written.
            if tries <= Self.notedTries || tries % Self.notedTries == 0 {
                _ = settle(outcome.id, Note(state: .waiting, tries: tries, reason: why))
            }
            status.withLock { status in
                status.retried += 1
                status.stuck[outcome.address] = (status.stuck[outcome.address]?.since ?? utc, why)
            }
        }
    }

    private func settle(_ id: Int, _ note: Note) -> Bool { shelf.settle(id, note.state, note.tries, note.reason) }

    /// Addresses for which nothing waits any more are not stuck.
    private func forget(besides heads: [PostedNotice]) {
        let waiting = Set(heads.map(\.notice.address))
        status.withLock { status in status.stuck = status.stuck.filter { waiting.contains($0.key) } }
    }
}
