/// The waiting queue and the call-back.
extension Catalogue {
    /// Rules for nobody.
    public static func queueUnused(_ department: String) -> Wording {
        Wording(
            ru: "в очередь отдела \(department) никто не попадёт", en: "nobody comes into the queue of department \(department)")
    }

    /// A call-back without a way out.
    public static func callbackWithoutRoute(_ department: String) -> Wording {
        Wording(
            ru: "отдел \(department) предлагает обратный звонок, но исходящих маршрутов нет",
            en: "the department \(department) offers to call back, but there is no way out")
    }

    /// Every member is busy.
    public static func departmentQueues(_ id: String, place: Int) -> Wording {
        Wording(
            ru: "все в отделе \(id) заняты: очередь, место \(place)",
            en: "every member of \(id) is busy: the queue, place \(place)")
    }

    /// No place left.
    public static func queueIsFull(_ id: String, _ limit: Int) -> Wording {
        Wording(
            ru: "очередь отдела \(id) полна (\(limit)): как без ответа",
            en: "the queue of \(id) is full (\(limit)): as when nobody answers")
    }

    /// The caller pressed a key.
    public static func callbackWasOrdered(_ number: String) -> Wording {
        Wording(ru: "заказан обратный звонок на \(number)", en: "a call back to \(number) was ordered")
    }

    /// Why the exchange called by itself.
    public static func callsBack(_ number: String, _ department: String) -> Wording {
        Wording(
            ru: "обратный звонок из очереди отдела \(department): \(number)",
            en: "a call back from the queue of \(department): \(number)")
    }

    /// A column of `show departments`.
    public static let columnWaiting = Wording(ru: "ЖДУТ", en: "WAITING")
    /// How long the one has waited who has waited longest.
    public static let columnLongest = Wording(ru: "ДОЛЬШЕ ВСЕХ", en: "LONGEST")
}
