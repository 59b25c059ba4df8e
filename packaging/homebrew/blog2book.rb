# SPDX-License-Identifier: MIT
# For a tap. A release fills in "sha256"; until then: brew install --HEAD.
class Blog2book < Formula
  desc "Make an EPUB and a PDF of a folder of Markdown posts"
  homepage "https://github.com/blog2book/blog2book"
  url "https://github.com/blog2book/blog2book/archive/refs/tags/v0.1.0.tar.gz"
  license "MIT"
  head "https://github.com/blog2book/blog2book.git", branch: "main"

  depends_on "meson" => :build
  depends_on "ninja" => :build
  depends_on "pkg-config" => :build
  depends_on "cmark-gfm"
  depends_on "curl"
  depends_on "fontconfig"
  depends_on "giflib"
  depends_on "gumbo-parser"
  depends_on "harfbuzz"
  depends_on "jansson"
  depends_on "jpeg-turbo"
  depends_on "libavif"
  depends_on "libdeflate"
  depends_on "libharu"
  depends_on "libpng"
  depends_on "librsvg"
  depends_on "libtiff"
  depends_on "libunistring"
  depends_on "libyaml"
  depends_on "libzip"
  depends_on "little-cms2"
  depends_on "nettle"
  depends_on "qrencode"
  depends_on "webp"

  def install
    # Not all of them have a pkg-config file.
    ENV.prepend_path "CPATH", HOMEBREW_PREFIX/"include"
    ENV.prepend_path "LIBRARY_PATH", HOMEBREW_PREFIX/"lib"
    system "meson", "setup", "build", *std_meson_args
    system "meson", "compile", "-C", "build", "--verbose"
    system "meson", "install", "-C", "build"
  end

  test do
    (testpath/"blog/2020-01-02-harbour.md").write <<~EOS
      # The harbour

      Low tide at six.
    EOS
    system bin/"blog2book", "--offline", "--epub=harbour.epub", "blog"
    assert_predicate testpath/"harbour.epub", :exist?
    assert_match version.to_s, shell_output("#{bin}/blog2book --version")
  end
end
