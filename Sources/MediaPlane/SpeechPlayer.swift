import Glibc
import Telephony

/// Clips that one leg hears in a row, long ones in portions. Owned by the media thread.
final class SpeechPlayer {
    /// What comes of the next 20 ms.
    enum Step {
        /// They are there.
        case voice
        /// The clips, or what follows of one, are on their way: silence.
        case silence
        /// Nothing is left.
        case end
    }

    /// The portion that follows the one that is heard.
    private enum Following {
        case unasked, asked
        case here(EncodedClip?)
    }

    let speech: Speech
    /// What the clips are, or were asked to be, encoded in; and what tells their answer from those to earlier requests.
    private(set) var codec = Codec.alaw, ticket = 0
    /// The portion of each that is heard next; nil: it is over, or cannot be played.
    private var clips: [EncodedClip?] = []
    private var isLoaded = false
    /// Where it is: the clip, its portion, and the 20 ms in that.
    private var index = 0, portion = 0, frame = 0
    private var following = Following.unasked

    init(_ speech: Speech) { self.speech = speech }

    /// Asks for everything that is left in this codec; until it comes there is silence.
    func ask(in codec: Codec, ticket: Int, for row: Int) -> ClipLibrary.Request {
        (self.codec, self.ticket, isLoaded) = (codec, ticket, false)
        return ClipLibrary.Request(
            row: row, ticket: ticket, clips: Array(speech.clips[index...]), codec: codec, portion: portion)
    }

    /// What is to be asked for now, so that it is there when it is due; nil: nothing.
    func askOn(for row: Int) -> ClipLibrary.Request? {
        guard isLoaded, index < clips.count, clips[index]?.goesOn == true, case .unasked = following else { return nil }
        return ClipLibrary.Request(
            row: row, ticket: ticket, clips: [speech.clips[index]], codec: codec, portion: portion + 1, goesOn: true)
    }

    /// That was asked for.
    func asked() { following = .asked }

    /// What was asked for has come; it goes on where it is.
    func load(_ portions: [EncodedClip?], of request: ClipLibrary.Request) {
        guard request.ticket == ticket else { return }
        if request.goesOn {
            following = .here(portions.first ?? nil)
        } else {
            clips = Array(repeating: nil, count: index) + portions
            (isLoaded, following) = (true, .unasked)
        }
        skip()
    }

    /// Whether nothing is left.
    var isOver: Bool { isLoaded && index >= clips.count }

    /// Writes the next 20 ms.
    func next(into octets: UnsafeMutableRawPointer) -> Step {
        guard isLoaded else { return .silence }
        guard index < clips.count, let clip = clips[index] else { return .end }
        // The disk is late.
        guard frame < clip.frames else { return .silence }
        clip.octets.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            octets.copyMemory(from: start + frame * Voice.frame, byteCount: Voice.frame)
        }
        frame += 1
        skip()
        return .voice
    }

    /// Passes over what is over, or cannot be played.
    private func skip() {
        while index < clips.count, frame >= clips[index]?.frames ?? 0 {
            if clips[index]?.goesOn == true {
                guard case .here(let next) = following else { return }
                clips[index] = next
                portion += 1
            } else {
                clips[index] = nil
                (index, portion) = (index + 1, 0)
            }
            (frame, following) = (0, .unasked)
        }
    }
}

extension MediaThread {
    /// The leg hears this speech from now on.
    func speak(_ speech: Speech, _ row: Int) {
        hear(.speech, row)
        players[row] = SpeechPlayer(speech)
        fetch(row)
    }

    /// Asks for the clips in the leg's codec; until they come the far end hears silence.
    func fetch(_ row: Int) {
        guard let player = players[row] else { return }
        if !fetch(player.ask(in: legs[row].codec, ticket: newTicket(), for: row)) { finish(row) }
    }

    /// Asks for what follows in time; what the library cannot take now it is asked for again.
    func fetchOn(_ player: SpeechPlayer, _ row: Int) {
        if let request = player.askOn(for: row), fetch(request) { player.asked() }
    }

    /// False where too much waits already.
    func fetch(_ request: ClipLibrary.Request) -> Bool {
        guard clipsAwaited < ClipLibrary.waitingLimit, library.fetch(request) else { return false }
        clipsAwaited += 1
        return true
    }

    /// What tells a request from all others.
    func newTicket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// What was asked for.
    func take(_ answers: [ClipLibrary.Answer]) {
        for answer in answers {
            switch answer {
            case .clips(let request, let portions): take(portions, of: request)
            case .music(let portion): music.take(portion)
            case .programme(let report): music.take(report)
            }
        }
    }

    private func take(_ portions: [EncodedClip?], of request: ClipLibrary.Request) {
        clipsAwaited -= 1
        clipsUnplayable += portions.count { $0 == nil }
        if request.row < 0 {
            rooms[-request.row]?.announcer?.load(portions, of: request)
        } else if let player = players[request.row] {
            player.load(portions, of: request)
            if player.isOver { finish(request.row) }
        }
    }

    /// The speech is over.
    func finish(_ row: Int) {
        guard let player = players[row] else { return }
        hear(.nothing, row)
        facts.append(.played(legs[row].id, speech: player.speech.id))
        listTicked()
    }
}
