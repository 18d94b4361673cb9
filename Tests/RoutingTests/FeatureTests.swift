import Routing
import Telephony
import Testing

@Suite("Feature codes are read")
struct FeatureTests {
    private func read(_ dialled: String, _ table: FeatureTable = FeatureTable()) -> String? {
        table.order(dialled).map { order in
            "\(order.feature.rawValue) \(order.act)" + order.arguments.map { " [\($0)]" }.joined()
        }
    }

    @Test(
        "GSM's ways of writing them, with and without the last #",
        arguments: [
            ("*21*102#", "forward-always on [102]"), ("*21*102", "forward-always on [102]"),
            ("*21102", "forward-always on [102]"),
            ("**21*102#", "forward-always on [102]"), ("##21#", "forward-always off"), ("#21#", "forward-always off"),
            ("*#21#", "forward-always ask"), ("*#21", "forward-always ask"),
            ("*61*102**20#", "forward-no-answer on [102] [] [20]"),
            ("*45*200#", "login on [200]"), ("##45*200", "login off [200]"), ("*901", "night on [1]"),
            ("*30*3112*102#", "absence on [3112] [102]"), ("*65#", "who-am-i on"), ("**26", "do-not-disturb toggle"),
            ("**90*1#", "night toggle [1]"),
            ("*69*200", "missed on [200]"), ("*77*801#", "record-prompt on [801]"),
            ("*21*+79161234567#", "forward-always on [+79161234567]"),
        ])
    func ways(dialled: String, meaning: String) { #expect(read(dialled) == meaning) }

    @Test(
        "What is no code",
        arguments: [
            "*", "#", "##", "*#", "**", "*99#", "#65#", "*#43#", "*21#102#", "*21*102##", "*21*A#", "102",
            "*21*" + String(repeating: "1", count: 100),
        ])
    func nonsense(dialled: String) { #expect(read(dialled) == nil) }

    @Test("Stars and pounds are codes, but for the mailbox's, which is dialled like a number")
    func codes() {
        #expect(FeatureTable.isCode("*21#") && FeatureTable.isCode("##21#") && FeatureTable.isCode("*1"))
        #expect(!FeatureTable.isCode("*98") && !FeatureTable.isCode("101") && !FeatureTable.isCode(""))
    }

    @Test("The factory's codes can be told apart; one that begins like another or like the mailbox's cannot")
    func clashes() {
        #expect(FeatureTable().clashes.isEmpty)
        #expect(FeatureTable([.echo: "2"]).clashes.contains { $0 == (.echo, .forwardAlways) })
        #expect(FeatureTable([.echo: "9"]).clashes.contains { $0 == (.echo, nil) })
        #expect(read("*72*102#", FeatureTable([.forwardAlways: "72"])) == "forward-always on [102]")
        #expect(read("*21*102#", FeatureTable([.forwardAlways: "72"])) == nil)
    }
}
