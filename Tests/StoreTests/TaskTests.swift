import FollowUp
import Routing
import Telephony
import Testing

@testable import Store

@Suite struct TaskStorage {
    @Test("R-082: an ordered call back and its place in the queue outlive a power cut")
    func callback() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        let stamp = Stamp(utc: 1_795_417_200_000, utcOffset: 10_800)
        var task = CallbackTask(
            id: TaskID(1), kind: .callback, client: CallRecord.Client(number: "+79161234567"), first: stamp, deadline: nil)
        task.callback = CallRecord.CallbackOrder(
            number: "+79031112233", department: "sales", since: 1_795_417_100_000, tries: 2, lastTry: 1_795_417_190_000)
        store.perform([.task(task)])
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        let (next, _) = try Store.on(folder.snapshot())
        #expect(next.restored.tasks.map(\.callback) == [task.callback])
    }
}
