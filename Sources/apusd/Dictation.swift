import Console
import Host
import Telephony

/// Makes prompts of what employees have spoken and accepted by telephone: on a thread of its own, since the disk is waited for.
struct Dictation: Sendable {
    let backend: ControlBackend

    /// Never waits.
    func adopt(_ prompt: String, by number: String) {
        let backend = backend
        let started = try? Thread(name: "prompt") {
            guard let recording = backend.prompts.takeDraft(of: prompt), let environment = backend.environment() else {
                return Log.error("prompt \(prompt): what \(number) has spoken cannot be used")
            }
            let reply = environment.adopt(recording, as: prompt, by: number)
            if reply.exitCode != 0 { Log.error("prompt \(prompt): \(reply.errors)") }
        }
        if started == nil { Log.error("prompt \(prompt): no thread is left to keep it") }
    }
}
