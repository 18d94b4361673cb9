import CallControl
import Configuration
import Routing
import Telephony

/// Codes that employees dial, and what they have said by them.
extension CommandRunner {
    /// Every code and how it is dialled.
    var codes: Table {
        let table = settings.office.codes
        return Table(
            columns: [
                .init("code", nil), .init("on", Catalogue.columnCodeOn), .init("off", Catalogue.columnCodeOff),
                .init("ask", Catalogue.columnCodeAsk), .init("toggle", nil), .init("help", Catalogue.columnMeaning, wraps: true),
                .init("allowed", nil),
            ],
            rows: Feature.allCases.map { feature in
                let isAllowed = !table.barred.contains(feature)
                let note = isAllowed ? "" : " (\(say(Catalogue.codeIsBarred)))"
                return [
                    .init(feature.rawValue), .init(table.usage(of: feature, .on)), .init(table.usage(of: feature, .off)),
                    .init(table.usage(of: feature, .ask)), .init(table.usage(of: feature, .toggle)),
                    .init(say(feature.help) + note, .string(say(feature.help))),
                    .init("", .bool(isAllowed)),
                ]
            } + fixedCodes, empty: Catalogue.helpShowCodes)
    }

    /// What is always so: the mailbox, what is pressed in a talk, and the places of parked calls where the office has any.
    private var fixedCodes: [[Table.Cell]] {
        let parking = settings.office.parking
        var keys = [
            ("mailbox", FeatureTable.mailboxCode + "[N]", Catalogue.helpMailboxCode),
            ("transfer", "##N", Catalogue.helpTransferKeys), ("consult", "##N#", Catalogue.helpConsultKeys),
            ("return", "*", Catalogue.helpReturnKey),
        ]
        if let number = parking.number, !parking.slots.isEmpty {
            keys.append(("park", number, Catalogue.helpParkingNumber(slots: parking.slots)))
        }
        return keys.map { name, keys, help in
            [
                .init(name), .init(keys), .init(nil), .init(nil), .init(nil), .init(say(help), .string(say(help))),
                .init("", .bool(true)),
            ]
        }
    }

    /// What somebody has said of himself, and whether he rests after a call: a word that stays, and for people. With a department
    /// only what counts there.
    func marks(_ number: ExtensionNumber, in department: DepartmentID?) -> [(word: String, wording: Wording)] {
        let said = (view.states[number] ?? []).sorted { $0.text < $1.text }
        let marks = said.compactMap { state -> (word: String, wording: Wording)? in
            switch state {
            case .undisturbed: return (state.text, Catalogue.stateUndisturbed)
            case .paused: return (state.text, Catalogue.statePaused)
            case .loggedOut(let id):
                guard let department else { return (state.text, Catalogue.isLoggedOut(number, of: id)) }
                return id == department ? (state.text, Catalogue.stateLoggedOut) : nil
            }
        }
        return marks + (view.resting.contains(number) ? [("wrap-up", Catalogue.stateWrapUp)] : [])
    }
}

extension CommandEnvironment {
    /// Puts an employee's change in force, in his name; what came of it. On the disk before it returns.
    public func change(_ lines: [String], by number: ExtensionNumber) -> ChangeOutcome {
        let view = view()
        if withDesk({ $0.pending }) != nil { return .refused(.later, Catalogue.changeWaits) }
        do throws(SelfServiceRefusal) {
            let candidate = try SelfService.candidate(
                lines, by: number, onto: view.document, today: view.now.clockTrust == .trusted ? view.now.civil : nil,
                zones: zones, bytes: bytes)
            guard candidate.document != view.document else { return .done }
            do throws(CommandFailure) {
                _ = try commit(candidate, view.revision, number, lines.joined(separator: "; "))
                return .done
            } catch { return .refused(.later, error.text) }
        } catch { return error.outcome }
    }
}
