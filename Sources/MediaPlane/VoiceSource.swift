import Glibc
import Telephony

/// What one leg says, 20 ms at a time: jitter buffer and decoders, since the codec may change with every packet. Owned by the media
/// thread.
final class VoiceSource {
    /// Decoded samples that may wait (100 ms); older ones go.
    private static let longestWait = 5 * Voice.frame
    private static let capacity = longestWait + PacketQueue.slotSize

    let buffer: JitterBuffer
    private var decoder: VoiceDecoder?
    private let waiting: UnsafeMutablePointer<Int16>
    private var count = 0
    /// Of them the caller has these.
    private var taken = 0

    /// Nil where oRTP has no memory.
    init?() {
        guard let buffer = JitterBuffer() else { return nil }
        self.buffer = buffer
        waiting = .allocate(capacity: Self.capacity)
        waiting.initialize(repeating: 0, count: Self.capacity)
    }

    deinit { waiting.deallocate() }

    /// The next 20 ms, good until the next call; nil where the far end sent too little.
    func frame() -> UnsafePointer<Int16>? {
        drop(taken)
        taken = 0
        buffer.drain { payload, length, codec in
            let length = min(length, PacketQueue.slotSize)
            drop(count - Self.longestWait)
            decoder(of: codec).decode(payload, length, into: waiting + count)
            count += length
        }
        guard count >= Voice.frame else { return nil }
        taken = Voice.frame
        return UnsafePointer(waiting)
    }

    private func decoder(of codec: Codec) -> VoiceDecoder {
        if let decoder, decoder.codec == codec { return decoder }
        let decoder = VoiceDecoder(codec)
        self.decoder = decoder
        return decoder
    }

    private func drop(_ length: Int) {
        guard length > 0 else { return }
        count -= length
        memmove(waiting, waiting + length, count * MemoryLayout<Int16>.stride)
    }
}
