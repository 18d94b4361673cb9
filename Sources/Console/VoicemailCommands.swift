import Routing
import Telephony

/// What commands ask of the voicemail boxes and order there.
public struct VoicemailDesk {
    /// Every message that can be heard, oldest first.
    public var list: () -> [VoiceMessage]
    /// Where the sound of a message is, for the list.
    public var path: (Int) -> String
    /// The bytes of that file; throws where it cannot be read.
    public var sound: (Int) throws(CommandFailure) -> [UInt8]
    /// Says that somebody heard a message, or has it deleted; throws where the exchange is not there to hear.
    public var order: (Int, MessageOrder) throws(CommandFailure) -> Void

    /// A desk from its parts.
    public init(
        list: @escaping () -> [VoiceMessage], path: @escaping (Int) -> String,
        sound: @escaping (Int) throws(CommandFailure) -> [UInt8],
        order: @escaping (Int, MessageOrder) throws(CommandFailure) -> Void
    ) {
        (self.list, self.path, self.sound, self.order) = (list, path, sound, order)
    }

    /// Without any message.
    public static var empty: Self {
        VoicemailDesk(list: { [] }, path: { _ in "" }, sound: { _ in [] }, order: { _, _ in })
    }
}

extension CommandSyntax {
    static let voicemail = [
        CommandSyntax("show voicemail [BOX]", Catalogue.helpShowVoicemail, for: .owner, isList: true) {
            run, said throws(CommandFailure) in run.print(try run.messages(in: said["BOX"]))
        },
        CommandSyntax("voicemail play MESSAGE FILE", Catalogue.helpVoicemailPlay, for: .owner, file: .sound) {
            run, said throws(CommandFailure) in try run.sound(said["MESSAGE"], isHeard: true)
        },
        CommandSyntax("voicemail export MESSAGE FILE", Catalogue.helpVoicemailExport, for: .owner, file: .sound) {
            run, said throws(CommandFailure) in try run.sound(said["MESSAGE"], isHeard: false)
        },
        CommandSyntax("voicemail delete MESSAGE", Catalogue.helpVoicemailDelete, for: .owner) {
            run, said throws(CommandFailure) in try run.deleteMessage(said["MESSAGE"])
        },
    ]
}

extension CommandRunner {
    /// Messages of a box by its id, or by the number of the extension or department; of all boxes where none is named.
    func messages(in box: String?) throws(CommandFailure) -> Table {
        var id = box
        if let box {
            id = settings.office.box(box)?.id ?? settings.office.box(dialled: box)
            if id == nil, box == VoiceMessage.foundBox { id = box }
            guard id != nil else { throw CommandFailure(Catalogue.unknownTarget("voicemail \(box)")) }
        }
        let messages = environment.voicemail.list().filter { id == nil || $0.box == id }
        return Table(
            columns: [
                .init("box", Catalogue.columnBox), .init("id", Catalogue.columnID, isNumber: true),
                .init("from", Catalogue.columnFrom), .init("name", Catalogue.columnName), .init("at", Catalogue.columnWhen),
                .init("duration", Catalogue.columnLength, isNumber: true), .init("new", Catalogue.columnNew),
                .init("file", nil), .init("call", nil),
            ],
            rows: messages.map { message in
                let time = CivilTime(utc: message.at, offset: message.utcOffset)
                return [
                    .init(message.box), .init(message.id), .init(message.from), .init(message.name),
                    .init(dateAndTime(message.at), .string(time.iso8601)),
                    .init(clock(message.length.milliseconds), .seconds(message.length)),
                    .init(message.state == .new ? say(Catalogue.isNew) : "", .bool(message.state == .new)),
                    .init("", .string(environment.voicemail.path(message.id))),
                    .init("", message.call.map { JSON.integer($0.number) } ?? .null),
                ]
            }, empty: Catalogue.noVoicemail)
    }

    private func message(_ word: String?) throws(CommandFailure) -> VoiceMessage {
        let id = word.flatMap { Int($0) } ?? 0
        guard let message = environment.voicemail.list().first(where: { $0.id == id }) else {
            throw CommandFailure(Catalogue.noSuchMessage(id))
        }
        return message
    }

    func sound(_ word: String?, isHeard: Bool) throws(CommandFailure) -> Reply {
        let message = try message(word)
        let bytes = try environment.voicemail.sound(message.id)
        if isHeard { try environment.voicemail.order(message.id, .hear) }
        return Reply(output: SoundText.text(bytes))
    }

    func deleteMessage(_ word: String?) throws(CommandFailure) -> Reply {
        let message = try message(word)
        try environment.voicemail.order(message.id, .erase)
        return print(
            text: say(Catalogue.messageDeleted(message.id)) + "\n",
            json: .object([("box", .string(message.box)), ("id", .integer(message.id))]))
    }
}

/// Sound on its way through a reply, which is text: a scalar for every byte.
public enum SoundText {
    /// The text of some bytes.
    public static func text(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
        return String(scalars)
    }

    /// The bytes of such a text.
    public static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
}
