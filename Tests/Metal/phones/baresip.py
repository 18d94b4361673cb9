"""A baresip telephone behind the same words as pjsua.py, as far as it knows them (one call at a time; `N` is always 0).

in:   call URI · answer 0 · hangup 0 · hold 0 · resume 0 · dtmf 0 DIGITS · transfer 0 URI · quit
out:  ready · registered STATUS · calling 0 · incoming 0 FROM · progress 0 STATUS · confirmed 0 · digit 0 D · ended 0 REASON
With --record FILE everything heard is in FILE after `quit`.
"""
import argparse
import glob
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import wave

options = argparse.ArgumentParser()
options.add_argument("--user", required=True)
options.add_argument("--secret", default="")
options.add_argument("--server", help="HOST:PORT of the registrar; without it nothing registers")
options.add_argument("--transport", choices=["udp", "tcp"], default="udp")
options.add_argument("--port", type=int, required=True, help="SIP; the next one is taken too")
options.add_argument("--control", type=int, required=True, help="TCP port for its control connection")
options.add_argument("--codec", default="PCMA")
options.add_argument("--play", required=True, help="a WAV file said into every call")
options.add_argument("--record", help="where to put what was heard")
options.add_argument("--expires", type=int, default=300)
options = options.parse_args()

EVENTS = {
    "REGISTER_OK": lambda e: ("registered", 200),
    "REGISTER_FAIL": lambda e: ("registered", e.get("param", "")),
    "CALL_OUTGOING": lambda e: ("calling", 0),
    "CALL_INCOMING": lambda e: ("incoming", 0, e.get("peeruri", "")),
    "CALL_RINGING": lambda e: ("progress", 0, 180),
    "CALL_PROGRESS": lambda e: ("progress", 0, 183),
    "CALL_ESTABLISHED": lambda e: ("confirmed", 0),
    "CALL_CLOSED": lambda e: ("ended", 0, e.get("param", "")),
    "CALL_TRANSFER": lambda e: ("referred", 0, e.get("param", "")),
    "CALL_TRANSFER_FAILED": lambda e: ("referral", 0, e.get("param", "")),
    "CALL_DTMF_START": lambda e: ("digit", 0, e.get("param", "")),
}


def say(*words):
    print(*words, flush=True)


def find_modules():
    for pattern in ("/usr/lib/baresip/modules", "/usr/lib/*/baresip/modules"):
        for path in glob.glob(pattern):
            return path
    return "/usr/lib/baresip/modules"


def repeated(path, home):
    """The same sound for five minutes: baresip hangs up where its file ends."""
    with wave.open(path) as file:
        parameters, frames = file.getparams(), file.readframes(file.getnframes())
    long = f"{home}/play.wav"
    with wave.open(long, "wb") as file:
        file.setparams(parameters)
        file.writeframes(frames * (300 * parameters.framerate // parameters.nframes + 1))
    return long


def write_configuration(home):
    codec = {"PCMA": "g711", "PCMU": "g711", "G722": "g722"}
    modules = ["account", "aufile", "aubridge", "sndfile", "menu", "ctrl_tcp"]
    modules += sorted({codec[name] for name in options.codec.split(",")})
    lines = [
        "poll_method epoll",
        f"sip_listen 127.0.0.1:{options.port}",
        "call_max_calls 4",
        f"audio_source aufile,{repeated(options.play, home)}",
        "audio_player aubridge,ear",
        "audio_alert aubridge,bell",
        "net_interface 127.0.0.1",
        f"module_path {find_modules()}",
        f"ctrl_tcp_listen 127.0.0.1:{options.control}",
        f"snd_path {home}",
    ]
    lines += [f"module {name}.so" if name not in ("account", "menu", "ctrl_tcp") else f"module_app {name}.so" for name in modules]
    with open(f"{home}/config", "w") as file:
        file.write("\n".join(lines) + "\n")
    open(f"{home}/accounts", "w").close()
    open(f"{home}/contacts", "w").close()


def account():
    domain = options.server or "127.0.0.1"
    account = f"<sip:{options.user}@{domain};transport={options.transport}>;auth_user={options.user};auth_pass={options.secret or 'none'}"
    account += f";audio_codecs={options.codec};answermode=manual"
    return account + f";regint={options.expires if options.server else 0}"


class Control:
    """baresip's ctrl_tcp: netstrings of JSON, commands in, answers and events out."""

    def __init__(self, port):
        for _ in range(100):
            try:
                self.socket = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise SystemExit("baresip did not open its control port")
        self.buffer = b""

    def command(self, name, parameters=""):
        text = json.dumps({"command": name, "params": parameters}).encode()
        self.socket.sendall(b"%d:%s," % (len(text), text))

    def messages(self):
        self.buffer += self.socket.recv(65536)
        while b":" in self.buffer:
            length, rest = self.buffer.split(b":", 1)
            if len(rest) < int(length) + 1:
                return
            self.buffer = rest[int(length) + 1 :]
            yield json.loads(rest[: int(length)])


def uri(text):
    if ":" in text:
        return text
    return f"sip:{text}@{options.server}" + (";transport=tcp" if options.transport == "tcp" else "")


def obey(control, words):
    verb, rest = words[0], words[1:]
    if verb == "call":
        control.command("dial", uri(rest[0]))
    elif verb == "answer":
        control.command("accept")
    elif verb == "dtmf":
        for digit in rest[1]:
            control.command("sndcode", digit)
            time.sleep(0.25)
    elif verb == "transfer":
        control.command("transfer", uri(rest[1]))
    elif verb in ("hangup", "hold", "resume"):
        control.command(verb)
    else:
        say("unknown", verb)


def run(control):
    pending, attempts = "", 1
    while True:
        ready = select.select([sys.stdin, control.socket], [], [])[0]
        if control.socket in ready:
            for message in control.messages():
                words = EVENTS.get(message.get("type"))
                if message.get("type") == "REGISTER_FAIL" and attempts:
                    # It knows no SHA-256 and gives up on the first challenge; a minute later it would try again by itself.
                    attempts -= 1
                    control.command("uadelall")
                    control.command("uanew", account())
                elif words:
                    say(*words(message))
                elif message.get("response") and not message.get("ok"):
                    say("refused", message.get("data", ""))
        if sys.stdin in ready:
            data = os.read(sys.stdin.fileno(), 4096).decode()
            lines = (pending + data).split("\n")
            pending = lines.pop()
            for line in filter(None, lines):
                if line == "quit":
                    return
                obey(control, line.split())
            if not data:
                return


home = tempfile.mkdtemp(prefix="baresip-")
write_configuration(home)
log = open(f"{home}/log", "w")
process = subprocess.Popen(["baresip", "-f", home], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home)
try:
    control = Control(options.control)
    say("ready")
    control.command("uanew", account())  # only now, so that nothing it does is missed
    run(control)
    control.command("quit")
    process.wait(5)
except BrokenPipeError:
    pass
finally:
    process.kill()
    process.wait()
    heard = sorted(glob.glob(f"{home}/dump-*-dec.wav"), key=os.path.getmtime)
    if options.record and heard:
        shutil.copy(heard[-1], options.record)
    if os.environ.get("BARESIP_LOG"):
        shutil.copy(f"{home}/log", os.environ["BARESIP_LOG"])
    shutil.rmtree(home)
