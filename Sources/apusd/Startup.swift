import Configuration
import Host
import Store
import Telephony

/// What must be there before the first call: the folder, its lock, and the configuration in force.
enum Startup {
    /// Makes the state folder where it is missing and takes its lock. Throws one sentence where either cannot be.
    static func takeFolder(_ folder: String) throws(StartupError) -> FileLock {
        do throws(SystemError) {
            if !Files.exists(folder) { try Files.makeFolder(folder) }
            if let lock = try FileLock.take(folder + "/apusd.lock") {
                if try BackupFolders(state: folder).takeIncoming() { Log.notice(Catalogue.restored.text(in: .en)) }
                return lock
            }
        } catch { throw StartupError(Catalogue.cannotUseFolder(folder, error.reason)) }
        throw StartupError(Catalogue.alreadyRunning(folder))
    }

    /// The newest revision; on a fresh box the factory office becomes the first.
    static func configuration(in store: Store, at utc: Int64) throws(StartupError) -> ActiveConfiguration.State {
        var newest: Revision?
        do throws(StoreError) { newest = try store.newestRevision() } catch { throw StartupError(error.wording) }
        guard let revision = newest else { return try makeFactoryOffice(in: store, at: utc) }
        do throws(ConfigurationRefusal) {
            let candidate = try ConfigurationCandidate(
                kept: revision.text, zones: Zone.init(named:), bytes: randomBytes)
            let doubt = candidate.warnings.first.map { Catalogue.doubtfulRevision(revision.number, $0.text) }
            return .init(
                document: candidate.document, settings: candidate.settings, revision: revision.number, doubt: doubt)
        } catch {
            throw StartupError(Catalogue.unusableRevision(revision.number, fault: error.errors.first?.text))
        }
    }

    private static func makeFactoryOffice(in store: Store, at utc: Int64) throws(StartupError) -> ActiveConfiguration.State {
        let document = ConfigurationDocument.factory(bytes: randomBytes)
        do throws(StoreError) {
            let number = try store.saveRevision(document.text(), author: "apusd", comment: "factory", at: utc)
            var settings = document.compiled
            settings.office.zone = Zone(named: settings.office.timezone) ?? .utc
            return .init(document: document, settings: settings, revision: number)
        } catch { throw StartupError(error.wording) }
    }
}
