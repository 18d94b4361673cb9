import Glibc
import Telephony
import Testing

@testable import MediaPlane

@Suite("The sound files are what the code says aloud")
struct SoundFilesTests {
    private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/sounds"

    private struct Row {
        var phrase: String, text: String, file: String, source: String, speaker: String, licence: String
    }

    private func manifest(_ language: Language) throws -> [Row] {
        let file = try #require(fopen("\(Self.folder)/\(language.rawValue)/manifest.tsv", "r"))
        defer { fclose(file) }
        var rows: [Row] = [], line = [CChar](repeating: 0, count: 2000)
        while let text = fgets(&line, 2000, file).map({ String(cString: $0) }) {
            let fields = text.dropLast().split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == 6, "\(text)")
            rows.append(
                Row(
                    phrase: fields[0], text: fields[1], file: fields[2], source: fields[3], speaker: fields[4], licence: fields[5]
                ))
        }
        try #require(rows.first?.phrase == "phrase")
        return Array(rows.dropFirst())
    }

    @Test("Every phrase has one row, and every row is a phrase", arguments: Language.allCases)
    func complete(language: Language) throws {
        let rows = try manifest(language)
        let spoken = PromptPhrase.allCases.filter { $0.isSpoken(in: language) }.map(\.rawValue)
        #expect(rows.map(\.phrase).sorted() == spoken.sorted())
        for row in rows {
            #expect(row.file == row.phrase + ".wav" && !row.text.isEmpty, "\(row.phrase)")
            #expect(!row.source.isEmpty && !row.speaker.isEmpty && !row.licence.isEmpty, "\(row.phrase)")
        }
    }

    @Test("Every file is 8 kHz mono, -20 dBFS where somebody speaks, not clipped, trimmed", arguments: Language.allCases)
    func levels(language: Language) throws {
        for row in try manifest(language) {
            let file = try WAVFile("\(Self.folder)/\(language.rawValue)/\(row.file)")
            #expect(file.rate == 8000 && file.channels == 1, "\(row.phrase)")
            if row.phrase == PromptPhrase.pause.rawValue { continue }
            var samples = [Int16](repeating: 0, count: file.frames * Voice.frame)
            for frame in 0..<file.frames {
                let filled = samples.withUnsafeMutableBufferPointer { buffer in
                    buffer.baseAddress.map { file.read(frame: frame, into: $0 + frame * Voice.frame) }
                }
                #expect(filled == true)
            }
            #expect(samples.allSatisfy { $0.magnitude < 32_700 }, "\(row.phrase) is clipped")
            let levels = stride(from: 0, to: samples.count, by: Voice.frame).map { level(samples[$0..<$0 + Voice.frame]) }
            let loudest = try #require(levels.max())
            let active = levels.filter { $0 > loudest - 25 }
            let mean = 10 * log10(active.reduce(0) { $0 + pow(10, $1 / 10) } / Double(active.count))
            #expect(abs(mean + 20) < 3, "\(row.phrase) is at \(mean) dBFS")
            let first = try #require(levels.firstIndex { $0 > loudest - 40 })
            let last = try #require(levels.lastIndex { $0 > loudest - 40 })
            #expect(first <= 3 && last >= levels.count - 10, "\(row.phrase) begins or ends with silence")
        }
    }

    @Test("What is composed is one voice: lead-ins, numbers and nouns are never a recording", arguments: Language.allCases)
    func oneVoice(language: Language) throws {
        let speaking = Speaking(language)
        let composed = Set(
            Speaking.Noun.allCases.flatMap { noun in (0...25).flatMap { speaking.count($0, noun) } }
                + (0..<1000).flatMap { speaking.number($0 * 997) } + speaking.figures("+*#ABCD")
                + speaking.say(.queuePosition, .queueWait, .youHave, .newCallFrom, .callbackNumber, .parkedAt, .toListen))
        let voices = try manifest(language).filter { composed.contains(Clip("\(language.rawValue)/\($0.phrase)")) }.map(\.speaker)
        #expect(Set(voices).count == 1)
    }

    /// RMS in dBFS.
    private func level(_ samples: ArraySlice<Int16>) -> Double {
        let power = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))
        return 10 * log10(max(power, 1e-3) / (32_768 * 32_768))
    }
}
