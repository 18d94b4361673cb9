import Routing
import Telephony

/// What somebody does to a task by hand.
public enum TaskOrder: Equatable, Sendable {
    /// He will call the client now.
    case claim(by: ExtensionNumber)
    /// He will not after all.
    case release
    /// It is done; by whom, if that is said.
    case done(by: ExtensionNumber?)
    /// From now on it is his or theirs.
    case assign(Responsible)
    /// Something to remember.
    case note(String)
}

/// Why an order about a task was not carried out.
public enum TaskRefusal: Error, Equatable, Sendable {
    /// There is none of this number, or it was closed long ago.
    case unknown
    /// It is done already.
    case done
    /// A colleague is calling this client.
    case claimed(by: ExtensionNumber)
    /// There is no such extension or department.
    case nobody(String)
}

extension TaskBook {
    /// Does what somebody ordered. Throws why not, and then nothing has changed.
    public mutating func carryOut(_ order: TaskOrder, on id: TaskID, at moment: Moment) throws(TaskRefusal) {
        look(at: moment)
        guard var task = self[id] else { throw .unknown }
        if case .note(let text) = order {
            task.note = text
            return change(task)
        }
        guard task.closing == nil else { throw .done }
        switch order {
        case .claim(let person):
            guard office.extensions[person] != nil else { throw .nobody("extension \(person)") }
            if let holder = claim(of: id, at: moment.uptime) {
                if holder.by != person { throw .claimed(by: holder.by) }
                if holder.call != nil { return }
            }
            claim(id, Claim(by: person, call: nil, until: moment.uptime + Self.claimLength))
        case .release:
            if let holder = claim(of: id, at: moment.uptime), holder.call != nil { throw .claimed(by: holder.by) }
            claim(id, nil)
        case .done(let person):
            let by = person ?? claim(of: id, at: moment.uptime)?.by
            close(id, CallbackTask.Closing(way: .manual, at: Stamp(moment), by: by))
        case .assign(let responsible):
            guard exists(responsible) else { throw .nobody("\(responsible)") }
            task.assignee = responsible
            change(task)
        case .note:
            break
        }
    }

    private func exists(_ responsible: Responsible) -> Bool {
        switch responsible {
        case .extension(let number): office.extensions[number] != nil
        case .department(let id): office.departments[id] != nil
        }
    }
}
