import Exchange
import Glibc
import Host
import Telephony

/// How the board is, as far as its kernel tells.
extension Daemon {
    var board: PartHealth {
        var counters: [PartHealth.Counter] = []
        if let load = Self.words("/proc/loadavg").first, let value = Double(load) {
            counters.append(.init("loadPercent", Int(value * 100) / max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
        }
        let memory = Self.text("/proc/meminfo").split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        if let kilobytes = memory?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) {
            counters.append(.init("memoryFreeMB", kilobytes / 1024))
        }
        counters.append(.init("ownMemoryMB", residentMemory() >> 20))
        if let degrees = Self.words("/sys/class/thermal/thermal_zone0/temp").first.flatMap({ Int($0) }) {
            counters.append(.init("temperature", degrees / 1000))
        }
        var faults: [Wording] = []
        var disk = statvfs()
        if statvfs(folder, &disk) == 0 {
            let megabytes = (Int(disk.f_bavail) * Int(disk.f_frsize)) >> 20
            counters.append(.init("diskFreeMB", megabytes))
            if megabytes < Self.leastDisk { faults.append(Catalogue.diskNearlyFull(megabytes: megabytes)) }
        }
        // eMMC tells its age in tenths of its life (JESD84-B51, DEVICE_LIFE_TIME_EST_TYP_A).
        if let wear = Self.words("/sys/block/mmcblk0/device/life_time").first, wear.hasPrefix("0x"),
            let tenths = Int(wear.dropFirst(2), radix: 16)
        {
            counters.append(.init("diskWearPercent", tenths * 10))
            if tenths > 8 { faults.append(Catalogue.diskWornOut(percent: tenths * 10)) }
        }
        return PartHealth("board", counters: counters, fault: faults.first.map { .init(at: clock.now().utc, text: $0) })
    }

    /// Megabytes: a day's calls, messages and a copy of the database go into it.
    private static let leastDisk = 100

    /// Lights the lamp on the board (Linux's `leds` class): its folder holds `brightness`, and `trigger`, which must not blink it.
    func light(_ isLit: Bool) {
        guard let folder = active.now.settings.office.followUp.lamp else { return }
        do throws(SystemError) {
            if Files.exists(folder + "/trigger") { try Files.overwrite(Array("none".utf8), in: folder + "/trigger") }
            try Files.overwrite(Array(isLit ? "1".utf8 : "0".utf8), in: folder + "/brightness")
        } catch { Log.notice("the lamp of missed calls stays as it was: \(error)") }
    }

    private static func text(_ path: String) -> String {
        String(decoding: (try? Files.read(path, limit: 65_536)) ?? [], as: UTF8.self)
    }

    private static func words(_ path: String) -> [Substring] { text(path).split(whereSeparator: { $0 == " " || $0 == "\n" }) }
}
