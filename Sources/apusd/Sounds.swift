import Glibc
import Host
import Routing
import Telephony

/// Where everything that is said aloud comes from.
struct Sounds {
    /// The folder of the phrases, one folder a language in it; nil where none is found.
    let folder: String?
    /// For the media plane, by the first part of a clip's name.
    let folders: [String: String]
    /// Of the office's own prompts.
    let own: String
    /// Whether every language is there.
    let arePresent: Bool

    /// Takes the folder of the command line, else the one that belongs to the program: installed, or in the source tree.
    init(_ options: Options) {
        let folder = options.sounds ?? Self.candidates.first(where: Self.hasPhrases)
        self.folder = folder
        arePresent = folder.map(Self.hasPhrases) ?? false
        own = options.state + "/prompts"
        var folders = [Clip.ownFolder: own, VoiceMessage.folder: options.state + "/" + VoiceMessage.folder]
        folders[CallRecording.folder] = options.state + "/" + CallRecording.folder
        if let folder { for language in Language.allCases { folders[language.rawValue] = "\(folder)/\(language.rawValue)" } }
        self.folders = folders
    }

    private static func hasPhrases(_ folder: String) -> Bool {
        Language.allCases.allSatisfy { Files.exists("\(folder)/\($0.rawValue)/\(PromptPhrase.beep.rawValue).wav") }
    }

    /// `/usr/bin/apusd` → `/usr/share/apus/sounds`; `…/.build/x86_64…/release/apusd` → `…/sounds`.
    private static var candidates: [String] {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        guard length > 0 else { return [] }
        let program = String(decoding: path[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        let parts = program.split(separator: "/").dropLast()
        let above = (0...4).filter { $0 <= parts.count }.map { parts.dropLast($0).map { "/" + $0 }.joined() + "/sounds" }
        return [parts.dropLast().map { "/" + $0 }.joined() + "/share/apus/sounds"] + above
    }
}
