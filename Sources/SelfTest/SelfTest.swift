import Glibc
import Host
import Signalling
import Telephony

/// A call through a running exchange as two telephones make it: real SIP and RTP sockets, tones measured at both ends.
public struct SelfTest {
    /// A telephone's account.
    public struct Account: Sendable {
        /// The extension's number, which is also what the other one dials.
        public var number: String
        /// Its secret.
        public var secret: String
        /// An account from its parts.
        public init(number: String, secret: String) { (self.number, self.secret) = (number, secret) }
    }

    /// What one side heard of the other.
    public struct Ear: Equatable, Sendable {
        /// The extension's number.
        public var number: String
        /// The tone that the other side made, in Hz, and the one that was heard; nil: silence.
        public var expected: Int, tone: HeardTone?
        /// The keys that the other side pressed, and those that came.
        public var pressed: String, digits: String
        /// RTP packets that came, and those missing between them.
        public var received: Int, lost: Int

        /// Whether the tone came unchanged (within 2 Hz and 1 dB, everything else 25 dB below it) and every key did.
        public var isRight: Bool {
            guard let tone else { return false }
            return abs(tone.frequency - expected) <= 2 && abs(tone.level - SelfTest.level) <= 1 && tone.noise < -25
                && digits == pressed
        }
    }

    /// How it went.
    public struct Report: Equatable, Sendable {
        /// From the INVITE to its 200.
        public var setUp: Duration
        /// The caller's and the called one's ear.
        public var caller: Ear, callee: Ear
        /// Whether both heard each other.
        public var isPassed: Bool { caller.isRight && callee.isRight }
    }

    /// Why there is no report.
    public struct Failure: Error, Sendable {
        /// Where it stopped.
        public var fault: Catalogue.SelfTestFault
    }

    /// The level that both say their tones with, in dBm0.
    public static let level = -10.0
    private static let tones = (caller: 1000, callee: 1500), keys = (caller: "147*", callee: "258#")
    private static let patience = Duration.seconds(5)

    private let loop: EventLoop
    private let caller: TestPhone, callee: TestPhone
    private var nextTick = Instant.now

    /// Calls `callee` from `caller` through the exchange that listens for UDP at `server`; both register first and leave
    /// at the end. Throws `Failure` where no talk came about.
    public static func run(
        through server: Endpoint, caller: Account, callee: Account, hashing: Hashing
    ) throws(Failure) -> Report {
        let phones: (EventLoop, TestPhone, TestPhone)
        do throws(SystemError) {
            phones = (
                try EventLoop(), try TestPhone(caller, at: server, tone: tones.caller, hashing: hashing),
                try TestPhone(callee, at: server, tone: tones.callee, hashing: hashing)
            )
        } catch {
            throw Failure(fault: .socket(error.description))
        }
        var test = SelfTest(loop: phones.0, caller: phones.1, callee: phones.2)
        return try test.run()
    }

    private init(loop: EventLoop, caller: TestPhone, callee: TestPhone) {
        (self.loop, self.caller, self.callee) = (loop, caller, callee)
    }

    private mutating func run() throws(Failure) -> Report {
        for phone in [caller, callee] {
            do throws(SystemError) { try phone.attach(to: loop) } catch { throw Failure(fault: .socket(error.description)) }
        }
        defer { leave() }
        for phone in [caller, callee] {
            phone.register(for: .seconds(120))
            guard wait({ phone.isRegistered }) else {
                throw Failure(fault: .registration(phone.account.number, phone.lastRefusal))
            }
        }
        let setUp = try connect()
        try talk()
        let report = Report(
            setUp: setUp, caller: ear(caller, of: Self.tones.callee, pressed: Self.keys.callee),
            callee: ear(callee, of: Self.tones.caller, pressed: Self.keys.caller))
        caller.hangUp()
        guard wait({ [caller, callee] in callee.isIdle && caller.isIdle }) else { throw Failure(fault: .hangUp) }
        return report
    }

    private mutating func connect() throws(Failure) -> Duration {
        let start = Instant.now
        caller.call(callee.account.number)
        let (caller, callee) = (caller, callee)
        guard wait({ callee.isRinging || caller.hasFailed }), callee.isRinging else {
            throw Failure(fault: caller.hasFailed ? .call(caller.lastRefusal) : .ringing)
        }
        callee.answer()
        guard wait({ caller.isTalking && callee.isTalking }) else { throw Failure(fault: .answer) }
        return (caller.answeredAt ?? .now) - start
    }

    private mutating func talk() throws(Failure) {
        let (caller, callee) = (caller, callee)
        guard wait({ caller.voice.hasHeardEnough && callee.voice.hasHeardEnough }) else { throw Failure(fault: .silence) }
        caller.press(Self.keys.caller)
        callee.press(Self.keys.callee)
        _ = wait { caller.voice.isQuiet && callee.voice.isQuiet }
        // The last key is on its way; then a whole second of undisturbed tone is measured.
        caller.voice.listenAnew()
        callee.voice.listenAnew()
        guard wait({ caller.voice.hasHeardEnough && callee.voice.hasHeardEnough }) else { throw Failure(fault: .silence) }
    }

    private func ear(_ phone: TestPhone, of tone: Int, pressed: String) -> Ear {
        Ear(
            number: phone.account.number, expected: tone, tone: phone.voice.heard, pressed: pressed,
            digits: String(phone.voice.digits.map(\.rawValue)), received: phone.voice.received, lost: phone.voice.lost)
    }

    private mutating func leave() {
        let (caller, callee) = (caller, callee)
        for phone in [caller, callee] { phone.leave() }
        _ = wait(for: .seconds(1)) { !caller.isRegistered && !callee.isRegistered }
        for phone in [caller, callee] { phone.detach(from: loop) }
    }

    /// Lets both telephones live until `done` or until patience ends: true if done.
    private mutating func wait(for limit: Duration = patience, _ done: () -> Bool) -> Bool {
        let end = Instant.now + limit
        while !done() {
            let now = Instant.now
            if now >= end { return false }
            if now >= nextTick {
                for phone in [caller, callee] { phone.tick(at: now) }
                nextTick = max(nextTick + .milliseconds(20), now - .milliseconds(100))
            }
            loop.turn(deadline: min(nextTick, end))
        }
        return true
    }
}
