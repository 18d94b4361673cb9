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

/// The wall clock of the office: what time it is there, and whether that may be believed.
/// One per process: the zone is glibc's TZ. Made before the first thread starts; later changes overwrite the
/// variable in place, and nothing else in the process reads it.
public struct OfficeClock {
    /// Zones change their offset at whole quarters of an hour UTC, so an offset holds for the quarter it was asked in.
    private static let offsetHolds: Int64 = 900
    private static let trustHolds = Duration.seconds(10)
    /// 2025-01-01: a clock before this was never set.
    private static let earliestPlausible: Int64 = 1_735_689_600

    private var quarter: Int64 = .min
    private var offset = 0
    private var trust = ClockTrust.untrusted
    private var trustEnds = Instant(nanoseconds: .min)

    /// The clock of an IANA zone, `Europe/Moscow`; an unknown name is UTC (`isKnown` tells).
    public init(timezone: String) { setTimezone(timezone) }

    /// Moves the office to another zone.
    public mutating func setTimezone(_ name: String) {
        csys_set_timezone(Self.isKnown(name) ? name : "UTC")
        quarter = .min
    }

    /// Whether the system's database has this zone.
    public static func isKnown(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("..") && access("/usr/share/zoneinfo/" + name, R_OK) == 0
    }

    /// The office's offset from UTC, in seconds east, at a local time whose own offset is not looked at. In the hour that
    /// comes twice it is the later one, in the hour that is left out the one before.
    public static func offset(at local: CivilTime) -> Int {
        var unzoned = local
        unzoned.offset = 0
        let seconds = unzoned.utc / 1000
        return Int(csys_utc_offset(seconds - Int64(csys_utc_offset(seconds))))
    }

    /// Now: both clocks, the office's offset, and the trust in the wall clock.
    public mutating func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let (uptime, seconds) = (Instant.now, Int64(time.tv_sec))
        if seconds / Self.offsetHolds != quarter {
            quarter = seconds / Self.offsetHolds
            offset = Int(csys_utc_offset(seconds))
        }
        if uptime >= trustEnds {
            trust = Self.trust(atSeconds: seconds)
            trustEnds = uptime + Self.trustHolds
        }
        return Moment(
            uptime: uptime, utc: seconds * 1000 + Int64(time.tv_nsec) / 1_000_000, utcOffset: offset, clockTrust: trust)
    }

    /// A clock is believed when its year is plausible and NTP disciplines it or a battery clock backs it.
    private static func trust(atSeconds seconds: Int64) -> ClockTrust {
        guard seconds >= earliestPlausible else { return .untrusted }
        return csys_clock_synchronised() == 1 || access("/sys/class/rtc/rtc0", F_OK) == 0 ? .trusted : .untrusted
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
