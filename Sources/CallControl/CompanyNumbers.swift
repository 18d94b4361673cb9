import Routing
import Telephony

/// What else than a call's way is known of the numbers that the company is called on.
extension Switchboard {
    /// Whom calls to this number are for as long as no rule of a scheme says otherwise.
    public func addressees(of number: String) -> [ExtensionNumber] { floor.router.addressees(of: number) }

    /// What whoever called it and reached nobody is written; nil: nothing, or the office is open.
    public func closedText(of number: String) -> String? {
        guard let scheme = floor.router.scheme(of: number), let text = scheme.closedText else { return nil }
        let isOutOfHours = floor.now.clockTrust == .trusted && !floor.router.office.calendar.isOpen(floor.now.civil)
        return isOutOfHours || floor.isNight(scheme.nightKey) ? text : nil
    }
}
