import Foundation
import Telephony
import Testing

/// Keystrokes in, screen out. Each file of `golden` is what is to be seen; the lines that end with `⏎` (Enter), `⇥` (Tab) or `⁇` (a question
/// mark) are typed. `APUS_TRANSCRIPTS=write swift test --filter ConsoleTranscripts` writes the files anew: read the difference.
@Suite("Console transcripts") struct Transcripts {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("golden")
    private static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.sorted()
    }()

    private static let office = """
        set office name "Ромашка" language ru timezone Europe/Moscow country RU
        set office hours mon-fri 09:00-18:00
        set extension 101 name "Анна Петрова" secret "first-secret-11"
        set extension 102 name "Jonas Weiss" secret "second-secret-22"
        set department sales name "Отдел продаж" number 200 strategy all member 101
        set number * scheme office
        set scheme office otherwise to department sales
        """

    @Test("every transcript", arguments: names)
    func transcript(name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        let wanted = try String(contentsOf: file, encoding: .utf8)
        let console = ScriptedOffice(Self.office).console(language: name.contains("-ru") ? .ru : .en)
        for line in wanted.components(separatedBy: "\n") {
            guard let end = line.last, "⏎⇥⁇".contains(end), line.hasPrefix("apus"),
                let mark = ["> ", "# ", "#* "].compactMap({ line.firstRange(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound })
            else { continue }
            console.type(String(line[mark.upperBound...]))
        }
        if ProcessInfo.processInfo.environment["APUS_TRANSCRIPTS"] == "write" {
            try console.screen.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(console.screen == wanted)
        }
    }

    @Test("there are transcripts in both languages")
    func both() {
        #expect(Self.names.contains { $0.contains("-ru") } && Self.names.contains { $0.contains("-en") })
    }
}
