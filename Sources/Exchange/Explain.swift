import CallControl
import Routing
import Telephony

extension Exchange {
    /// Thinks a call through, as things stand now: from an extension, or from an outside number by the trunk that the company
    /// number belongs to; or, of a plan, as they would stand at another time with every phone there and nobody in a call. Nothing rings, and
    /// nothing is remembered. `length` tells how long a speech takes.
    public func explain(
        from: String, to: String, card: ClientCard = .blank, at moment: Moment, isPlan: Bool = false,
        length: (Speech) -> Duration = { _ in .zero }
    ) -> Rehearsal {
        let office = settings.office
        let board = isPlan ? switchboard.planned(at: moment) : switchboard
        if let person = office.extensions[from] {
            let callerID = CallerID(number: from, name: person.name)
            return board.rehearse(
                Offer(caller: .extension(from), callerID: callerID, dialled: to), at: moment, length: length)
        }
        let trunk = office.trunk(of: to)
        let shown = from == "anonymous" ? "" : PhoneNumber(from, country: office.country).description
        return board.rehearse(
            Offer(caller: .trunk(trunk), callerID: CallerID(number: shown), dialled: to), card: card, at: moment,
            length: length)
    }
}
