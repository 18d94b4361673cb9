import CallControl
import FollowUp
import Routing
import Telephony

/// Who is told of calls that reached nobody. Notices go to the outbox on the disk together with the call's record, and from there out
/// of the office: whatever becomes of the network or the power, each is told once.
extension Exchange {
    mutating func post(_ notice: Notice) {
        var notice = notice
        // A power cut may have come before anybody knew how far the call had come.
        if notice.recipients.isEmpty, let number = notice.call.number {
            notice.recipients = switchboard.addressees(of: number)
        }
        let message = notice.call.message.flatMap { switchboard.messages[$0] }
        let posting = NoticePosting(notice, office: settings.office, message: message)
        for notice in posting.notices { effects.append(.persist(.post(notice))) }
    }

    /// Whoever reached nobody while the office is closed is written the hours, if he called from a mobile telephone.
    mutating func write(toCallerOf record: CallRecord) {
        guard record.direction == .incoming, !record.isTalk, let gateway = settings.office.outreach.sms,
            let client = record.client, PhoneNumber(client.number, country: settings.office.country).isMobile,
            let number = record.number, let text = switchboard.closedText(of: number)
        else { return }
        let address = NoticeAddress.sms(client.number)
        var letter = OutgoingNotice(
            key: "caller-\(record.id)-\(record.at)-\(address)", kind: .caller, at: now.utc, utcOffset: now.utcOffset,
            address: address, subject: text, text: text)
        (letter.call, letter.task, letter.client, letter.name) = (record.id, record.task, client.number, client.name)
        letter.quiet = gateway.interval
        effects.append(.persist(.post(letter)))
    }
}
