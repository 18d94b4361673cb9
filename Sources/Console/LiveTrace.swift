import Exchange
import FollowUp
import Telephony

/// `trace`: what happens in calls, in words that need no explanation.
struct LiveTrace: Equatable {
    private var calls: [CallID: CallView] = [:]

    /// What has changed since the last look, a line each, and remembers what was seen.
    mutating func look(_ runner: CommandRunner) -> String {
        let now = Dictionary(runner.view.calls.map { ($0.id, $0) }) { first, _ in first }
        var lines: [String] = []
        for call in now.values.sorted(by: { $0.id.number < $1.id.number }) {
            let before = calls[call.id]
            if before == nil { lines.append(line(call.id, Catalogue.traceArrived(call.from, call.to), runner)) }
            for leg in call.legs where before?.legs.first(where: { $0.target == leg.target })?.state != leg.state {
                lines.append(line(call.id, Catalogue.traceLeg(runner.person(leg.target), leg.state), runner))
            }
            for leg in before?.legs ?? [] where !call.legs.contains(where: { $0.target == leg.target }) {
                lines.append(line(call.id, Catalogue.traceLeft(runner.person(leg.target)), runner))
            }
        }
        for id in calls.keys.sorted(by: { $0.number < $1.number }) where now[id] == nil {
            lines.append(line(id, Catalogue.traceEnded, runner))
        }
        calls = now
        return lines.joined()
    }

    private func line(_ id: CallID, _ wording: Wording, _ runner: CommandRunner) -> String {
        "\(runner.dateAndTime(runner.view.now.utc).suffix(8))  №\(id.number)  \(runner.say(wording))".printable.cut(runner.width)
            + "\n"
    }
}

extension ConsoleSession {
    /// Whether there is anything new, for a terminal that watches.
    public mutating func watch(in environment: CommandEnvironment) -> ConsoleAnswer {
        let runner = runner(in: environment)
        switch mode {
        case .live(var trace):
            let text = trace.look(runner)
            mode = .live(trace)
            return finished(ConsoleAnswer(text, turn: .watch), runner)
        case .screen(let words):
            guard let invocation = try? Invocation(words, role: user.role, among: CommandSyntax.operationalMode) else { break }
            var answer = ConsoleAnswer(runner.run(invocation))
            answer.isScreen = true
            if !answer.isFault { answer.turn = .watch }
            return finished(answer, runner)
        case .operational, .configuration, .interview: break
        }
        return finished(ConsoleAnswer(), runner)
    }
}

extension CommandRunner {
    /// `101 Анна`.
    func person(_ number: String) -> String {
        guard let name = settings.office.extensions[number]?.name, !name.isEmpty else { return number }
        return "\(number) \(name)"
    }

    /// A call that is over as a ladder: when, who, what.
    func trace(_ id: Int?, asLadder: Bool) throws(CommandFailure) -> Reply {
        guard let record = try environment.call(id) else { throw CommandFailure(Catalogue.noTrace) }
        if asLadder, format == .text {
            return Reply(output: record.ladder.split(separator: "\n").map { String($0).printable + "\n" }.joined())
        }
        var rows: [(at: Int64, text: Wording)] = [(0, Catalogue.traceArrived(person(record.from), record.to))]
        for leg in record.legs {
            let start = leg.at - record.at
            rows.append((start, Catalogue.traceLeg(person(leg.target), .ringing)))
            rows.append((start + leg.rang.milliseconds, Catalogue.traceOutcome(person(leg.target), leg.outcome)))
        }
        let end = record.wait.milliseconds + record.talk.milliseconds
        rows.append((end, Catalogue.traceClosed(record.cause)))
        let sorted = rows.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        let head = "№\(record.id.number)  \(dateAndTime(record.at))\n"
        let text = sorted.map { row in "\(seconds(row.at))  \(say(row.text))".printable.cut(width) + "\n" }.joined()
        let json = sorted.map { row in JSON.object([("at", .seconds(.milliseconds(row.at))), ("text", .string(say(row.text)))]) }
        return print(text: head + text, json: .object([("id", .integer(record.id.number)), ("steps", .array(json))]))
    }

    /// `  12.5`.
    private func seconds(_ milliseconds: Int64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)".paddedLeft(6)
    }
}
