import Telephony

/// Who has to do something: one person, or any member of a department.
public enum Responsible: Hashable, Sendable, CustomStringConvertible {
    case `extension`(ExtensionNumber)
    case department(DepartmentID)

    /// As the configuration writes it.
    public var description: String {
        switch self {
        case .extension(let number): "extension \(number)"
        case .department(let id): "department \(id)"
        }
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.count, words.first) {
        case (2, "extension"): self = .extension(words[1])
        case (2, "department"): self = .department(words[1])
        default: return nil
        }
    }
}

/// Why somebody has to call a client: `task TYPE`.
public enum TaskKind: String, Hashable, Sendable, CaseIterable {
    /// He called and reached nobody.
    case missed
    /// He left a message.
    case voicemail
    /// He ordered a call back.
    case callback
}

/// Which talk with the client ends a task by itself: `task TYPE auto-close`. Another missed call never does.
public enum AutoClose: String, Hashable, Sendable, CaseIterable {
    /// Whoever called whom.
    case any
    /// Only his own call to us.
    case incoming
    /// Only ours to him.
    case outgoing
    /// Only that of the one the task is assigned to.
    case outgoingAssignee = "outgoing-assignee"
}

/// What happens to calls that nobody answered: `office missed`, `task`, `office keep`.
public struct FollowUpRules: Hashable, Sendable {
    /// How soon a call that was missed in working time must be returned.
    public var due: Duration
    /// By what second of the next working day one that was missed at any other time must be.
    public var dueAt: Int
    /// Who calls back where neither the client has an owner nor the call was meant for somebody in person; nil: the department
    /// that was called.
    public var assignee: Responsible?
    /// What ends a task by itself; `any` for kinds that are not here.
    public var autoClose: [TaskKind: AutoClose]
    /// For how many days calls are kept.
    public var keptDays: Int
    /// At what second of a working day each is told what is due that morning; nil: nobody is.
    public var digestAt: Int? = 32_400
    /// The folder of the board's lamp that is lit while anybody waits to be called back; nil: none is.
    public var lamp: String?

    /// The factory's rules: ten minutes, ten o'clock, three years.
    public init(
        due: Duration = .minutes(10), dueAt: Int = 36_000, assignee: Responsible? = nil, autoClose: [TaskKind: AutoClose] = [:],
        keptDays: Int = 1098
    ) {
        (self.due, self.dueAt, self.assignee) = (due, dueAt, assignee)
        (self.autoClose, self.keptDays) = (autoClose, keptDays)
    }
}
