import Exchange
import Glibc
import Host
import Routing
import Telephony
import Testing

@testable import Store

@Suite("Voicemail on the disk: files and rows never disagree") struct Messages {
    /// A file as the recorder leaves it, of so many seconds.
    private func speak(_ id: Int, seconds: Int, in folder: Folder) throws {
        try Files.writeAtomically([UInt8](repeating: 0xD5, count: 58 + 8000 * seconds), to: path(id, folder))
    }

    private func path(_ id: Int, _ folder: Folder) -> String { "\(folder.path)/messages/\(id).wav" }

    private func message(_ id: Int, _ state: VoiceMessage.State, seconds: Int = 0) -> VoiceMessage {
        VoiceMessage(
            id: id, box: "101", from: "+79161234567", name: "Вера '; --", at: 1_000_000, utcOffset: 10_800,
            length: .seconds(seconds),
            state: state, call: CallID(7))
    }

    private func restored(_ folder: Folder) throws -> RestoredMessages {
        let (store, _) = try Store.on(folder, utc: 5)
        store.close()
        return store.restored.voicemail
    }

    @Test("R-012: a message comes back as it was, and its number is never used again")
    func back() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        #expect(store.restored.voicemail == RestoredMessages())
        try speak(1, seconds: 5, in: folder)
        try speak(2, seconds: 3, in: folder)
        store.perform([.message(message(1, .recording)), .message(message(1, .new, seconds: 5))])
        store.perform([.message(message(2, .heard, seconds: 3)), .message(message(3, .new, seconds: 3)), .erase(3)])
        store.close()
        let left = try restored(folder)
        #expect(left.messages == [message(1, .new, seconds: 5), message(2, .heard, seconds: 3)])
        #expect(left.next == 4)
    }

    @Test("The power fails after the file is safe and before its row says so: it is a message all the same, if it is long enough")
    func cutAfterRename() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        store.perform([.message(message(1, .recording)), .message(message(2, .recording)), .message(message(3, .recording))])
        store.perform([.message(message(4, .greeting))])
        store.close()
        try speak(1, seconds: 5, in: folder)
        try speak(2, seconds: 1, in: folder)
        try speak(4, seconds: 9, in: folder)
        let left = try restored(folder)
        #expect(left.messages == [message(1, .new, seconds: 5)] && left.next == 5)
        #expect(try Files.names(in: folder.path + "/messages") == ["1.wav"], "no half message, no greeting that nobody accepted")
        #expect(try restored(folder) == left)
    }

    @Test("A row without its file goes; a file without its row is found, not lost")
    func orphans() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        store.perform([.message(message(1, .new, seconds: 5)), .message(message(2, .new, seconds: 5))])
        store.perform([.greeting("101", 3), .greeting("102", 4)])
        store.close()
        try speak(2, seconds: 5, in: folder)
        try speak(4, seconds: 5, in: folder)
        try speak(9, seconds: 6, in: folder)
        try Files.writeAtomically([1, 2, 3], to: folder.path + "/messages/x.wav")
        let left = try restored(folder)
        let found = VoiceMessage(id: 9, box: VoiceMessage.foundBox, at: 5, length: .seconds(6))
        #expect(left.messages == [message(2, .new, seconds: 5), found])
        #expect(left.greetings == ["102": 4] && left.next == 10)
        #expect(try restored(folder) == left)
    }

    @Test("Where the folder cannot be read rows stay, which is told, and come back with their files")
    func unreadableFolder() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        store.perform([.message(message(1, .new, seconds: 5)), .message(message(2, .recording)), .greeting("101", 3)])
        store.close()
        try speak(1, seconds: 5, in: folder)
        try speak(2, seconds: 4, in: folder)
        try speak(3, seconds: 4, in: folder)
        #expect(rename(folder.path + "/messages", folder.path + "/away") == 0)
        try Files.writeAtomically([], to: folder.path + "/messages")
        let (blind, _) = try Store.on(folder, utc: 5)
        #expect(blind.restored.voicemail.messages == [message(1, .new, seconds: 5)])
        #expect(blind.restored.voicemail.greetings == ["101": 3])
        #expect(blind.restored.voicemail.next == 3)
        #expect(blind.health.fault?.text.text(in: .en).contains("nothing was deleted") == true)
        blind.close()
        #expect(unlink(folder.path + "/messages") == 0 && rename(folder.path + "/away", folder.path + "/messages") == 0)
        let left = try restored(folder)
        #expect(left.messages == [message(1, .new, seconds: 5), message(2, .new, seconds: 4)] && left.greetings == ["101": 3])
    }

    @Test("What is deleted does not come back, whenever the power fails")
    func deleted() throws {
        let folder = Folder()
        let (before, _) = try Store.on(folder)
        for id in 1...20 {
            try speak(id, seconds: 2, in: folder)
            before.perform([.message(message(id, .new, seconds: 2))])
        }
        before.close()
        let (store, _) = try Store.on(folder)
        for id in 1...20 {
            store.perform([.erase(id)])
            let cut = folder.snapshot()
            let left = try restored(cut)
            #expect(left.messages.allSatisfy { $0.box == "101" }, "a file outlived its row")
            #expect(try Set(left.messages.map { "\($0.id).wav" }) == Set(Files.names(in: cut.path + "/messages")))
        }
        store.close()
        #expect(try Files.names(in: folder.path + "/messages").isEmpty)
        #expect(try restored(folder).messages.isEmpty)
    }

    @Test("A greeting recorded by telephone replaces the one before; without one the standard words come back")
    func greetings() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        try speak(1, seconds: 5, in: folder)
        try speak(2, seconds: 5, in: folder)
        store.perform([.message(message(1, .greeting)), .greeting("101", 1), .message(message(2, .greeting))])
        store.perform([.greeting("101", 2), .erase(1), .greeting("sales", 2), .greeting("sales", nil)])
        store.close()
        let left = try restored(folder)
        #expect(left.greetings == ["101": 2] && left.messages.isEmpty)
        #expect(try Files.names(in: folder.path + "/messages") == ["2.wav"])
    }
}
