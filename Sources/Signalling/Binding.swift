import Telephony

/// Where an address of record is now (RFC 3261 §10): one registered contact of one account.
public struct Binding: Equatable, Sendable {
    /// The account that registered, `101` or `101-kitchen`.
    public var account: String
    /// The contact as we shall use it: its host and port replaced by the source where the phone is behind NAT.
    public var contact: SIPURI
    /// How it is reached: the address the REGISTER came from and the one of ours it came to.
    public var flow: Flow
    /// REGISTER's Call-ID and CSeq, by which a stale one is known.
    public var callID: String, sequence: UInt32
    /// The wall clock at which it ends: milliseconds since 1970 UTC.
    public var expires: Int64
    /// User-Agent as sent, cut at 80 characters.
    public var userAgent: String

    /// A binding from its parts.
    public init(
        account: String, contact: SIPURI, flow: Flow, callID: String, sequence: UInt32, expires: Int64, userAgent: String
    ) {
        (self.account, self.contact, self.flow) = (account, contact, flow)
        (self.callID, self.sequence, self.expires, self.userAgent) = (callID, sequence, expires, userAgent)
    }

    /// What tells it from the other phones of the account.
    public var key: String { "\(account) \(contact)" }
}

/// The hash functions that digest authentication needs; the shell brings them from its crypto library.
public struct Hashing: Sendable {
    /// Lower-case hexadecimal MD5 and SHA-256 of a text's UTF-8.
    public var md5: @Sendable (String) -> String, sha256: @Sendable (String) -> String
    /// Hash functions from elsewhere.
    public init(md5: @escaping @Sendable (String) -> String, sha256: @escaping @Sendable (String) -> String) {
        (self.md5, self.sha256) = (md5, sha256)
    }
}

/// What the configuration says about SIP itself.
public struct SIPSettings: Equatable, Sendable {
    /// Where we listen; several.
    public var listen: [Listener]
    /// The domain, also the digest realm.
    public var domain: String
    /// Session-Expires that we ask for (RFC 4028).
    public var sessionTimer: Duration
    /// Passwords by account name.
    public var accounts: [String: String]
    /// Addresses whose requests need no digest: trunks. A nil port is any port.
    public var peers: [Peer]

    /// One listening socket.
    public struct Listener: Hashable, Sendable {
        /// UDP or TCP.
        public var transport: TransportKind
        /// Address (may be 0.0.0.0) and port.
        public var endpoint: Endpoint
        /// A listener from its parts.
        public init(_ transport: TransportKind, _ endpoint: Endpoint) { (self.transport, self.endpoint) = (transport, endpoint) }
    }

    /// A trunk known by its address.
    public struct Peer: Equatable, Sendable {
        /// The trunk's id.
        public var id: String
        /// Its address and, if fixed, port.
        public var address: IPAddress, port: UInt16?
        /// A peer from its parts.
        public init(id: String, address: IPAddress, port: UInt16?) { (self.id, self.address, self.port) = (id, address, port) }
    }

    /// Settings that listen nowhere and know nobody.
    public init(
        listen: [Listener] = [], domain: String = "apus", sessionTimer: Duration = .seconds(1800),
        accounts: [String: String] = [:],
        peers: [Peer] = []
    ) {
        (self.listen, self.domain, self.sessionTimer, self.accounts, self.peers) = (listen, domain, sessionTimer, accounts, peers)
    }
}
