"""A telephone that watches others: subscriptions to `dialog` (RFC 4235) over UDP, and nothing else.

in:   watch WHAT · unwatch WHAT · quit
out:  ready · registered STATUS · watching WHAT STATUS · shows WHAT STATE VERSION [CALLER]
"""
import argparse
import hashlib
import os
import re
import select
import socket
import sys
import xml.etree.ElementTree as xml

options = argparse.ArgumentParser()
options.add_argument("--user", required=True)
options.add_argument("--secret", default="")
options.add_argument("--server", required=True)
options.add_argument("--transport", default="udp")
options.add_argument("--port", type=int, required=True)
options.add_argument("--codec", default="")
options.add_argument("--play", default="")
options.add_argument("--rtp", default="")
options.add_argument("--mwi", action="store_true")
options = options.parse_args()

HOST, PORT = options.server.split(":")
SPACE = "{urn:ietf:params:xml:ns:dialog-info}"
wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
wire.bind(("127.0.0.1", options.port))
wire.connect((HOST, int(PORT)))
# By Call-ID: method, what, CSeq, our tag, their tag, extra headers.
dialogs = {}


def say(*words):
    print(*words, flush=True)


def send(call, credentials=""):
    one = dialogs[call]
    one["cseq"] += 1
    to = f";tag={one['theirs']}" if one["theirs"] else ""
    wire.send(
        f"{one['method']} sip:{one['what']}@{options.server} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 127.0.0.1:{options.port};branch=z9hG4bK{os.urandom(6).hex()};rport\r\nMax-Forwards: 70\r\n"
        f"From: <sip:{options.user}@{options.server}>;tag={one['ours']}\r\n"
        f"To: <sip:{one['what'] or options.user}@{options.server}>{to}\r\n"
        f"Call-ID: {call}\r\nCSeq: {one['cseq']} {one['method']}\r\n"
        f"Contact: <sip:{options.user}@127.0.0.1:{options.port}>\r\n{one['extra']}{credentials}Content-Length: 0\r\n\r\n".encode()
    )


def begin(method, what, extra):
    call = os.urandom(8).hex()
    dialogs[call] = dict(method=method, what=what, cseq=0, ours=os.urandom(4).hex(), theirs="", extra=extra)
    send(call)


def watch(what, seconds):
    for call, one in dialogs.items():
        if one["method"] == "SUBSCRIBE" and one["what"] == what:
            one["extra"] = re.sub(r"Expires: \d+", f"Expires: {seconds}", one["extra"])
            return send(call)
    begin("SUBSCRIBE", what, f"Event: dialog\r\nAccept: application/dialog-info+xml\r\nExpires: {seconds}\r\n")


def authorise(one, head):
    challenge = next(line for line in head if line.lower().startswith("www-authenticate") and "SHA-256" in line)
    field = lambda name: re.search(name + r'="?([^",]+)', challenge)[1]
    digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
    uri = f"sip:{one['what']}@{options.server}"
    first = digest(f"{options.user}:{field('realm')}:{options.secret}")
    second = digest(f"{one['method']}:{uri}")
    response = digest(f"{first}:{field('nonce')}:00000001:c0ffee:auth:{second}")
    return (
        f'Authorization: Digest username="{options.user}", realm="{field("realm")}", nonce="{field("nonce")}", uri="{uri}", '
        f'algorithm=SHA-256, qop=auth, nc=00000001, cnonce="c0ffee", response="{response}"\r\n'
    )


def header(head, name):
    return next((line.split(":", 1)[1].strip() for line in head if line.lower().startswith(name + ":")), "")


def take(text):
    head, _, body = text.partition("\r\n\r\n")
    head = head.split("\r\n")
    one = dialogs.get(header(head, "call-id"))
    if head[0].startswith("SIP/2.0"):
        status = int(head[0].split()[1])
        if not one or not header(head, "cseq").startswith(str(one["cseq"])) or status < 200:
            return
        if status == 401 and not one.get("tried") == one["cseq"]:
            one["tried"] = one["cseq"] + 1
            return send(header(head, "call-id"), authorise(one, head))
        if one["method"] == "REGISTER":
            return say("registered", status)
        one["theirs"] = re.search(r"tag=([^;\s]+)", header(head, "to"))[1] if status == 200 else ""
        return say("watching", one["what"], status)
    kept = [line for line in head[1:] if re.match(r"(via|from|to|call-id|cseq):", line, re.I)]
    known = one is not None and head[0].startswith("NOTIFY")
    answer = "200 OK" if known else "481 Subscription Does Not Exist" if head[0].startswith("NOTIFY") else "501 No"
    wire.send(("\r\n".join([f"SIP/2.0 {answer}"] + kept + ["Content-Length: 0"]) + "\r\n\r\n").encode())
    if known and body:
        show(one, body)


def show(one, body):
    info = xml.fromstring(body.encode())
    assert info.tag == SPACE + "dialog-info" and info.get("state") == "full"
    states = [dialog.find(SPACE + "state").text for dialog in info.iter(SPACE + "dialog")]
    caller = info.find(f"{SPACE}dialog/{SPACE}remote/{SPACE}identity")
    words = [caller.text.split(":")[1].split("@")[0]] if caller is not None else []
    say("shows", one["what"], "+".join(states), info.get("version"), *words)


say("ready")
begin("REGISTER", "", "Expires: 600\r\n")
dialogs[next(iter(dialogs))]["what"] = ""
pending = ""
while True:
    ready = select.select([sys.stdin, wire], [], [])[0]
    if wire in ready:
        take(wire.recv(65536).decode())
    if sys.stdin in ready:
        data = os.read(sys.stdin.fileno(), 4096).decode()
        lines = (pending + data).split("\n")
        pending = lines.pop()
        for line in filter(None, lines):
            words = line.split()
            if words[0] == "quit":
                sys.exit()
            watch(words[1], 600 if words[0] == "watch" else 0)
        if not data:
            break
