import CSys
import Glibc
import Telephony

extension Instant {
    /// The monotonic clock (CLOCK_MONOTONIC).
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

/// By how much the wall clock is ahead of the monotonic one while somebody vouches for it, in which boot of the machine: that much must
/// not change but by those who set clocks.
public struct ClockAnchor: Equatable, Sendable {
    let boot: String
    /// Milliseconds.
    let difference: Int64

    /// As it is kept.
    public var text: String { "\(boot) \(difference)\n" }

    init(difference: Int64) { (boot, self.difference) = (Self.currentBoot, difference) }

    /// What `text` says; nil for anything else, and for another boot's.
    public init?(_ text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count == 2, words[0] == Self.currentBoot, let difference = Int64(words[1]) else { return nil }
        (boot, self.difference) = (Self.currentBoot, difference)
    }

    private static let currentBoot: String = {
        let bytes = (try? Files.read("/proc/sys/kernel/random/boot_id", limit: 100)) ?? []
        return String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
    }()
}

/// The wall clock as it is set, whoever may believe it: milliseconds since 1970 UTC.
public func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

/// Sets the machine's wall clock to `utc`, milliseconds since 1970 UTC. Throws where the process may not.
public func setWallClock(_ utc: Int64) throws(SystemError) {
    var time = timespec(tv_sec: Int(utc / 1000), tv_nsec: Int(utc % 1000) * 1_000_000)
    try SystemError.checkErrno(clock_settime(CLOCK_REALTIME, &time), "clock_settime")
}

/// The wall clock of an office: what time it is there, and whether that may be believed.
public struct OfficeClock {
    /// How often a clock that cannot be believed is looked at.
    private static let lookInterval = Duration.seconds(10)
    /// Milliseconds: a wall clock that moves by more against the monotonic one was set. Slewing moves both.
    private static let jump: UInt64 = 1000
    /// Seconds by which a battery clock may differ.
    private static let agreement: UInt64 = 60
    /// 2025-01-01: a clock before this was never set.
    private static let earliestPlausible: Int64 = 1_735_689_600

    /// Where the office is.
    public var zone: Zone
    private var trust = ClockTrust.untrusted
    private var nextLook = Instant(nanoseconds: .min)
    /// By how many milliseconds the wall clock was ahead of the monotonic one at the last look.
    private var difference: Int64 = .min
    private let kept: ClockAnchor?
    /// Before this second the clock is certainly wrong: something was kept later.
    private let earliest: Int64

    /// The clock of a zone. `kept` is the `anchor` of the process before, and `lastKept` when anything was written last: milliseconds
    /// since 1970 UTC.
    public init(in zone: Zone, kept: ClockAnchor? = nil, lastKept: Int64 = 0) {
        (self.zone, self.kept) = (zone, kept)
        earliest = max(Self.earliestPlausible, lastKept / 1000)
    }

    /// Somebody says that the clock is right; it is believed until it is set or the machine started anew. False where it cannot be.
    public mutating func vouch() -> Bool {
        guard now().utc / 1000 >= Self.earliestPlausible else { return false }
        trust = .trusted
        return true
    }

    /// What the next process needs to go on believing; nil while nobody vouches for the clock.
    public var anchor: ClockAnchor? { trust == .trusted ? ClockAnchor(difference: difference) : nil }

    /// Now: both clocks, the office's offset, and the trust in the wall clock.
    public mutating func now() -> Moment {
        let (uptime, utc) = (Instant.now, wallClock())
        look(difference: utc - (uptime - .zero).milliseconds, utc: utc, at: uptime)
        return Moment(uptime: uptime, utc: utc, utcOffset: zone.offset(at: utc), clockTrust: trust)
    }

    /// A clock that could be believed goes right by itself for as long as nobody sets it: a network that is away takes no trust away.
    mutating func look(difference: Int64, utc: Int64, at uptime: Instant) {
        let wasSet = self.difference == .min || (self.difference - difference).magnitude > Self.jump
        guard wasSet || trust == .untrusted && uptime >= nextLook else { return }
        self.difference = difference
        nextLook = uptime + Self.lookInterval
        trust = isBacked(utc) ? .trusted : .untrusted
    }

    /// Whether its time is plausible and NTP disciplines it, a battery clock shows the same, or the process before believed it.
    private func isBacked(_ utc: Int64) -> Bool {
        guard utc / 1000 >= Self.earliestPlausible else { return false }
        if csys_clock_synchronised() == 1 { return true }
        if let kept, (kept.difference - difference).magnitude <= Self.jump { return true }
        // Without a battery it shows 1970, 2000, or when the power failed: before what was kept last.
        guard let text = try? Files.read("/sys/class/rtc/rtc0/since_epoch", limit: 100),
            let seconds = Int64(String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self))
        else { return false }
        return seconds >= earliest && (seconds - utc / 1000).magnitude <= Self.agreement
    }
}

/// Unguessable bytes from the kernel; waits only before the machine has gathered its first randomness after power-on.
public func randomBytes(_ count: Int) -> [UInt8] {
    var filled = 0
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
        while filled < count {
            let got = getrandom(buffer.baseAddress.map { $0 + filled }, count - filled, 0)
            // Below zero only for a signal: every kernel since 3.17 has the call, and the buffer is ours.
            filled += max(0, got)
        }
        initialised = count
    }
}

/// Lets so many seconds pass.
public func pause(seconds: Int) { _ = sleep(UInt32(max(0, seconds))) }
