# SPDX-License-Identifier: MIT
"""A web server for tests, on 127.0.0.1, that misbehaves as it is told.

    with Server({"/a.png": content(PNG, "image/png"),
                 "/gone.png": status(404),
                 "http://pics.example/b.png": content(PNG, "image/png")}) as web:
        ... web.url("/a.png"), web.log, web.address as a --proxy

A page is a function of the Request that answers by its methods; those below
make them. It is found by the path, or, where the server is asked as a proxy,
by the whole address first and then by its path. Unknown ones are 404.
"""
import collections
import gzip
import http.server
import shutil
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time
import zlib


def png(width=8, height=8, shade=128):
    """A picture of one grey."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = (b"\0" + bytes([shade]) * width) * height
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0,
                                         0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


# ---- pages ----

def content(data, kind="image/png", **headers):
    """200; a header's name has _ for -."""
    return lambda request: request.answer(200, data, Content_Type=kind,
                                          **headers)


def status(code, data=b"<p>sorry</p>", **headers):
    return lambda request: request.answer(code, data,
                                          Content_Type="text/html", **headers)


def redirect(to, code=302):
    return status(code, b"", Location=to)


def in_turn(*pages):
    """The first request gets the first page, ...; the last stays."""
    lock, left = threading.Lock(), collections.deque(pages)

    def page(request):
        with lock:
            chosen = left.popleft() if len(left) > 1 else left[0]
        chosen(request)
    return page


def later(seconds, page):
    def wait(request):
        request.sleep(seconds)
        page(request)
    return wait


def until(ready, page, seconds=20):
    """PAGE as soon as READY() is true; a 500 when it never is."""
    def wait(request):
        end = time.monotonic() + seconds
        while not ready() and time.monotonic() < end:
            request.sleep(0.005)
        (page if ready() else status(500))(request)
    return wait


def stalled(data, at):
    """Promises DATA and sends the first AT bytes of it; then nothing. With AT
    None there is not even a header."""
    def page(request):
        if at is not None:
            request.head(200, Content_Type="image/png",
                         Content_Length=len(data))
            request.send(data[:at])
        request.sleep(60)
        request.close()
    return page


def trickle(data, pause):
    """One byte at a time."""
    def page(request):
        request.head(200, Content_Type="image/png", Content_Length=len(data))
        for i in range(len(data)):
            request.send(data[i:i + 1])
            request.sleep(pause)
    return page


def cut_off(data, at, reset=False, length=None, encoding="identity"):
    """The connection ends after AT bytes of DATA."""
    def page(request):
        request.head(200, Content_Type="image/png", Content_Encoding=encoding,
                     Content_Length=length or len(data))
        request.send(data[:at])
        request.close(reset)
    return page


def silent(request):
    """No answer at all."""
    request.close()


def chunked(data, size=1000, whole=True):
    def page(request):
        request.head(200, Content_Type="image/png",
                     Transfer_Encoding="chunked")
        for i in range(0, len(data), size):
            part = data[i:i + size]
            request.send(b"%x\r\n%s\r\n" % (len(part), part))
        if whole:
            request.send(b"0\r\n\r\n")
        else:
            request.close()
    return page


def raw(data):
    """Exactly these bytes, then the end."""
    def page(request):
        request.send(data)
        request.close()
    return page


def http_1_0(data):
    """No length: the end of the connection is the end of the body."""
    return raw(b"HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\n" + data)


def bomb(megabytes):
    """Zeros, a thousandth of their size when compressed."""
    return content(gzip.compress(bytes(megabytes << 20)), "image/svg+xml",
                   Content_Encoding="gzip")


def endless(request):
    request.head(200, Content_Type="image/png")
    while request.send(bytes(65536)):
        pass
    request.close()


def endless_head(request):
    request.send(b"HTTP/1.1 200 OK\r\n")
    while request.send(b"X-More: " + b"y" * 1000 + b"\r\n"):
        pass
    request.close()


# ---- the server ----

class Request:
    """What was asked, and how to answer. `start` and `end` are seconds."""

    def __init__(self, handler):
        self.handler = handler
        self.method = handler.command
        self.target = handler.path
        self.headers = handler.headers
        self.connection = handler.client_address
        self.start, self.end = time.monotonic(), None

    @property
    def path(self):
        target = self.target
        if "://" in target:
            target = "/" + target.split("/", 3)[3]
        return target

    def send(self, data):
        """False: the other side is gone."""
        try:
            self.handler.wfile.write(data)
            self.handler.wfile.flush()
            return not self.handler.server.closing.is_set()
        except OSError:
            self.handler.close_connection = True
            return False

    def head(self, code, **headers):
        if not {"Content_Length", "Transfer_Encoding"} & headers.keys():
            headers["Connection"] = "close"
            self.handler.close_connection = True
        lines = [f"HTTP/1.1 {code} Whatever"]
        lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode())

    def answer(self, code, data, **headers):
        headers.setdefault("Content_Length", len(data))
        lines = [f"HTTP/1.1 {code} Whatever"]
        lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode() + data)

    def sleep(self, seconds):
        self.handler.server.closing.wait(seconds)

    def close(self, reset=False):
        self.handler.close_connection = True
        if reset:
            self.handler.connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.handler.connection.close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def serve(self):
        server, request = self.server, Request(self)
        with server.lock:
            server.log.append(request)
            server.active += 1
            server.most_active = max(server.active, server.most_active)
        try:
            server.page(request)(request)
        finally:
            request.end = time.monotonic()
            with server.lock:
                server.active -= 1

    do_GET = do_HEAD = do_POST = do_CONNECT = serve

    def finish(self):
        try:
            super().finish()
        except OSError:
            pass

    def log_message(self, *args):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """PAGES may be changed while it runs. CERTIFICATE: see below.

    Its end waits for every thread: one that is still inside OpenSSL while
    Python takes itself apart ends the process with a SIGSEGV.
    """
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, pages, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages
        self.log = []
        self.active = self.most_active = 0
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self.connections = set()
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)

    @property
    def address(self):
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self.server_address[1]}"

    def url(self, path):
        return self.address + path

    def page(self, request):
        if request.method == "CONNECT":
            return status(405)
        return (self.pages.get(request.target)
                or self.pages.get(request.path) or status(404))

    def asked(self, path):
        """The requests for this path or address, in order."""
        return [r for r in self.log if path in (r.target, r.path)]

    def get_request(self):
        connection, address = super().get_request()
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True,
                                              do_handshake_on_connect=False)
        with self.lock:
            self.connections.add(connection)
        return connection, address

    def shutdown_request(self, request):
        with self.lock:
            self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self):
        """Ends the reading and writing of threads that wait for a client."""
        with self.lock:
            for connection in self.connections:
                try:
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
                except OSError:
                    pass  # the client was faster

    def handle_error(self, request, address):
        pass  # clients that go away are what is tested

    def __enter__(self):
        self.thread = threading.Thread(target=self.serve_forever, args=[0.05])
        self.thread.start()
        return self

    def __exit__(self, *args):
        self.closing.set()
        self.shutdown()
        self.thread.join()
        self.hang_up()
        self.server_close()


def certificate(folder):
    """A self-signed certificate for 127.0.0.1: (file, file of the key), or None
    where there is no openssl."""
    if not shutil.which("openssl"):
        return None
    names = f"{folder}/cert.pem", f"{folder}/key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-out", names[0], "-keyout", names[1]],
        check=True, capture_output=True)
    return names


def closed_port():
    """A port of 127.0.0.1 where nobody listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class DeafPort:
    """A port of 127.0.0.1 where nobody picks up: its queue is full."""

    def __enter__(self):
        self.sockets = [socket.socket() for _ in range(4)]
        listener = self.sockets[0]
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        self.port = listener.getsockname()[1]
        for caller in self.sockets[1:]:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", self.port))
        return self

    def __exit__(self, *args):
        for s in self.sockets:
            s.close()
