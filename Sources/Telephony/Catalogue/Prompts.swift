/// What is said about the office's own prompts.
extension Catalogue {
    /// A prompt's recording bears its id.
    public static func promptFileName(_ file: String, of id: String) -> Wording {
        Wording(
            ru: "запись сообщения \(id) называется \(id).wav, а не \(file)",
            en: "the recording of prompt \(id) is \(id).wav, not \(file)")
    }
    /// How a recording gets into the exchange.
    public static func importPrompt(_ id: String) -> Wording {
        Wording(
            ru: "apus prompt import \(id) ФАЙЛ.wav, затем set prompt \(id) file \(id).wav",
            en: "apus prompt import \(id) FILE.wav, then set prompt \(id) file \(id).wav")
    }
    /// Neither words nor a recording.
    public static func promptIsEmpty(_ id: String) -> Wording {
        Wording(ru: "у сообщения \(id) нет ни записи, ни текста", en: "prompt \(id) has neither a recording nor a text")
    }
    /// What to give it.
    public static func fillPrompt(_ id: String) -> Wording {
        Wording(
            ru: "set prompt \(id) file \(id).wav или set prompt \(id) text \"…\"",
            en: "set prompt \(id) file \(id).wav, or set prompt \(id) text \"…\"")
    }
    /// Words alone are not heard.
    public static func promptIsText(_ id: String) -> Wording {
        Wording(
            ru: "сообщение \(id) задано текстом: пока его не озвучат, звонящие услышат тишину",
            en: "prompt \(id) is a text: until it is spoken callers hear silence")
    }
    /// How words become sound.
    public static func sayPrompt(_ id: String) -> Wording {
        Wording(ru: "озвучить: apus prompt say \(id)", en: "speak it: apus prompt say \(id)")
    }
}
