import Foundation
import Testing

extension Metal {
    @Suite(.serialized) struct SourceOffice {
        @Test("R-031 to R-034: all managers ring; then the head joins, then the administrator; who answers first has the call")
        func newcomers() throws {
            let company = Company()
            let exchange = try RunningExchange(
                """
                set extension 110 name "Руководитель отдела продаж"
                set extension 110 secret \(RunningExchange.secret("110"))
                set extension 120 name "Администратор"
                set extension 120 secret \(RunningExchange.secret("120"))
                set department newcomers number 210 member 101 member 102 member 103
                set department newcomers add 2s 110
                set department newcomers add 5s 120
                set trunk company peer 127.0.0.1:\(company.port)
                set number +74951234567 trunk company scheme newcomers
                set scheme newcomers rule 10 when caller unknown to department newcomers
                set scheme newcomers otherwise to extension 110
                """)
            let phones = try ["101", "102", "103", "110", "120"].map { number in
                try Phone(.pjsua, number, of: exchange, codecs: "PCMU,PCMA")
            }
            let (managers, head, administrator) = (phones[0..<3], phones[3], phones[4])
            try company.call("74951234567", from: "79161234567", through: exchange)
            for manager in managers { try manager.expect("incoming 0") }
            #expect(!head.said("incoming"))
            try head.expect("incoming 0")
            #expect(!administrator.said("incoming"))
            try administrator.expect("incoming 0")
            phones[1].tell("answer 0")
            try phones[1].expect("confirmed 0")
            for other in [phones[0], phones[2], head, administrator] { try other.expect("ended 0") }
            try phones[1].expect("ended 0")
            #expect(company.status() == 0)
            let record = try #require(try exchange.records(1).first)
            #expect(record["employee"] as? String == "102" && record["department"] as? String == "newcomers")
            let outcomes = (record["legs"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String }
            #expect(outcomes.sorted() == ["answered", "elsewhere", "elsewhere", "elsewhere", "elsewhere"])
        }
    }
}
