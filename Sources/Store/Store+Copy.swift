import Glibc
import Host

extension Store {
    /// Writes the database as it is now into a new file that the group may read. Calls go on meanwhile and wait for nothing: a reader of
    /// its own sees one state of the log. Throws where it cannot be written.
    public func copyDatabase(to path: String) throws(StoreError) {
        do throws(DatabaseError) {
            let database = try Database(DatabaseFile.path(in: disk.folder))
            try database.run("VACUUM INTO ?", [Value(path)])
        } catch { throw StoreError(error, folder: disk.folder) }
        chmod(path, 0o640)
    }
}
