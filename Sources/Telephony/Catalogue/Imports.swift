/// What is said about employees that come from another exchange.
extension Catalogue {
    /// A table without a single one.
    public static let noEmployees = Wording(ru: "в таблице нет сотрудников", en: "there are no employees in the table")
    /// Nobody could tell the numbers.
    public static let noEmployeeNumbers = Wording(
        ru: "в первой строке нет столбца с внутренним номером", en: "the first line has no column of extension numbers")
    /// Which headings are known.
    public static let employeesHeader = Wording(
        ru: "например: number,name или extension,name,secret (FreePBX), number,user_username,sip_secret (MikoPBX)",
        en: "for instance: number,name or extension,name,secret (FreePBX), number,user_username,sip_secret (MikoPBX)")
    /// A number of an employee.
    public static let employeeNumberExample = Wording(
        ru: "внутренний номер из цифр: 101", en: "an extension's number of digits: 101")
    /// A group or menu of the other exchange.
    public static func forwardsToNobody(_ person: String, _ number: String) -> Wording {
        Wording(
            ru: "переадресация \(person) на \(number) не взята: здесь такого номера нет",
            en: "\(person)'s forwarding to \(number) is not taken: there is no such number here")
    }
    /// What would become of them.
    public static func importCounts(new: Int, changed: Int, same: Int) -> Wording {
        Wording(
            ru: "новых: \(new), изменённых: \(changed), без изменений: \(same)",
            en: "new: \(new), changed: \(changed), as before: \(same)")
    }
}
