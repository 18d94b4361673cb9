import FollowUp
import Routing
import Telephony

/// The morning's digest goes out on every working day at the office's hour; where the exchange was off then, as soon as it is on, as long as
/// what is due is not due yet. Its key keeps it from being told twice.
extension Exchange {
    /// Looks whether it is time.
    mutating func lookAtMorning() {
        guard let hour = settings.office.followUp.digestAt, now.clockTrust == .trusted else {
            nextDigest = nil
            return
        }
        if let next = nextDigest, now.uptime < next { return }
        let time = now.civil
        let isMorning = time.secondOfDay >= hour && time.secondOfDay < max(hour + 60, settings.office.followUp.dueAt)
        if isMorning, digestDay != time.dayNumber, settings.office.calendar.isWorkingDay(time.dayNumber) {
            digestDay = time.dayNumber
            for notice in DigestPosting(taskBook, office: settings.office, at: now).notices {
                effects.append(.persist(.post(notice)))
            }
        }
        let wait = time.secondOfDay < hour ? hour - time.secondOfDay : 86_400 - time.secondOfDay + hour
        nextDigest = now.uptime + .seconds(wait)
    }
}
