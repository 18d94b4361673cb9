import Routing
import Telephony

/// Channels that could not carry a notice.
extension Validation {
    mutating func checkOutreach() {
        for item in document.items("extension") + document.items("voicemail") {
            for entry in item.entries("notify") + item.entries("voicemail") + item.entries("recipients") {
                for word in entry.words { checkChannel(word.value, entry.line) }
            }
            for entry in item.entries("notify") where entry.words.count > 1 && entry.words.contains(where: { $0.value == "none" })
            {
                refuse(entry.line, Catalogue.noneAmongChannels, Catalogue.keepOne)
            }
        }
        for item in document.items("scheme") {
            guard let entry = item.entries("sms").first, settings.office.outreach.sms == nil else { continue }
            refuse(
                entry.line, Catalogue.noSMSGateway,
                Catalogue.add("set sms url \"http://127.0.0.1:8901/send?to={number}&text={text}\""))
        }
        if let entry = document.item("sms")?.entries("url").first, settings.office.outreach.sms?.secret == nil,
            entry.words.first?.value.contains("{secret}") == true
        {
            refuse(entry.line, Catalogue.lacks("sms", "secret"), Catalogue.add("set sms secret …"))
        }
        checkMail()
    }

    private mutating func checkChannel(_ word: String, _ line: Int?) {
        let outreach = settings.office.outreach
        switch Read.channel(word) {
        case .email?:
            guard document.item("email") == nil else { return }
            refuse(
                line, Catalogue.channelWithoutServer(word), Catalogue.add("set email smtp smtp.office.lan from pbx@office.lan"))
        case .telegram(let chat)?:
            guard outreach.chats[chat] == nil else { return }
            if document.item("telegram") == nil {
                refuse(
                    line, Catalogue.channelWithoutServer(word), Catalogue.add("set telegram bot \"TOKEN\" chat \(chat) 123456789")
                )
            } else {
                let near = nearest(to: chat, among: outreach.chats.keys.sorted())
                refuse(
                    line, Catalogue.unknownTarget("telegram chat \(chat)"),
                    near.map(Catalogue.didYouMean) ?? Catalogue.add("set telegram chat \(chat) 123456789"))
            }
        case .webhook(let id)?:
            guard document.item("webhook", id) == nil else { return }
            let near = nearest(to: id, among: document.items("webhook").compactMap(\.path.name))
            refuse(
                line, Catalogue.unknownTarget("webhook \(id)"),
                near.map(Catalogue.didYouMean) ?? Catalogue.add("set webhook \(id) url http://127.0.0.1:8900/events"))
        case .lamp?, nil: break
        }
    }

    /// A password goes over the network for everybody to see, or there is half a login.
    private mutating func checkMail() {
        guard let item = document.item("email"), let mail = settings.office.outreach.mail else { return }
        let line = { (key: String) in item.entries(key).first?.line }
        if mail.security == .off, mail.secret != nil { warn(line("tls"), Catalogue.mailSecretOpen, Catalogue.mailUseTLS) }
        if (mail.user == nil) != (mail.secret == nil) {
            let missing = mail.user == nil ? "user" : "secret"
            refuse(line("user") ?? line("secret"), Catalogue.lacks("email", missing), Catalogue.add("set email \(missing) …"))
        }
    }
}
