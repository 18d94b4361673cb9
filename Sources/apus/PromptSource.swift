import Console
import Host
import Studio
import Telephony

/// The sound that goes with a `prompt` command, made ready here: the process that handles calls only keeps it.
enum PromptSource {
    /// A WAV file as prompts are kept, as it goes over the socket; or why it cannot be one.
    static func recording(_ path: String) throws(CommandFailure) -> String {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.read(path == "-" ? "/dev/stdin" : path, limit: Studio.sizeLimit)
        } catch { throw CommandFailure(Catalogue.cannotRead(path, error.reason)) }
        do throws(SoundFault) { return SoundText.text(try Studio.prompt(bytes).bytes) } catch {
            throw CommandFailure(Catalogue.notASound(path, Catalogue.soundFault(error)))
        }
    }

    /// Words as a speech engine says them; or why none does.
    static func speech(_ words: String) throws(CommandFailure) -> String {
        let (bytes, program) = try SpeechEngine.speak(words)
        do throws(SoundFault) { return SoundText.text(try Studio.prompt(bytes, words: words).bytes) } catch {
            throw CommandFailure(Catalogue.speechEngineFailed(program))
        }
    }

    /// The words that `prompt say` speaks: those that were said, else those that `prompt list --json` has.
    static func words(_ id: String, said: String?, list: Reply) throws(CommandFailure) -> String {
        if let said { return said }
        guard case .array(let rows)? = try? JSON(Array(list.output.utf8), limit: 1 << 20) else {
            throw CommandFailure(Catalogue.promptHasNoText(id))
        }
        for row in rows {
            if case .string(id)? = row["id"], case .string(let text)? = row["text"], !text.isEmpty { return text }
        }
        throw CommandFailure(Catalogue.promptHasNoText(id))
    }
}
