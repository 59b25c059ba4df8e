#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Downloads (assets/fetch.h) from a server that misbehaves."""
import collections
import ipaddress
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from email.utils import formatdate

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import harness
import server
from server import (Server, bomb, chunked, content, cut_off, http_1_0, in_turn,
                    later, raw, redirect, stalled, status, trickle, until)

TOOL = os.environ.get("FETCH_TOOL",
                      str(harness.ROOT / "build/tests/web/fetch_tool"))
PNG = server.png()
BIG = bytes(range(256)) * 800
PRIVATE = "--allow-private"
QUICK = "--pause=20"

Result = collections.namedtuple("Result", "status code size type url why file")


class Case(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)

    def serve(self, pages, **more):
        web = Server(pages, **more)
        self.addCleanup(web.__exit__)
        return web.__enter__()

    def start(self, urls, *options, env=None, **more):
        self.files = self.dir / f"run{len(list(self.dir.iterdir()))}"
        self.files.mkdir()
        child = subprocess.Popen(
            [TOOL, *options, self.files], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            env=env or harness.environment(), **more)
        child.stdin.write("".join(u + "\n" for u in urls))
        child.stdin.close()
        child.stdin = None
        return child

    def results(self, child, timeout=50):
        out, err = child.communicate(timeout=timeout)
        self.assertEqual(child.returncode, 0, err)
        self.assertEqual(err, "")
        lines = [line.split("\t") for line in out.splitlines()]
        return [Result(s, int(code), int(size), kind, url, why,
                       self.files / str(n))
                for n, (s, code, size, kind, url, why) in enumerate(lines)]

    def fetch(self, urls, *options, **more):
        return self.results(self.start(urls, *options, **more))

    def left(self):
        return sorted(p.name for p in self.files.iterdir())

    def one(self, page, *options):
        """What comes of this page; at the second place the server."""
        web = self.serve({"/x": page})
        result, = self.fetch([web.url("/x")], PRIVATE, QUICK, *options)
        return result, web

    def good(self, page, data, *options):
        result, web = self.one(page, *options)
        self.assertEqual(result.why, "")
        self.assertEqual((result.status, result.code, result.size),
                         ("ok", 200, len(data)))
        self.assertEqual(result.file.read_bytes(), data)
        self.assertEqual(result.file.stat().st_mode & 0o777, 0o600)
        return result, web

    def bad(self, page, why, *options, tries=1, status="dead"):
        result, web = self.one(page, *options)
        self.assertEqual((result.status, result.why), (status, why))
        self.assertEqual(result.size, 0)
        self.assertEqual(self.left(), [])
        self.assertEqual(len(web.log), tries)
        return result, web


class Answers(Case):
    def test_file(self):
        result, web = self.good(
            content(BIG, "Image/PNG ; charset=x"), BIG)
        self.assertEqual(result.type, "image/png")
        self.assertEqual(result.url, web.url("/x"))

    def test_request(self):
        web = self.serve({"/x": content(PNG)})
        self.fetch([web.url("/x") + " https://blog.example/post/#top",
                    web.url("/x")], PRIVATE)
        asked = sorted(web.log, key=lambda r: "Referer" not in r.headers)
        self.assertEqual(asked[0].headers["Referer"],
                         "https://blog.example/post/")
        self.assertNotIn("Referer", asked[1].headers)
        for request in asked:
            self.assertEqual(request.method, "GET")
            self.assertRegex(request.headers["User-Agent"],
                             r"^blog2book/\d+\.\d+\.\d+$")
            self.assertTrue(request.headers["Accept"].startswith("image/"))
            self.assertIn("gzip", request.headers["Accept-Encoding"])
            self.assertNotIn("Cookie", request.headers)

    def test_ways_to_send(self):
        self.good(chunked(BIG), BIG)
        self.good(http_1_0(BIG), BIG)
        result, _ = self.good(bomb(1), bytes(1 << 20))
        self.assertEqual(result.type, "image/svg+xml")

    def test_no_type(self):
        result, _ = self.good(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
                                  b"\r\nx"), b"x")
        self.assertEqual(result.type, "")

    def test_odd_types(self):
        for kind in "im age/png", "image/png\"", "x" * 128, ";image/png", \
                "image/\xe9":
            result, _ = self.good(content(PNG, kind), PNG)
            self.assertEqual(result.type, "")

    def test_empty(self):
        self.bad(content(b""), "an empty file")
        self.bad(status(204, b""), "204 No Content")

    def test_percent_encoded(self):
        path = "/%EA%B0%80%20%EB%82%98.png?w=1&h=%20"
        web = self.serve({path: content(PNG)})
        result, = self.fetch([web.url(path)], PRIVATE)
        self.assertEqual((result.status, result.url), ("ok", web.url(path)))

    def test_bad_addresses(self):
        urls = ["file:///etc/passwd", "ftp://ftp.example/x", "data:,x", "x",
                "javascript:1", "http://", "gopher://h/", "http://a\x01b/"]
        urls.append("http://a.example/" + "x" * 9000)
        for result in self.fetch(urls, PRIVATE):
            self.assertEqual(result.status, "refused")
            self.assertTrue(result.why.startswith("an address that "),
                            result.why)
        self.assertEqual(self.left(), [])


    @unittest.skipUnless(sys.platform == "linux", "names of Linux")
    def test_without_libcurl(self):
        for name in "libcurl.so.4", "libcurl-gnutls.so.4":
            (self.dir / name).write_bytes(b"no library")
        env = harness.environment(LD_LIBRARY_PATH=str(self.dir))
        results = self.fetch(["http://127.0.0.1:9/", "x"], env=env)
        self.assertEqual([r.why for r in results],
                         ["libcurl is not installed"] * 2)


class Errors(Case):
    def test_final(self):
        for code, text in (400, "Bad Request"), (403, "Forbidden"), \
                (404, "Not Found"), (410, "Gone"):
            result, _ = self.bad(status(code), f"{code} {text}")
            self.assertEqual(result.code, code)
        self.bad(status(499), "499")

    def test_tried_again(self):
        for code in 408, 425, 429, 500, 502, 503, 504:
            with self.subTest(code):
                result, web = self.one(status(code))
                self.assertEqual((result.status, result.code), ("dead", code))
                self.assertEqual(len(web.log), 3)
        self.bad(status(503), "503 Service Unavailable", tries=3)

    def test_well_in_the_end(self):
        _, web = self.good(in_turn(status(500), content(PNG)), PNG)
        self.assertEqual(len(web.log), 2)
        self.good(in_turn(cut_off(BIG, 900), cut_off(BIG, 0),
                          content(BIG)), BIG)
        self.good(in_turn(server.silent, content(PNG)), PNG)

    def test_pause_grows(self):
        _, web = self.bad(status(500), "500 Internal Server Error",
                          "--pause=150", tries=3)
        starts = [r.start for r in web.log]
        self.assertGreaterEqual(starts[1] - starts[0], 0.15)
        self.assertGreaterEqual(starts[2] - starts[1], 0.6)

    def test_retry_after(self):
        for when in lambda: 1, lambda: formatdate(time.time() + 2,
                                                  usegmt=True):
            def busy(request):
                status(429, Retry_After=when())(request)
            _, web = self.good(in_turn(busy, content(PNG)), PNG)
            self.assertGreaterEqual(web.log[1].start - web.log[0].start, 0.9)

    def test_retry_after_is_the_hosts(self):
        """While a host wants to be left alone nothing else is asked of it."""
        pages = {f"/{i}": content(PNG) for i in range(8)}
        pages["/busy"] = in_turn(status(503, Retry_After=1), content(PNG))
        for i in range(8):
            pages[f"/{i}"] = later(0.1, content(PNG))
        web = self.serve(pages)
        results = self.fetch([web.url(p) for p in ["/busy", *pages]], PRIVATE)
        self.assertEqual({r.status for r in results}, {"ok"})
        first = web.asked("/busy")[0].end
        for request in web.log[4:]:
            self.assertGreaterEqual(request.start - first, 0.9)

    def test_long_retry_after(self):
        self.bad(status(429, Retry_After=3600),
                 "429 Too Many Requests, come back in 3600 seconds")

    def test_cut_off(self):
        self.bad(cut_off(BIG, 100), "cut off", tries=3)
        self.bad(chunked(BIG, whole=False), "cut off", tries=3)
        result, web = self.one(cut_off(BIG, 100, reset=True))
        self.assertEqual((result.status, len(web.log)), ("dead", 3))
        self.assertEqual(self.left(), [])

    def test_wrong_length(self):
        self.bad(cut_off(PNG, len(PNG), length=len(PNG) + 9), "cut off",
                 tries=3)

    def test_no_answer(self):
        result, web = self.one(server.silent)
        self.assertEqual((result.status, result.code, len(web.log)),
                         ("dead", 0, 3))

    def test_no_http(self):
        result, _ = self.one(raw(b"SSH-2.0-x\r\n"))
        self.assertEqual((result.status, result.code), ("dead", 0))
        self.bad(content(b"this is not gzip", Content_Encoding="gzip"),
                 "badly compressed")
        self.bad(content(b"\x1f\x8b\x08garbage", Content_Encoding="gzip"),
                 "badly compressed")

    def test_cut_while_compressed(self):
        data = server.gzip.compress(os.urandom(50_000))
        self.bad(cut_off(data, 9000, encoding="gzip"), "cut off", tries=3)

    def test_error_body_is_not_kept(self):
        self.bad(status(404, BIG * 20), "404 Not Found")

        def forever(request):
            request.head(404)
            while request.send(bytes(65536)):
                pass
        self.bad(forever, "404 Not Found")

    def test_place_is_taken(self):
        """The file must be new, and a symbolic link is none."""
        web = self.serve({"/x": content(PNG)})
        mine = self.dir / "mine"
        mine.write_text("mine")
        for name, make in ("file", lambda p: p.write_text("theirs")), \
                ("link", lambda p: p.symlink_to(mine)), \
                ("dangling", lambda p: p.symlink_to(self.dir / "none")):
            with self.subTest(name):
                def put(request, make=make):
                    make(self.files / "0")
                    content(PNG)(request)
                web.pages["/x"] = put
                result, = self.fetch([web.url("/x")], PRIVATE, QUICK)
                self.assertEqual(result.status, "dead")
                self.assertIn("can't write", result.why)
        self.assertEqual(mine.read_text(), "mine")
        self.assertFalse((self.dir / "none").exists())

    def test_full_disk(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        web = self.serve({"/x": content(BIG), "/y": content(PNG)})
        big, small = self.fetch([web.url("/x"), web.url("/y")], PRIVATE, QUICK,
                                preexec_fn=limit)
        self.assertEqual(big.status, "dead")
        self.assertIn("File too large", big.why)
        self.assertEqual(small.status, "ok")
        self.assertEqual(self.left(), ["1"])
        self.assertEqual(len(web.asked("/x")), 1)


class Limits(Case):
    def test_said_too_large(self):
        def page(request):
            request.head(200, Content_Length=1 << 40)
            request.send(b"x")
            request.sleep(30)
        self.bad(page, "larger than 1 MB", f"--file-max={1 << 20}",
                 status="refused")

    def test_too_large(self):
        for page in server.endless, bomb(40), chunked(bytes(3 << 20), 1 << 20):
            self.bad(page, "larger than 1 MB", f"--file-max={1 << 20}",
                     status="refused")

    def test_just_fits(self):
        self.good(content(BIG), BIG, f"--file-max={len(BIG)}")
        self.bad(content(BIG), f"larger than {len(BIG) - 1} bytes",
                 f"--file-max={len(BIG) - 1}", status="refused")

    def test_all_together(self):
        web = self.serve({"/x": content(BIG)})
        results = self.fetch([web.url("/x")] * 10, PRIVATE,
                             f"--total-max={4 * len(BIG)}")
        told = collections.Counter((r.status, r.why) for r in results)
        self.assertEqual(told[("ok", "")], 4)
        self.assertEqual(told[("refused", "with it, more than "
                               f"{4 * len(BIG)} bytes")], 6)
        self.assertEqual(len(self.left()), 4)

    def test_endless_head(self):
        result, _ = self.one(server.endless_head)
        self.assertEqual(result.status, "dead")
        self.assertEqual(self.left(), [])


class Redirects(Case):
    def chain(self, n, last):
        pages = {f"/{i}": redirect(f"/{i + 1}", 301 + i % 3)
                 for i in range(n)}
        return {**pages, f"/{n}": last}

    def test_five(self):
        web = self.serve(self.chain(5, content(PNG)))
        result, = self.fetch([web.url("/0")], PRIVATE)
        self.assertEqual((result.status, result.url), ("ok", web.url("/5")))

    def test_six(self):
        web = self.serve(self.chain(6, content(PNG)))
        result, = self.fetch([web.url("/0")], PRIVATE)
        self.assertEqual((result.status, result.why),
                         ("dead", "more than 5 redirects"))

    def test_loop(self):
        self.bad(redirect("/x"), "more than 5 redirects", tries=6)

    def test_other_host(self):
        there = self.serve({"/p/y.png?a=%20": content(PNG)})
        result, _ = self.good(redirect(there.url("/p/q/../y.png?a=%20#f"),
                                       307), PNG)
        self.assertEqual(result.url, there.url("/p/y.png?a=%20"))

    def test_spaces_and_hangul(self):
        """What servers write into Location."""
        web = self.serve({
            "/x": raw("HTTP/1.1 302 Found\r\nLocation: /가 나.png\r\n"
                      "Content-Length: 0\r\n\r\n".encode()),
            "/%ea%b0%80%20%eb%82%98.png": content(PNG),
            "/%EA%B0%80%20%EB%82%98.png": content(PNG)})
        result, = self.fetch([web.url("/x")], PRIVATE)
        self.assertEqual(result.status, "ok")

    def test_other_schemes(self):
        for to in "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x/", \
                "data:image/png;base64,AAAA":
            self.bad(redirect(to), "redirected to an address that is not of "
                     "the web", status="refused")

    def test_nowhere(self):
        self.bad(status(302, b"x"), "302")
        self.bad(redirect("http://"), "redirected to an address that can't be "
                 "read", status="refused")

    def test_to_an_error(self):
        web = self.serve({"/x": redirect("/y"), "/y": status(404)})
        result, = self.fetch([web.url("/x")], PRIVATE)
        self.assertEqual((result.status, result.why, result.url),
                         ("dead", "404 Not Found", web.url("/y")))


class Private(Case):
    def test_loopback(self):
        web = self.serve({"/x": content(PNG)})
        port = web.server_address[1]
        hosts = ["127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "2130706433",
                 "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
                 "[64:ff9b::7f00:1]", "LOCALHOST", "a.localhost", "localhost.",
                 "127.0.0.2"]
        for result in self.fetch([f"http://{h}:{port}/x" for h in hosts]):
            self.assertEqual(result.status, "refused", result)
            self.assertRegex(result.why, "^an address of \"this network\"$|"
                             "^a loopback address$")
        self.assertEqual(web.log, [])
        self.assertEqual(self.left(), [])

    def test_others(self):
        for host, why in ("10.1.2.3", "a private address"), \
                ("[fd00::1]", "a private address"), \
                ("169.254.169.254", "a link-local address"), \
                ("[fe80::1%25lo]", "a link-local address"), \
                ("100.64.0.1", "a shared (carrier) address"), \
                ("255.255.255.255", "the broadcast address"):
            result, = self.fetch([f"http://{host}/x"])
            self.assertEqual((result.status, result.why), ("refused", why))

    def test_after_dns(self):
        """A name, which only the connection shows to lead here."""
        hosts = pathlib.Path("/etc/hosts").read_text()
        names = [name for line in hosts.splitlines()
                 for address, *names in [line.split("#")[0].split() or [""]]
                 if address and not ipaddress.ip_address(address).is_global
                 for name in names if not name.endswith("localhost")]
        if not names:
            self.skipTest("/etc/hosts has no name for this computer")
        web = self.serve({"/x": content(PNG),
                          "/y": redirect(f"http://{names[0]}/x")})
        port = web.server_address[1]
        result, = self.fetch([f"http://{names[0]}:{port}/x"])
        self.assertEqual((result.status, len(web.log)), ("refused", 0), result)
        self.assertRegex(result.why, r"^an? \S+ address$")

    def test_redirect(self):
        """Also behind a proxy, which does the DNS: what is written out."""
        pages = {"http://open.example/a": redirect("http://10.0.0.1/x"),
                 "http://open.example/b": redirect("http://[::1]/x"),
                 "http://open.example/c": redirect("http://localhost/x"),
                 "http://open.example/d": content(PNG)}
        web = self.serve(pages)
        *bad, good = self.fetch(pages, f"--proxy={web.address}")
        self.assertEqual([r.status for r in bad], ["refused"] * 3)
        self.assertEqual([r.why for r in bad],
                         ["redirected to a private address",
                          "redirected to a loopback address",
                          "redirected to a loopback address"])
        self.assertEqual(good.status, "ok")
        self.assertEqual(len(web.log), 4)


class Proxy(Case):
    def test_names(self):
        urls = [f"http://pics{i % 7}.example/{i}.png" for i in range(40)]
        web = self.serve({u: content(u.encode()) for u in urls})
        for url, result in zip(urls, self.fetch(urls,
                                                f"--proxy={web.address}")):
            self.assertEqual((result.status, result.url), ("ok", url))
            self.assertEqual(result.file.read_text(), url)

    def test_refuses_https(self):
        web = self.serve({})
        result, = self.fetch(["https://secret.example/x"], QUICK,
                             f"--proxy={web.address}")
        self.assertEqual((result.status, result.why),
                         ("dead", "the proxy does not connect"))
        self.assertEqual({r.method for r in web.log}, {"CONNECT"})

    def test_is_not_there(self):
        result, = self.fetch(["http://pics.example/x"], QUICK,
                             f"--proxy=http://127.0.0.1:{server.closed_port()}")
        self.assertEqual((result.status, result.why),
                         ("dead", "connection refused"))

    def test_environment_is_not_asked(self):
        web = self.serve({"/x": content(PNG)})
        wrong = f"http://127.0.0.1:{server.closed_port()}"
        env = harness.environment(http_proxy=wrong, all_proxy=wrong,
                                  ALL_PROXY=wrong)
        result, = self.fetch([web.url("/x")], PRIVATE, env=env)
        self.assertEqual(result.status, "ok")
        # ... and no_proxy does not take a wanted one away.
        env = harness.environment(no_proxy="*", NO_PROXY="*")
        web.pages["http://pics.example/y"] = content(PNG)
        result, = self.fetch(["http://pics.example/y"],
                             f"--proxy={web.address}", env=env)
        self.assertEqual(result.status, "ok")

    def test_kinds(self):
        child = self.start([], "--proxy=ftp://127.0.0.1")
        _, said = child.communicate()
        self.assertEqual(child.returncode, 3)
        self.assertIn("[setting-bad]", said)
        for kind in "http", "https", "socks5h":
            self.assertEqual(
                self.fetch([], f"--proxy={kind}://127.0.0.1:1"), [])


class Secure(Case):
    def setUp(self):
        super().setUp()
        self.certificate = server.certificate(self.dir)
        if not self.certificate:
            self.skipTest("no openssl to make a certificate")

    def test_self_signed(self):
        web = self.serve({"/x": content(PNG)}, certificate=self.certificate)
        result, = self.fetch([web.url("/x")], PRIVATE, QUICK)
        self.assertEqual((result.status, result.code, result.why),
                         ("dead", 0, "its certificate is not to be trusted"))
        self.assertEqual(web.log, [])

    def test_trusted(self):
        web = self.serve({"/x": content(PNG)}, certificate=self.certificate)
        results = self.fetch([web.url("/x")] * 20, PRIVATE,
                             f"--ca={self.certificate[0]}")
        self.assertEqual({r.status for r in results}, {"ok"})
        other, = self.fetch([web.url("/x").replace("127.0.0.1", "localhost")],
                            PRIVATE, f"--ca={self.certificate[0]}")
        self.assertEqual(other.why, "its certificate is not to be trusted")

    def test_http_2(self):
        node = shutil.which("node")
        if not node:
            self.skipTest("no node, whose server speaks HTTP/2")
        child = subprocess.Popen(
            [node, pathlib.Path(__file__).with_name("http2.js"),
             *self.certificate], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self.addCleanup(child.communicate)  # it ends with its input
        port = int(child.stdout.readline())
        urls = [f"https://127.0.0.1:{port}/{i}" for i in range(60)]
        results = self.fetch(urls, PRIVATE, f"--ca={self.certificate[0]}")
        for n, result in enumerate(results):
            self.assertEqual(result.status, "ok", result)
            seen = json.loads(result.file.read_text())
            self.assertEqual((seen["version"], seen["path"]), ("2.0", f"/{n}"))
            self.assertLessEqual(seen["connections"], 4)
            self.assertLessEqual(seen["at_once"], 4)

    def test_redirect_to_plain(self):
        plain = self.serve({"/y": content(PNG)})
        web = self.serve({"/x": redirect(plain.url("/y"))},
                         certificate=self.certificate)
        result, = self.fetch([web.url("/x")], PRIVATE,
                             f"--ca={self.certificate[0]}")
        self.assertEqual((result.status, result.url),
                         ("ok", plain.url("/y")))


class Times(Case):
    def test_stalls(self):
        self.bad(stalled(BIG, 50), "it stalls", "--stall=1000", tries=3)

    def test_no_head(self):
        self.bad(stalled(BIG, None), "it stalls", "--stall=1000", tries=3)

    def test_too_slow(self):
        self.bad(trickle(BIG, 0.003), "it takes too long", "--total=700")

    def test_slow_but_well(self):
        self.good(later(0.3, content(PNG)), PNG, "--stall=1000")

    def test_nobody_answers(self):
        with server.DeafPort() as deaf:
            start = time.monotonic()
            results = self.fetch([f"http://127.0.0.1:{deaf.port}/{i}"
                                  for i in range(300)], PRIVATE, QUICK,
                                 "--connect=400")
            self.assertLess(time.monotonic() - start, 10)
        self.assertEqual({(r.status, r.why) for r in results},
                         {("dead", "nobody answers")})

    def test_dead_host(self):
        """A blog of 300 pictures on a host that is no more."""
        port = server.closed_port()
        alive = self.serve({"/x": content(PNG)})
        urls = [f"http://127.0.0.1:{port}/{i}" for i in range(300)]
        start = time.monotonic()
        *results, last = self.fetch([*urls, alive.url("/x")], PRIVATE)
        self.assertLess(time.monotonic() - start, 10)
        self.assertEqual({(r.status, r.why) for r in results},
                         {("dead", "connection refused")})
        self.assertEqual(last.status, "ok")

    def test_unknown_host(self):
        """A label can't have 64 letters, so DNS need not be asked."""
        results = self.fetch([f"http://{'x' * 64}.invalid/{i}"
                              for i in range(50)])
        self.assertEqual({(r.status, r.why) for r in results},
                         {("dead", "no such host")})

    def test_interrupted(self):
        web = self.serve({"/x": stalled(BIG, 500)})
        child = self.start([web.url("/x")] * 40, PRIVATE)
        end = time.monotonic() + 20
        while len(web.log) < 4 and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.1)
        start = time.monotonic()
        child.send_signal(signal.SIGINT)
        results = self.results(child)
        self.assertLess(time.monotonic() - start, 2)
        self.assertEqual({r.status for r in results}, {"stopped"})
        self.assertEqual(self.left(), [])

    def test_dropped(self):
        """What nobody waits for any more leaves no file."""
        # Three are under way when the first one is there.
        slow = [later(1, content(PNG))] * 3
        web = self.serve({"/x": in_turn(*slow, content(PNG)),
                          "/first": content(PNG)})
        results = self.fetch([web.url("/first")] + [web.url("/x")] * 40,
                             PRIVATE, "--drop")
        self.assertEqual([r.status for r in results], ["ok"] * 21)
        self.assertEqual(self.left(), sorted(str(n) for n in range(0, 41, 2)))


class Many(Case):
    def test_four_a_host(self):
        pages = {f"/{i}": content(PNG) for i in range(60)}
        webs = [self.serve({}) for _ in range(3)]
        for web in webs:
            web.pages = {p: until(lambda web=web: web.most_active >= 4,
                                  later(0.01, page))
                         for p, page in pages.items()}
        results = self.fetch([w.url(p) for p in pages for w in webs], PRIVATE)
        self.assertEqual({r.status for r in results}, {"ok"})
        for web in webs:
            self.assertEqual(web.most_active, 4)
            self.assertEqual(len(web.log), 60)
            # Kept alive: a connection each, and not sixty.
            self.assertLessEqual(len({r.connection for r in web.log}), 4)

    def test_connections(self):
        urls = [f"http://h{i}.example/" for i in range(30)]
        for most in 1, 6, 24:
            web = self.serve({})
            page = until(lambda: web.most_active >= most,
                         later(0.01, content(PNG)))
            web.pages = dict.fromkeys(urls, page)
            results = self.fetch(urls, f"--proxy={web.address}",
                                 f"--connections={most}")
            self.assertEqual({r.status for r in results}, {"ok"})
            self.assertEqual(web.most_active, most)

    def test_far_too_many_connections(self):
        web = self.serve({"/x": content(PNG)})
        result, = self.fetch([web.url("/x")], PRIVATE,
                             "--connections=4294967295")
        self.assertEqual(result.status, "ok")

    def test_slow_host_does_not_hold_up_others(self):
        fast = self.serve({"/x": content(PNG)})
        slow = self.serve({"/x": until(lambda: len(fast.log) == 100,
                                       content(PNG))})
        results = self.fetch([slow.url("/x")] * 8 + [fast.url("/x")] * 100,
                             PRIVATE, "--connections=8")
        self.assertEqual({r.status for r in results}, {"ok"})
        self.assertEqual(len(slow.log), 8)  # none of them had to give up

    def test_same_ends_for_any_number(self):
        pages = {"/a": content(PNG), "/b": status(404), "/c": redirect("/a"),
                 "/d": cut_off(BIG, 9), "/e": status(500), "/f": redirect("/f"),
                 "/g": content(b"x" * 5000)}
        web = self.serve(pages)
        urls = [web.url(p) for p in pages] * 3
        told = [[r[:6] for r in self.fetch(urls, PRIVATE, QUICK,
                                           "--file-max=4000",
                                           f"--connections={n}")]
                for n in (1, 24)]
        self.assertEqual(*told)


def has_libcurl():
    with tempfile.TemporaryDirectory() as tmp:
        said = subprocess.run([TOOL, tmp], input="x:\n", text=True,
                              capture_output=True).stdout
    return "built without libcurl" not in said


if __name__ == "__main__":
    if not os.path.exists(TOOL):
        sys.exit(f"{TOOL} is not there")
    if not has_libcurl():
        print("built without libcurl", file=sys.stderr)
        sys.exit(harness.SKIP)
    harness.main()
