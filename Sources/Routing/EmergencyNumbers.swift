import Telephony

extension Country {
    /// The emergency number that nothing in an office may stand before, not even an extension of the same number.
    public var firstEmergencyNumber: String {
        switch self {
        case .ru: "112"
        case .us: "911"
        }
    }

    /// The other emergency numbers: an extension or department of the same number goes before them. Russia: fire, police, ambulance and gas, in
    /// three digits (the numbering plan in force) and in the two of old.
    var otherEmergencyNumbers: Set<String> {
        switch self {
        case .ru: ["101", "102", "103", "104", "01", "02", "03", "04"]
        case .us: ["112"]
        }
    }
}

extension Router {
    /// The id of the route whose numbers are emergency numbers too.
    public static let emergencyRoute = "emergency"

    /// Whether help is called: then neither class nor budget nor reserve holds the call up. That is the country's first emergency number always, its
    /// others where the office has no such number itself, and whatever the route `emergency` takes.
    public func isEmergency(_ number: String) -> Bool {
        let dialled = PhoneNumber.dialled(number)
        if dialled == office.country.firstEmergencyNumber { return true }
        if office.extensions[dialled] != nil || isDepartment(dialled) { return false }
        return office.country.otherEmergencyNumbers.contains(dialled) || route(for: number)?.id == Self.emergencyRoute
    }
}
