import Routing
import Telephony

/// A call that came in: who calls whom.
public struct Offer: Equatable, Sendable {
    /// Which phone or trunk it came from.
    public var caller: Caller
    /// The number and name shown.
    public var callerID: CallerID
    /// What was dialled, or the company number that was called.
    public var dialled: String

    /// An offer from its parts.
    public init(caller: Caller, callerID: CallerID, dialled: String) {
        (self.caller, self.callerID, self.dialled) = (caller, callerID, dialled)
    }
}

/// A fact about a leg, in the past tense.
public enum Fact: Equatable, Sendable {
    /// Somebody calls on this new leg.
    case offered(LegID, Offer)
    /// A call came that cannot be carried (no codec in common…); it is only put on record.
    case turnedAway(Offer, Cause)
    /// The called phone rings.
    case rang(LegID)
    /// The called network speaks before the answer.
    case earlyMediaBegan(LegID)
    /// The party is heard for the first time.
    case spoke(LegID)
    /// The called one answered.
    case answered(LegID)
    /// The leg is gone.
    case ended(LegID, Cause)
    /// The party put the other on hold, or took it back.
    case held(LegID), resumed(LegID)
    /// The party wants its partner connected to `to`; with `replacing`, to the partner of that leg of its own.
    case transferRequested(LegID, to: String, replacing: LegID?)
    /// The party pressed a key.
    case pressed(LegID, Digit)
    /// The speech of this id was heard to its end.
    case played(LegID, speech: Int)
    /// A recording is over and safe: how long it is, zero where nothing was said (there is no file then), nil where it could not be
    /// written.
    case recorded(Clip, length: Duration?)
    /// What is known of the client who calls.
    case lookedUp(CallID, ClientCard)
    /// What came of a change that an employee ordered by a code.
    case configured(CallID, ChangeOutcome)
    /// How many clients are to be called back, as an employee asked by a code, and the one who has waited longest, whom he holds now;
    /// nil: there is nobody whom a colleague is not calling already.
    case owed(CallID, OwedClient?, count: Int)
    /// A client who ordered a call back is to be called like this; nil: not any more.
    case callback(TaskID, QueuedCallback?)
    /// Somebody pressed a night key, or released it.
    case nightKey(String, Bool)
    /// A phone of the extension is registered, or none is any more.
    case reachable(ExtensionNumber, Bool)
}

/// What came of a change that an employee ordered.
public enum ChangeOutcome: Equatable, Sendable {
    /// Why it was not done.
    public enum Refusal: Equatable, Sendable {
        /// It is not his to change.
        case notPermitted
        /// It cannot be done now.
        case later
        /// The office would not be right with it: a loop, a target that he may not call.
        case wrong
    }

    /// It is in force.
    case done
    /// Nothing is changed.
    case refused(Refusal, Wording)
}

/// What a new leg is to reach.
public enum DialTarget: Hashable, Sendable {
    case `extension`(ExtensionNumber)
    case line(OutgoingLine)

    /// As records and displays name it.
    public var name: String {
        switch self {
        case .extension(let number): number
        case .line(let line): line.number
        }
    }

    /// Whose leg it will be.
    var party: Caller {
        switch self {
        case .extension(let number): .extension(number)
        case .line(let line): .trunk(line.trunk)
        }
    }
}

/// How a phone is asked to ring (Alert-Info, RFC 3261 §20.4), where it can ring in different ways.
public enum RingClass: Hashable, Sendable {
    case plain
    /// The word of a class of callers: `vip`.
    case named(String)
    /// It does not ring: it switches itself on.
    case automatic
}

/// How a transfer goes on, told to the one who ordered it.
public enum TransferProgress: Equatable, Sendable {
    case succeeded
    case failed(Cause)
}

/// An order about a leg, in the imperative, carried out in sequence.
public enum Order: Equatable, Sendable {
    /// Tell the caller that it rings.
    case alert(LegID)
    /// Try to reach somebody on a new leg; the caller's leg tells which codecs to prefer.
    case dial(LegID, DialTarget, as: CallerID, ring: RingClass = .plain, for: LegID)
    /// Answer the caller; with the codec of `matching`, if it has one, or to speak to him ourselves.
    case answer(LegID, matching: LegID?)
    /// End the leg.
    case release(LegID, Cause)
    /// The two hear each other.
    case bridge(LegID, LegID)
    /// The leg hears this.
    case play(LegID, Sound)
    /// The leg hears nothing.
    case quiet(LegID)
    /// The leg hears everybody else in this room and is heard by them.
    case mix(LegID, room: Int)
    /// The leg hears this room and is not heard there.
    case attend(LegID, room: Int)
    /// Everybody in this room hears these clips over the talk.
    case announce(room: Int, [Clip])
    /// The leg's keys go no further than to us from now on; what of them is for its partner goes there by `press`.
    case withhold(LegID)
    /// The leg gets this key, as if its partner had pressed it.
    case press(LegID, Digit)
    /// What the leg says is recorded; a further leg with the same clip is a further side. `recorded` tells of its end: at
    /// `endRecording`, at its limit, or when the last side is gone.
    case record(LegID, Recording)
    /// What the leg says is not recorded any more, and what others say is.
    case unrecord(LegID, Clip)
    /// The recording is over.
    case endRecording(Clip)
    /// The call has ended, but its record waits for what was recorded: do not tell the far end that it is over before that.
    case awaitRecord(CallID)
    /// Tell the transferor.
    case report(LegID, TransferProgress)
    /// The call is up, or changed: keep what is known in case we are killed.
    case open(CallJournal)
    /// The call is over: make its record.
    case file(CallJournal)
    /// Keep this over a restart: a member's load changed.
    case tally(Ledger.Row)
    /// Keep this over a restart: a client met somebody.
    case acquaint(Ledger.Familiar)
    /// Keep this over a restart: a night key is pressed until this second of the office's wall clock, or not any more.
    case night(String, until: Int?)
    /// A call's recording is on the disk, and so long.
    case recorded(CallRecording)
    /// Keep this message, or recording that may become one, as it is now.
    case keep(VoiceMessage)
    /// The message or recording of this number, and its file, are no more.
    case erase(Int)
    /// Callers of this box hear the recording of this number; nil: the office's words.
    case greet(BoxID, with: Int?)
    /// When this leg is closed, tell what its voice was like; or nobody took the call of this extension.
    case measure(LegID, ExtensionNumber), untested(ExtensionNumber)
    /// What this employee has spoken as a prompt's draft is the prompt from now on.
    case adopt(prompt: String, by: ExtensionNumber)
    /// Ask who the client of this number is (`PhoneNumber.digits`); `lookedUp` answers.
    case lookUp(CallID, client: String)
    /// Keep this: the client talked to this employee, who may become his owner.
    case met(client: String, name: String, ExtensionNumber)
    /// Keep this: the client is this employee's, whatever the rule of learning.
    case own(client: String, name: String, ExtensionNumber)
    /// Keep this over a restart: what an employee says of himself.
    case mark(ExtensionNumber, PersonalState, Bool)
    /// Tell by `owed` whom this person or department is to call back, but for these, and hold him for the one who asks as long as this
    /// call lasts; whom he held before is let go.
    case askOwed(CallID, Responsible, by: ExtensionNumber, skipping: Set<TaskID>)
    /// Change the configuration by these lines in the name of an employee, if he may; `configured` answers.
    case configure(CallID, [String], by: ExtensionNumber)
}
