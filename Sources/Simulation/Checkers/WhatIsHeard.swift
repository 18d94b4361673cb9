import Telephony

extension SimulatedOffice {
    /// The longest that a caller whom nobody has talked to yet may hear nothing at all.
    static let longestSilence = Duration.milliseconds(5500)

    /// A caller hears ringing, music, words or somebody from the moment he dials; while he dials on himself he is not spoken to, and a
    /// menu waits for his keys.
    func checkNoSilence() -> [Complaint] {
        guard isFairDay else { return [] }
        let longest = settings.office.menus.values.compactMap { $0.silence?.limit }.reduce(Self.longestSilence, max)
        var silent: [Ear: Heard] = [:], connected: Set<Ear> = [], pressed: [Ear: [Instant]] = [:]
        for key in keys { pressed[key.ear, default: []].append(key.at) }
        var complaints: [Complaint] = []
        let end = { (ear: Ear, now: Instant, silent: inout [Ear: Heard], complaints: inout [Complaint]) in
            guard let before = silent.removeValue(forKey: ear) else { return }
            let moments = [before.at] + (pressed[ear] ?? []).filter { $0 > before.at && $0 < now } + [now]
            let silence = zip(moments, moments.dropFirst()).map { $1 - $0 }.max() ?? .zero
            guard silence > longest else { return }
            complaints.append(
                complaint(
                    "no silence", "\(before.person) hears nothing for \(silence.ladder) s", at: now, concerning: [before.person]))
        }
        for heard in hearings {
            end(heard.ear, heard.at, &silent, &complaints)
            // Whoever is heard is connected, even where he hears nobody.
            if case .party(let other)? = heard.hearing {
                connected.insert(other)
                end(other, heard.at, &silent, &complaints)
            }
            guard heard.isCaller else { continue }
            switch heard.hearing {
            case .nothing?: if !connected.contains(heard.ear), !heard.isQuietTalk { silent[heard.ear] = heard }
            case .party?, .room?: connected.insert(heard.ear)
            case .tone?, .music?, .speech?, nil: break
            }
        }
        return complaints
    }

    /// What the office says to its own people is not heard by callers, and the other way round; whoever has talked may be sent on, and
    /// waits then like a caller.
    func checkWordsForTheRightEar() -> [Complaint] {
        let forStaff = ["press-1-to-accept", "new-call-from", "own/from-site", "own/label-", "/digit-"]
        let forCallers = ["own/hello", "another-specialist", "not-available"]
        var talked: Set<Ear> = []
        return hearings.compactMap { heard in
            if case .party? = heard.hearing { talked.insert(heard.ear) }
            guard case .speech(let clips)? = heard.hearing else { return nil }
            let foreign = heard.isCaller ? forStaff : talked.contains(heard.ear) ? [] : forCallers
            guard clips.contains(where: { clip in foreign.contains { clip.contains($0) } }) else { return nil }
            let role = heard.isCaller ? "calls" : "is called"
            return complaint(
                "words for the right ear", "\(heard.person), who \(role), hears “\(clips.joined(separator: " "))”", at: heard.at,
                concerning: [heard.person])
        }
    }

    /// Whoever picks up outside for the office is connected to nobody before he presses 1, where the office asks for that.
    func checkAcceptedByKey() -> [Complaint] {
        guard settings.office.acceptsByKey else { return [] }
        var accepted: [Ear: Instant] = [:]
        for key in keys where key.digit == .d1 && accepted[key.ear] == nil { accepted[key.ear] = key.at }
        var outside: [Ear: String] = [:]
        for heard in hearings where !heard.isCaller && agents[heard.ear.agent].role == .trunk {
            if GeneratedOffice.isOwnOutside(heard.person) { outside[heard.ear] = heard.person }
        }
        var complaints: [Complaint] = []
        for heard in hearings {
            guard case .party(let other)? = heard.hearing else { continue }
            for ear in [heard.ear, other] {
                guard let person = outside[ear], accepted[ear].map({ $0 > heard.at }) ?? true else { continue }
                complaints.append(
                    complaint("accepted by key", "\(person) talks and has not pressed 1", at: heard.at, concerning: [person]))
            }
        }
        return complaints
    }
}
