import Exchange
import FollowUp
import Host
import Routing
import Telephony
import Testing

@testable import Store

@Suite("Recordings on the disk: files and rows never disagree, and the oldest make room") struct RecordingFiles {
    /// A file as the recorder leaves it, of so many seconds.
    private func speak(_ call: Int, seconds: Int, in folder: Folder) throws {
        try Files.writeAtomically([UInt8](repeating: 0xD5, count: 58 + 8000 * seconds), to: path(call, folder))
    }

    private func path(_ call: Int, _ folder: Folder) -> String { "\(folder.path)/recordings/\(call).wav" }

    private func recording(_ call: Int, seconds: Int) -> Persistence {
        .recording(CallRecording(call: CallID(call), at: Int64(call) * 1000, length: .seconds(seconds)), quota: 100_000)
    }

    @Test("A recording is listed with its call, the call tells of it, and deleting it takes the file first")
    func listed() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        try speak(7, seconds: 5, in: folder)
        var call = CallRecord(id: CallID(7), at: 1_000_000, utcOffset: 10_800, from: "101", to: "102")
        (call.result, call.employee) = (.answered, "102")
        store.perform([.close(call, StoreTicket(1)), recording(7, seconds: 5)])
        store.close()
        let (again, _) = try Store.on(folder)
        let found = try again.recordings()
        #expect(found.map(\.call) == [CallID(7)] && found[0].from == "101" && found[0].to == "102")
        #expect(found[0].employee == "102" && found[0].length == .seconds(5) && found[0].at == 1_000_000)
        #expect(try again.call(CallID(7))?.recording == .seconds(5))
        #expect(try again.recordingSound(of: CallID(7), limit: 1 << 20).count == 58 + 40_000)
        try again.deleteRecording(of: CallID(7))
        #expect(try again.recordings().isEmpty && !Files.exists(path(7, folder)))
        #expect(try again.call(CallID(7))?.recording == nil)
        again.close()
    }

    @Test("The power fails: a file without its row gets one, a row without its file goes")
    func powerCut() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        try speak(2, seconds: 3, in: folder)
        store.perform([recording(1, seconds: 9)])
        store.close()
        let (again, _) = try Store.on(folder, utc: 5)
        #expect(try again.recordings().map(\.call) == [CallID(2)])
        #expect(try again.recordings().map(\.length) == [.seconds(3)])
        again.close()
        #expect(try Files.names(in: folder.path + "/recordings") == ["2.wav"])
    }

    @Test("D-30: beyond the room for all of them the oldest go, file and row; and those that are too old")
    func quota() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        for call in 1...5 {
            try speak(call, seconds: 4, in: folder)
            store.perform([recording(call, seconds: 4)])
        }
        store.close()
        #expect(try Files.names(in: folder.path + "/recordings").sorted() == ["3.wav", "4.wav", "5.wav"])
        let (again, _) = try Store.on(folder)
        #expect(try again.recordings().map(\.call) == [CallID(3), CallID(4), CallID(5)])
        again.perform([.expireRecordings(before: 4500)])
        again.close()
        #expect(try Files.names(in: folder.path + "/recordings") == ["5.wav"])
    }
}
