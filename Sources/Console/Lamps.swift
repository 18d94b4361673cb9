import Exchange
import Telephony

/// Keys of phones that watch somebody or something.
extension CommandRunner {
    /// Every subscription of a phone.
    var lamps: Table {
        Table(
            columns: [
                .init("phone", Catalogue.columnPhone), .init("watches", Catalogue.columnWatches),
                .init("package", Catalogue.columnPackage), .init("light", Catalogue.columnLamp),
                .init("expires", Catalogue.columnExpires, isNumber: true),
            ],
            rows: view.lamps.map { lamp in
                [
                    .init(lamp.account), .init(lamp.resource), .init(lamp.package),
                    .init(say(Catalogue.light(lamp.light)), .string(lamp.light.rawValue)),
                    .init(clock(lamp.expires - view.now.utc), .string(civil(lamp.expires).iso8601)),
                ]
            }, empty: Catalogue.noLamps)
    }
}

extension Catalogue {
    static func light(_ light: LampView.Light) -> Wording {
        switch light {
        case .dark: lampDark
        case .blinking: lampBlinks
        case .lit: lampLit
        }
    }
}
