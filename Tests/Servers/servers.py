"""Servers that notices are sent to: `servers.py http|smtp|socks [--tls starttls|implicit] [--certificate CERT KEY] [--login USER SECRET]`.

Prints its port, then a line of JSON for everything that it was sent. Each line of its input says what happens to one request, in order:
`ok`, `429 SECONDS`, `CODE`, `drop` (cut in the middle), `slow SECONDS`, `lost` (taken, but the answer never comes). `socks PORT` is a proxy (RFC 1928) that carries everything to that port of its own host."""
import asyncio
import email
import email.policy
import json
import queue
import ssl
import sys
import threading
import time

orders = queue.SimpleQueue()
arguments = sys.argv[1:]


def option(name, count):
    if name not in arguments:
        return None
    at = arguments.index(name)
    return arguments[at + 1 : at + 1 + count]


def read_orders():
    for line in sys.stdin:
        orders.put(line.split())


def order():
    return orders.get() if not orders.empty() else ["ok"]


def say(**what):
    print(json.dumps(what, ensure_ascii=False), flush=True)


def context():
    certificate = option("--certificate", 2)
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def http():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            what = order()
            headers = {name.lower(): value for name, value in self.headers.items()}
            say(path=self.path, headers=headers, body=body, order=what[0])
            if what[0] == "slow":
                time.sleep(float(what[1]))
                what = ["ok"]
            if what[0] == "drop":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
                self.wfile.flush()
                self.connection.close()
                self.close_connection = True
                return
            if what[0] == "lost":
                self.connection.close()
                self.close_connection = True
                return
            isBot = "/bot" in self.path
            status = 200 if what[0] == "ok" else int(what[0])
            reply = {"ok": True, "result": {"message_id": 1}} if status == 200 else {"ok": False, "error_code": status}
            if isBot and status == 403:
                reply["description"] = "Forbidden: bot was blocked by the user"
            if isBot and status == 429:
                reply["parameters"] = {"retry_after": int(what[1])}
            text = json.dumps(reply).encode()
            self.send_response(status)
            if status == 429 and not isBot:
                self.send_header("Retry-After", what[1])
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = answer

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context() is not None:
        server.socket = context().wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def smtp():
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if not orders.empty():
                what = order()
                if what[0] == "drop":
                    say(order="drop")
                    server.transport.close()
                    return "421 gone"
                if what[0] != "ok":
                    say(order=what[0])
                    return f"{what[0]} {' '.join(what[1:]) or 'no'}"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            body = message.get_body(("plain",))
            files = [
                {"name": part.get_filename(), "type": part.get_content_type(), "bytes": len(part.get_content()),
                 "sum": sum((place + 1) * byte for place, byte in enumerate(part.get_content())) % 1_000_003}
                for part in message.iter_attachments()
            ]
            lines = envelope.content.split(b"\r\n")
            say(order="ok", sender=envelope.mail_from, receivers=envelope.rcpt_tos, subject=message["Subject"],
                author=message["From"].addresses[0].display_name, id=message["Message-ID"], date=message["Date"],
                text=body.get_content(), files=files, encrypted=session.ssl is not None or option("--tls", 1) == ["implicit"],
                user=session.auth_data.login.decode() if session.auth_data else None, longest=max(map(len, lines)),
                ascii=all(byte < 128 for byte in envelope.content), defects=[str(defect) for defect in message.defects])
            return "250 taken"

    login = option("--login", 2)

    def authenticate(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == login
        return AuthResult(success=right, auth_data=data) if right else AuthResult(success=False, handled=False)

    tls = option("--tls", 1)
    more = {}
    if login is not None:
        more = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": tls is not None}
    if tls == ["starttls"]:
        more |= {"tls_context": context(), "require_starttls": True}

    async def serve():
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(Handler(), **more), "127.0.0.1", 0, ssl=context() if tls == ["implicit"] else None)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(serve())


def socks():
    async def carry(reader, writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve_one(reader, writer):
        count = (await reader.readexactly(2))[1]
        await reader.readexactly(count)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        length = (await reader.readexactly(1))[0] if kind == 3 else 4
        host = await reader.readexactly(length)
        port = int.from_bytes(await reader.readexactly(2))
        say(order="ok", host=host.decode() if kind == 3 else ".".join(map(str, host)), port=port)
        there = await asyncio.open_connection("127.0.0.1", int(arguments[1]))
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(carry(reader, there[1]), carry(there[0], writer))

    async def serve():
        server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(serve())


threading.Thread(target=read_orders, daemon=True).start()
{"http": http, "smtp": smtp, "socks": socks}[arguments[0]]()
