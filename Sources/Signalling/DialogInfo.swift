import Telephony

/// What somebody is doing, as the lamps of other phones are told (RFC 4235). One dialog stands for all of his calls: most phones show the
/// last one of a list only.
public struct DialogInfo: Hashable, Sendable {
    /// What a lamp shows.
    public enum State: String, Sendable, CaseIterable {
        /// Nothing: it is dark.
        case terminated
        /// Somebody rings there: it blinks, and the call may be picked up.
        case early
        /// He is engaged: it is lit.
        case confirmed
    }

    /// What it shows.
    public var state: State
    /// Who rings; told only where the call may still be picked up.
    public var caller: CallerID?

    /// What a lamp shows, from its parts.
    public init(_ state: State, caller: CallerID? = nil) { (self.state, self.caller) = (state, caller) }

    /// The body: the full state, in the form that phones of all makers read. `entity` is what they subscribed to.
    func text(of entity: SIPURI, version: Int) -> String {
        let (uri, id) = ("\(entity)".inXML, entity.user.inXML)
        var text = """
            <?xml version="1.0"?>
            <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="\(version)" state="full" entity="\(uri)">

            """
        text += "<dialog id=\"\(id)\"" + (state == .early ? " direction=\"recipient\">\n" : ">\n")
        text += "<state>\(state.rawValue)</state>\n"
        if state == .early {
            text += "<local><identity>\(uri)</identity><target uri=\"\(uri)\"/></local>\n"
            if let caller, !caller.number.isEmpty {
                let from = SIPURI(user: caller.number, host: entity.host, port: entity.port).description.inXML
                let name = caller.name.isEmpty ? caller.number : caller.name
                text += "<remote><identity display=\"\(name.inXML)\">\(from)</identity><target uri=\"\(from)\"/></remote>\n"
            }
        }
        return text + "</dialog>\n</dialog-info>\n"
    }
}

/// Whether somebody can be called, in the plainest form of presence (RFC 3863; the activity as RFC 4480 has it).
public enum Presence: String, Hashable, Sendable, CaseIterable {
    case available
    /// He talks, or rests, or does not want to be disturbed.
    case busy
    /// He has no telephone here.
    case away

    /// The body. `entity` is what was subscribed to.
    func text(of entity: SIPURI) -> String {
        let (uri, id) = ("\(entity)".inXML, entity.user.inXML)
        let activity =
            self == .busy
            ? """
            <dm:person xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" id="p">
            <rpid:activities><rpid:busy/></rpid:activities>
            </dm:person>

            """ : ""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="\(uri)">
            <tuple id="t\(id.filter { $0.isNumber || $0.isLetter })">
            <status><basic>\(self == .away ? "closed" : "open")</basic></status>
            <contact>\(uri)</contact>
            </tuple>
            \(activity)</presence>

            """
    }
}

extension String {
    /// As text or in an attribute; characters that XML 1.0 has no place for are left out.
    var inXML: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&apos;"
            case "\u{9}", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                text.unicodeScalars.append(scalar)
            default: break
            }
        }
        return text
    }
}
