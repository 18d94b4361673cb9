// swift-tools-version: 6.2
// The picture of docs/architecture.md, as targets: imports go down only, never sideways.
import PackageDescription

let collections = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deques = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let ordered = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
    name: "apus",
    products: [
        .executable(name: "apusd", targets: ["apusd"]),
        .executable(name: "apus", targets: ["apus"]),
        .executable(name: "apus-sim", targets: ["apus-sim"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        // Below the I/O line: values only; standard library, swift-collections and each other.
        .target(name: "Telephony", dependencies: [collections]),
        .target(name: "Routing", dependencies: ["Telephony"]),
        .target(name: "Signalling", dependencies: ["Telephony", "Routing", deques, ordered]),
        .target(name: "CallControl", dependencies: ["Telephony", "Routing", ordered]),
        .target(name: "FollowUp", dependencies: ["Telephony", "Routing"]),
        .target(
            name: "Exchange",
            dependencies: ["Telephony", "Routing", "Signalling", "CallControl", "FollowUp", collections, ordered]),
        .target(name: "Configuration", dependencies: ["Telephony", "Routing", "Signalling", "CallControl", "Exchange", ordered]),
        .target(
            name: "Console",
            dependencies: ["Telephony", "Routing", "Signalling", "CallControl", "FollowUp", "Exchange", "Configuration"]),

        // The I/O line. Each C library is known to exactly one Swift target.
        .target(name: "CSys"),
        .target(name: "Host", dependencies: ["CSys", "Telephony", deques]),
        .systemLibrary(name: "COsip", providers: [.apt(["libosip2-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .target(name: "Cryptography", dependencies: ["Telephony", "Signalling", "COpenSSL"]),
        .target(name: "SIPTransport", dependencies: ["Host", "Telephony", "Signalling", "COsip", deques]),
        .systemLibrary(name: "COrtp", providers: [.apt(["libortp-dev"])]),
        .systemLibrary(name: "CSpanDSP", providers: [.apt(["libspandsp-dev"])]),
        .target(name: "MediaPlane", dependencies: ["Host", "Telephony", "COrtp", "CSpanDSP"]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "Store",
            dependencies: ["Host", "Telephony", "Signalling", "Routing", "CallControl", "FollowUp", "Exchange", "CSQLite"]),
        .target(name: "CCurl"),
        .target(name: "Outreach", dependencies: ["Host", "Telephony", "Routing", "FollowUp", "Exchange", "CCurl"]),
        .target(
            name: "Simulation",
            dependencies: ["Telephony", "Routing", "Signalling", "CallControl", "FollowUp", "Exchange", "Configuration"]),

        .target(name: "SelfTest", dependencies: ["Host", "SIPTransport", "Signalling", "Telephony"]),

        .systemLibrary(name: "CSpeexDSP", providers: [.apt(["libspeexdsp-dev"])]),
        .target(name: "Studio", dependencies: ["Telephony", "CSpeexDSP"]),

        .systemLibrary(name: "CEdit", providers: [.apt(["libedit-dev"])]),
        .target(name: "Terminal", dependencies: ["Console", "CEdit"]),

        // Shells.
        .executableTarget(
            name: "apusd",
            dependencies: [
                "Host", "Cryptography", "SIPTransport", "MediaPlane", "Store", "Outreach", "Console", "Configuration", "Exchange",
                "FollowUp", "Signalling",
                "CallControl", "Routing", "Telephony",
            ]),
        .executableTarget(
            name: "apus",
            dependencies: ["Host", "SelfTest", "Cryptography", "SIPTransport", "Studio", "Terminal", "Console", "Telephony"]),
        .executableTarget(name: "apus-sim", dependencies: ["Simulation", "Host", "Routing", "Telephony", "Exchange"]),

        .testTarget(name: "TelephonyTests", dependencies: ["Telephony"]),
        .testTarget(name: "RoutingTests", dependencies: ["Routing", "Telephony"]),
        .testTarget(name: "SignallingTests", dependencies: ["Signalling", "Telephony"]),
        .testTarget(name: "CallControlTests", dependencies: ["CallControl", "Routing", "Telephony"]),
        .testTarget(name: "FollowUpTests", dependencies: ["FollowUp", "Host", "Routing", "Telephony"], exclude: ["Golden"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "Exchange", "Host", "Routing", "Telephony"]),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Console", "CallControl", "Routing", "Configuration", "Exchange", "FollowUp", "Host", "Signalling", "Telephony",
            ]),
        .testTarget(
            name: "ConsoleTranscripts",
            dependencies: [
                "Console", "CallControl", "Routing", "Configuration", "Exchange", "FollowUp", "Telephony", "Host", "Simulation",
            ],
            exclude: ["golden"]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Host", "CallControl", "Routing", "FollowUp", "Exchange", "Signalling", "Telephony"]),
        .testTarget(name: "StudioTests", dependencies: ["Studio", "Telephony"]),
        .testTarget(name: "MediaPlaneTests", dependencies: ["MediaPlane", "Host", "Telephony"]),
        .testTarget(
            name: "OutreachTests",
            dependencies: [
                "apusd", "DiskLife", "Outreach", "Store", "Cryptography", "Exchange", "FollowUp", "Host", "Routing", "Telephony",
                "TestServers",
            ]),
        .testTarget(
            name: "Scenarios",
            dependencies: [
                "Simulation", "Exchange", "Signalling", "Configuration", "Console", "FollowUp", "Host", "Routing", "Store",
                "Telephony",
            ]),
        .testTarget(
            name: "Soak",
            dependencies: [
                "Simulation", "CallControl", "Configuration", "Exchange", "FollowUp", "Routing", "Signalling", "Telephony",
            ]),
        .testTarget(
            name: "Wire", dependencies: ["Cryptography", "SIPTransport", "Simulation", "Signalling", "Host", "Telephony"]),
        .testTarget(name: "SelfTestTests", dependencies: ["SelfTest", "Cryptography", "SIPTransport", "Host", "Telephony"]),
        .testTarget(name: "Metal", dependencies: ["SelfTest", "Host", "Telephony", "TestServers"], exclude: ["phones"]),
        .testTarget(name: "Tidy"),
        // Servers that notices are sent to.
        .target(
            name: "TestServers", dependencies: ["Host", "Telephony"], path: "Tests/Servers", exclude: ["servers.py"]),
        // What the tests of power cuts cut off; powercut.c is built by them.
        .executableTarget(
            name: "DiskLife",
            dependencies: ["Store", "Outreach", "Exchange", "FollowUp", "Routing", "Host", "Telephony"],
            path: "Tests/PowerCut",
            exclude: ["powercut.c"]),
        .target(name: "BareRelay", path: "Tests/Benchmarks/BareRelay"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "BareRelay", "MediaPlane", "Cryptography", "SIPTransport", "Signalling", "Store", "Exchange", "FollowUp",
                "Routing",
                "Configuration", "Host", "Telephony",
            ],
            path: "Tests/Benchmarks",
            exclude: ["BareRelay"]),
    ],
    swiftLanguageModes: [.v6]
)
