/// What a phone's extension is doing now.
public enum PhoneState: String, Equatable, Sendable, CaseIterable {
    /// Registered and free.
    case idle
    /// Its phone rings, or it is calling out and hears ringing.
    case ringing
    /// In a talk.
    case talking
    /// No contact is registered.
    case unavailable
}

/// What is happening to a call as a whole.
public enum CallState: String, Equatable, Sendable, CaseIterable {
    /// It is being decided where it goes.
    case routing
    /// Somebody's phone rings for it.
    case ringing
    /// It waits in a department's queue.
    case queued
    /// Two people talk.
    case talking
    /// It is in a menu, or hears a prompt or tone.
    case menu
    /// It leaves a message.
    case voicemail
    /// It is parked.
    case parked
}
