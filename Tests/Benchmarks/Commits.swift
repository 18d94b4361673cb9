import Configuration
import Host
import Telephony

/// How long the installer waits for a commit of a big office: reading, checking and compiling.
enum Commits {
    static let departments = 200, extensions = 200, schemes = 50, callers = 500

    static func run() throws -> [Row] {
        let text = office
        var times: [Double] = []
        for _ in 0..<5 {
            let start = Instant.now
            _ = try ConfigurationCandidate(loading: text, bytes: { (0..<$0).map { UInt8(truncatingIfNeeded: $0 &* 37) } })
            times.append((Instant.now - start).inSeconds)
        }
        times.sort()
        return [
            Row(
                "commit; \(extensions) extensions, \(departments) departments, \(schemes) schemes of 10 rules, \(callers) callers",
                times[2],
                atMost: 2, unit: "s")
        ]
    }

    private static var office: String {
        var lines = [
            "set office hours mon-fri 09:00-18:00", "set trunk t peer 10.0.0.1", "set route out mask 8########## trunk t",
        ]
        for index in 0..<extensions {
            lines.append("set extension \(1000 + index) name E\(index)")
            lines.append("set extension \(1000 + index) no-answer after 30s to department d\(index % 10)")
        }
        for index in 0..<departments {
            lines.append("set department d\(index) name D\(index) number \(3000 + index) strategy even")
            lines += (0..<5).map { "set department d\(index) member \(1000 + (index + $0 * 31) % extensions)" }
            lines.append("set department d\(index) no-answer after 30s to external +79161234567")
        }
        for index in 0..<schemes {
            lines += (1...10).map {
                "set scheme s\(index) rule \($0) when closed and caller region spb and caller mask 7916\($0)* to department d\($0)"
            }
            lines.append("set scheme s\(index) otherwise to department d\(index)")
            lines.append("set number +7495123\(4000 + index) scheme s\(index)")
        }
        lines += (0..<callers).map { "set caller c\($0) mask 7916\(1000 + $0)* to drop" }
        return lines.joined(separator: "\n")
    }
}
