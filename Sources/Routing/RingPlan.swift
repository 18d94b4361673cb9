import Telephony

/// Who rings, in which order, for how long. A plan is data: printed, compared, filed with the call.
public struct RingPlan: Equatable, Sendable {
    /// Members that begin to ring together.
    public struct Wave: Equatable, Sendable {
        /// Who rings.
        public var rings: [ExtensionNumber]
        /// After which the next wave begins; nil: until the call is taken or given up.
        public var lasts: Duration?

        /// A wave from its parts.
        public init(rings: [ExtensionNumber], lasts: Duration?) { (self.rings, self.lasts) = (rings, lasts) }
    }

    /// In the order they ring.
    public var waves: [Wave]
    /// Whether an earlier wave goes on ringing when the next begins.
    public var keepsRinging: Bool
    /// Whether the plan begins anew after its last wave.
    public var repeats: Bool
    /// Whether a member who gets free while it runs joins it.
    public var admitsLatecomers: Bool

    /// A plan from its parts.
    public init(waves: [Wave] = [], keepsRinging: Bool = true, repeats: Bool = false, admitsLatecomers: Bool = false) {
        (self.waves, self.keepsRinging) = (waves, keepsRinging)
        (self.repeats, self.admitsLatecomers) = (repeats, admitsLatecomers)
    }

    /// One after another for `step` each, then from the beginning again.
    public static func oneByOne(_ numbers: [ExtensionNumber], step: Duration) -> RingPlan {
        RingPlan(waves: numbers.map { Wave(rings: [$0], lasts: step) }, keepsRinging: false, repeats: true)
    }

    /// The same without these members, unless nobody is left then.
    public func without(_ members: Set<ExtensionNumber>) -> RingPlan {
        var plan = self
        plan.waves = waves.map { Wave(rings: $0.rings.filter { !members.contains($0) }, lasts: $0.lasts) }
            .filter { !$0.rings.isEmpty }
        return plan.waves.isEmpty ? self : plan
    }

    /// One extension, until taken.
    public static func direct(_ number: ExtensionNumber) -> RingPlan {
        RingPlan(waves: [Wave(rings: [number], lasts: nil)])
    }
}
