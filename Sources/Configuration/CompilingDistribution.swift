import Routing
import Telephony

/// Which callers go where, as the exchange is told.
extension ConfigurationDocument {
    func region(_ item: Item) -> RegionSetting? {
        guard let id = item.path.name else { return nil }
        return RegionSetting(
            id, name: words("name", of: item.path)?.first,
            prefixes: item.entries("prefix").flatMap { $0.words.map(\.value) },
            languages: words("language", of: item.path) ?? [])
    }
}
