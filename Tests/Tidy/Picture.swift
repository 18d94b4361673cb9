import Foundation

/// The picture of docs/architecture.md as a table, and the three laws about it.
enum Picture {
    /// From the ground up: a target imports only from rows below its own, never sideways.
    static let rows: [[String]] = below + [cTargets, ["Host"], aboveTheLine, ["SelfTest"], ["apusd", "apus", "apus-sim"]]

    /// Below the I/O line: values only.
    static let below = [
        ["Telephony"], ["Routing"], ["Signalling", "CallControl", "FollowUp"], ["Exchange"], ["Configuration"], ["Console"],
    ]

    /// C libraries, each known to one Swift target.
    static let cTargets = ["CSys", "COsip", "COpenSSL", "COrtp", "CSpanDSP", "CSQLite", "CCurl", "CEdit", "CSpeexDSP"]

    /// Targets that touch the world.
    static let aboveTheLine = [
        "Cryptography", "SIPTransport", "MediaPlane", "Store", "Outreach", "Simulation", "Terminal", "Studio",
    ]

    /// swift-collections' modules.
    static let collections: Set<String> = ["HeapModule", "DequeModule", "OrderedCollections"]

    /// What code of the daemon may import from the system, above the line.
    static let system: Set<String> = ["Glibc", "Synchronization"]

    /// Only the shells people call may bring these along.
    static let commandOnly: Set<String> = ["Foundation", "FoundationEssentials", "ArgumentParser"]

    static func row(_ target: String) -> Int? { rows.firstIndex { $0.contains(target) } }
    static func isBelowTheLine(_ target: String) -> Bool { below.contains { $0.contains(target) } }

    /// Targets that import a C target: they own a library, and Host owns the kernel.
    static func cOwners(_ files: [SourceFile]) -> Set<String> {
        Set(files.filter { file in file.imports.contains { cTargets.contains($0.module) } }.compactMap(\.target)).union(["Host"])
    }

    /// Law 1 and 3, and the direction of every import.
    static func importOffences(_ file: SourceFile) -> [Offence] {
        guard let target = file.target else { return [] }
        return file.imports.compactMap { line, module in
            fault(of: module, in: target).map { Offence(path: file.path, line: line, what: $0) }
        }
    }

    private static func fault(of module: String, in target: String) -> String? {
        guard let own = row(target) else { return "\(target) has no place in the picture" }
        if let other = row(module) {
            return other < own ? nil : "\(target) must not import \(module): imports go down only, never sideways"
        }
        if collections.contains(module) { return nil }
        if isBelowTheLine(target) { return "\(target) is below the I/O line: no \(module) there" }
        if system.contains(module) { return nil }
        if commandOnly.contains(module) {
            return target == "apus" || target == "apus-sim" ? nil : "no \(module) in the daemon"
        }
        return "\(module) is not known to the picture"
    }

    /// Every import of one of our targets is declared in the manifest, and every declared edge goes down.
    static func manifestOffences(_ manifest: SourceFile, sources: [SourceFile]) -> [Offence] {
        let edges = edges(of: manifest)
        var found: [Offence] = []
        for (target, dependencies) in edges.sorted(by: { $0.key < $1.key }) {
            for dependency in dependencies where row(dependency) != nil {
                guard let fault = fault(of: dependency, in: target) else { continue }
                found.append(Offence(path: manifest.path, line: 0, what: fault))
            }
        }
        for file in sources {
            guard let target = file.target, let declared = edges[target] else { continue }
            for (line, module) in file.imports where row(module) != nil && !declared.contains(module) {
                found.append(Offence(path: file.path, line: line, what: "\(target) does not declare \(module) in Package.swift"))
            }
        }
        return found
    }

    /// The manifest's targets (not the tests) and what they name as dependencies.
    static func edges(of manifest: SourceFile) -> [String: Set<String>] {
        let text = manifest.lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
        var result: [String: Set<String>] = [:]
        for block in text.components(separatedBy: "arget(").dropFirst() {
            let names = quoted(in: block.components(separatedBy: "]")[0])
            guard let name = names.first, row(name) != nil else { continue }
            result[name] = Set(names.dropFirst())
        }
        return result
    }

    private static func quoted(in text: String) -> [String] {
        text.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    /// Law 2, first half: one importer for each C target.
    static func cImporterOffences(_ files: [SourceFile]) -> [Offence] {
        cTargets.flatMap { library -> [Offence] in
            let importers = files.filter { file in file.imports.contains { $0.module == library } }
            let targets = Set(importers.compactMap(\.target))
            guard targets.count > 1 else { return [] }
            return importers.map {
                Offence(path: $0.path, line: 1, what: "\(library) is imported by \(targets.sorted().joined(separator: " and "))")
            }
        }
    }

    /// Law 2, second half: no C type in a public declaration of a target that owns a library.
    static func publicCTypeOffences(_ file: SourceFile) -> [Offence] {
        publicDeclarations(of: file).compactMap { line, text in
            text.firstMatch(of: cType).map {
                Offence(path: file.path, line: line, what: "the C type \(text[$0]) is in a public declaration")
            }
        }
    }

    private static let cType = Pattern(
        #"\b(osip\w*|Rtp\w+|_Rtp\w+|ortp_\w+|sqlite3\w*|EVP_\w+|SSL\w*|[a-z0-9]+_state_t|epoll_event|sockaddr\w*|pollfd"#
            + #"|timespec|OpaquePointer|Unsafe(Mutable)?(Raw)?Pointer|CURL\w*|COsip|COrtp|CSpanDSP|CSQLite|CCurl|COpenSSL|CSys)\b"#
    )

    /// The text of each public declaration up to its body, with its line.
    static func publicDeclarations(of file: SourceFile) -> [(line: Int, text: String)] {
        var found: [(Int, String)] = []
        for (index, line) in file.code.enumerated() where line.firstMatch(of: Pattern(#"\b(public|open)\s"#)) != nil {
            var text = ""
            for next in file.code[index...].prefix(20) {
                let end = next.firstIndex(of: "{") ?? next.endIndex
                text += next[..<end] + "\n"
                let open = text.count { $0 == "(" }
                if end != next.endIndex || open <= text.count(where: { $0 == ")" }) { break }
            }
            found.append((index + 1, text))
        }
        return found
    }
}
