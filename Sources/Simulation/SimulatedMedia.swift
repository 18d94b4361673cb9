import Telephony

/// Stands for the media plane: it knows of each leg where its RTP goes and what its far end is made to hear.
public struct SimulatedMedia: Sendable {
    /// What a leg's far end is made to hear.
    public enum Source: Equatable, Sendable {
        case nothing
        case sound(Sound)
        case leg(MediaLegID)
        case room(Int)
    }

    /// One open leg.
    public struct Leg: Equatable, Sendable {
        /// Where it listens.
        public var local: Endpoint
        /// Where its RTP goes; nil until it is described.
        public var stream: MediaStream?
        /// What its far end hears.
        public var hears = Source.nothing
        /// Whether its far end was ever heard.
        public var hasSpoken = false
        /// Whether `lost` was told since the voice last came.
        var isLostTold = false
        /// Whether keys of its far end go no further than to us.
        public var withholdsKeys = false
    }

    /// Open legs.
    public private(set) var legs: [MediaLegID: Leg] = [:]
    /// Orders that make no sense: a port bound twice, a leg opened twice or connected to itself.
    public private(set) var faults: [String] = []
    /// Ports that somebody else holds: opening there fails.
    public var takenPorts: Set<UInt16> = []
    /// How long clips are, by name; others are 2 s.
    public var clipLengths: [String: Duration] = [:]
    /// How long recordings become, by the name of the clip, nil where they cannot be written; others last as long as they took.
    public var recordingLengths: [String: Duration?] = [:]
    /// Recordings that go on: their sides, and since when.
    public private(set) var recordings: [Clip: (sides: Set<MediaLegID>, since: Instant)] = [:]
    /// Legs opened so far.
    public private(set) var opened = 0
    /// How often it was begun to look for keys in a voice.
    public private(set) var listened = 0
    /// Ports that are bound for legs to come.
    public private(set) var reserved: Set<Endpoint> = []
    private var byPort: [UInt16: MediaLegID] = [:]

    /// A media plane without legs.
    public init() {}

    /// The leg that is reached there; sockets may be bound to any address of ours.
    func leg(at reached: Endpoint?) -> MediaLegID? {
        guard let reached, reached.address == SimulatedOffice.ownEndpoint.address else { return nil }
        return byPort[reached.port]
    }

    /// Carries the order out; what comes of it at once.
    mutating func perform(_ order: MediaOrder, at now: Instant) -> [MediaFact] {
        switch order {
        case .reserve(let local):
            if takenPorts.contains(local.port) { return [.unreserved(local, .taken)] }
            if !reserved.insert(local).inserted { faults.append("\(local) reserved twice") }
            return [.reserved(local)]
        case .unreserve(let local): if reserved.remove(local) == nil { faults.append("\(local) given back and not held") }
        case .open(let id, let local): return open(id, local).map { [$0] } ?? []
        case .describe(let id, let stream):
            legs[id]?.stream = stream
            legs[id]?.isLostTold = false
        case .connect(let one, let other):
            guard legs[one] != nil, legs[other] != nil else { return [] }
            leave(one)
            leave(other)
            legs[one]?.hears = .leg(other)
            legs[other]?.hears = .leg(one)
        case .play(let id, let sound):
            leave(id)
            legs[id]?.hears = .sound(sound)
        case .quiet(let id):
            leave(id)
            legs[id]?.hears = .nothing
        case .attend(let id, let room), .mix(let id, let room):
            leave(id)
            legs[id]?.hears = .room(room)
        case .announce: break  // noted in the ladder
        case .withhold(let id): legs[id]?.withholdsKeys = true
        case .press: break  // the office hands the key over
        case .listen(_, let isOn): if isOn { listened += 1 }  // keys come by RFC 4733 or INFO here
        case .record(let id, let recording):
            guard legs[id] != nil else { return [] }
            recordings[recording.clip, default: ([], now)].sides.insert(id)
        case .unrecord(let id, let clip): recordings[clip]?.sides.remove(id)
        case .endRecording(let clip): return end(clip, at: now)
        case .close(let id):
            leave(id)
            guard let leg = legs.removeValue(forKey: id) else { return [.closed(id, MediaStatistics())] }
            byPort[leg.local.port] = nil
            return untap(id, at: now) + [.closed(id, MediaStatistics())]
        }
        return []
    }

    /// Recordings of which the leg was the last side are over.
    private mutating func untap(_ id: MediaLegID, at now: Instant) -> [MediaFact] {
        let clips = recordings.filter { $0.value.sides.contains(id) }.keys.sorted { $0.name < $1.name }
        return clips.flatMap { clip in
            recordings[clip]?.sides.remove(id)
            return recordings[clip]?.sides.isEmpty == true ? end(clip, at: now) : []
        }
    }

    /// A recording is over, if it goes on.
    mutating func end(_ clip: Clip, at now: Instant) -> [MediaFact] {
        guard let recording = recordings.removeValue(forKey: clip) else { return [] }
        return [.recorded(clip, length: recordingLengths[clip.name, default: now - recording.since])]
    }

    /// The same plane without any legs.
    var restarted: SimulatedMedia {
        var plane = SimulatedMedia()
        (plane.takenPorts, plane.clipLengths, plane.recordingLengths) = (takenPorts, clipLengths, recordingLengths)
        return plane
    }

    /// How long it takes to say all of it.
    func length(of speech: Speech) -> Duration {
        speech.clips.reduce(.zero) { $0 + clipLengths[$1.name, default: .seconds(2)] }
    }

    /// The speech is over, if the leg hears it still; then silence follows.
    mutating func finish(_ leg: MediaLegID, _ speech: Speech) -> Bool {
        guard legs[leg]?.hears == .sound(.speech(speech)) else { return false }
        legs[leg]?.hears = .nothing
        return true
    }

    mutating func toldLost(_ id: MediaLegID) { legs[id]?.isLostTold = true }
    mutating func spoke(_ id: MediaLegID) { legs[id]?.hasSpoken = true }
    mutating func voiceCame(_ id: MediaLegID) { legs[id]?.isLostTold = false }

    private mutating func open(_ id: MediaLegID, _ local: Endpoint) -> MediaFact? {
        if reserved.remove(local) == nil, takenPorts.contains(local.port) { return .failed(id) }
        if legs[id] != nil { faults.append("media leg \(id) opened twice") }
        if let other = byPort[local.port] { faults.append("port \(local.port) of leg \(other) opened again for \(id)") }
        if local.port % 2 != 0 { faults.append("media leg \(id) opened at the odd port \(local.port)") }
        legs[id] = Leg(local: local)
        byPort[local.port] = id
        opened += 1
        return nil
    }

    /// Whoever heard this leg hears nothing now.
    private mutating func leave(_ id: MediaLegID) {
        if case .leg(let other) = legs[id]?.hears, legs[other]?.hears == .leg(id) { legs[other]?.hears = .nothing }
    }
}
