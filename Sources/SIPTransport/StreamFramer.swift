import Signalling
import Telephony

/// Cuts a byte stream into messages by Content-Length (RFC 3261 §18.3). Holds at most one message and what came with it.
struct StreamFramer {
    /// What the stream brought.
    enum Frame: Equatable {
        case message(MessageParser.Outcome)
        /// CRLFCRLF between messages: to be answered by CRLF (RFC 5626 §4.4.1).
        case ping
        /// Where the next message begins cannot be known any more: answer, then close.
        case lost(MessageFault, answer: [UInt8]?)
    }

    private var buffer: [UInt8] = []
    /// Where the end of the header section is looked for next: nothing is looked through twice.
    private var searched = 0
    /// The header section in hand, once it is complete, and the length of its body.
    private var current: (outline: Outline, length: Int)?

    /// The place is lost: nothing that still comes is read.
    private var isLost = false

    /// Whether a message has begun and is not complete: its sender has only so long.
    var isWithinMessage: Bool { current != nil || !buffer.allSatisfy { $0 == 13 || $0 == 10 } }

    /// Takes what was read from the stream.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if !isLost { buffer.append(contentsOf: bytes) }
    }

    /// The next whole thing; nil until more has come. Nothing follows `lost`.
    mutating func next() -> Frame? {
        let frame = cut()
        if case .lost = frame { (isLost, buffer) = (true, []) }
        return frame
    }

    private mutating func cut() -> Frame? {
        if let (outline, length) = current { return body(outline, length) }
        if takeLineEnds() { return .ping }
        guard let first = buffer.first, first != 13, first != 10 else { return nil }
        guard let end = MessageParser.endOfHeaders(in: buffer, from: max(0, searched - 3)) else {
            searched = buffer.count
            return buffer.count > MessageParser.maxLength ? .lost(.tooLong, answer: nil) : nil
        }
        searched = 0
        guard end <= MessageParser.maxLength else { return .lost(.tooLong, answer: nil) }
        return header(end)
    }

    private mutating func header(_ end: Int) -> Frame? {
        let (isSIP, outline) = buffer.withUnsafeBytes {
            let section = UnsafeRawBufferPointer(rebasing: $0[..<end])
            return (MessageParser.looksLikeSIP(section), Outline(section))
        }
        guard isSIP else { return .lost(.notSIP, answer: nil) }
        // Faults that make Content-Length doubtful lose the place in the stream; the others are told when the body is here.
        if let fault = outline.fault, fault == .repeatedHeader || fault == .tooManyHeaders || fault == .headerLine {
            return .lost(fault, answer: StatelessAnswer.to(outline, fault: fault))
        }
        do throws(MessageFault) {
            guard let length = try MessageParser.contentLength(outline) else { throw .contentLength }
            guard end + length <= MessageParser.maxLength else { throw .tooLong }
            buffer.removeFirst(end)
            return body(outline, length)
        } catch {
            return .lost(error, answer: StatelessAnswer.to(outline, fault: error))
        }
    }

    private mutating func body(_ outline: Outline, _ length: Int) -> Frame? {
        guard buffer.count >= length else {
            current = (outline, length)
            return nil
        }
        current = nil
        defer { buffer.removeFirst(length) }
        do throws(MessageFault) {
            return .message(.message(try MessageParser.message(outline, body: buffer[..<length])))
        } catch {
            let answer = StatelessAnswer.to(outline, fault: error)
            return .message(.refused(error, answer: answer, call: BrokenCall(outline)))
        }
    }

    /// Takes line ends before a message; true if they were a keep-alive.
    private mutating func takeLineEnds() -> Bool {
        while buffer.count >= 2, buffer[0] == 13, buffer[1] == 10 {
            if buffer.starts(with: [13, 10, 13, 10]) {
                buffer.removeFirst(4)
                return true
            }
            // The second half of a keep-alive may still come.
            if buffer.count == 2 || buffer.count == 3 && buffer[2] == 13 { return false }
            buffer.removeFirst(2)
        }
        if let first = buffer.first, first == 10 || first == 13 && buffer.count > 1 { buffer.removeFirst() }
        return false
    }
}
