import Telephony

/// Who wants a session, and what his terminal is like.
public struct ConsoleOpening: Equatable, Sendable {
    /// How he came.
    public enum Door: String, Sendable {
        /// By the control socket itself: the system lets only those near it who may do everything.
        case box
        /// By a line that anybody may sit at: he is asked for his password, unless no user is configured.
        case login
        /// By SSH, which has asked him already.
        case ssh
    }

    /// How he came.
    public var door: Door
    /// His name, and at `login` his password; nil: he was not asked yet.
    public var user: String, secret: String?
    /// Where he sits: `ttyS0`, `ssh 192.0.2.7`.
    public var place: String
    /// The language that he wants; nil: the office's.
    public var language: Language?
    /// Columns of his terminal.
    public var width: Int

    /// An opening from its parts.
    public init(
        _ door: Door, user: String, secret: String? = nil, place: String, language: Language? = nil, width: Int = 80
    ) {
        (self.door, self.user, self.secret, self.place) = (door, user, secret, place)
        (self.language, self.width) = (language, width)
    }
}

/// What a terminal says to the exchange, after the opening.
public enum ConsoleInput: Equatable, Sendable {
    /// A session is wanted.
    case open(ConsoleOpening)
    /// A line, and the text that the answer before asked for.
    case line(String, attachment: String?)
    /// Tab behind this much of a line; `?` behind it.
    case complete(String), help(String)
    /// The terminal has this many columns now.
    case resized(Int)
    /// Is there anything new? (`trace live`)
    case watch
}

/// What the exchange says to a terminal.
public enum ConsoleOutput: Equatable, Sendable {
    /// After a line, and after the opening.
    case answer(ConsoleAnswer)
    /// After Tab.
    case completion(Completion)
    /// After `?`; nil: it is an ordinary letter there.
    case help(String?)
    /// No session: why, and how many seconds to wait before the next try; empty: who are you?
    case refused(String, wait: Int)
}

extension ControlWire {
    private static let consoleVersion = "apus console 1"

    /// Whether a message opens or belongs to a session.
    public static func isConsole(_ body: [UInt8]) -> Bool { (try? decode(body))?.first == consoleVersion }

    /// What a terminal says, with its head. Throws where it is over the limit.
    public static func encode(_ input: ConsoleInput) throws(ControlWireError) -> [UInt8] {
        let fields: [String] =
            switch input {
            case .open(let opening):
                [
                    "open", opening.door.rawValue, opening.user, opening.secret == nil ? "" : "secret", opening.secret ?? "",
                    opening.place,
                    opening.language?.rawValue ?? "", String(opening.width),
                ]
            case .line(let line, let text): ["line", line, text == nil ? "" : "text", text ?? ""]
            case .complete(let line): ["complete", line]
            case .help(let line): ["help", line]
            case .resized(let width): ["resized", String(width)]
            case .watch: ["watch"]
            }
        return try encode([consoleVersion] + fields, limit: requestLimit)
    }

    /// What a terminal said in a message without its head. Throws for anything else.
    public static func consoleInput(_ body: [UInt8]) throws(ControlWireError) -> ConsoleInput {
        let fields = try decode(body)
        guard fields.count >= 2, fields[0] == consoleVersion else { throw .malformed }
        switch (fields[1], fields.count) {
        case ("open", 9):
            guard let width = Int(fields[8]), (1...widthLimit).contains(width),
                let door = ConsoleOpening.Door(rawValue: fields[2])
            else { throw .malformed }
            return .open(
                ConsoleOpening(
                    door, user: fields[3], secret: fields[4].isEmpty ? nil : fields[5], place: fields[6],
                    language: Language(rawValue: fields[7]), width: width))
        case ("line", 5): return .line(fields[2], attachment: fields[3].isEmpty ? nil : fields[4])
        case ("complete", 3): return .complete(fields[2])
        case ("help", 3): return .help(fields[2])
        case ("resized", 3):
            guard let width = Int(fields[2]), (1...widthLimit).contains(width) else { throw .malformed }
            return .resized(width)
        case ("watch", 2): return .watch
        default: throw .malformed
        }
    }

    /// What the exchange says, with its head. Throws where it is over the limit.
    public static func encode(_ output: ConsoleOutput) throws(ControlWireError) -> [UInt8] {
        let fields: [String] =
            switch output {
            case .answer(let answer):
                [
                    answer.isScreen ? "screen" : "answer", answer.output, answer.isFault ? "fault" : "",
                    answer.isPaged ? "paged" : "", answer.prompt,
                    answer.language.rawValue, answer.file == nil ? "" : answer.isSound ? "sound" : "file", answer.file ?? "",
                ] + words(of: answer.turn)
            case .completion(let completion): ["completion", completion.insertion, completion.list]
            case .help(let text): ["help", text == nil ? "" : "text", text ?? ""]
            case .refused(let why, let wait): ["refused", why, String(wait)]
            }
        return try encode([consoleVersion] + fields, limit: replyLimit)
    }

    private static func words(of turn: ConsoleAnswer.Turn) -> [String] {
        switch turn {
        case .line: ["line"]
        case .text: ["text"]
        case .read(let file): ["read", file]
        case .hear(let file): ["hear", file]
        case .speak(let words): ["speak", words]
        case .perform(let words): ["perform"] + words
        case .watch: ["watch"]
        case .end: ["end"]
        }
    }

    /// What the exchange said in a message without its head. Throws for anything else.
    public static func consoleOutput(_ body: [UInt8]) throws(ControlWireError) -> ConsoleOutput {
        let fields = try decode(body)
        guard fields.count >= 2, fields[0] == consoleVersion else { throw .malformed }
        switch (fields[1], fields.count) {
        case ("answer", 10...), ("screen", 10...):
            guard let language = Language(rawValue: fields[6]) else { throw .malformed }
            var answer = ConsoleAnswer(fields[2], isFault: !fields[3].isEmpty, turn: try turn(fields[9...]))
            (answer.isPaged, answer.prompt, answer.language) = (!fields[4].isEmpty, fields[5], language)
            (answer.file, answer.isSound) = (fields[7].isEmpty ? nil : fields[8], fields[7] == "sound")
            answer.isScreen = fields[1] == "screen"
            return .answer(answer)
        case ("completion", 4): return .completion(Completion(insertion: fields[2], list: fields[3]))
        case ("help", 4): return .help(fields[2].isEmpty ? nil : fields[3])
        case ("refused", 4):
            guard let wait = Int(fields[3]) else { throw .malformed }
            return .refused(fields[2], wait: wait)
        default: throw .malformed
        }
    }

    private static func turn(_ words: ArraySlice<String>) throws(ControlWireError) -> ConsoleAnswer.Turn {
        switch (words.first, words.count) {
        case ("line", 1): return .line
        case ("text", 1): return .text
        case ("read", 2): return .read(words.last ?? "")
        case ("hear", 2): return .hear(words.last ?? "")
        case ("speak", 2): return .speak(words.last ?? "")
        case ("perform", 2...): return .perform(Array(words.dropFirst()))
        case ("watch", 1): return .watch
        case ("end", 1): return .end
        default: throw .malformed
        }
    }
}
