import Routing

extension ConfigurationDocument {
    /// The office as the product comes: extensions 101–104 and the department `sales` with 101 in it, where every outside call goes;
    /// the days off are those of the production calendar.
    /// `bytes` gives as many unguessable bytes as it is asked for; the secrets are made of them.
    public static func factory(bytes: (Int) -> [UInt8]) -> ConfigurationDocument {
        let holidays = ProductionCalendar.of(.ru).days.map(\.line).joined(separator: "\n")
        var document = ConfigurationReading(factoryText + "\n" + holidays).document
        document.complete(bytes: bytes)
        return document
    }

    private static let factoryText = """
        set office language ru
        set office timezone Europe/Moscow
        set office country RU
        set office hours mon-fri 09:00-18:00
        set sip listen udp 0.0.0.0:5060
        set sip listen tcp 0.0.0.0:5060
        set extension 101
        set extension 102
        set extension 103
        set extension 104
        set department sales name "Отдел продаж"
        set department sales number 200
        set department sales strategy all
        set department sales member 101
        set department sales no-answer after 30s to voicemail sales
        set voicemail sales name "Отдел продаж"
        set number * scheme office
        set scheme office otherwise to department sales
        """
}
