import Testing

/// Every rule of `Tidy` on a small made-up source: it bites the bad line and leaves the good one alone.
@Suite struct RulesBite {
    private func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }

    @Test("Comments and strings are not code; an interpolation is")
    func scrubbing() {
        let text = """
            let a = "try! // no" // as! b
            /* x /* y */ z */ let c = #"a"b"# + "\\(d + "e")f"
            """
        let code = file("Sources/Telephony/A.swift", text).code
        #expect(code.count == 2)
        #expect(!code[0].contains("try") && !code[0].contains("as!") && code[0].contains("let a = \""))
        #expect(code[1].contains("let c") && code[1].contains("d + ") && !code[1].contains("e\"") && !code[1].contains("z"))
    }

    @Test(
        "Imports that go up or sideways, or leave the values",
        arguments: [
            ("Signalling", "CallControl"), ("CallControl", "Signalling"), ("Telephony", "Routing"), ("Routing", "Exchange"),
            ("Exchange", "Foundation"), ("Configuration", "Glibc"), ("Exchange", "Host"), ("SIPTransport", "MediaPlane"),
            ("Store", "Foundation"), ("MediaPlane", "NIO"), ("apus", "apusd"), ("Nobody", "Telephony"),
        ])
    func badImports(target: String, module: String) {
        let text = "// import Telephony\n@testable import struct \(module).Thing\n"
        #expect(Picture.importOffences(file("Sources/\(target)/A.swift", text)).map(\.line) == [2])
    }

    @Test(
        "Imports as drawn",
        arguments: [
            ("Signalling", "Telephony"), ("Exchange", "OrderedCollections"), ("SIPTransport", "COsip"), ("Host", "Glibc"),
            ("Store", "Exchange"), ("apus", "Foundation"), ("apusd", "Synchronization"),
        ])
    func goodImports(target: String, module: String) {
        #expect(Picture.importOffences(file("Sources/\(target)/A.swift", "import \(module)\n")) == [])
    }

    @Test("An edge of the manifest that goes up, and an import that it does not declare")
    func manifest() {
        let manifest = file(
            "Package.swift",
            """
            // .target(name: "Routing", dependencies: ["Console"]),
            .target(name: "Routing", dependencies: ["Telephony", "Exchange"]),
            .target(name: "Exchange", dependencies: ["Telephony"]),
            .testTarget(name: "RoutingTests", dependencies: ["Routing"]),
            """)
        let found = Picture.manifestOffences(
            manifest, sources: [file("Sources/Exchange/A.swift", "import Telephony\nimport Routing")])
        #expect(found.count == 2)
        #expect(found.first?.what.contains("Routing must not import Exchange") == true)
        #expect(
            found.last
                == Offence(path: "Sources/Exchange/A.swift", line: 2, what: "Exchange does not declare Routing in Package.swift"))
    }

    @Test("A C library with two importers")
    func cImporters() {
        let one = file("Sources/SIPTransport/A.swift", "import COsip"),
            same = file("Sources/SIPTransport/B.swift", "import COsip")
        let other = file("Sources/Store/C.swift", "import COsip")
        #expect(Picture.cImporterOffences([one, same]) == [])
        #expect(Picture.cImporterOffences([one, other]).count == 2)
    }

    @Test("C types in public declarations, also on a later line of one; inside a body they are at home")
    func publicCTypes() {
        let bad = """
            public func parse(
                _ message: UnsafeMutablePointer<osip_message_t>
            ) {}
            public let handle: OpaquePointer
            """
        #expect(Picture.publicCTypeOffences(file("Sources/Store/A.swift", bad)).map(\.line) == [1, 4])
        let good = """
            public func parse(_ bytes: UnsafeRawBufferPointer) { let message: OpaquePointer? = nil }
            private let handle: OpaquePointer
            """
        #expect(Picture.publicCTypeOffences(file("Sources/Store/A.swift", good)) == [])
    }

    @Test(
        "What has no place below the line",
        arguments: [
            "let clock = ContinuousClock()", "let now = Date()", "var g = SystemRandomNumberGenerator()", "Int.random(in: 0..<9)",
            "list.shuffled()", "list.randomElement()", "func f() async {}", "Task { f() }", "final class Box {}",
            "let x = time(nil)",
        ])
    func bansBelow(line: String) {
        #expect(Rules.bansBelowTheLine(file("Sources/Exchange/A.swift", line)).count == 1)
    }

    @Test("Repeatable chance and civil dates may stay")
    func noBansBelow() {
        let good = """
            let a = Int.random(in: 0..<(9 + 1), using: &dice), b = list.shuffled(using: &dice)
            let day = CivilTime.date(daysSince1970: 3), classes = tollClass // Date( async
            """
        #expect(Rules.bansBelowTheLine(file("Sources/Exchange/A.swift", good)) == [])
    }

    @Test("Unchecked sharing without a reason, or where no C library is")
    func sharing() {
        let owners: Set<String> = ["Store"]
        let bare = "struct A {}\nfinal class B: @unchecked Sendable {}",
            explained = "// One thread owns it.\n" + "nonisolated(unsafe) var a = 1"
        #expect(Rules.sharingOffences(file("Sources/Store/A.swift", bare), cOwners: owners).map(\.line) == [2])
        #expect(Rules.sharingOffences(file("Sources/Store/A.swift", explained), cOwners: owners) == [])
        #expect(Rules.sharingOffences(file("Sources/apusd/A.swift", explained), cOwners: owners).map(\.line) == [2])
    }

    @Test(
        "Stops, unfinished work and generations",
        arguments: [
            "try! f()", "a as! B", "// TODO later", "/// FIXME", "let call_old = 1", "func parseV2() {}",
        ])
    func bansEverywhere(line: String) {
        #expect(Rules.bansEverywhere(file("Sources/apus/A.swift", line)).count == 1)
    }

    @Test("The process is stopped where a C library has no memory, nowhere else")
    func stops() {
        let bare = "fatalError(\"\")", excused = "// Only without memory.\nguard f() else { fatalError(\"\") }"
        let owners: Set<String> = ["Store"]
        #expect(Rules.stopOffences(file("Sources/Store/A.swift", bare), cOwners: owners).map(\.line) == [1])
        #expect(Rules.stopOffences(file("Sources/apusd/A.swift", excused), cOwners: owners).map(\.line) == [2])
        #expect(Rules.stopOffences(file("Sources/Store/A.swift", excused), cOwners: owners) == [])
    }

    @Test(
        "What changes the whole process",
        arguments: [
            "setenv(\"TZ\", \"UTC\", 1)", "unsetenv(name)", "putenv(text)", "clearenv()", "tzset()", "localtime(&t)",
            "localtime_r(&t, &l)", "mktime(&l)", "chdir(\"/\")", "fchdir(d)", "umask(0)", "signal(SIGPIPE, SIG_IGN)",
            "Glibc.signal(SIGINT, SIG_IGN)", "sigaction(1, &a, nil)", "sigprocmask(0, &s, nil)", "pthread_sigmask(0, &s, nil)",
        ])
    func processState(line: String) {
        for path in ["Sources/apus/A.swift", "Tests/Metal/A.swift", "Sources/CCurl/a.c"] {
            #expect(Rules.processStateOffences(file(path, "    \(line)")).count == 1)
        }
    }

    @Test("Host blocks signals, but sets no zone either; a method of that name is no call of the system's")
    func processStateAtHome() {
        let code = "signal(n, SIG_IGN);\nsetenv(\"TZ\", name, 1);\ntzset();"
        #expect(Rules.processStateOffences(file("Sources/CSys/csys.c", code)).map(\.line) == [2, 3])
        let good = "done.signal()\nexits(.signal(SIGKILL))\nlet a = clock.localtime(1) // tzset()\nfunc signal(_ n: Int) {}"
        #expect(Rules.processStateOffences(file("Sources/apus/A.swift", good)) == [])
    }

    @Test("Names that only look like it")
    func noBansEverywhere() {
        let good = "try? f()\nlet oldest = a as? B, ipV2x = 1\nsqlite3_prepare_v2(db)\nlet s = \"try!\""
        #expect(Rules.bansEverywhere(file("Sources/Store/A.swift", good)) == [])
    }

    @Test("Russian in a string is what a user reads: in a text of several lines too, but not in a comment")
    func wordings() {
        let bad = "let a = \"занято\"\nlet b = \"\"\"\n    нет ответа\n    \"\"\"\nlet c = Wording(ru: \"да\", en: \"yes\")"
        #expect(Rules.wordingOffences(file("Sources/Console/A.swift", bad)).map(\.line) == [1, 3, 5])
        #expect(Rules.wordingOffences(file("Sources/Telephony/Catalogue/A.swift", bad)) == [])
        let good = "let a = \"busy\" // занято \"да\"\n/// Отдел.\nlet b = \"\"\"\n    none\n    \"\"\" // да"
        #expect(Rules.wordingOffences(file("Sources/Console/A.swift", good)) == [])
    }

    @Test("Paths of a machine, not of the system or the tree")
    func paths() {
        let text = "a /home/anna/x\nb \"/root/x\"\nc /usr/share/x ./home/x https://example.net/home/x"
        #expect(Rules.pathOffences(file("docs/a.md", text)).map(\.line) == [1, 2])
    }

    @Test("Long files")
    func fileLength() {
        let text = String(repeating: "let a = 1\n", count: 400)
        #expect(Rules.fileLengthOffences(file("Sources/Store/A.swift", text)).count == 1)
        #expect(Rules.fileLengthOffences(file("Tests/StoreTests/A.swift", text)) == [])
        #expect(Rules.fileLengthOffences(file("Sources/Store/A.swift", String(text.dropLast(10)))) == [])
    }

    @Test("Long functions; a requirement without a body borrows nobody else's")
    func functionLength() {
        let body = String(repeating: "        let b = \"{\"\n", count: 50)
        let long = "struct A {\n    func f(\n        x: () -> Void = {}\n    ) {\n" + body + "    }\n    func g() {}\n}\n"
        #expect(Rules.functionLengthOffences(file("Sources/Store/A.swift", long)).map(\.line) == [2])
        let property = "var a: Int {\n" + body + "}\n", initialiser = "init(x: Int) {\n" + body + "}\n"
        #expect(Rules.functionLengthOffences(file("Sources/Store/A.swift", property + initialiser)).map(\.line) == [1, 53])
        let requirement = "protocol P {\n    func f()\n}\nstruct S {\n" + body + "}\n"
        #expect(Rules.functionLengthOffences(file("Sources/Store/A.swift", requirement)) == [])
    }
}
