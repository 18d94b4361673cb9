import Configuration
import Simulation
import Telephony
import Testing

/// An office from configuration text, opened for the day: every phone is registered; or not open yet, with nothing but the exchange on.
/// `people` names those who are called other than their number: `["101": "anna", "+79161234567": "vera"]`.
func office(
    _ text: String, people: [String: String] = ["+79161234567": "vera"], natted: Set<String> = [],
    isOpen: Bool = true,
    prepare: (inout SimulatedOffice) -> Void = { _ in }
) throws -> SimulatedOffice {
    var count: UInt8 = 0
    let candidate = try ConfigurationCandidate(
        loading: "set sip listen udp 0.0.0.0:5060\nset sip domain pbx.office.lan\nset office country RU\n" + text
    ) { size in
        (0..<size).map { _ in
            count &+= 1
            return count
        }
    }
    var office = SimulatedOffice(candidate.settings, aliases: people, natted: natted)
    office.document = candidate.document
    prepare(&office)
    if isOpen { office.open() } else { office.start() }
    return office
}

/// Plays a ladder on an office; a difference prints the true one, ready to paste.
func timeline(
    _ office: SimulatedOffice, _ text: String, level: SimulatedOffice.Level = .calls,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var office = office
    play(&office, text, level: level, sourceLocation: sourceLocation)
}

/// The same on an office that goes on.
func play(
    _ office: inout SimulatedOffice, _ text: String, level: SimulatedOffice.Level = .calls,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    do {
        if let truth = try office.play(text, level) {
            Issue.record("What happened:\n\(truth)", sourceLocation: sourceLocation)
        }
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}

/// Two people at a desk each, and one who answers for them.
let twoDesks = """
    set extension 101 name "Анна Петрова"
    set extension 102 name "Борис"
    set extension 103 name "Вера"

    """
