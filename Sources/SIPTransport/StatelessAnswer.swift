import Signalling

/// The response to a request that is too broken for a transaction (RFC 3261 §8.2.7): made of the request's own lines,
/// kept by nobody, the same for every repetition.
enum StatelessAnswer {
    /// Headers of a response that are copied from the request (§8.2.6.2).
    private static let copied: [(Outline.Kind, String)] = [
        (.via, "Via"), (.from, "From"), (.to, "To"), (.callID, "Call-ID"), (.sequence, "CSeq"),
    ]

    /// The answer to a request of which at least a Via could be read; nil for responses, ACK, and faults to be dropped.
    static func to(_ outline: Outline, fault: MessageFault) -> [UInt8]? {
        guard let status = fault.answer, let via = outline.first(.via), !via.value.isEmpty else { return nil }
        let start = outline.bytes[outline.start]
        // An ACK is never answered, whether the first line or CSeq says that it is one.
        guard !start.starts(with: "SIP/".utf8), !start.starts(with: "ACK ".utf8), !acknowledges(outline) else { return nil }
        var text = Array("SIP/2.0 \(status) \(fault.phrase)\r\n".utf8)
        for (kind, name) in copied {
            for field in outline.all(kind) {
                text += Array("\(name): ".utf8) + outline.bytes[field.value]
                if kind == .to, !outline.text(field.value).lowercased().contains("tag=") {
                    text += Array(";tag=\(tag(outline))".utf8)
                }
                text += [13, 10]
            }
        }
        text += Array("Content-Length: 0\r\n\r\n".utf8)
        return text.count <= MessageParser.maxLength ? text : nil
    }

    private static func acknowledges(_ outline: Outline) -> Bool {
        guard let field = outline.first(.sequence) else { return false }
        return outline.bytes[field.value].split(separator: 32).last?.elementsEqual("ACK".utf8) ?? false
    }

    /// The same for every copy of the request (FNV-1a over Via and Call-ID); guards nothing, so it may be guessed.
    private static func tag(_ outline: Outline) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for kind in [Outline.Kind.via, .callID] {
            for byte in outline.first(kind).map({ outline.bytes[$0.value] }) ?? [] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return String(hash, radix: 36)
    }
}
