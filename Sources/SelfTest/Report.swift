import Telephony

extension SelfTest.Report {
    /// What each side heard, for people: four lines and the verdict.
    public func text(in language: Language) -> String {
        let setUp = Catalogue.selfTestSetUp(milliseconds: setUp.milliseconds)
        let verdict = Catalogue.selfTestVerdict(isPassed)
        return ([setUp.text(in: language)] + [caller, callee].map { $0.text(in: language) } + [verdict.text(in: language)])
            .joined(separator: "\n")
    }

    /// The same as JSON, with the keys setUp, caller, callee and passed.
    public var json: JSON {
        .object([("setUp", .seconds(setUp)), ("caller", caller.json), ("callee", callee.json), ("passed", .bool(isPassed))])
    }
}

extension SelfTest.Ear {
    fileprivate func text(in language: Language) -> String {
        let heard = tone.map {
            Catalogue.selfTestTone(side: number, frequency: $0.frequency, level: Self.tenths($0.level))
        }
        return [
            heard ?? Catalogue.selfTestNoTone(side: number), Catalogue.selfTestDigits(heard: digits, sent: pressed),
            Catalogue.selfTestLoss(lost, of: received + lost),
        ].map { $0.text(in: language) }.joined(separator: ", ")
    }

    fileprivate var json: JSON {
        .object([
            ("extension", .string(number)), ("frequency", tone.map { .integer($0.frequency) } ?? .null),
            ("level", tone.map { .number(($0.level * 10).rounded() / 10) } ?? .null), ("digits", .string(digits)),
            ("received", .integer(received)), ("lost", .integer(lost)),
        ])
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
