import Glibc
import Telephony

/// Clips that one leg hears in a row. Owned by the media thread.
final class SpeechPlayer {
    /// What comes of the next 20 ms.
    enum Step {
        /// They are there.
        case voice
        /// The clips are on their way: silence.
        case silence
        /// Nothing is left.
        case end
    }

    /// What it says, and what tells this player from earlier ones.
    let speech: Speech, ticket: Int
    /// What the clips are, or were asked to be, encoded in.
    private(set) var codec = Codec.alaw
    private var clips: [EncodedClip?] = []
    private var isLoaded = false
    private var index = 0, frame = 0

    init(_ speech: Speech, ticket: Int) { (self.speech, self.ticket) = (speech, ticket) }

    /// The clips have come; it goes on where it is.
    func load(_ clips: [EncodedClip?]) {
        (self.clips, isLoaded) = (clips, true)
        skip()
    }

    /// The clips will come in this codec.
    func expect(_ codec: Codec) { (self.codec, isLoaded) = (codec, false) }

    /// Whether nothing is left.
    var isOver: Bool { isLoaded && index >= clips.count }

    /// Writes the next 20 ms.
    func next(into octets: UnsafeMutableRawPointer) -> Step {
        guard isLoaded else { return .silence }
        guard index < clips.count, let clip = clips[index] else { return .end }
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
        while index < clips.count, frame >= clips[index]?.frames ?? 0 { (index, frame) = (index + 1, 0) }
    }
}

extension MediaThread {
    /// The leg hears this speech from now on.
    func speak(_ speech: Speech, _ row: Int) {
        hear(.speech, row)
        lastTicket += 1
        players[row] = SpeechPlayer(speech, ticket: lastTicket)
        fetch(row)
    }

    /// Asks for the clips in the leg's codec; until they come the far end hears silence.
    func fetch(_ row: Int) {
        guard let player = players[row] else { return }
        player.expect(legs[row].codec)
        let request = ClipLibrary.Request(row: row, ticket: player.ticket, clips: player.speech.clips, codec: player.codec)
        guard clipsAwaited < ClipLibrary.waitingLimit, library.fetch(request) else { return finish(row) }
        clipsAwaited += 1
    }

    /// Clips that were asked for.
    func take(_ answers: [ClipLibrary.Answer]) {
        for answer in answers {
            clipsAwaited -= 1
            clipsUnplayable += answer.clips.count { $0 == nil }
            if answer.row < 0, let player = rooms[-answer.row]?.announcer, player.ticket == answer.ticket {
                player.load(answer.clips)
                continue
            }
            guard let player = players[answer.row], player.ticket == answer.ticket, player.codec == answer.codec else {
                continue
            }
            player.load(answer.clips)
            if player.isOver { finish(answer.row) }
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
