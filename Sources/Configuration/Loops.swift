import OrderedCollections
import Telephony

extension ConfigurationDocument {
    /// One way a call can go by itself.
    private struct Link: Hashable {
        var target: ConfigurationPath
        var key: String
        var line: Int?
    }

    /// Every way round in which a call could go in circles, told once and in full.
    func loops() -> [ConfigurationError] {
        let graph = links
        var finished: Set<ConfigurationPath> = []
        var found: OrderedDictionary<Set<ConfigurationPath>, ConfigurationError> = [:]
        for start in graph.keys where !finished.contains(start) {
            // Depth first, with the way to here as a stack of nodes and the links of each that are still to be tried.
            var way: [(node: ConfigurationPath, by: Link?, left: ArraySlice<Link>)] = [(start, nil, graph[start]?[...] ?? [])]
            var onWay: Set = [start]
            while let last = way.indices.last {
                guard let link = way[last].left.popFirst() else {
                    finished.insert(way[last].node)
                    onWay.remove(way[last].node)
                    way.removeLast()
                    continue
                }
                if onWay.contains(link.target), let begin = way.firstIndex(where: { $0.node == link.target }) {
                    let nodes = way[begin...].map(\.node)
                    let followed = way[begin...].dropFirst().compactMap(\.by) + [link]
                    found[Set(nodes)] = found[Set(nodes)] ?? Self.error(nodes, followed)
                } else if !finished.contains(link.target), let left = graph[link.target] {
                    way.append((link.target, link, left[...]))
                    onWay.insert(link.target)
                }
            }
        }
        return Array(found.values)
    }

    private static func error(_ nodes: [ConfigurationPath], _ links: [Link]) -> ConfigurationError {
        let path = (nodes + [nodes[0]]).map(\.short).joined(separator: "→")
        let told = zip(nodes, links).map { node, link in "\(node) \(link.key)" }.joined(separator: ", ")
        return ConfigurationError(
            line: links.compactMap(\.line).max(), text: Catalogue.loop(path), hint: Catalogue.breakLoop(told))
    }

    /// Where a call can go from every object by itself. An extension that forwards everything goes nowhere else.
    private var links: OrderedDictionary<ConfigurationPath, [Link]> {
        var graph: OrderedDictionary<ConfigurationPath, [Link]> = [:]
        for item in items {
            switch item.path.section {
            case "extension": if item.path.name != "*" { graph[item.path] = links(ofExtension: item.path) }
            case "department", "scheme", "number":
                graph[item.path] = references(of: item).filter(\.carriesCalls).map {
                    Link(target: $0.target, key: $0.key, line: $0.line)
                }
            case "menu":
                // What keys do is the caller's own choice.
                graph[item.path] = references(of: item).filter { $0.carriesCalls && $0.key != "key" }.map {
                    Link(target: $0.target, key: $0.key, line: $0.line)
                }
            default: break
            }
        }
        return graph
    }

    private func links(ofExtension path: ConfigurationPath) -> [Link] {
        let forward = links("forward", of: path)
        return forward.isEmpty ? ["no-answer", "on-busy", "on-unreachable", "absence"].flatMap { links($0, of: path) } : forward
    }

    private func links(_ key: String, of path: ConfigurationPath) -> [Link] {
        let (lines, origin) = effective(key, of: path)
        let source =
            switch origin {
            case .own: path
            case .inherited(let all): all
            case .office, .factory: ConfigurationPath("office")
            }
        let written = objects[source]?.entries(key) ?? []
        return lines.enumerated().compactMap { index, words in
            let entry = Entry(key: key, words: words, line: written.indices.contains(index) ? written[index].line : nil)
            // The rule of all sends nobody to himself: for him it does not hold.
            let target = Self.target(of: entry)?.path
            return target == path && origin != .own ? nil : target.map { Link(target: $0, key: key, line: entry.line) }
        }
    }
}

extension ConfigurationPath {
    /// As a loop prints it: `101`, `sales`.
    var short: String { name ?? section }
}
