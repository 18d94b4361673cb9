import Foundation
import Telephony
import Testing

@testable import SelfTest

extension Metal {
    @Suite(.serialized) struct Conferences {
        private static let tones = ["101": 700, "102": 1100, "103": 1700]

        /// The level of a tone against full scale, in dB, in the loudest second.
        private func level(of frequency: Int, in wave: Wave) -> Double {
            let rate = Double(wave.rate)
            return stride(from: 0, to: max(1, wave.samples.count - wave.rate), by: wave.rate / 4).map { start -> Double in
                let piece = wave.samples[start..<min(wave.samples.count, start + wave.rate)]
                var (real, imaginary) = (0.0, 0.0)
                for (index, sample) in piece.enumerated() {
                    let angle = 2 * Double.pi * Double(frequency) * Double(index) / rate
                    real += Double(sample) * cos(angle)
                    imaginary += Double(sample) * sin(angle)
                }
                let amplitude = 2 * (real * real + imaginary * imaginary).squareRoot() / Double(max(1, piece.count))
                return 20 * log10(max(1e-9, amplitude / 2.squareRoot() / 32_768))
            }.max() ?? -100
        }

        @Test("Three telephones of two makers and two codecs with a code: each hears the two others and not himself")
        func three() throws {
            let exchange = try RunningExchange("set conference daily number 890 pin 4821\n")
            let phones = try [
                Phone(.pjsua, "101", of: exchange, tone: 700), Phone(.pjsua, "102", of: exchange, tone: 1100, codecs: "G722"),
                Phone(.baresip, "103", of: exchange, tone: 1700),
            ]
            for phone in phones {
                phone.tell("call 890")
                try phone.expect("confirmed 0")
                pass(1)
                phone.tell("dtmf 0 4821")
                pass(1.5)
                phone.tell("dtmf 0 #")
                pass(0.5)
            }
            pass(1)
            let rooms = try exchange.apus("show", "conferences", "--json").json(as: [[String: Any]].self)
            let present = rooms[0]["participants"] as? [[String: Any]]
            #expect(present?.compactMap { $0["number"] as? String } == ["101", "102", "103"])
            for phone in phones { phone.record() }
            pass(3)
            for phone in phones { phone.tell("hangup 0") }
            for phone in phones { try phone.expect("ended 0") }
            for phone in phones {
                let wave = try phone.quit()
                let last = phone.kind == .baresip ? wave.part(max(0, wave.length - 4), wave.length - 0.5) : wave
                for (other, tone) in Self.tones {
                    let level = level(of: tone, in: last)
                    #expect(other == phone.number ? level < -35 : level > -24, "\(phone.number) hears \(other) at \(level) dB")
                }
            }
            let records = try exchange.records(3)
            #expect(records.allSatisfy { $0["result"] as? String == "answered" })
            try exchange.waitForQuiet()
        }
    }
}
