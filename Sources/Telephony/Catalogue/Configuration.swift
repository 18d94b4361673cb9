/// What is wrong in a configuration, and what would be right.
extension Catalogue {
    /// Words of a strategy that do not go together.
    public static func unknownStrategy(_ words: String) -> Wording {
        Wording(ru: "такого порядка обзвона нет: \(words)", en: "there is no such strategy: \(words)")
    }

    /// Every strategy.
    public static func strategies(_ all: [String]) -> Wording {
        let list = all.joined(separator: ", ")
        return Wording(ru: "возможны: \(list)", en: "there are: \(list)")
    }

    // Lines and words.
    /// A line begins with another word than the two verbs.
    public static func unknownVerb(_ word: String) -> Wording {
        Wording(ru: "строка начинается не с set и не с delete: «\(word)»", en: "a line begins with set or delete, not “\(word)”")
    }
    /// The shape of a line.
    public static let verbHint = Wording(ru: "set РАЗДЕЛ [ИМЯ] КЛЮЧ ЗНАЧЕНИЕ", en: "set SECTION [NAME] KEY VALUE")
    /// A word that the language does not have.
    public static func unknownWord(_ word: String) -> Wording {
        Wording(ru: "неизвестное слово «\(word)»", en: "unknown word “\(word)”")
    }
    /// The word that was probably meant.
    public static func didYouMean(_ word: String) -> Wording { Wording(ru: "может быть, \(word)?", en: "did you mean \(word)?") }
    /// The words that are possible here.
    public static func oneOf(_ words: [String]) -> Wording {
        Wording(ru: "можно: \(words.joined(separator: ", "))", en: "one of: \(words.joined(separator: ", "))")
    }
    /// A word of the language that this version does not do.
    public static func notInThisVersion(_ words: String) -> Wording {
        Wording(
            ru: "«\(words)»: слово известно, но эта версия его ещё не умеет", en: "“\(words)”: known word, not in this version")
    }
    /// What to do with a line that cannot work yet.
    public static let removeTheLine = Wording(
        ru: "удалите строку или поставьте перед ней #", en: "remove the line, or put # before it")
    /// The line ends too early.
    public static func missing(_ what: String, after: String) -> Wording {
        Wording(ru: "после «\(after)» нет \(what)", en: "\(what) is missing after “\(after)”")
    }
    /// A value of another form than the one called `label`.
    public static func badValue(_ value: String, _ label: String) -> Wording {
        Wording(ru: "«\(value)» не годится как \(label)", en: "“\(value)” is no \(label)")
    }
    /// A word after the end of a value.
    public static func extraWord(_ word: String) -> Wording {
        Wording(ru: "лишнее слово «\(word)»", en: "“\(word)” is one word too many")
    }
    /// How a text of several words is written.
    public static let quoteSpaces = Wording(
        ru: "текст из нескольких слов берут в кавычки", en: "a text of several words is put in quotes")
    /// A quote without its end.
    public static let openQuote = Wording(ru: "кавычка не закрыта", en: "a quote is not closed")
    /// How a quote is ended.
    public static let closeQuote = Wording(
        ru: "закройте её: \"…\"; кавычка внутри пишется \\\"", en: "close it: \"…\"; a quote inside is written \\\"")
    /// A character that no text has.
    public static let controlCharacter = Wording(ru: "в строке управляющий символ", en: "a control character in the line")
    /// What a text may hold.
    public static let plainText = Wording(ru: "нужен простой текст UTF-8", en: "plain UTF-8 text is needed")
    /// A line over the limit.
    public static func lineTooLong(_ limit: Int) -> Wording {
        Wording(ru: "строка длиннее \(limit) байт", en: "the line is longer than \(limit) bytes")
    }
    /// A text over the limit.
    public static func tooManyLines(_ limit: Int) -> Wording {
        Wording(ru: "в тексте больше \(limit) строк", en: "the text has more than \(limit) lines")
    }
    /// A line is right as it was typed, and would not be as it is kept, where the lines of one key are joined.
    public static func unreadableWhenKept(_ line: String, _ why: Wording) -> Wording {
        Wording(
            ru: "в сохранённом виде \(line.isEmpty ? "" : "«\(line)»: ")\(why.text(in: .ru))",
            en: "as it would be kept, \(line.isEmpty ? "" : "“\(line)”: ")\(why.text(in: .en))")
    }
    /// The canonical text of a configuration is another configuration.
    public static let readDifferentlyWhenKept = Wording(
        ru: "в сохранённом виде настройки читаются иначе", en: "as it would be kept, the configuration reads differently")
    /// A password could not be hashed.
    public static func cannotHash(_ user: String) -> Wording {
        Wording(ru: "\(user): не хватило памяти, чтобы зашифровать пароль", en: "\(user): no memory to hash the password")
    }
    /// Other addresses are to be listened on than those that are.
    public static let listensAfterRestart = Wording(
        ru: "sip listen: новые адреса начнут действовать после перезапуска станции",
        en: "sip listen: the new addresses come in force when the exchange is started anew")
    /// How to start the exchange anew.
    public static let restartToListen = Wording(
        ru: "когда нет вызовов: systemctl restart apusd", en: "while nobody is in a call: systemctl restart apusd")
    /// What to do where the moment was bad.
    public static let tryAgain = Wording(ru: "повторите позже", en: "try again later")
    /// What to do with what is too long.
    public static let shorten = Wording(ru: "сократите", en: "shorten it")
    /// There are more errors than are told.
    public static func furtherErrors(_ limit: Int) -> Wording {
        Wording(ru: "ошибок больше \(limit), остальные не показаны", en: "more than \(limit) errors, the rest is not shown")
    }
    /// What to do about it.
    public static let correctTheseFirst = Wording(ru: "исправьте сначала эти", en: "correct these first")
    /// A delete line that names what is not set.
    public static func nothingToDelete(_ path: String) -> Wording {
        Wording(ru: "удалять нечего: «\(path)» не задано", en: "nothing to delete: “\(path)” is not set")
    }
    /// Where to see what is set.
    public static let seeConfigShow = Wording(ru: "что задано, покажет config show", en: "config show prints what is set")
    /// Two keys of which only one can hold.
    public static func excludesEachOther(_ first: String, _ second: String) -> Wording {
        Wording(ru: "\(first) и \(second) вместе не бывают", en: "\(first) and \(second) do not go together")
    }
    /// What to do about two of which one is too many.
    public static let keepOne = Wording(ru: "оставьте одно из двух", en: "keep one of the two")
    /// A key that is not for all objects at once.
    public static func notForAll(_ section: String, _ key: String) -> Wording {
        Wording(ru: "\(key) нельзя задать для \(section) *", en: "\(key) cannot be given for \(section) *")
    }
    /// Where such a key belongs.
    public static func giveItToOne(_ section: String) -> Wording {
        Wording(ru: "задайте для каждого: \(section) 101", en: "give it to each one: \(section) 101")
    }
    /// A value that is repeated.
    public static func codecTwice(_ codec: String) -> Wording {
        Wording(ru: "\(codec) указан дважды", en: "\(codec) is written twice")
    }

    // The office as a whole.
    /// An object that is named and does not exist.
    public static func unknownTarget(_ target: String) -> Wording {
        Wording(ru: "\(target) не существует", en: "there is no \(target)")
    }
    /// How it is made.
    public static func define(_ target: String) -> Wording {
        Wording(ru: "заведите: set \(target) …", en: "make it: set \(target) …")
    }
    /// How it is made, and which there are.
    public static func definedOrExisting(_ target: String, _ existing: [String]) -> Wording {
        let list = existing.joined(separator: ", ")
        return Wording(ru: "заведите: set \(target) …; есть \(list)", en: "make it: set \(target) …; there are \(list)")
    }
    /// An object was deleted that others name.
    public static func stillUsed(_ target: String, by users: [String]) -> Wording {
        let list = users.joined(separator: ", ")
        return Wording(ru: "\(target) ещё нужен: \(list)", en: "\(target) is still used by \(list)")
    }
    /// What to do about them.
    public static let changeUsersFirst = Wording(
        ru: "сначала измените или удалите то, что на него ссылается", en: "change or delete what refers to it first")
    /// A call could go in circles: the way round in full.
    public static func loop(_ path: String) -> Wording {
        Wording(ru: "петля переадресации: \(path)", en: "forwarding loop: \(path)")
    }
    /// The links of that way.
    public static func breakLoop(_ links: String) -> Wording {
        Wording(ru: "измените одно из звеньев: \(links)", en: "change one of its links: \(links)")
    }
    /// A company number without a destination.
    public static func noDestination(_ number: String) -> Wording {
        Wording(ru: "номер \(number) никуда не ведёт", en: "number \(number) leads nowhere")
    }
    /// What it needs.
    public static let giveDestination = Wording(ru: "добавьте direct N или scheme ID", en: "add direct N or scheme ID")
    /// An object without a key that it cannot do without.
    public static func lacks(_ item: String, _ key: String) -> Wording {
        Wording(ru: "\(item): не задано \(key)", en: "\(item) has no \(key)")
    }
    /// The line that would be right.
    public static func add(_ line: String) -> Wording { Wording(ru: "добавьте: \(line)", en: "add: \(line)") }
    /// Two owners of one internal number.
    public static func numberTaken(_ number: String, by owner: String) -> Wording {
        Wording(ru: "номер \(number) уже занят: \(owner)", en: "number \(number) is taken by \(owner)")
    }
    /// An extension has the number of the emergency service.
    public static func helpGoesFirst(_ number: String) -> Wording {
        Wording(
            ru: "кто наберёт \(number), попадёт в экстренную службу, а не к этому сотруднику",
            en: "whoever dials \(number) gets the emergency service, not this extension")
    }
    /// Employees to whom no call from outside leads; the first eight are named.
    public static func nobodyReaches(_ numbers: [String]) -> Wording {
        let names = numbers.prefix(8).joined(separator: ", ") + (numbers.count > 8 ? "…" : "")
        return Wording(
            ru: "снаружи не дозвониться до \(names): ни номер, ни отдел, ни меню туда не ведут",
            en: "nobody outside can reach \(names): no number, department or menu leads there")
    }
    /// What to do about it.
    public static let chooseAnother = Wording(ru: "выберите другой номер", en: "choose another number")
    /// One company number in two spellings.
    public static func sameNumber(_ number: String, as other: String) -> Wording {
        Wording(ru: "\(number) — тот же номер, что \(other)", en: "\(number) is the same number as \(other)")
    }
    /// A password that is easily guessed.
    public static func weakSecret(_ account: String) -> Wording {
        Wording(ru: "слабый пароль у \(account)", en: "the secret of \(account) is weak")
    }
    /// What a good one is.
    public static let betterSecret = Wording(
        ru: "12 и больше разных букв и цифр; без secret он будет создан сам",
        en: "12 or more different letters and digits; without secret one is generated")
    /// A timer that the trunk will not wait for.
    public static func longerThanRinging(_ after: String, trunk: String, limit: String) -> Wording {
        Wording(
            ru: "ожидание \(after) дольше, чем линия \(trunk) даёт звонить (\(limit))",
            en: "\(after) is longer than trunk \(trunk) lets a call ring (\(limit))")
    }
    /// The most that is useful.
    public static func atMost(_ limit: String) -> Wording { Wording(ru: "не больше \(limit)", en: "at most \(limit)") }
    /// An outside target that the extension may not dial.
    public static func outsideTollClass(_ number: String, needs: String, of person: String, has: String) -> Wording {
        Wording(
            ru: "для \(number) нужен класс \(needs), а у \(person) — \(has)",
            en: "\(number) needs class \(needs), \(person) has \(has)")
    }
    /// What to do about it.
    public static func raiseClass(_ number: String, _ needed: String) -> Wording {
        Wording(
            ru: "set extension \(number) class \(needed) или другая цель",
            en: "set extension \(number) class \(needed), or another target")
    }
    /// An outside target that no route takes.
    public static func noRoute(_ number: String) -> Wording {
        Wording(ru: "ни один маршрут не ведёт к \(number)", en: "no route leads to \(number)")
    }
    /// What to do about it.
    public static let addRoute = Wording(ru: "добавьте: set route …", en: "add: set route …")
    /// An internal number written as an outside one.
    public static func internalAsExternal(_ number: String) -> Wording {
        Wording(ru: "external \(number) — это внутренний номер", en: "external \(number) is a number inside the office")
    }
    /// What to write.
    public static func writeInstead(_ words: String) -> Wording { Wording(ru: "напишите \(words)", en: "write \(words)") }
    /// RTP has even ports, RTCP the odd ones.
    public static let oddPort = Wording(ru: "первый порт RTP должен быть чётным", en: "the first RTP port must be even")
    /// A call has two legs of two ports.
    public static let fewPorts = Wording(
        ru: "портов RTP меньше четырёх: не хватит и на один разговор", en: "fewer than four RTP ports are not enough for one call"
    )
    /// A range that would do.
    public static func portsInstead(_ range: String) -> Wording {
        Wording(ru: "например: \(range)", en: "for instance: \(range)")
    }
    /// Ports that the kernel hands out to any program that asks for none in particular.
    public static func portsInPassing(_ range: String, _ handedOut: String) -> Wording {
        Wording(
            ru: "порты RTP \(range) система раздаёт и другим программам (\(handedOut)): занятые будут пропущены",
            en:
                "the system hands the RTP ports \(range) to other programs, too (\(handedOut)): those that are taken are passed over"
        )
    }
    /// A SIP port where RTP ports are.
    public static func listenerInside(_ listener: String, ports: String) -> Wording {
        Wording(
            ru: "порт \(listener) попадает в порты RTP \(ports)", en: "the port of \(listener) is among the RTP ports \(ports)")
    }
    /// Two listeners that cannot both be bound.
    public static func listenersOverlap(_ first: String, _ second: String) -> Wording {
        Wording(ru: "\(first) и \(second) мешают друг другу", en: "\(first) and \(second) are in each other's way")
    }
    /// Two trunks known by the same address.
    public static func samePeer(_ trunk: String, _ other: String) -> Wording {
        Wording(
            ru: "линии \(trunk) и \(other) с одним адресом не различить",
            en: "trunks \(trunk) and \(other) have one address and cannot be told apart")
    }
    /// What to do about it.
    public static let differentPeers = Wording(
        ru: "дайте им разные адреса или разные порты", en: "give them different addresses or different ports")
    /// A reserve that leaves nothing.
    public static func reserveTooLarge(_ trunk: String) -> Wording {
        Wording(
            ru: "у линии \(trunk) не остаётся каналов для исходящих", en: "trunk \(trunk) has no channels left for outgoing calls"
        )
    }
    /// What would be right.
    public static let reserveLess = Wording(ru: "reserve-in меньше, чем channels", en: "reserve-in smaller than channels")
    /// A department that rings nobody.
    public static func emptyDepartment(_ id: String) -> Wording {
        Wording(ru: "в отделе \(id) никого нет", en: "department \(id) has no members")
    }
    /// What to do about it.
    public static let differentPort = Wording(ru: "выберите порт вне их", en: "choose a port that is not")
    /// The line that helps.
    public static func deleteOne(_ line: String) -> Wording { Wording(ru: "уберите один: \(line)", en: "remove one: \(line)") }
}

/// What `?` says about the two verbs.
extension Catalogue {
    /// What `set` does.
    public static let verbSet = Wording(ru: "задать", en: "set something")
    /// What `delete` does.
    public static let verbDelete = Wording(ru: "удалить объект, ключ или строку", en: "delete an object, a key or a line")
    /// What should have stood here, and what that is.
    public static func expected(_ word: String, _ help: Wording) -> Wording {
        Wording(ru: "нужно \(word): \(help.text(in: .ru))", en: "expected \(word): \(help.text(in: .en))")
    }
    /// What to do about a repeated value.
    public static func removeWord(_ word: String) -> Wording {
        Wording(ru: "уберите второе \(word)", en: "remove the second \(word)")
    }
}
