import Telephony

/// Makes prompts of recordings. Runs in `apus`, never in the process that handles calls.
public enum Studio {
    /// Bytes of the longest file that is taken: 3 minutes as a studio writes them.
    public static let sizeLimit = 48_000 * 4 * 2 * 180

    /// The prompt in a WAV file of any usual rate and coding, one or two channels. Throws why there is none.
    public static func prompt(_ bytes: [UInt8], words: String? = nil) throws(SoundFault) -> PromptRecording {
        let file = try SoundFile(bytes)
        if file.length > PromptRecording.longest { throw .tooLong(PromptRecording.longest) }
        guard let voice = Resampler.convert(file.samples(of: bytes), from: file.rate, to: PromptRecording.rate) else {
            throw .rate(file.rate)
        }
        return try PromptRecording(levelling: voice, words: words)
    }
}
