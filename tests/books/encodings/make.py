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

# Headers in what editors wrote before Unicode, and lines of two editors.
OLD = "---\ntitle: %s\ndate: 2020-02-%02d\n---\n%s\n"
write("old-euc-kr.md", b"", (OLD % ("봄 산책", 1,
      "강가를 걷다가 작은 배를 보았다.")).encode("euc-kr"))
write("old-shift-jis.md", b"", (OLD % ("春の散歩", 2,
      "川のそばを歩いて、ソースの表を見た。")).encode("cp932"))
write("old-euc-jp.md", b"", (OLD % ("春の散歩", 3,
      "川のそばを歩いて、小さな船を見た。")).encode("euc-jp"))
write("old-iso-2022-jp.md", b"", (OLD % ("春の散歩", 4,
      "川のそばを歩いて、小さな船を見た。")).encode("iso-2022-jp"))
write("old-gb.md", b"", (OLD % ("春天散步", 5,
      "我们在河边走，看见一只小船。")).encode("gb18030"))
write("old-big5.md", b"", (OLD % ("春天散步", 6,
      "我們在河邊走，看見一隻小船。功能。")).encode("big5"))
write("old-latin-1.md", b"", (OLD % ("Größe", 7,
      "Die Straße war schön.")).encode("latin-1"))
write("old-utf-16.md", b"", (OLD % ("봄 산책", 8,
      "강가를 걷다가 작은 배를 보았다.")).encode("utf-16-le"))
# The header is in the first bytes, the letters are far behind.
write("old-late.md", b"", (OLD % ("Late", 9, "plain\n" * 1500 +
      "\n강가를 걷다가 작은 배를 보았다.")).encode("euc-kr"))
write("mixed.md", HEAD % (b"Mixed", 11),
      "여기는 새 글이다.\n\n".encode() +
      "이 줄은 오래된 편집기로 썼다.\n\n".encode("euc-kr") +
      b"one bad \xff byte\n")
