/// What was measured: a name, a value with its unit, the budget if there is one, and the verdict.
struct Row {
    var name: String, value: String, budget: String
    /// Nil: a figure without a budget.
    var passes: Bool?

    /// A figure that must not exceed its budget.
    init(_ name: String, _ value: Double, atMost budget: Double, unit: String, digits: Int = 2) {
        self.init(name, value, unit: unit, digits: digits)
        (self.budget, passes) = ("≤ \(Row.text(budget, digits)) \(unit)", value <= budget)
    }

    /// A figure that must reach its budget.
    init(_ name: String, _ value: Double, atLeast budget: Double, unit: String, digits: Int = 2) {
        self.init(name, value, unit: unit, digits: digits)
        (self.budget, passes) = ("≥ \(Row.text(budget, digits)) \(unit)", value >= budget)
    }

    /// A figure for information.
    init(_ name: String, _ value: Double, unit: String, digits: Int = 2) {
        (self.name, self.value, budget, passes) = (name, "\(Row.text(value, digits)) \(unit)", "", nil)
    }

    /// Decimal with so many digits after the point.
    static func text(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let whole = Int((value.magnitude * Double(scale)).rounded())
        let rest = String(whole % scale)
        let sign = value < 0 ? "-" : ""
        return digits == 0
            ? sign + String(whole) : sign + "\(whole / scale)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}

/// Rows under headings, in columns.
struct Table {
    var rows: [Row] = []

    /// Whether every budget is kept.
    var passes: Bool { rows.allSatisfy { $0.passes != false } }

    /// The table as text.
    var text: String {
        let verdicts = rows.map { row in
            switch row.passes {
            case nil: ""
            case true?: "ok"
            case false?: "OVER"
            }
        }
        let columns = [
            ["what"] + rows.map(\.name), ["value"] + rows.map(\.value), ["budget"] + rows.map(\.budget), ["verdict"] + verdicts,
        ]
        let widths = columns.map { $0.reduce(0) { max($0, $1.count) } }
        return (0...rows.count).map { line in
            let cells = columns.indices.map {
                columns[$0][line] + String(repeating: " ", count: widths[$0] - columns[$0][line].count)
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
