import Telephony

/// What commands ask of recorded calls.
public struct RecordingDesk {
    /// One recording with what is known of its call.
    public struct Entry: Equatable, Sendable {
        /// The call, when it came (milliseconds since 1970 UTC) and how long its recording is.
        public var call: Int, at: Int64, length: Duration
        /// Who called whom, and who of the office talked.
        public var from: String, to: String, employee: String?
        /// Where the sound is.
        public var file: String

        /// An entry from its parts.
        public init(call: Int, at: Int64, length: Duration, from: String, to: String, employee: String?, file: String) {
            (self.call, self.at, self.length) = (call, at, length)
            (self.from, self.to, self.employee, self.file) = (from, to, employee, file)
        }
    }

    /// The newest recordings, oldest first; throws where they cannot be read.
    public var list: () throws(CommandFailure) -> [Entry]
    /// The sound of a call; throws where it cannot be read.
    public var sound: (Int) throws(CommandFailure) -> [UInt8]
    /// Deletes it; throws where it cannot be.
    public var delete: (Int) throws(CommandFailure) -> Void

    /// A desk from its parts.
    public init(
        list: @escaping () throws(CommandFailure) -> [Entry], sound: @escaping (Int) throws(CommandFailure) -> [UInt8],
        delete: @escaping (Int) throws(CommandFailure) -> Void
    ) {
        (self.list, self.sound, self.delete) = (list, sound, delete)
    }

    /// Without any recording.
    public static var empty: Self {
        RecordingDesk(
            list: { () throws(CommandFailure) in [] }, sound: { _ throws(CommandFailure) in [] },
            delete: { _ throws(CommandFailure) in })
    }
}

extension CommandSyntax {
    static let recordings = [
        CommandSyntax("recordings [list]", Catalogue.helpRecordings, for: .owner, isList: true) {
            run, _ throws(CommandFailure) in run.print(try run.recordings())
        },
        CommandSyntax("recordings export CALL-ID FILE", Catalogue.helpRecordingsExport, for: .owner, file: .sound) {
            run, said throws(CommandFailure) in
            let entry = try run.recording(said["CALL-ID"])
            return Reply(output: SoundText.text(try run.environment.recordings.sound(entry.call)))
        },
        CommandSyntax("recordings delete CALL-ID", Catalogue.helpRecordingsDelete, for: .owner) {
            run, said throws(CommandFailure) in
            let entry = try run.recording(said["CALL-ID"])
            try run.environment.recordings.delete(entry.call)
            return run.print(
                text: run.say(Catalogue.recordingDeleted(entry.call)) + "\n", json: .object([("call", .integer(entry.call))]))
        },
    ]
}

extension CommandRunner {
    /// Every recording.
    func recordings() throws(CommandFailure) -> Table {
        Table(
            columns: [
                .init("call", Catalogue.columnID, isNumber: true), .init("at", Catalogue.columnWhen),
                .init("from", Catalogue.columnFrom), .init("to", Catalogue.columnTo),
                .init("employee", Catalogue.columnExtension), .init("duration", Catalogue.columnLength, isNumber: true),
                .init("file", nil),
            ],
            rows: try environment.recordings.list().map { entry in
                [
                    .init(entry.call), .init(dateAndTime(entry.at), .string(civil(entry.at).iso8601)), .init(entry.from),
                    .init(entry.to), .init(entry.employee),
                    .init(clock(entry.length.milliseconds), .seconds(entry.length)), .init("", .string(entry.file)),
                ]
            }, empty: Catalogue.noRecordings)
    }

    fileprivate func recording(_ word: String?) throws(CommandFailure) -> RecordingDesk.Entry {
        let call = word.flatMap { Int($0) } ?? 0
        guard let entry = try environment.recordings.list().first(where: { $0.call == call }) else {
            throw CommandFailure(Catalogue.noRecording(call))
        }
        return entry
    }
}
