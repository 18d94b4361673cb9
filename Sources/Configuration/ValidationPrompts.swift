import Telephony

extension Validation {
    /// The number inside the office that is dialled for it is nobody else's.
    mutating func checkNumber(of item: ConfigurationDocument.Item, _ owners: inout [String: String]) {
        guard let entry = item.entries("number").first, let number = entry.words.first?.value else { return }
        if let owner = owners[number] {
            refuse(entry.line ?? item.line, Catalogue.numberTaken(number, by: owner), Catalogue.chooseAnother)
        }
        owners[number] = owners[number] ?? "\(item.path)"
    }

    /// A prompt needs words or a recording of its own name; its number is nobody else's.
    mutating func checkPrompts(_ owners: inout [String: String]) {
        for item in document.items("prompt") {
            guard let id = item.path.name else { continue }
            checkNumber(of: item, &owners)
            if let entry = item.entries("file").first, let file = entry.words.first?.value, file != id + ".wav" {
                refuse(entry.line ?? item.line, Catalogue.promptFileName(file, of: id), Catalogue.importPrompt(id))
            } else if item.entries("file").isEmpty, item.entries("text").isEmpty {
                refuse(item.line, Catalogue.promptIsEmpty(id), Catalogue.fillPrompt(id))
            }
        }
    }
}
