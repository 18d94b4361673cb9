"""A pjsua2 telephone that is told what to do by lines on standard input and says what happened by lines on standard output.

in:   call URI · answer N [STATUS] · hangup N [STATUS] · hold N · resume N · dtmf N DIGITS · transfer N URI · attended N M
      record N FILE · stop N · quit
out:  lamp on|off TEXT (waiting messages)
      ready · registered STATUS · calling N · incoming N FROM · progress N STATUS · confirmed N · media N active|held
      digit N D · reason N TEXT · referral N STATUS · refused N STATUS · ended N STATUS
"""
import argparse
import os
import select
import sys

import pjsua2 as pj

options = argparse.ArgumentParser()
options.add_argument("--user", required=True)
options.add_argument("--secret", default="")
options.add_argument("--server", help="HOST:PORT of the registrar; without it nothing registers")
options.add_argument("--transport", choices=["udp", "tcp"], default="udp")
options.add_argument("--port", type=int, default=0)
options.add_argument("--rtp", type=int, default=0, help="first RTP port")
options.add_argument("--codec", default="PCMA", help="the codecs offered, best first, by commas")
options.add_argument("--play", help="a WAV file said into every call, again and again")
options.add_argument("--mwi", action="store_true", help="subscribe to waiting messages")
options.add_argument("--auto-answer", action="store_true", help="answers calls that say so (Call-Info: answer-after=0)")
options.add_argument("--expires", type=int, default=300)
options = options.parse_args()


def say(*words):
    print(*words, flush=True)


class Call(pj.Call):
    """One call; numbered by the telephone in the order they came."""

    def __init__(self, phone, account, call_id=pj.PJSUA_INVALID_ID):
        super().__init__(account, call_id)
        self.phone = phone
        self.number = len(phone.calls)
        self.recorder = None
        self.recording = None
        self.confirmed = False
        phone.calls.append(self)

    def audio(self):
        info = self.getInfo()  # must live while its media are looked at
        for index, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status in (
                pj.PJSUA_CALL_MEDIA_ACTIVE,
                pj.PJSUA_CALL_MEDIA_REMOTE_HOLD,
                pj.PJSUA_CALL_MEDIA_LOCAL_HOLD,
            ):
                return self.getAudioMedia(index)
        return None

    def onCallState(self, parameter):
        info = self.getInfo()
        if info.state == pj.PJSIP_INV_STATE_EARLY:
            say("progress", self.number, info.lastStatusCode)
        elif info.state == pj.PJSIP_INV_STATE_CONFIRMED and not self.confirmed:
            self.confirmed = True
            say("confirmed", self.number)
        elif info.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self.record(None)
            say("ended", self.number, info.lastStatusCode)

    def onCallMediaState(self, parameter):
        info = self.getInfo()
        held = any(
            media.status in (pj.PJSUA_CALL_MEDIA_REMOTE_HOLD, pj.PJSUA_CALL_MEDIA_LOCAL_HOLD) for media in info.media
        )
        audio = self.audio()
        if audio is not None:
            if self.phone.player is not None:
                try:
                    self.phone.player.startTransmit(audio)
                except pj.Error:
                    pass  # we hold the call: nothing may be sent
            self.listen(audio)
        say("media", self.number, "held" if held else "active")

    def onCallTsxState(self, parameter):
        event = parameter.e
        if event.type != pj.PJSIP_EVENT_TSX_STATE or event.body.tsxState.type != pj.PJSIP_EVENT_RX_MSG:
            return
        text = event.body.tsxState.src.rdata.wholeMsg
        first, *headers = text.split("\r\n\r\n")[0].split("\r\n")
        if not first.startswith(("CANCEL", "BYE")):
            return
        for header in headers:
            if header.lower().startswith("reason:"):
                say("reason", self.number, header.split(":", 1)[1].strip())

    def onDtmfDigit(self, parameter):
        say("digit", self.number, parameter.digit)

    def onCallTransferStatus(self, parameter):
        say("referral", self.number, parameter.statusCode)
        if parameter.finalNotify:
            parameter.cont = False

    def onCallTransferRequest(self, parameter):
        say("referred", self.number, parameter.dstUri)

    def record(self, path):
        self.recorder = None
        self.recording = path
        audio = self.audio() if path else None
        if audio is not None:
            self.listen(audio)

    def listen(self, audio):
        if self.recording and self.recorder is None:
            self.recorder = pj.AudioMediaRecorder()
            self.recorder.createRecorder(self.recording)
        if self.recorder is not None:
            audio.startTransmit(self.recorder)


class Account(pj.Account):
    def __init__(self, phone):
        super().__init__()
        self.phone = phone

    def onRegState(self, parameter):
        say("registered", parameter.code if parameter.expiration else "gone")

    def onMwiInfo(self, parameter):
        body = parameter.rdata.wholeMsg.split("\r\n\r\n", 1)[-1]
        fields = dict(line.split(": ", 1) for line in body.split("\r\n") if ": " in line)
        say("lamp", "on" if fields.get("Messages-Waiting") == "yes" else "off", fields.get("Voice-Message", ""))

    def onIncomingCall(self, parameter):
        call = Call(self.phone, self, parameter.callId)
        say("incoming", call.number, call.getInfo().remoteUri)
        ringing = pj.CallOpParam()
        isAutomatic = options.auto_answer and "answer-after=0" in parameter.rdata.wholeMsg
        ringing.statusCode = 200 if isAutomatic else 180
        call.answer(ringing)


class Phone:
    def __init__(self):
        self.calls = []
        self.player = None
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        config = pj.EpConfig()
        config.uaConfig.mainThreadOnly = True
        config.uaConfig.threadCnt = 0
        config.uaConfig.maxCalls = 8
        config.logConfig.level = int(os.environ.get("PJSUA_LOG", "0"))
        config.logConfig.consoleLevel = config.logConfig.level
        config.medConfig.sndClockRate = 8000
        config.medConfig.clockRate = 8000
        config.medConfig.ecTailLen = 0
        config.medConfig.noVad = True
        self.endpoint.libInit(config)
        transport = pj.TransportConfig()
        transport.port = options.port
        kind = pj.PJSIP_TRANSPORT_UDP if options.transport == "udp" else pj.PJSIP_TRANSPORT_TCP
        transport.boundAddress = "127.0.0.1"
        self.endpoint.transportCreate(kind, transport)
        self.endpoint.libStart()
        self.endpoint.audDevManager().setNullDev()
        wanted = options.codec.split(",")
        for codec in self.endpoint.codecEnum2():
            name = codec.codecId.split("/")[0]
            self.endpoint.codecSetPriority(codec.codecId, 200 - wanted.index(name) if name in wanted else 0)
        self.account = Account(self)
        self.account.create(self.account_config())
        if options.play:
            self.player = pj.AudioMediaPlayer()
            self.player.createPlayer(options.play)

    def account_config(self):
        suffix = ";transport=tcp" if options.transport == "tcp" else ""
        config = pj.AccountConfig()
        config.idUri = f"sip:{options.user}@{options.server or '127.0.0.1'}"
        config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        if options.rtp:
            config.mediaConfig.transportConfig.port = options.rtp
        config.natConfig.iceEnabled = False
        config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
        if options.server:
            config.regConfig.registrarUri = f"sip:{options.server}{suffix}"
            config.regConfig.timeoutSec = options.expires
            config.mwiConfig.enabled = options.mwi
            config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", options.user, 0, options.secret))
            config.sipConfig.proxies.append(f"sip:{options.server}{suffix};lr")
        return config

    def uri(self, text):
        if ":" in text:
            return text
        return f"sip:{text}@{options.server}" + (";transport=tcp" if options.transport == "tcp" else "")

    def obey(self, words):
        verb, rest = words[0], words[1:]
        settings = pj.CallOpParam(True)
        if verb == "call":
            call = Call(self, self.account)
            call.makeCall(self.uri(rest[0]), settings)
            say("calling", call.number)
            return
        call = self.calls[int(rest[0])]
        if verb == "answer" or verb == "hangup":
            default = 200 if verb == "answer" else 603
            settings = pj.CallOpParam(verb == "answer")
            settings.statusCode = int(rest[1]) if len(rest) > 1 else default
            (call.answer if verb == "answer" else call.hangup)(settings)
        elif verb == "hold":
            call.setHold(pj.CallOpParam())
        elif verb == "resume":
            settings.opt.flag = pj.PJSUA_CALL_UNHOLD
            call.reinvite(settings)
        elif verb == "dtmf":
            call.dialDtmf(rest[1])
        elif verb == "transfer":
            call.xfer(self.uri(rest[1]), pj.CallOpParam())
        elif verb == "attended":
            call.xferReplaces(self.calls[int(rest[1])], pj.CallOpParam())
        elif verb == "record":
            call.record(rest[1])
        elif verb == "stop":
            call.record(None)
        else:
            say("unknown", verb)

    def run(self):
        say("ready")
        pending = ""
        while True:
            self.endpoint.libHandleEvents(10)
            if not select.select([sys.stdin], [], [], 0)[0]:
                continue
            data = os.read(sys.stdin.fileno(), 4096).decode()
            lines = (pending + data).split("\n")
            pending = lines.pop()
            for line in filter(None, lines):
                if line == "quit":
                    return
                try:
                    self.obey(line.split())
                except pj.Error as error:
                    say("refused", line, error.reason)
                except IndexError:
                    say("refused", line, "no such call")
            if not data:
                return

    def close(self):
        self.endpoint.hangupAllCalls()
        if options.server:
            self.account.setRegistration(False)
        for _ in range(30):
            self.endpoint.libHandleEvents(10)


phone = Phone()
phone.run()
phone.close()
sys.stdout.flush()
os._exit(0)  # pjsua2's destructors run in an order of Python's choosing, and crash
