/// Recordings of calls.
extension Catalogue {
    /// What a command does.
    public static let helpRecordings = Wording(ru: "записи разговоров", en: "recordings of calls")
    /// What a command does.
    public static let helpRecordingsExport = Wording(
        ru: "запись разговора в файл WAV", en: "a call's recording into a WAV file")
    /// What a command does.
    public static let helpRecordingsDelete = Wording(ru: "удалить запись разговора", en: "delete a call's recording")
    /// An empty list.
    public static let noRecordings = Wording(
        ru: "записей нет: set extension 101 record on", en: "no recordings: set extension 101 record on")
    /// There is none.
    public static func noRecording(_ call: Int) -> Wording {
        Wording(ru: "у звонка \(call) нет записи: recordings", en: "the call \(call) has no recording: recordings")
    }
    /// It is gone.
    public static func recordingDeleted(_ call: Int) -> Wording {
        Wording(ru: "запись звонка \(call) удалена", en: "the recording of the call \(call) is deleted")
    }
    /// It is too long to be handed over by a command.
    public static func recordingTooLong(_ file: String) -> Wording {
        Wording(ru: "запись слишком длинная, она в файле \(file)", en: "the recording is too long; it is the file \(file)")
    }
    /// Why a call is kept.
    public static let isRecorded = Wording(ru: "разговор записывается", en: "the call is recorded")
}
