"""Pictures of one pixel, and one that is none."""
import base64
import pathlib

dot = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg==")
folder = pathlib.Path("in")
for name in ("post/dot.png", "copy.png", "static/pics/root.png",
             "beside/asset.png"):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(dot)
(folder / "post/text.png").write_text("this is text")
