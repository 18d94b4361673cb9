import Configuration
import Console
import Glibc
import Host
import Telephony
import Testing

@testable import apusd

@Suite("A confirmation that did not come") struct ConfirmationTests {
    private let folder = "/tmp/apus-confirmation-\(getpid())-\(randomBytes(8).map { String($0, radix: 16) }.joined())"

    private func desk() throws -> Desk {
        try Files.makeFolder(folder)
        return try Desk(folder: folder, now: Moment(uptime: .now, utc: 1_800_000_000_000, utcOffset: 0))
    }

    private func remove() {
        unlink(folder + "/confirmation")
        rmdir(folder)
    }

    private func wait(_ desk: Desk, seconds: Int) -> PendingConfirmation {
        let pending = PendingConfirmation(
            revision: 3, until: .now + .seconds(seconds), untilUTC: 1_800_000_000_000 + Int64(seconds) * 1000, by: "anna")
        desk.change { $0.pending = pending }
        return pending
    }

    @Test("what goes back can be confirmed no more, and survives a kill until it has gone back")
    func takenOnce() throws {
        let desk = try desk()
        defer { remove() }
        let pending = wait(desk, seconds: 0)
        #expect(desk.takeDue(.now) == pending && desk.takeDue(.now) == nil)
        desk.change { #expect($0.pending == nil, "somebody who confirms now is told that there is nothing to confirm") }
        #expect(Files.exists(folder + "/confirmation"))
        desk.settle()
        #expect(!Files.exists(folder + "/confirmation"))
    }

    @Test("what could not go back yet is tried again; what was begun meanwhile is left alone")
    func postponed() throws {
        let desk = try desk()
        defer { remove() }
        let pending = wait(desk, seconds: 0)
        _ = desk.takeDue(.now)
        desk.postpone(pending)
        desk.change { #expect($0.pending?.revision == 3) }
        #expect(desk.takeDue(.now) == nil && desk.deadline != nil)
        _ = desk.takeDue(.now + .seconds(3600))
        let newer = wait(desk, seconds: 600)
        desk.settle()
        desk.postpone(pending)
        desk.change { #expect($0.pending == newer) }
        #expect(Files.exists(folder + "/confirmation"))
    }
}
