"""Bytes that git would not keep as they are."""
import pathlib

folder = pathlib.Path("in")


def write(name, head, body):
    (folder / name).write_bytes(head + body)


HEAD = b"---\ntitle: %s\ndate: 2020-01-%02d\n---\n"
write("bom.md", b"\xef\xbb\xbf", HEAD % (b"BOM", 1) + b"Text.\n")
write("crlf.md", b"", (HEAD % (b"CRLF", 2) + b"One\ntwo.\n\nThree.\n")
      .replace(b"\n", b"\r\n"))
write("cr.md", b"", (HEAD % (b"CR", 3) + b"One.\n\nTwo.\n")
      .replace(b"\n", b"\r"))
write("nul.md", HEAD % (b"NUL", 4), b"Before\0after.\n")
write("euc-kr.md", HEAD % (b"EUC-KR", 5),
      b"Line one.\n\n" + "한글".encode("euc-kr") + b" is damaged here.\n")
write("utf16.md", b"", ("---\ntitle: UTF-16\ndate: 2020-01-06\n---\n한글.\n")
      .encode("utf-16"))
write("controls.md", HEAD % (b"Controls", 7), b"a\x08b\x1ac\x7fd\n")
write("nfd.md", HEAD % (b"NFD", 8), "\u1112\u1161\u11ab\n".encode())
write("empty.md", b"", b"")
write("blank.md", b"", b"\n \n\n")
write("only-header.md", HEAD % (b"Only a header", 9), b"")
