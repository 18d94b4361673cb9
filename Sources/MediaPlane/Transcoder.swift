import Telephony

/// One direction of a conversation between two codecs: jitter buffer, decoder, encoder. Owned by the media thread.
final class Transcoder {
    private let source: VoiceSource, encoder: VoiceEncoder

    /// Nil where oRTP has no memory.
    init?(to codec: Codec) {
        guard let source = VoiceSource() else { return nil }
        (self.source, encoder) = (source, VoiceEncoder(codec))
    }

    /// What it speaks; what it hears may change from packet to packet.
    var codec: Codec { encoder.codec }

    /// The packet path's end.
    var queue: UnsafeMutablePointer<PacketQueue> { source.buffer.queue }

    /// The next 20 ms in the other codec; false where the far end sent too little: then nothing is sent either.
    func frame(into octets: UnsafeMutablePointer<UInt8>) -> Bool {
        guard let voice = source.frame() else { return false }
        encoder.encode(voice, Voice.frame, into: octets)
        return true
    }
}
