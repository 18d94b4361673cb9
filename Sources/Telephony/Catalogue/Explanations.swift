/// Why a call goes where it goes.
extension Catalogue {
    /// A company number without a rule.
    public static func noNumberTakes(_ number: String) -> Wording {
        Wording(ru: "номер \(number) никуда не ведёт", en: "the number \(number) has no destination")
    }

    /// The rule of a company number.
    public static func numberTakes(_ number: String, _ mask: String) -> Wording {
        mask == number
            ? Wording(ru: "вызов на номер \(number)", en: "a call to the number \(number)")
            : Wording(ru: "номер \(number) подходит под \(mask)", en: "the number \(number) fits \(mask)")
    }

    /// An extension was dialled.
    public static func isExtension(_ number: String) -> Wording {
        Wording(ru: "\(number) — сотрудник", en: "\(number) is an extension")
    }

    /// A prompt or a conference room was dialled.
    public static func isService(_ number: String, _ target: String) -> Wording {
        Wording(ru: "\(number) — это \(target)", en: "\(number) is \(target)")
    }

    /// The number is a department's.
    public static func isDepartment(_ number: String, _ id: String) -> Wording {
        Wording(ru: "\(number) — отдел \(id)", en: "\(number) is the department \(id)")
    }

    /// No way out.
    public static func noRouteTakes(_ number: String) -> Wording {
        Wording(
            ru: "для \(number) нет ни сотрудника, ни отдела, ни маршрута",
            en: "\(number) is no extension, no department, and no route takes it")
    }

    /// A way out that is not for everybody.
    public static func mayNotDial(_ caller: String, _ right: String, route: String, needs: String) -> Wording {
        Wording(
            ru: "\(caller) имеет класс \(right), а маршрут \(route) требует \(needs)",
            en: "\(caller) has the class \(right), and the route \(route) asks for \(needs)")
    }

    /// The way out.
    public static func routeTakes(_ number: String, _ route: String, trunks: [String]) -> Wording {
        let list = trunks.joined(separator: ", ")
        return Wording(ru: "маршрут \(route): линии \(list)", en: "the route \(route): trunks \(list)")
    }

    /// A scheme without a matching rule.
    public static func schemeOtherwise(_ target: String) -> Wording {
        Wording(ru: "остальные вызовы идут в \(target)", en: "calls that no rule takes go to \(target)")
    }

    /// The rule of a scheme that decided.
    public static func schemeRule(_ number: Int, _ words: String) -> Wording {
        Wording(ru: "правило \(number): \(words)", en: "rule \(number): \(words)")
    }

    /// No rule of time is asked.
    public static func clockUntrusted(_ target: String) -> Wording {
        Wording(
            ru: "часы не проверены, правила по времени не действуют; остальные вызовы идут в \(target)",
            en: "the clock is not trusted, so rules of time rest; other calls go to \(target)")
    }

    /// A department and its way of ringing.
    public static func departmentRings(_ id: String, _ strategy: String) -> Wording {
        Wording(ru: "отдел \(id), порядок \(strategy)", en: "the department \(id), strategy \(strategy)")
    }

    /// Members in the order in which they ring, each with the time or figure that put him there: `102 10:11:15, 101 —`.
    public static func rankedByLastTalk(_ list: String) -> Wording {
        Wording(ru: "по концу последнего разговора: \(list)", en: "by the end of the last talk: \(list)")
    }

    /// The same by when each was last offered a call.
    public static func rankedByLastOffer(_ list: String) -> Wording {
        Wording(ru: "по последнему предложенному вызову: \(list)", en: "by the last call offered: \(list)")
    }

    /// The same by how many calls each had today; over his weight, where there is one.
    public static func rankedByCalls(_ list: String) -> Wording {
        Wording(ru: "по числу звонков за сегодня: \(list)", en: "by today's calls: \(list)")
    }

    /// The same by how long each talked today.
    public static func rankedByTalk(_ list: String) -> Wording {
        Wording(ru: "по времени разговоров за сегодня: \(list)", en: "by today's talk time: \(list)")
    }

    /// The call comes to a person.
    public static func entersAt(_ number: String) -> Wording {
        Wording(ru: "вызов приходит к \(number)", en: "the call comes to \(number)")
    }

    /// The person's calls go elsewhere.
    public static func forwards(_ number: String, to target: String) -> Wording {
        Wording(ru: "\(number) переадресует всё на \(target)", en: "\(number) forwards everything to \(target)")
    }

    /// Away, and somebody takes his calls.
    public static func isAway(_ number: String, sends target: String) -> Wording {
        Wording(ru: "\(number) отсутствует, его вызовы идут в \(target)", en: "\(number) is away, and the calls go to \(target)")
    }

    /// Passed over: away, `vacation`, `sick` or `other`.
    public static func isAway(_ number: String, _ kind: String) -> Wording {
        let why = kind == "vacation" ? "в отпуске" : kind == "sick" ? "болеет" : "отсутствует"
        let because = kind == "vacation" ? "is on leave" : kind == "sick" ? "is ill" : "is away"
        return Wording(ru: "\(number) \(why)", en: "\(number) \(because)")
    }

    /// Passed over: out of his hours.
    public static func isOffDuty(_ number: String) -> Wording {
        Wording(ru: "у \(number) сейчас нерабочее время", en: "\(number) is off duty now")
    }

    /// Out of a department's hours.
    public static func departmentClosed(_ id: String) -> Wording {
        Wording(ru: "отдел \(id) сейчас закрыт", en: "the department \(id) is closed now")
    }

    /// Passed over: no phone.
    public static func hasNoPhone(_ number: String) -> Wording {
        Wording(ru: "у \(number) нет подключённого телефона", en: "\(number) has no phone registered")
    }

    /// Passed over: engaged.
    public static func isEngaged(_ number: String) -> Wording {
        Wording(ru: "\(number) сейчас занят", en: "\(number) is busy now")
    }

    /// Passed over: the pause after a talk.
    public static func rests(_ number: String) -> Wording {
        Wording(ru: "у \(number) пауза после разговора", en: "\(number) rests after a talk")
    }

    /// Who the client is was not known in time.
    public static let lookUpTooSlow = Wording(
        ru: "кто звонит, выяснить вовремя не удалось: вызов идёт общим путём",
        en: "who calls was not known in time: the call goes the common way")

    /// The source that is not believed names somebody else.
    public static func otherSourceNames(_ owner: String) -> Wording {
        Wording(
            ru: "другой источник называет ответственным \(owner), но решает не он",
            en: "the other source names \(owner) as the owner, but it does not decide")
    }

    /// The office is closed, and owners rest with it.
    public static func ownerRests(_ owner: String) -> Wording {
        Wording(
            ru: "ответственный \(owner) звонков не получает: офис закрыт",
            en: "the owner \(owner) gets no calls: the office is closed")
    }

    /// The client's own employee.
    public static func ownerTakes(_ owner: String, _ name: String) -> Wording {
        let who = name.isEmpty ? owner : "\(owner) \(name)"
        return Wording(ru: "ответственный за клиента — \(who)", en: "the client's owner is \(who)")
    }

    /// A greeting is played.
    public static func greets(_ prompt: String) -> Wording {
        Wording(ru: "приветствие \(prompt)", en: "the greeting \(prompt)")
    }

    /// A menu takes the call.
    public static func menuTakes(_ id: String) -> Wording { Wording(ru: "голосовое меню \(id)", en: "the voice menu \(id)") }

    /// A key of a menu.
    public static func keyPressed(_ key: String) -> Wording {
        Wording(ru: "звонящий нажал \(key)", en: "the caller pressed \(key)")
    }

    /// The caller dialled during the greeting.
    public static func dialledMeanwhile(_ digits: String) -> Wording {
        Wording(ru: "звонящий набрал \(digits)", en: "the caller dialled \(digits)")
    }

    /// Whom the client talked to today.
    public static func isFamiliar(_ number: String, in department: String) -> Wording {
        Wording(
            ru: "сегодня клиент уже говорил с \(number) из отдела \(department)",
            en: "the client talked to \(number) of the department \(department) today")
    }

    /// How it ends where nobody answers.
    public static func endsBusy(after: String) -> Wording {
        Wording(ru: "через \(after) короткие гудки и отбой", en: "after \(after) the busy tone, then release")
    }

    /// How it ends where nobody answers.
    public static func endsDropped(after: String) -> Wording { Wording(ru: "через \(after) отбой", en: "after \(after) release") }

    /// It does not end by itself within an hour.
    public static let endsNever = Wording(ru: "звонит, пока звонящий ждёт", en: "rings as long as the caller waits")

    /// Headings of the explanation.
    public static let whyHeading = Wording(ru: "Почему", en: "Why")
    /// Headings of the explanation.
    public static let whoRingsHeading = Wording(ru: "У кого звонит", en: "Who rings")
    /// Headings of the explanation.
    public static let thenHeading = Wording(ru: "Если никто не ответит", en: "If nobody answers")
    /// Nobody rings.
    public static let nobodyRings = Wording(ru: "никто", en: "nobody")
}
