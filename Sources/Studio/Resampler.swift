import CSpeexDSP

/// Brings a voice from one rate to another by libspeexdsp's band-limited interpolation.
enum Resampler {
    /// Of 0…10: the stop band of 8 is below the noise of 16 bits.
    private static let quality: Int32 = 8

    /// The same voice at another rate; as long as before, to the sample. Nil where the library has no memory.
    static func convert(_ samples: [Float], from rate: Int, to other: Int) -> [Float]? {
        if rate == other { return samples }
        var fault: Int32 = 0
        guard let state = speex_resampler_init(1, UInt32(rate), UInt32(other), quality, &fault), fault == 0 else { return nil }
        defer { speex_resampler_destroy(state) }
        // What the filter looks ahead is left out at the beginning and given as silence at the end.
        speex_resampler_skip_zeros(state)
        let input = samples + [Float](repeating: 0, count: Int(speex_resampler_get_input_latency(state)) + 1)
        let length = samples.count * other / rate
        var output = [Float](repeating: 0, count: length)
        var (taken, made) = (0, 0)
        while taken < input.count, made < length {
            var count = UInt32(min(input.count - taken, 65_536)), room = UInt32(length - made)
            let result = input.withUnsafeBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output -> Int32 in
                    guard let source = input.baseAddress, let target = output.baseAddress else { return 1 }
                    return speex_resampler_process_float(state, 0, source + taken, &count, target + made, &room)
                }
            }
            guard result == 0, count > 0 || room > 0 else { return nil }
            taken += Int(count)
            made += Int(room)
        }
        return output
    }
}
