import CallControl
import Routing
import Telephony

extension Exchange {
    /// Thinks a call through, as things stand now: from an extension, or from an outside number by the trunk that the company
    /// number belongs to. Nothing rings, and nothing is remembered. `length` tells how long a speech takes.
    public func explain(
        from: String, to: String, card: ClientCard = .blank, at moment: Moment, length: (Speech) -> Duration = { _ in .zero }
    ) -> Rehearsal {
        let office = settings.office
        if let person = office.extensions[from] {
            let callerID = CallerID(number: from, name: person.name)
            return switchboard.rehearse(
                Offer(caller: .extension(from), callerID: callerID, dialled: to), at: moment, length: length)
        }
        let trunk = office.trunk(of: to)
        let shown = from == "anonymous" ? "" : PhoneNumber(from, country: office.country).description
        return switchboard.rehearse(
            Offer(caller: .trunk(trunk), callerID: CallerID(number: shown), dialled: to), card: card, at: moment,
            length: length)
    }
}
