import Glibc

/// What the one who runs the tests wants.
enum Environment {
    /// Whether golden files are to be written anew.
    static var writesGolden: Bool { getenv("APUS_GOLDEN").map { String(cString: $0) } == "write" }
}
