import Console
import Glibc
import Host
import Telephony

/// A speech engine that is installed on the box, run as a program of its own.
struct SpeechEngine {
    /// How long it may take, in seconds.
    private static let patience = 60

    let program: String
    /// Without this file it does not speak the language.
    let voice: String?
    /// What it is told; `TEXT` and `SOUND` stand for files.
    let arguments: [String]

    /// The engines for a language, the best one first.
    private static func all(_ language: Language) -> [SpeechEngine] {
        switch language {
        case .ru:
            [
                SpeechEngine(
                    program: "text2wave", voice: "/usr/share/festival/voices/russian/msu_ru_nsh_clunits",
                    arguments: ["-eval", "(voice_msu_ru_nsh_clunits)", "-o", "SOUND", "TEXT"]),
                SpeechEngine(program: "espeak-ng", voice: nil, arguments: ["-v", "ru", "-w", "SOUND", "-f", "TEXT"]),
            ]
        case .en:
            [
                SpeechEngine(program: "flite", voice: nil, arguments: ["-voice", "slt", "-f", "TEXT", "-o", "SOUND"]),
                SpeechEngine(program: "espeak-ng", voice: nil, arguments: ["-v", "en-us", "-w", "SOUND", "-f", "TEXT"]),
            ]
        }
    }

    /// What to install where there is none.
    private static func packages(_ language: Language) -> String {
        switch language {
        case .ru: "festival festvox-ru (espeak-ng)"
        case .en: "flite (espeak-ng)"
        }
    }

    /// The WAV file of these words, and which program made it. The letters tell the language. Throws where no engine is installed, or it fails.
    static func speak(_ words: String) throws(CommandFailure) -> (bytes: [UInt8], program: String) {
        let isRussian = words.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
        let language: Language = isRussian ? .ru : .en
        guard let engine = all(language).first(where: \.isInstalled) else {
            throw CommandFailure(Catalogue.noSpeechEngine(packages(language)))
        }
        var template = Array("/tmp/apus-speech-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CommandFailure(Catalogue.speechEngineFailed(engine.program)) }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let (text, sound) = (folder + "/text", folder + "/sound.wav")
        defer {
            for path in [text, sound] { unlink(path) }
            rmdir(folder)
        }
        do throws(SystemError) {
            try Files.writeAtomically(Array((words + "\n").utf8), to: text)
            guard try engine.run(text: text, sound: sound) else { throw SystemError(engine.program, code: EIO) }
            return (try Files.read(sound, limit: 64 << 20), engine.program)
        } catch { throw CommandFailure(Catalogue.speechEngineFailed(engine.program)) }
    }

    private var isInstalled: Bool { Program.isInstalled(program) && voice.map(Files.exists) ?? true }

    /// Runs it to its end; false where it fails or takes too long.
    private func run(text: String, sound: String) throws(SystemError) -> Bool {
        let words = [program] + arguments.map { $0 == "TEXT" ? text : $0 == "SOUND" ? sound : $0 }
        return try Program.run(words, seconds: Self.patience).isGood
    }
}
