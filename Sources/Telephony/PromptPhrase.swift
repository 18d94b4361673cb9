/// Everything that the product says aloud. `sounds/LANGUAGE/manifest.tsv` has the text and the file of each; a test keeps the two
/// together. The raw value is the phrase's name there and in `Clip`.
///
/// What is composed (a lead-in, numbers, nouns) is one synthetic voice; sentences that stand alone may be recordings.
public enum PromptPhrase: String, Sendable, CaseIterable, Hashable {
    // A call on its way.
    case waitForTransfer = "wait-for-transfer", anotherSpecialist = "another-specialist", notAvailable = "not-available", busy,
        circuitsBusy = "circuits-busy", numberNotAnswering = "number-not-answering", invalid, notAllowed = "not-allowed",
        tryAgain = "try-again", officeClosed = "office-closed", officeOpens = "office-opens", callRecorded = "call-recorded",
        oneMoment = "one-moment", thankYou = "thank-you", goodbye

    // Said to the one who is called.
    case press1ToAccept = "press-1-to-accept", answeredAlready = "answered-already", newCallFrom = "new-call-from",
        hiddenNumber = "hidden-number", numberLabel = "number-label", line, isOutOfOrder = "is-out-of-order"

    // Waiting and the call-back.
    case operatorsBusy = "operators-busy", apology, thanksForPatience = "thanks-for-patience",
        queuePosition = "queue-position", queueNext = "queue-next", queueWait = "queue-wait",
        queueLessThanAMinute = "queue-less-than-a-minute", queueFull = "queue-full", callbackOffer = "callback-offer",
        voicemailOffer = "voicemail-offer", stayOffer = "stay-offer", callbackNumber = "callback-number",
        callbackConfirm = "callback-confirm", callbackEnterNumber = "callback-enter-number",
        callbackConfirmed = "callback-confirmed", callbackForEmployee = "callback-for-employee",
        callbackGreeting = "callback-greeting", waitingTime = "waiting-time"

    // Voice mail.
    case leaveMessage = "leave-message", beep, messageTooShort = "message-too-short", messageAccepted = "message-accepted",
        mailboxFull = "mailbox-full", enterMailbox = "enter-mailbox", enterPin = "enter-pin", wrongPin = "wrong-pin",
        mailboxLocked = "mailbox-locked", youHave = "you-have", noMessages = "no-messages", noNewMessages = "no-new-messages",
        noMoreMessages = "no-more-messages", messageNumber = "message-number", messageFrom = "message-from",
        messageReceived = "message-received", messageDeleted = "message-deleted", messageRestored = "message-restored",
        messageKept = "message-kept", recordGreeting = "record-greeting", recordPrompt = "record-prompt",
        recordingSaved = "recording-saved", recordingDiscarded = "recording-discarded", greetingStandard = "greeting-standard"

    // Choices: each is followed by a key.
    case toListen = "to-listen", toRepeat = "to-repeat", toNext = "to-next", toPrevious = "to-previous",
        toDelete = "to-delete", toKeep = "to-keep", toCallBack = "to-call-back", toForward = "to-forward",
        toRecordGreeting = "to-record-greeting", toStandardGreeting = "to-standard-greeting", toAccept = "to-accept",
        toListenRecording = "to-listen-recording", toRerecord = "to-rerecord", toConfirm = "to-confirm",
        toCancel = "to-cancel", toReturn = "to-return", toExit = "to-exit", invalidChoice = "invalid-choice"

    // Feature codes.
    case forwardingAlways = "forwarding-always", forwardingNoAnswer = "forwarding-no-answer",
        forwardingBusy = "forwarding-busy", forwardingUnreachable = "forwarding-unreachable", isOn = "is-on", isOff = "is-off",
        isOnToNumber = "is-on-to-number", forwardingCancelled = "forwarding-cancelled", dndOn = "dnd-on", dndOff = "dnd-off",
        callWaitingOn = "call-waiting-on", callWaitingOff = "call-waiting-off", nightOn = "night-on", nightOff = "night-off",
        absenceOn = "absence-on", absenceUntil = "absence-until", absenceOff = "absence-off", loggedIn = "logged-in",
        loggedOut = "logged-out", pauseOn = "pause-on", pauseOff = "pause-off", recordingOn = "recording-on",
        recordingOff = "recording-off", done, refused, notPermitted = "not-permitted", unknownCode = "unknown-code",
        yourNumber = "your-number", timeIs = "time-is", echoTest = "echo-test", echoEnd = "echo-end"

    // In the call: transfer, parking, pickup, conference.
    case transferEnterNumber = "transfer-enter-number", transferForbidden = "transfer-forbidden",
        transferFailed = "transfer-failed", transferReturned = "transfer-returned", parkedAt = "parked-at",
        parkFailed = "park-failed", parkEmpty = "park-empty", parkReturned = "park-returned", pickupNothing = "pickup-nothing",
        conferenceEnterRoom = "conference-enter-room", conferenceEnterPin = "conference-enter-pin",
        conferenceWrongPin = "conference-wrong-pin", conferenceInvalid = "conference-invalid",
        conferenceFull = "conference-full", conferenceFirst = "conference-first", conferenceEntering = "conference-entering",
        conferenceHas = "conference-has", conferenceLocked = "conference-locked", conferenceMuted = "conference-muted",
        conferenceUnmuted = "conference-unmuted", conferenceEnded = "conference-ended", conferenceJoined = "conference-joined",
        conferenceLeft = "conference-left"

    // Numbers: cardinals, masculine.
    case n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15, n16, n17, n18, n19, n20, n30, n40, n50, n60,
        n70, n80, n90, n100, n200, n300, n400, n500, n600, n700, n800, n900

    // Numbers: other genders, thousands, keys.
    case n1Feminine = "n1-feminine", n1Neuter = "n1-neuter", n2Feminine = "n2-feminine", thousandOne = "thousand-one",
        thousandFew = "thousand-few", thousandMany = "thousand-many", plus, star, pound, letterA = "letter-a",
        letterB = "letter-b", letterC = "letter-c", letterD = "letter-d", pause

    // What is counted: one, few (Russian 2…4), many.
    case hourOne = "hour-one", hourFew = "hour-few", hourMany = "hour-many", minuteOne = "minute-one",
        minuteFew = "minute-few", minuteMany = "minute-many", secondOne = "second-one", secondFew = "second-few",
        secondMany = "second-many", newMessageOne = "new-message-one", newMessageFew = "new-message-few",
        newMessageMany = "new-message-many", oldMessageOne = "old-message-one", oldMessageFew = "old-message-few",
        oldMessageMany = "old-message-many", missedCallOne = "missed-call-one", missedCallFew = "missed-call-few",
        missedCallMany = "missed-call-many", participantOne = "participant-one", participantFew = "participant-few",
        participantMany = "participant-many"

    // Dates (Russian: genitive) and times of day.
    case day1 = "day-1", day2 = "day-2", day3 = "day-3", day4 = "day-4", day5 = "day-5", day6 = "day-6", day7 = "day-7",
        day8 = "day-8", day9 = "day-9", day10 = "day-10", day11 = "day-11", day12 = "day-12", day13 = "day-13",
        day14 = "day-14", day15 = "day-15", day16 = "day-16", day17 = "day-17", day18 = "day-18", day19 = "day-19",
        day20 = "day-20", day21 = "day-21", day22 = "day-22", day23 = "day-23", day24 = "day-24", day25 = "day-25",
        day26 = "day-26", day27 = "day-27", day28 = "day-28", day29 = "day-29", day30 = "day-30", day31 = "day-31",
        monthJanuary = "month-january", monthFebruary = "month-february", monthMarch = "month-march",
        monthApril = "month-april", monthMay = "month-may", monthJune = "month-june", monthJuly = "month-july",
        monthAugust = "month-august", monthSeptember = "month-september", monthOctober = "month-october",
        monthNovember = "month-november", monthDecember = "month-december", onMonday = "on-monday", onTuesday = "on-tuesday",
        onWednesday = "on-wednesday", onThursday = "on-thursday", onFriday = "on-friday", onSaturday = "on-saturday",
        onSunday = "on-sunday", today, yesterday, tomorrow, am, pm, oh, sharp

    /// Forms that only one language has: Russian has more plurals and genders, English has half-days.
    private static let russian: Set<PromptPhrase> = [
        .n1Feminine, .n1Neuter, .n2Feminine, .thousandFew, .thousandMany, .hourFew, .minuteFew, .secondFew, .newMessageFew,
        .oldMessageFew, .missedCallFew, .participantFew, .sharp,
    ]
    private static let english: Set<PromptPhrase> = [.am, .pm, .oh]

    /// Whether a language needs this form.
    public func isSpoken(in language: Language) -> Bool {
        switch language {
        case .ru: !Self.english.contains(self)
        case .en: !Self.russian.contains(self)
        }
    }

    /// The phrase in a language.
    public func clip(in language: Language) -> Clip { Clip("\(language.rawValue)/\(rawValue)") }
}
