import Foundation
import Testing

/// The units of systemd, as far as a mistake in them leaves an office without a telephone or an installer without a console.
@Suite("Units") struct Units {
    @Test("no unit gives up, and the exchange sees the files of /proc that it reads", arguments: ["apusd", "apus-console@"])
    func neverGiveUp(name: String) throws {
        let text = try String(contentsOf: SourceTree.root.appendingPathComponent("systemd/\(name).service"), encoding: .utf8)
        let sections = text.components(separatedBy: "[Service]")
        #expect(sections[0].contains("\nStartLimitIntervalSec=0\n") && sections[1].contains("\nRestart=always\n"))
        #expect(!text.contains("ProcSubset=pid"))
    }
}
