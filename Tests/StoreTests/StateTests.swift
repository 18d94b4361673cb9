import CallControl
import Exchange
import Telephony
import Testing

@testable import Store

@Suite struct StateStorage {
    @Test func whatPeopleSayOfThemselvesOutlivesTheProcess() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        store.perform([
            .mark("101", .undisturbed, true), .mark("101", .loggedOut("sales"), true), .mark("102", .paused, true),
            .mark("101", .undisturbed, false),
        ])
        store.close()
        let (next, _) = try Store.on(folder)
        #expect(next.restored.states == ["101": [.loggedOut("sales")], "102": [.paused]])
        next.perform([.mark("102", .paused, false)])
        next.close()
        #expect(try Store.on(folder).0.restored.states == ["101": [.loggedOut("sales")]])
    }
}
