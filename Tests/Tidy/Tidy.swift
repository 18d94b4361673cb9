import Foundation
import Testing

/// The project keeps its own laws. `RulesBite` proves that each rule would notice.
@Suite struct Tidy {
    private let sources = SourceTree.sources
    private let tests = SourceTree.tests
    /// The rules' own files quote what they forbid.
    private var quoteless: [SourceFile] { (sources + tests).filter { $0.target != "Tidy" } }

    @Test("The tree was found, and every target of the picture that has files is in it")
    func treeIsThere() {
        #expect(Set(sources.compactMap(\.target)).isSuperset(of: Picture.below.joined()))
        #expect(sources.count > 30)
    }

    @Test("Imports go down only, never sideways; below the I/O line only values")
    func imports() { #expect(sources.flatMap(Picture.importOffences) == []) }

    @Test("The manifest draws the same picture")
    func manifest() {
        #expect(Picture.edges(of: SourceTree.manifest).count > 10)
        #expect(Picture.manifestOffences(SourceTree.manifest, sources: sources) == [])
    }

    @Test("Each C library is known to one Swift target, which keeps its types to itself")
    func cages() {
        let owners = Picture.cOwners(sources)
        #expect(Picture.cImporterOffences(sources) == [])
        #expect(sources.filter { owners.contains($0.target ?? "") }.flatMap(Picture.publicCTypeOffences) == [])
    }

    @Test("No clocks, chance, threads or identity below the I/O line")
    func values() {
        let below = sources.filter { Picture.isBelowTheLine($0.target ?? "") }
        #expect(below.flatMap(Rules.bansBelowTheLine) == [])
    }

    @Test("Unchecked sharing only round a C library, with its invariant beside it")
    func sharing() {
        let owners = Picture.cOwners(sources)
        #expect(sources.flatMap { Rules.sharingOffences($0, cOwners: owners) } == [])
    }

    @Test("Nothing stops the process, nothing is unfinished, nothing is named by its generation")
    func bans() {
        let owners = Picture.cOwners(sources)
        #expect(quoteless.flatMap(Rules.bansEverywhere) == [])
        #expect(quoteless.flatMap { Rules.stopOffences($0, cOwners: owners) } == [])
    }

    @Test("Nobody but Host changes the process, and nobody its time zone")
    func processState() {
        #expect(SourceTree.inC.count > 5)
        #expect((quoteless + SourceTree.inC).flatMap(Rules.processStateOffences) == [])
    }

    @Test("What a user reads is in the Catalogue")
    func wordings() { #expect(sources.flatMap(Rules.wordingOffences) == []) }

    @Test("Files are short")
    func fileLength() { #expect((sources + tests).flatMap(Rules.fileLengthOffences) == []) }

    @Test("Functions are short")
    func functionLength() { #expect((sources + tests).flatMap(Rules.functionLengthOffences) == []) }

    @Test("No path of somebody's own machine")
    func paths() {
        let folders = ["board", "docs", "systemd", "cross-build", "sounds", "Tests", "Sources"]
        let texts = folders.flatMap(SourceTree.files).filter { !$0.hasPrefix("Tests/Tidy/") } + ["README.md", "Package.swift"]
        let files = texts.filter { !$0.hasSuffix(".wav") && !$0.hasSuffix(".pyc") }.map(SourceTree.load)
        #expect(files.flatMap(Rules.pathOffences) == [])
    }
}
