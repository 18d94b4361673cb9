import Exchange
import Telephony

extension SimulatedOffice {
    /// Every port that was opened is closed and free again, and none was opened twice.
    func checkPorts() -> [Complaint] {
        var texts = media.faults
        if !media.legs.isEmpty { texts.append("media legs \(media.legs.keys.sorted()) were never closed") }
        if let ports = exchange?.mediaPorts, ports.used != 0 { texts.append("\(ports.used) ports are still in use") }
        return texts.map { Complaint(checker: "ports", text: $0, ladder: "") }
    }
}
