/// The part of SDP (RFC 8866) that a telephone uses. Lines we have no use for are dropped on parsing.
public struct SessionDescription: Equatable, Sendable {
    /// Who may hear and speak, seen from the one who wrote it (RFC 3264 §5.1).
    public enum Direction: String, Sendable {
        case sendrecv, sendonly, recvonly, inactive

        /// The same as the other side sees it.
        public var reversed: Direction {
            switch self {
            case .sendonly: .recvonly
            case .recvonly: .sendonly
            case .sendrecv, .inactive: self
            }
        }
    }

    /// One payload format of a media line.
    public struct Format: Equatable, Sendable {
        /// 0…127.
        public var payloadType: UInt8
        /// The encoding name, "" where neither rtpmap nor RFC 3551 tells it.
        public var encoding: String
        /// The RTP clock rate.
        public var clockRate: Int
        /// `a=fmtp` without the payload type, if there is one.
        public var parameters: String?

        /// A format from its parts.
        public init(payloadType: UInt8, encoding: String, clockRate: Int, parameters: String? = nil) {
            (self.payloadType, self.encoding, self.clockRate, self.parameters) = (payloadType, encoding, clockRate, parameters)
        }

        /// The codec, if it is one of ours.
        public var codec: Codec? { clockRate == 8000 ? Codec(encodingName: encoding) : nil }
        /// Whether this is RFC 4733's telephone-event at 8 kHz.
        public var isTelephoneEvent: Bool { encoding.equalsIgnoringCase("telephone-event") && clockRate == 8000 }
    }

    /// One `m=` line with what belongs to it.
    public struct Media: Equatable, Sendable {
        /// `audio`, `video`, `image`…
        public var kind: String
        /// 0 = refused.
        public var port: UInt16
        /// `RTP/AVP`, `RTP/SAVP`, `udptl`…
        public var proto: String
        /// In order of preference.
        public var formats: [Format]
        /// The media line's own address, if it has one.
        public var address: IPAddress?
        /// Who sends.
        public var direction: Direction
        /// The RTCP port where it is not the RTP port + 1 (RFC 3605).
        public var rtcpPort: UInt16?
        /// Packet time in milliseconds, if written.
        public var packetTime: Int?

        /// A media line from its parts.
        public init(
            kind: String = "audio", port: UInt16, proto: String = "RTP/AVP", formats: [Format], address: IPAddress? = nil,
            direction: Direction = .sendrecv, rtcpPort: UInt16? = nil, packetTime: Int? = nil
        ) {
            (self.kind, self.port, self.proto, self.formats, self.address) = (kind, port, proto, formats, address)
            (self.direction, self.rtcpPort, self.packetTime) = (direction, rtcpPort, packetTime)
        }
    }

    /// `o=`'s user, session id and version; the version grows with each change.
    public var user: String, sessionID: UInt64, version: UInt64
    /// The session's address (`c=`, else `o=`).
    public var address: IPAddress
    /// In the order written.
    public var media: [Media]

    /// A description from its parts.
    public init(user: String = "apus", sessionID: UInt64, version: UInt64, address: IPAddress, media: [Media]) {
        (self.user, self.sessionID, self.version, self.address, self.media) = (user, sessionID, version, address, media)
    }

    /// The first plain audio line that is not refused.
    public var audio: Media? { media.first { $0.kind == "audio" && $0.port != 0 && $0.proto == "RTP/AVP" } }

    /// Where the audio shall be sent; nil if there is no audio.
    public var audioEndpoint: Endpoint? { audio.map { Endpoint($0.address ?? address, $0.port) } }

    /// The text, lines ended by CRLF.
    public var text: String {
        var lines = [
            "v=0", "o=\(user) \(sessionID) \(version) IN \(address.sdpType) \(address)", "s=-",
            "c=IN \(address.sdpType) \(address)",
            "t=0 0",
        ]
        for media in media {
            let types = media.formats.map { String($0.payloadType) }.joined(separator: " ")
            lines.append("m=\(media.kind) \(media.port) \(media.proto) \(types.isEmpty ? "0" : types)")
            if media.port == 0 { continue }
            if let address = media.address { lines.append("c=IN \(address.sdpType) \(address)") }
            for format in media.formats where !format.encoding.isEmpty {
                lines.append("a=rtpmap:\(format.payloadType) \(format.encoding)/\(format.clockRate)")
                if let parameters = format.parameters { lines.append("a=fmtp:\(format.payloadType) \(parameters)") }
            }
            if let port = media.rtcpPort { lines.append("a=rtcp:\(port)") }
            if let time = media.packetTime { lines.append("a=ptime:\(time)") }
            lines.append("a=\(media.direction.rawValue)")
        }
        return lines.map { $0 + "\r\n" }.joined()
    }
}

extension SessionDescription {
    /// Parses what a phone sent, leniently where it does not matter. Nil without `v=0`, an address or a well-formed media line;
    /// at most 64 media lines and 64 formats each are kept.
    public init?(_ text: String) {
        var parser = Parser()
        for line in text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).prefix(1000) {
            guard parser.read(Substring(line)) else { return nil }
        }
        guard let result = parser.result else { return nil }
        self = result
    }

    private struct Parser {
        private var hasVersion = false
        private var origin: (user: String, id: UInt64, version: UInt64, address: IPAddress?)?
        private var address: IPAddress?
        private var direction = Direction.sendrecv
        private var media: [Media] = []

        var result: SessionDescription? {
            guard hasVersion, let origin else { return nil }
            guard let address = address ?? media.lazy.compactMap(\.address).first ?? origin.address else { return nil }
            return SessionDescription(
                user: origin.user, sessionID: origin.id, version: origin.version, address: address, media: media)
        }

        /// False for a line that makes the whole unusable.
        mutating func read(_ line: Substring) -> Bool {
            guard line.dropFirst().first == "=" else { return line.trimmed.isEmpty }
            let value = line.dropFirst(2).trimmed
            switch line.first {
            case "v": hasVersion = value == "0"
            case "o": return readOrigin(value)
            case "c":
                let words = value.split(separator: " ")
                guard words.count == 3, let host = words[2].split(separator: "/").first, let parsed = IPAddress(host) else {
                    return false
                }
                if media.isEmpty { address = parsed } else { media[media.count - 1].address = parsed }
            case "m": return readMedia(value)
            case "a": readAttribute(value)
            default: break
            }
            return true
        }

        private mutating func readOrigin(_ value: Substring) -> Bool {
            let words = value.split(separator: " ")
            guard words.count == 6 else { return false }
            origin = (String(words[0]), UInt64(words[1]) ?? 0, UInt64(words[2]) ?? 0, IPAddress(words[5]))
            return true
        }

        private mutating func readMedia(_ value: Substring) -> Bool {
            let words = value.split(separator: " ")
            guard words.count >= 4, media.count < 64, let port = words[1].split(separator: "/").first.flatMap({ UInt16($0) })
            else {
                return false
            }
            let isRTP = words[2].hasPrefix("RTP/")
            let formats = words[3...].prefix(64).compactMap { word -> Format? in
                guard isRTP, let type = UInt8(word), type < 128 else { return nil }
                let codec = Codec(staticPayloadType: type)
                return Format(payloadType: type, encoding: codec?.encodingName ?? "", clockRate: codec == nil ? 0 : 8000)
            }
            media.append(
                Media(kind: String(words[0]), port: port, proto: String(words[2]), formats: formats, direction: direction))
            return true
        }

        private mutating func readAttribute(_ value: Substring) {
            let colon = value.firstIndex(of: ":") ?? value.endIndex
            let name = value[..<colon]
            let rest = colon == value.endIndex ? "" : value[value.index(after: colon)...].trimmed
            if let parsed = Direction(rawValue: String(name)) {
                if media.isEmpty { direction = parsed } else { media[media.count - 1].direction = parsed }
                return
            }
            guard !media.isEmpty else { return }
            let last = media.count - 1
            switch name {
            case "rtpmap":
                let words = rest.split(separator: " ", maxSplits: 1)
                guard words.count == 2, let index = formatIndex(words[0]) else { return }
                let parts = words[1].split(separator: "/")
                media[last].formats[index].encoding = parts.first.map { String($0) } ?? ""
                media[last].formats[index].clockRate = parts.count > 1 ? Int(parts[1].trimmed) ?? 0 : 0
            case "fmtp":
                let words = rest.split(separator: " ", maxSplits: 1)
                guard words.count == 2, let index = formatIndex(words[0]) else { return }
                media[last].formats[index].parameters = String(words[1])
            case "rtcp":
                media[last].rtcpPort = rest.split(separator: " ").first.flatMap { UInt16($0) }
            case "ptime":
                media[last].packetTime = Int(rest)
            default:
                break
            }
        }

        private func formatIndex(_ word: Substring) -> Int? {
            guard let type = UInt8(word) else { return nil }
            return media[media.count - 1].formats.firstIndex { $0.payloadType == type }
        }
    }
}
