import CallControl
import FollowUp
import Routing
import Signalling
import Telephony

/// A fact that the outside world tells the exchange.
public enum Event: Equatable, Sendable {
    /// A well-formed SIP message came.
    case received(Message, Flow)
    /// A message could not be sent: nothing listens there, or the connection failed.
    case sendFailed(Message, Flow)
    /// A stream was closed.
    case disconnected(Flow)
    /// A call was refused before it was a SIP message: whose and to whom, as far as it could be read.
    case turnedAway(from: String, to: String, callID: String, Flow)
    /// Something happened in the voice.
    case media(MediaFact)
    /// A new configuration was committed.
    case reconfigured(Settings)
    /// Our own addresses.
    case networks(LocalNetworks)
    /// Unguessable bytes for tags, branches and nonces.
    case entropy([UInt8])
    /// What the last run left: bindings that are still good, and the next free call id.
    case restored(bindings: [Binding], nextCall: Int)
    /// What the last run knew of people's days: loads of members, and whom clients talked to.
    case remembered(loads: [Ledger.Row], familiars: [Ledger.Familiar], nights: [String: Int])
    /// What the last run knew people to have said of themselves by codes.
    case statesRemembered(PersonalStates)
    /// What came of a change that `configure` ordered; told after `reconfigured` where it is in force.
    case configured(CallID, ChangeOutcome)
    /// What the last run left in the voicemail boxes: messages, recorded greetings by box, and the first number never used.
    case messages([VoiceMessage], greetings: [BoxID: Int], next: Int)
    /// Somebody hears or deletes the message of this number by a command.
    case message(Int, MessageOrder)
    /// A telephone of ours is to be rung for a purpose of the exchange's own.
    case ring(ExtensionNumber, for: HouseCall.Purpose)
    /// Somebody pressed a night key, or released it.
    case nightKey(String, Bool)
    /// What the last run left to be done: open tasks and those just closed, the next free task id, and calls from outside that
    /// the end of that run cut off.
    case reopened(tasks: [CallbackTask], nextTask: Int, interrupted: [CallRecord])
    /// Somebody does something to a task by hand; answered by `replied`.
    case task(TaskID, TaskOrder, OrderTicket)
    /// Who the client of a call is, as asked by `lookUp`.
    case lookedUp(CallID, ClientCard)
    /// The box is going down: every call ends now and gets its record.
    case stopping
    /// What was ordered with this ticket is on the disk.
    case stored(StoreTicket)
    /// What was ordered with this ticket could not be written.
    case storeFailed(StoreTicket)
}

/// An order that the exchange gives to the outside world.
public enum Effect: Equatable, Sendable {
    /// Put this on the wire.
    case send(Message, Flow)
    /// To the media plane.
    case media(MediaOrder)
    /// To the store.
    case persist(Persistence)
    /// Ask the book, and the hook if it is the active source, who the client of this number is (`PhoneNumber.digits`); answer with
    /// `lookedUp`, at the hook's deadline at the latest.
    case lookUp(CallID, client: String)
    /// Change the configuration by these lines in the name of an employee, as far as he may; answer with `configured`.
    case configure(CallID, [String], by: ExtensionNumber)
    /// The draft of a prompt (`HouseCall.draft`), which this employee has spoken, is the prompt from now on.
    case adopt(prompt: String, by: ExtensionNumber)
    /// What the voice of this extension's telephone was like, when it is hung up after `ring` for `.voice`; nil: nobody took the call.
    case measured(ExtensionNumber, MediaStatistics?)
    /// What came of a task's order.
    case replied(OrderTicket, Result<CallbackTask, TaskRefusal>)
    /// The lamp on the board is lit, or not any more: somebody has to be called back.
    case light(Bool)
    /// The pool of unguessable bytes runs low: bring `entropy`, at least 4096 bytes.
    case replenishEntropy
}

/// An order to the store.
public enum Persistence: Equatable, Sendable {
    /// A call is up: if we are killed, this row becomes an `interrupted` record.
    case open(CallRecord)
    /// A call ended: the row is final. Answer with `stored` once it is durable.
    case close(CallRecord, StoreTicket)
    /// A task as it stands now; on the disk no later than a record that is ordered after it.
    case task(CallbackTask)
    /// The first task is no more, its calls are the second's, which stands like this now.
    case merge(TaskID, into: CallbackTask)
    /// What became known of a call after its record was final; may lag.
    case amend(CallRecord)
    /// Records that are dated by a clock which was wrong by so many milliseconds; may lag.
    case redate(ClosedRange<CallID>, by: Int64)
    /// Nobody needs calls and closed tasks any more that are older than this (milliseconds since 1970 UTC); whenever there is time.
    case forget(before: Int64)
    /// A notice for the outbox, unless one of its key is there; on the disk no later than a record that is ordered after it.
    case post(OutgoingNotice)
    /// Notices that are old now (milliseconds since 1970 UTC) are forgotten, and those that wait too long given up; may lag.
    case forgetNotices(at: Int64)
    /// A phone came or refreshed; may lag.
    case bind(Binding)
    /// A phone left; may lag.
    case unbind(Binding)
    /// A member's load changed; may lag.
    case tally(Ledger.Row)
    /// A client met somebody; may lag.
    case acquaint(Ledger.Familiar)
    /// A night key is pressed until this second of the office's wall clock, or not any more; may lag.
    case night(String, until: Int?)
    /// An employee says this of himself, or not any more; may lag.
    case mark(ExtensionNumber, PersonalState, Bool)
    /// A message of a voicemail box, or a recording that may become one, as it is now; may lag.
    case message(VoiceMessage)
    /// A call's recording is on the disk; the oldest ones go where all together take more than so many bytes. May lag.
    case recording(CallRecording, quota: Int)
    /// Nobody needs recordings any more that were made before this (milliseconds since 1970 UTC); may lag.
    case expireRecordings(before: Int64)
    /// The message or recording of this number is no more, and neither is its file; may lag.
    case erase(Int)
    /// The recording of this number is a box's greeting, or none is any more; may lag.
    case greeting(BoxID, Int?)
    /// A client (`PhoneNumber.digits`, name as shown) talked to an employee, who becomes his owner where the rule of learning says
    /// so, or called and reached nobody; may lag.
    case met(client: String, name: String, ExtensionNumber?, OwnerLearning)
}
