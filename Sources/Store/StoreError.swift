import Host
import Telephony

/// Why the store cannot work, in a sentence that says what to do.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The state folder may not be written: read-only card, or no permission.
    case notWritable(folder: String)
    /// No room.
    case diskFull(folder: String)
    /// Written by a newer version of the program.
    case newer(file: String)
    /// Damaged, and could not be moved aside.
    case damaged(file: String)
    /// Anything else, with the library's or the kernel's own words.
    case failed(file: String, reason: String)

    /// The sentence.
    public var wording: Wording {
        switch self {
        case .notWritable(let folder): Catalogue.folderNotWritable(folder)
        case .diskFull(let folder): Catalogue.diskFull(folder)
        case .newer(let file): Catalogue.databaseNewer(file)
        case .damaged(let file): Catalogue.databaseDamaged(file)
        case .failed(let file, let reason): Catalogue.databaseFailed(file, reason: reason)
        }
    }

    /// The sentence in English.
    public var description: String { wording.text(in: .en) }

    init(_ error: DatabaseError, folder: String) {
        switch error.kind {
        case .full: self = .diskFull(folder: folder)
        case .readOnly: self = .notWritable(folder: folder)
        case .damaged: self = .damaged(file: DatabaseFile.path(in: folder))
        case .busy, .other: self = .failed(file: DatabaseFile.path(in: folder), reason: error.description)
        }
    }

    init(_ error: SystemError, folder: String) {
        if error.isDiskFull {
            self = .diskFull(folder: folder)
        } else if error.isWriteProtected {
            self = .notWritable(folder: folder)
        } else {
            self = .failed(file: folder, reason: error.description)
        }
    }
}
