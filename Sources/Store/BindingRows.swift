import Signalling
import Telephony

/// Registered contacts as rows.
enum BindingRows {
    private static let columns = """
        account, scheme, user, host, port, parameters, headers, transport, local, remote, call_id, sequence, expires, user_agent
        """

    static func write(_ binding: Binding, to database: Database) throws(DatabaseError) {
        let contact = binding.contact
        try database.run(
            "INSERT OR REPLACE INTO bindings (key, \(columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                Value(binding.key), Value(binding.account), Value(contact.scheme), Value(contact.user), Value(contact.host),
                contact.port.map { Value($0) } ?? .null, Value(packed(contact.parameters)), Value(packed(contact.headers)),
                Value(binding.flow.transport.rawValue), Value(binding.flow.local.description),
                Value(binding.flow.remote.description), Value(binding.callID), Value(binding.sequence), Value(binding.expires),
                Value(binding.userAgent),
            ])
    }

    static func remove(key: String, from database: Database) throws(DatabaseError) {
        try database.run("DELETE FROM bindings WHERE key = ?", [Value(key)])
    }

    /// Forgets contacts that ended before `utc`, and reads the others. A stream does not outlive the program: its number is gone.
    static func restore(at utc: Int64, from database: Database) throws(DatabaseError) -> [Binding] {
        try database.run("DELETE FROM bindings WHERE expires <= ?", [Value(utc)])
        var bindings: [Binding] = []
        try database.query("SELECT \(columns) FROM bindings ORDER BY key") { row in
            if let binding = binding(row) { bindings.append(binding) }
        }
        return bindings
    }

    private static func binding(_ row: borrowing Row) -> Binding? {
        guard let transport = TransportKind(rawValue: row.text(7)), let local = Endpoint(row.text(8)),
            let remote = Endpoint(row.text(9))
        else { return nil }
        let port = row.optionalText(4).flatMap { UInt16($0) }
        var contact = SIPURI(scheme: row.text(1), user: row.text(2), host: row.text(3), port: port)
        (contact.parameters, contact.headers) = (unpacked(row.text(5)), unpacked(row.text(6)))
        return Binding(
            account: row.text(0), contact: contact, flow: Flow(transport, local: local, remote: remote), callID: row.text(10),
            sequence: UInt32(clamping: row.integer(11)), expires: row.integer(12), userAgent: row.text(13))
    }

    /// `name=value;name`, with the three characters that would break it as `%HH`.
    static func packed(_ parameters: [Parameter]) -> String {
        func escaped(_ text: String) -> String {
            text.unicodeScalars.map { scalar in
                switch scalar {
                case "%": "%25"
                case ";": "%3B"
                case "=": "%3D"
                default: String(scalar)
                }
            }.joined()
        }
        return parameters.map { escaped($0.name) + ($0.value.map { "=" + escaped($0) } ?? "") }.joined(separator: ";")
    }

    static func unpacked(_ text: String) -> [Parameter] {
        text.split(separator: ";").map { part -> Parameter in
            let name = part.prefix { $0 != "=" }
            let value = part.dropFirst(name.count + 1)
            return Parameter(
                String(name).unescaped ?? String(name),
                name.endIndex == part.endIndex ? nil : String(value).unescaped ?? String(value))
        }
    }
}
