import Configuration
import Exchange
import Routing
import Telephony

/// An office that was drawn, and the world around it.
public struct GeneratedOffice: Sendable {
    /// The whole configuration, as an installer would have typed it.
    public var text = ""
    /// What the exchange is told by it.
    public var settings = Settings()
    /// The strategies of its departments.
    public var strategies: [RingStrategy] = []
    /// Clients who call it, as their networks show them; `anonymous` hides.
    public var clients: [String] = []
    /// What the book and the hook know of them, by their digits.
    public var book: [String: ClientCard] = [:]
    /// How long the book and the hook take; nil: they never answer.
    public var lookUpDelay: Duration? = .zero
    /// Extensions and departments, as they are dialled inside.
    public var inside: [String] = []
    /// The company's numbers, and one that nobody has.
    public var companyNumbers: [String] = []

    /// The office that `seed` draws, with so many extensions. Throws where the configuration is not one that a commit would take.
    public init(seed: UInt64, phones: Int) throws {
        var generator = OfficeGenerator(dice: Dice(seed: seed), phones: phones)
        self = generator.office()
        var secrets = Dice(seed: seed &+ 1)
        settings = try ConfigurationCandidate(loading: text) { size in
            (0..<size).map { _ in UInt8(truncatingIfNeeded: secrets.next()) }
        }.settings
    }

    init() {}

    /// Telephones outside that are the office's own: employees' mobiles, members and targets outside. Nobody else has such numbers.
    static func isOwnOutside(_ number: String) -> Bool {
        let digits = PhoneNumber(number, country: .ru).digits
        return ownPrefixes.contains { digits.hasPrefix($0) }
    }

    /// Where calls are parked, two of its places, and the code that takes a colleague's call.
    static let services = ["70", "71", "72", "*8"]

    static let mobilePrefix = "7903000", memberPrefix = "7904000", targetPrefix = "7905000"
    private static let ownPrefixes = [mobilePrefix, memberPrefix, targetPrefix]
}
