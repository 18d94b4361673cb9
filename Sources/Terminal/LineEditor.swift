import CEdit
import Console
import Glibc

/// A line edited on a terminal, by libedit. Belongs to one thread.
public final class LineEditor {
    /// What came of a line.
    public enum Entry: Equatable, Sendable {
        case line(String)
        /// Ctrl-C.
        case cancelled
        /// Ctrl-D on an empty line.
        case left
        /// Nobody typed for too long; or the line is gone.
        case silent(TerminalLine.Silence)
    }

    /// Asked at Tab, and at `?`, with the line up to the cursor; nil: a question mark is a letter there.
    public var complete: (String) -> Completion = { _ in Completion() }
    /// See `complete`.
    public var help: (String) -> String? = { _ in nil }
    /// Called after the terminal was measured anew.
    public var resized: (Int) -> Void = { _ in }
    /// How long nobody may type.
    public var idleLimit: Int32?

    private let terminal: TerminalLine
    private let asksTerminal: Bool
    private let editor: OpaquePointer
    private let history: OpaquePointer
    // What libedit prints goes into this memory, and from there to the terminal in its charset.
    private let printed: Printed
    private var prompt: [CChar] = [0]
    private var outcome: Entry?

    /// An editor on a terminal; with `asksTerminal` Ctrl-L asks it for its size. Nil where there is no memory.
    public init?(_ terminal: TerminalLine, asksTerminal: Bool) {
        // libedit prints no Cyrillic in another locale.
        setlocale(LC_ALL, "C.UTF-8")
        guard let printed = Printed(), let history = history_init(),
            let editor = apus_edit_open(printed.file, terminal.input, terminal.output)
        else { return nil }
        (self.terminal, self.printed, self.history, self.editor) = (terminal, printed, history, editor)
        self.asksTerminal = asksTerminal
        apus_edit_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
        let name = getenv("TERM").map { String(cString: $0) } ?? "vt102"
        apus_edit_start(editor, name == "dumb" ? "vt102" : name, { editor in LineEditor.of(editor)?.promptText }, history)
        apus_edit_set_reader(editor) { editor, place in LineEditor.of(editor)?.readKey(place) ?? 0 }
        bind()
    }

    deinit {
        el_end(editor)
        history_end(history)
    }

    private static func of(_ editor: OpaquePointer?) -> LineEditor? {
        guard let editor, let owner = apus_edit_owner(editor) else { return nil }
        return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
    }

    private func bind() {
        apus_edit_add(editor, "apus-complete") { editor, _ in LineEditor.of(editor)?.tab() ?? UInt8(CC_ERROR) }
        apus_edit_add(editor, "apus-help") { editor, _ in LineEditor.of(editor)?.questionMark() ?? UInt8(CC_ERROR) }
        apus_edit_add(editor, "apus-cancel") { editor, _ in LineEditor.of(editor)?.cancel() ?? UInt8(CC_ERROR) }
        apus_edit_add(editor, "apus-redraw") { editor, _ in LineEditor.of(editor)?.redraw() ?? UInt8(CC_ERROR) }
        apus_edit_add(editor, "apus-nothing") { _, _ in UInt8(CC_NORM) }
        for (key, name) in [
            ("^I", "apus-complete"), ("?", "apus-help"), ("^C", "apus-cancel"), ("^L", "apus-redraw"), ("^Z", "apus-nothing"),
            ("\\034", "apus-nothing"), ("^W", "ed-delete-prev-word"), ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
            ("\\e[3~", "ed-delete-next-char"), ("^R", "em-inc-search-prev"),
        ] { apus_edit_bind(editor, key, name) }
    }

    // MARK: A line

    /// Reads one line behind `prompt`; `typed` stands there already.
    public func read(prompt: String, typed: String = "") -> Entry {
        self.prompt = Array(prompt.utf8CString)
        outcome = nil
        if !typed.isEmpty { el_push(editor, typed) }
        var count: Int32 = 0
        let text = el_gets(editor, &count).map { String(cString: $0) }
        drain()
        if let outcome { return outcome }
        guard let text else {
            terminal.write("\n")
            return .left
        }
        let line = text.last == "\n" ? String(text.dropLast()) : text
        if !line.allSatisfy(\.isWhitespace) { apus_edit_remember(history, line) }
        return .line(line)
    }

    private var promptText: UnsafeMutablePointer<CChar>? {
        // libedit copies it at once; the array lives as long as we do.
        prompt.withUnsafeMutableBufferPointer { $0.baseAddress }
    }

    /// Everything that libedit has printed is on the terminal before a key is waited for.
    private func readKey(_ place: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        drain()
        switch terminal.scalar(within: idleLimit) {
        case .success(let scalar):
            apus_edit_store(place, scalar.value)
            return 1
        case .failure(let error):
            outcome = .silent(error.silence)
            return 0
        }
    }

    private func drain() { terminal.write(printed.take()) }

    /// The line up to the cursor.
    private var beginning: String {
        guard let info = el_line(editor)?.pointee, let start = info.buffer, let cursor = info.cursor else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: cursor - start), as: UTF8.self)
    }

    // MARK: Keys

    private func tab() -> UInt8 {
        let completion = complete(beginning)
        if !completion.insertion.isEmpty {
            el_insertstr(editor, completion.insertion)
            return UInt8(CC_REFRESH)
        }
        guard !completion.list.isEmpty else { return UInt8(CC_REFRESH_BEEP) }
        say(completion.list)
        return UInt8(CC_REDISPLAY)
    }

    private func questionMark() -> UInt8 {
        guard let text = help(beginning) else {
            el_insertstr(editor, "?")
            return UInt8(CC_REFRESH)
        }
        say(text)
        return UInt8(CC_REDISPLAY)
    }

    private func say(_ text: String) {
        drain()
        terminal.write("\n" + text)
    }

    private func cancel() -> UInt8 {
        outcome = .cancelled
        drain()
        terminal.write("^C\n")
        return UInt8(CC_NEWLINE)
    }

    private func redraw() -> UInt8 {
        drain()
        terminal.measure(asking: asksTerminal)
        el_resize(editor)
        resized(terminal.columns)
        terminal.write("\u{1b}[H\u{1b}[2J")
        return UInt8(CC_REDISPLAY)
    }
}

/// Memory that a C library prints into.
private final class Printed {
    let file: UnsafeMutablePointer<FILE>

    init?() {
        // The stream keeps the addresses of both until it is closed; they are this object's own.
        let places = UnsafeMutablePointer<(UnsafeMutablePointer<CChar>?, Int)>.allocate(capacity: 1)
        places.initialize(to: (nil, 0))
        self.places = places
        guard let file = Printed.open(places) else { return nil }
        self.file = file
    }

    private let places: UnsafeMutablePointer<(UnsafeMutablePointer<CChar>?, Int)>

    private static func open(_ places: UnsafeMutablePointer<(UnsafeMutablePointer<CChar>?, Int)>) -> UnsafeMutablePointer<FILE>? {
        withUnsafeMutablePointer(to: &places.pointee.0) { address in
            withUnsafeMutablePointer(to: &places.pointee.1) { open_memstream(address, $0) }
        }
    }

    /// What was printed since the last time.
    func take() -> String {
        fflush(file)
        let (bytes, count) = places.pointee
        guard let bytes, count > 0 else { return "" }
        let text = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        fseeko(file, 0, SEEK_SET)
        return text
    }

    deinit {
        fclose(file)
        free(places.pointee.0)
        places.deallocate()
    }
}
