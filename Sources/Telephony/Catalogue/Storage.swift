// What the store says.

extension Catalogue {
    /// The state folder is read-only.
    public static func folderNotWritable(_ folder: String) -> Wording {
        Wording(
            ru: "Папка \(folder) недоступна для записи: проверьте права и не смонтирован ли носитель только для чтения.",
            en: "The folder \(folder) cannot be written: check its permissions and whether the disk is mounted read-only.")
    }

    /// No room in the state folder.
    public static func diskFull(_ folder: String) -> Wording {
        Wording(
            ru: "На диске с папкой \(folder) нет места: освободите его.",
            en: "The disk with the folder \(folder) is full: make room on it.")
    }

    /// The database is from the future.
    public static func databaseNewer(_ file: String) -> Wording {
        Wording(
            ru: "База \(file) создана более новой версией программы: обновите программу или восстановите резервную копию.",
            en: "The database \(file) was written by a newer version: update the program or restore a backup.")
    }

    /// The database is damaged, found while running or not to be moved aside.
    public static func databaseDamaged(_ file: String) -> Wording {
        Wording(
            ru: "База \(file) повреждена: при следующем запуске она будет отложена и собрана заново.",
            en: "The database \(file) is damaged: at the next start it is moved aside and rebuilt.")
    }

    /// The database was damaged and has been rebuilt.
    public static func databaseRebuilt(movedTo file: String) -> Wording {
        Wording(
            ru: "База была повреждена и собрана заново из уцелевших записей; повреждённая лежит в \(file).",
            en: "The database was damaged and has been rebuilt from what could be read; the damaged one is \(file).")
    }

    /// The folder of the voice messages cannot be read.
    public static func soundsUnreadable(_ folder: String, _ reason: String) -> Wording {
        Wording(
            ru: "Папка голосовых сообщений \(folder) не читается (\(reason)): ничего не удалено, проверьте носитель и права.",
            en: "The folder of voice messages \(folder) cannot be read (\(reason)): nothing was deleted, check disk and rights.")
    }

    /// Something else went wrong with the database.
    public static func databaseFailed(_ file: String, reason: String) -> Wording {
        Wording(ru: "Ошибка базы \(file): \(reason).", en: "The database \(file) failed: \(reason).")
    }
}
