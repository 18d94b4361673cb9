import Telephony

/// One direction of a conversation between two codecs: jitter buffer, decoder, encoder. Owned by the media thread.
final class Transcoder {
    let from: Codec, to: Codec
    private let source: VoiceSource, encoder: VoiceEncoder

    /// Nil where oRTP has no memory.
    init?(from: Codec, to: Codec) {
        guard let source = VoiceSource(from) else { return nil }
        (self.from, self.to, self.source, encoder) = (from, to, source, VoiceEncoder(to))
    }

    /// The packet path's end.
    var queue: UnsafeMutablePointer<PacketQueue> { source.buffer.queue }

    /// The next 20 ms in the other codec; false where the far end sent too little: then nothing is sent either.
    func frame(into octets: UnsafeMutablePointer<UInt8>) -> Bool {
        guard let voice = source.frame() else { return false }
        encoder.encode(voice, Voice.frame, into: octets)
        return true
    }
}
