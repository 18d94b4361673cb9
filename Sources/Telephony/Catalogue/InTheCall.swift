/// Services in a call: transfer by keys, pickup, parking.
extension Catalogue {
    /// Nobody took the one who was sent on.
    public static func comesBack(to number: String) -> Wording {
        Wording(ru: "никто не взял: звонок возвращается на \(number)", en: "nobody took it: the call comes back to \(number)")
    }
    /// Before the caller's name on the telephone that he comes back to.
    public static let returnedCall = Wording(ru: "Возврат", en: "Recall")

    // MARK: Pickup

    /// Somebody takes the call of others.
    public static func picksUp(_ person: String, at others: [String]) -> Wording {
        let list = others.isEmpty ? person : others.joined(separator: ", ")
        return Wording(ru: "\(person) перехватил звонок на \(list)", en: "\(person) picked up the call at \(list)")
    }
    /// There is no call to take.
    public static let nothingRings = Wording(ru: "там никому не звонят", en: "nothing rings there")
    /// His calls are not for others.
    public static func mayNotPickUp(_ person: String) -> Wording {
        Wording(
            ru: "сотруднику \(person) нельзя перехватить этот звонок: set extension … pickup",
            en: "extension \(person) may not pick up that call: set extension … pickup")
    }

    // MARK: Parking

    /// Where calls are put aside.
    public static func isParking(_ number: String) -> Wording {
        Wording(ru: "\(number) — место парковки", en: "\(number) is a place where calls are parked")
    }
    /// A call is put aside.
    public static func parks(_ person: String, in slot: String) -> Wording {
        Wording(ru: "\(person) припарковал звонок на месте \(slot)", en: "\(person) parked the call in slot \(slot)")
    }
    /// It is taken from there.
    public static func takesParked(_ person: String, at slot: String) -> Wording {
        Wording(ru: "\(person) забрал звонок с места \(slot)", en: "\(person) took the call from slot \(slot)")
    }
    /// The slot is empty.
    public static func nobodyParked(_ slot: String) -> Wording {
        Wording(ru: "на месте \(slot) никого нет", en: "nobody is parked in slot \(slot)")
    }

    // MARK: Keys in a talk

    /// The mailbox by telephone.
    public static let helpMailboxCode = Wording(
        ru: "сообщения автоответчика: свои или ящика N", en: "voicemail: one's own, or the box of N")
    /// Where calls are parked.
    public static func helpParkingNumber(slots: [String]) -> Wording {
        let list = slots.joined(separator: ", ")
        return Wording(
            ru: "перевод сюда паркует звонок; взять его: \(list)", en: "a transfer here parks the call; to take it: \(list)")
    }

    /// Sending the other one on.
    public static let helpTransferKeys = Wording(
        ru: "в разговоре: перевести на N и положить трубку", en: "in a talk: transfer to N, then hang up")
    /// Consulting first.
    public static let helpConsultKeys = Wording(
        ru: "в разговоре: сначала поговорить с N; положить трубку — соединить",
        en: "in a talk: speak to N first; hanging up connects the two")
    /// Back to the one who waits.
    public static let helpReturnKey = Wording(
        ru: "во время перевода: вернуться к собеседнику", en: "while transferring: back to the other party")
}
