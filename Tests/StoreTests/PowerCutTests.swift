import FollowUp
import Foundation
import Store
import Telephony
import Testing

/// A store in a process of its own (`DiskLife`), killed at any moment or cut off at any write: what it has called stored is there
/// afterwards, and a missed call with its task.
@Suite("Power cuts", .serialized) struct PowerCuts {
    private static let cuts = 50

    @Test("D-16: fifty power cuts at any write or sync: no record, task or notice that was stored is lost")
    func powerLoss() throws {
        let shim = try PowerCut()
        var (lost, stored) = ([String](), 0)
        for cut in 0..<Self.cuts {
            let folder = Folder()
            // Two lives: the second begins on what the first one's cut has left.
            let told = try shim.live(in: folder.path, cutAt: 40 + cut * 9) + shim.live(in: folder.path, cutAt: 30 + cut * 5)
            stored += told.count
            lost += try Self.lost(told, in: folder).map { "cut \(cut): \($0)" }
        }
        #expect(lost == [] && stored > Self.cuts * 10)
    }

    @Test("D-16: fifty kills at any moment: no record, task or notice that was stored is lost")
    func killed() throws {
        let shim = try PowerCut()
        var (lost, stored) = ([String](), 0)
        for cut in 0..<Self.cuts {
            let folder = Folder()
            let told = try shim.live(in: folder.path, killAfter: 1 + cut % 39)
            stored += told.count
            lost += try Self.lost(told, in: folder).map { "kill \(cut): \($0)" }
        }
        #expect(lost == [] && stored > Self.cuts * 10)
    }

    @Test("The power cut bites: on a card whose syncs are none, what was called stored is gone")
    func bites() throws {
        let folder = Folder()
        let told = try PowerCut().live(in: folder.path, cutAt: 200, deceived: true)
        #expect(told.count > 3)
        let left = try Store(folder: folder.path, utc: 0) { _ in }
        #expect(try left.calls(0..<Int64.max).isEmpty)
        left.close()
    }

    private static func lost(_ told: [Int], in folder: Folder) throws -> [String] {
        let store = try Store(folder: folder.path, utc: 0) { _ in }
        defer { store.close() }
        let calls = Dictionary(uniqueKeysWithValues: try store.calls(0..<Int64.max).map { ($0.id.number, $0) })
        let tasks = Dictionary(uniqueKeysWithValues: store.restored.tasks.map { ($0.id.number, $0) })
        let notices = Dictionary(uniqueKeysWithValues: try store.notices().map { ($0.notice.call?.number, $0) })
        var lost: [String] = store.health.fault.map { ["\($0)"] } ?? []
        for number in told {
            if calls[number]?.legs.count != 2 { lost.append("record \(number)") }
            if number % 3 == 0, tasks[number]?.client.number != calls[number]?.client?.number { lost.append("task \(number)") }
            if number % 3 == 0, notices[number]?.state != .waiting { lost.append("notice \(number)") }
            if number % 6 == 0, tasks[number]?.closing == nil { lost.append("closing of task \(number)") }
        }
        // Also what nobody was told of: a missed call without its task is one that is forgotten, and without its notice one that
        // nobody hears of.
        for call in calls.values where call.task != nil {
            if tasks[call.id.number] == nil { lost.append("task of call \(call.id)") }
            if notices[call.id.number] == nil { lost.append("notice of call \(call.id)") }
        }
        return lost
    }
}

/// `DiskLife` under the library that fails the power.
private struct PowerCut {
    private static let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    private let library: URL

    /// Builds the library beside the programs, anew each time: it is forty lines of C.
    init() throws {
        library = Self.built.appendingPathComponent("powercut.so")
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("PowerCut/powercut.c")
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-o", library.path, source.path, "-ldl", "-lpthread"]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
    }

    /// Lives in the folder until it is cut off; the calls that it has called stored.
    func live(in folder: String, cutAt: Int? = nil, killAfter: Int? = nil, deceived: Bool = false) throws -> [Int] {
        let life = Process()
        life.executableURL = Self.built.appendingPathComponent("DiskLife")
        life.arguments = [folder, "60"]
        if let cutAt {
            var environment = [
                "LD_PRELOAD": library.path, "POWERCUT_FOLDER": folder, "POWERCUT_AT": String(cutAt),
            ]
            if deceived { environment["POWERCUT_DECEIVES"] = "1" }
            life.environment = environment
        }
        let output = Pipe()
        life.standardOutput = output
        try life.run()
        var told = Data()
        while case let more = output.fileHandleForReading.availableData, !more.isEmpty {
            told += more
            if let killAfter, told.count(where: { $0 == 10 }) >= killAfter { kill(life.processIdentifier, SIGKILL) }
        }
        life.waitUntilExit()
        return String(decoding: told, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }
}
