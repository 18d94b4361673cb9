import Glibc

/// `Benchmarks [NAME …]`: measures what is named, or everything, prints one table and exits with 1 where a budget is exceeded.
@main
struct Benchmarks {
    /// Every benchmark by its name, in the order of the table.
    static let all: [(name: String, run: @Sendable () throws -> [Row])] = [
        ("relay", Relay.run),
        ("playback", Playback.run),
        ("mixing", Mixing.run),
        ("report", Report.run),
        ("registrations", Registrations.run),
        ("calls", Calls.run),
        ("memory", CallMemory.run),
        ("queue", Queue.run),
        ("idle", Idle.run),
        ("routing", Decisions.run),
        ("commit", Commits.run),
        ("contacts", Contacts.run),
    ]

    static func main() {
        let names = CommandLine.arguments.dropFirst()
        if let unknown = names.first(where: { name in !all.contains { $0.name == name } }) {
            print("no benchmark \(unknown); there are: \(all.map(\.name).joined(separator: " "))")
            exit(2)
        }
        var table = Table()
        for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
            do {
                table.rows += try benchmark.run()
            } catch {
                print("\(benchmark.name): \(error)")
                exit(2)
            }
        }
        print(table.text)
        exit(table.passes ? 0 : 1)
    }
}
