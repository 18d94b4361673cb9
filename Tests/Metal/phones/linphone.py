"""A linphonec telephone behind the same words as pjsua.py, as far as it knows them. `N` is linphone's own call id less one.

in:   call URI · answer N · hangup N · hold N · resume N · dtmf N DIGITS · transfer N URI · attended N M · record N FILE · quit
out:  ready · registered STATUS · calling N · incoming N FROM · progress N STATUS · confirmed N · media N active|held
      digit N D · ended N REASON
"""
import argparse
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

options = argparse.ArgumentParser()
options.add_argument("--user", required=True)
options.add_argument("--secret", default="")
options.add_argument("--server", help="HOST:PORT of the registrar; without it nothing registers")
options.add_argument("--transport", choices=["udp", "tcp"], default="udp")
options.add_argument("--port", type=int, required=True)
options.add_argument("--rtp", type=int, required=True)
options.add_argument("--codec", default="PCMA")
options.add_argument("--play", help="a WAV file said into every call, again and again")
options = options.parse_args()

EVENTS = [
    (r"registered, identity=", lambda m: ("registered", 200)),
    (r"Receiving new incoming call from (.*), assigned id (\d+)", lambda m: ("incoming", int(m[2]) - 1, m[1])),
    (r"Establishing call id to (.*), assigned id (\d+)", lambda m: ("calling", int(m[2]) - 1)),
    (r"Call (\d+) to .* ringing", lambda m: ("progress", int(m[1]) - 1, 180)),
    (r"Call (\d+) with .* early media", lambda m: ("progress", int(m[1]) - 1, 183)),
    (r"Call (\d+) with .* connected", lambda m: ("confirmed", int(m[1]) - 1)),
    (r"Call (\d+) .*(?:been paused by|is now paused)", lambda m: ("media", int(m[1]) - 1, "held")),
    (r"Media streams established with .* for call (\d+)", lambda m: ("media", int(m[1]) - 1, "active")),
    (r"Call (\d+) with .*? (?:ended|error)(.*)", lambda m: ("ended", int(m[1]) - 1, m[2].strip(" ().") or "error")),
    (r"Receiving tone (.) ", lambda m: ("digit", 0, m[1])),
]


def say(*words):
    print(*words, flush=True)


def codec_sections():
    """Only the wanted codecs are on; linphone would turn on its own choice beside them."""
    known = [("opus", 48000), ("speex", 16000), ("speex", 8000), ("PCMU", 8000), ("PCMA", 8000), ("G722", 8000), ("G729", 8000)]
    wanted = options.codec.split(",")
    known.sort(key=lambda codec: wanted.index(codec[0]) if codec[0] in wanted else len(wanted))
    for index, (name, rate) in enumerate(known):
        channels = 2 if name == "opus" else 1
        yield f"[audio_codec_{index}]\nmime={name}\nrate={rate}\nchannels={channels}\nenabled={int(name in wanted)}\n"


def write_configuration(home):
    udp, tcp = (options.port, -1) if options.transport == "udp" else (-1, options.port)
    with open(f"{home}/rc", "w") as file:
        file.write(
            f"[sip]\nsip_port={udp}\nsip_tcp_port={tcp}\nsip_tls_port=-1\nguess_hostname=0\nuse_ipv6=0\n"
            f'contact="" <sip:{options.user}@127.0.0.1>\nbind_address=127.0.0.1\nuse_info=0\nuse_rfc2833=1\n'
            f"[net]\nmtu=0\n[rtp]\naudio_rtp_port={options.rtp}\nvideo_rtp_port=-1\n[video]\nenabled=0\n"
            f"[misc]\nstore_friends=0\n" + "".join(codec_sections())
        )
    os.makedirs(f"{home}/.local/share/linphone")


def uri(text):
    if ":" in text:
        return text
    return f"sip:{text}@{options.server}" + (";transport=tcp" if options.transport == "tcp" else "")


class Phone:
    def __init__(self, home):
        environment = dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/.local/share", XDG_CONFIG_HOME=f"{home}/.config")
        self.log = open(f"{home}/log", "w")
        self.process = subprocess.Popen(
            ["stdbuf", "-oL", "linphonec", "-c", f"{home}/rc"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, cwd=home, env=environment, bufsize=0,
        )
        self.text = ""
        self.is_registered = not options.server
        self.type("soundcard use files")
        if options.play:
            self.type(f"play {os.path.abspath(options.play)}")
        if options.server:
            suffix = ";transport=tcp" if options.transport == "tcp" else ""
            self.type(f"register sip:{options.user}@{options.server} sip:{options.server}{suffix} {options.secret}")

    def type(self, line):
        self.process.stdin.write((line + "\n").encode())

    def obey(self, words):
        verb, rest = words[0], words[1:]
        number = int(rest[0]) + 1 if rest and rest[0].isdigit() else 0
        if verb == "call":
            self.type(f"call {uri(rest[0])}")
        elif verb == "dtmf":
            for digit in rest[1]:
                self.type(digit)
                time.sleep(0.4)
        elif verb == "transfer":
            self.type(f"transfer {number} {uri(rest[1])}")
        elif verb == "attended":
            self.type(f"transfer {number} --to-call {int(rest[1]) + 1}")
        elif verb == "record":
            self.type(f"record {os.path.abspath(rest[1])}")
        elif verb in ("answer", "hangup", "hold", "resume"):
            self.type({"answer": "answer", "hangup": "terminate", "hold": "pause", "resume": "resume"}[verb] + f" {number}")
        else:
            say("unknown", verb)

    def hear(self, data):
        lines = (self.text + data.decode(errors="replace")).replace("\r", "\n").split("\n")
        self.text = lines.pop()
        for line in lines:
            if os.environ.get("LINPHONE_LOG"):
                print("|", line, file=sys.stderr, flush=True)
            for pattern, words in EVENTS:
                match = re.search(pattern, line)
                if match:
                    say(*words(match))
                    self.is_registered = self.is_registered or pattern.startswith("registered")
                    break

    def run(self):
        say("ready")
        pending = ""
        while True:
            # It tells of its registration only when asked.
            ready = select.select([sys.stdin, self.process.stdout], [], [], None if self.is_registered else 0.3)[0]
            if not ready:
                self.type("status register")
            if self.process.stdout in ready:
                data = os.read(self.process.stdout.fileno(), 65536)
                if not data:
                    return
                self.hear(data)
            if sys.stdin in ready:
                data = os.read(sys.stdin.fileno(), 4096).decode()
                lines = (pending + data).split("\n")
                pending = lines.pop()
                for line in filter(None, lines):
                    if line == "quit":
                        return
                    self.obey(line.split())
                if not data:
                    return


home = tempfile.mkdtemp(prefix="linphone-")
write_configuration(home)
phone = Phone(home)
try:
    phone.run()
    phone.type("quit")
    phone.process.wait(5)
except (subprocess.TimeoutExpired, BrokenPipeError):
    pass
finally:
    phone.process.kill()
    phone.process.wait()
    shutil.rmtree(home)
