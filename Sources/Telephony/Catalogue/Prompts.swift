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
            ru: "загрузить: apus prompt import \(id) ФАЙЛ.wav; надиктовать: apus prompt record \(id) at 101",
            en: "load it: apus prompt import \(id) FILE.wav; speak it: apus prompt record \(id) at 101")
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
    /// It still says the words of before.
    public static func promptIsOutdated(_ id: String) -> Wording {
        Wording(
            ru: "сообщение \(id) ещё звучит с прежним текстом", en: "prompt \(id) still says the words that it had before")
    }
    /// Named, and nowhere to be found.
    public static func promptIsMissing(_ id: String) -> Wording {
        Wording(
            ru: "сообщения \(id) нет: на его месте будет тишина",
            en: "there is no prompt \(id): nothing will be heard in its place")
    }
    /// Set, and no sound is there.
    public static func promptHasNoSound(_ id: String) -> Wording {
        Wording(
            ru: "запись сообщения \(id) не загружена: звонящие услышат тишину",
            en: "the recording of prompt \(id) is not loaded: callers hear silence")
    }
    /// Why a file is no prompt.
    public static func soundFault(_ fault: SoundFault) -> Wording {
        switch fault {
        case .notWAV: Wording(ru: "это не файл WAV", en: "this is no WAV file")
        case .truncated: Wording(ru: "файл обрывается раньше, чем начинается звук", en: "the file ends before its sound begins")
        case .coding(let code, let bits):
            Wording(
                ru: "кодирование \(code) на \(bits) бит не читается; нужно PCM 8, 16, 24 или 32 бита, A-law или µ-law",
                en: "coding \(code) with \(bits) bits is not read; PCM of 8, 16, 24 or 32 bits, A-law and µ-law are")
        case .channels(let count):
            Wording(ru: "каналов \(count); нужен один или два", en: "\(count) channels; one or two are read")
        case .rate(let rate):
            Wording(
                ru: "частота \(rate) Гц; нужна от 4000 до 192000", en: "a rate of \(rate) Hz; 4000 to 192000 are read")
        case .empty: Wording(ru: "в файле нет звука", en: "there is no sound in the file")
        case .silent: Wording(ru: "в файле одна тишина", en: "there is nothing but silence in the file")
        case .tooLong(let limit):
            Wording(
                ru: "запись длиннее \(limit.components.seconds) с",
                en: "the recording is longer than \(limit.components.seconds) s")
        }
    }
    /// Which file cannot be used, and why.
    public static func notASound(_ file: String, _ why: Wording) -> Wording {
        Wording(ru: "\(file): \(why.text(in: .ru))", en: "\(file): \(why.text(in: .en))")
    }
    /// It came through the socket in another form.
    public static let soundIsNoPrompt = Wording(
        ru: "звук пришёл не в том виде, в каком станция его хранит", en: "the sound is not in the form that the exchange keeps")
    /// It is there and will be heard.
    public static func promptKept(_ id: String, _ length: String) -> Wording {
        Wording(ru: "сообщение \(id): \(length), звучит с этой минуты", en: "prompt \(id): \(length), heard from now on")
    }
    /// It is gone.
    public static func promptDeleted(_ id: String) -> Wording {
        Wording(ru: "сообщения \(id) больше нет", en: "prompt \(id) is gone")
    }
    /// No such prompt.
    public static func noSuchPrompt(_ id: String) -> Wording {
        Wording(ru: "сообщения \(id) нет", en: "there is no prompt \(id)")
    }
    /// Lines that name it.
    public static func promptIsUsed(_ id: String, by lines: [String]) -> Wording {
        let list = lines.prefix(8).map { "\n   " + $0 }.joined()
        return Wording(
            ru: "сообщение \(id) нужно, сначала измените эти строки:\(list)",
            en: "prompt \(id) is used, change these lines first:\(list)")
    }
    /// Nothing to speak.
    public static func promptHasNoText(_ id: String) -> Wording {
        Wording(
            ru: "у сообщения \(id) нет текста: apus prompt say \(id) \"…\"",
            en: "prompt \(id) has no text: apus prompt say \(id) \"…\"")
    }
    /// Nobody can speak it.
    public static func noSpeechEngine(_ packages: String) -> Wording {
        Wording(
            ru: "речевой движок не установлен: apt install \(packages)",
            en: "no speech engine is installed: apt install \(packages)")
    }
    /// The engine made no sound.
    public static func speechEngineFailed(_ program: String) -> Wording {
        Wording(ru: "\(program) не смог озвучить текст", en: "\(program) could not speak the text")
    }
    /// Heard as it should be.
    public static let promptHeard = Wording(ru: "звучит", en: "heard")
    /// Its words were changed since.
    public static let promptOutdated = Wording(ru: "прежний текст", en: "old words")
    /// No sound.
    public static let promptSilent = Wording(ru: "тишина", en: "silent")
    /// No line of the configuration makes it a prompt.
    public static let promptUnused = Wording(ru: "не задано", en: "not set")
    /// No prompts at all.
    public static let noPrompts = Wording(ru: "своих сообщений нет", en: "no prompts of the office's own")
    /// A column: words.
    public static let columnText = Wording(ru: "ТЕКСТ", en: "TEXT")
    /// A column: where it is said.
    public static let columnUses = Wording(ru: "ГДЕ", en: "USES")
    /// `prompt list`.
    public static let helpPromptList = Wording(
        ru: "свои сообщения и как они звучат", en: "the office's prompts and whether they are heard")
    /// `prompt import`.
    public static let helpPromptImport = Wording(ru: "загрузить запись из файла WAV", en: "load a recording from a WAV file")
    /// `prompt say`.
    public static let helpPromptSay = Wording(ru: "озвучить текст речевым движком", en: "have a speech engine speak a text")
    /// `prompt record`.
    public static let helpPromptRecord = Wording(
        ru: "надиктовать по телефону: он зазвонит", en: "speak it by telephone, which will ring")
    /// Somebody is about to speak it.
    public static func promptIsRecorded(_ id: String, at number: String) -> Wording {
        Wording(
            ru: "телефон \(number) звонит: говорите после сигнала, # — конец, 1 — принять; потом prompt list покажет \(id)",
            en: "telephone \(number) rings: speak after the tone, # ends it, 1 accepts it; then prompt list shows \(id)")
    }
    /// `prompt export`.
    public static let helpPromptExport = Wording(ru: "сохранить звук сообщения в файл", en: "save a prompt's sound to a file")
    /// `prompt delete`.
    public static let helpPromptDelete = Wording(ru: "удалить сообщение", en: "delete a prompt")
}
