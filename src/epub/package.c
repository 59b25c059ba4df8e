/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "assets/image.h"
#include "epub/documents.h"
#include "epub/xhtml.h"
#include "epub/xml.h"

const char container_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\""
    " xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
    "<rootfiles>\n"
    "<rootfile full-path=\"EPUB/package.opf\""
    " media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n"
    "</container>\n";

static void put_item(struct buf *out, const char *id, const char *href,
                     const char *type, const char *properties)
{
    buf_printf(out, "<item id=\"%s\" href=\"%s\" media-type=\"%s\"", id, href,
               type);
    if (properties)
        buf_printf(out, " properties=\"%s\"", properties);
    buf_puts(out, "/>\n");
}

#define XHTML "application/xhtml+xml"

static void put_manifest(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;

    buf_puts(out, "<manifest>\n");
    put_item(out, "nav", "nav.xhtml", XHTML, "nav");
    put_item(out, "ncx", "toc.ncx", "application/x-dtbncx+xml", NULL);
    put_item(out, "css-book", "styles/book.css", "text/css", NULL);
    put_item(out, "css-epub", "styles/epub.css", "text/css", NULL);
    if (v->with_user_css)
        put_item(out, "css-user", "styles/user.css", "text/css", NULL);
    if (v->cover)
        put_item(out, "cover-image", "images/cover.jpg", "image/jpeg",
                 "cover-image");
    if (volume_has_cover_page(v))
        put_item(out, "cover", "cover.xhtml", XHTML, NULL);
    put_item(out, "titlepage", "titlepage.xhtml", XHTML, NULL);
    for (size_t i = 0; i < v->chapters.n; i++) {
        str name = v->chapters.v[i].post->name;
        buf_printf(out, "<item id=\"c%zu\" href=\"text/", i + 1);
        xml_attr(out, name);
        buf_puts(out, ".xhtml\" media-type=\"" XHTML "\"");
        if (v->chapters.v[i].has_math)
            buf_puts(out, " properties=\"mathml\"");
        buf_puts(out, "/>\n");
        stream_more(to);
    }
    put_item(out, "colophon", "colophon.xhtml", XHTML, NULL);
    for (size_t i = 0; i < v->images.n; i++) {
        const struct volume_image *im = &v->images.v[i];
        buf_printf(out, "<item id=\"i%zu\" href=\"images/", i + 1);
        xml_attr(out, im->name);
        buf_printf(out, "\" media-type=\"%s\"/>\n", image_media_type(im->type));
        stream_more(to);
    }
    buf_puts(out, "</manifest>\n");
}

static void put_spine(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;

    buf_printf(out, "<spine toc=\"ncx\"%s>\n",
               lang_runs_from_right(v->lang_tag)
                   ? " page-progression-direction=\"rtl\""
                   : "");
    if (volume_has_cover_page(v))
        buf_puts(out, "<itemref idref=\"cover\"/>\n");
    buf_puts(out, "<itemref idref=\"titlepage\"/>\n");
    buf_puts(out, nav_is_linear(v)
                      ? "<itemref idref=\"nav\"/>\n"
                      : "<itemref idref=\"nav\" linear=\"no\"/>\n");
    for (size_t i = 0; i < v->chapters.n; i++) {
        buf_printf(out, "<itemref idref=\"c%zu\"/>\n", i + 1);
        stream_more(to);
    }
    buf_puts(out, "<itemref idref=\"colophon\"/>\n</spine>\n");
}

static void put_reference(const struct volume *v, struct buf *out,
                          const char *type, enum word title, str folder,
                          str name)
{
    buf_printf(out, "<reference type=\"%s\" title=\"", type);
    xml_attr(out, str_of(word_text(title, v->lang)));
    buf_puts(out, "\" href=\"");
    xml_attr(out, folder);
    xml_attr(out, name);
    buf_puts(out, ".xhtml\"/>\n");
}

/* The landmarks of EPUB 2 (OPF 2.0.1, 2.6), which Kindle goes by. */
static void put_guide(const struct volume *v, struct buf *out)
{
    buf_puts(out, "<guide>\n");
    if (volume_has_cover_page(v))
        put_reference(v, out, "cover", WORD_COVER, S(""), S("cover"));
    put_reference(v, out, "toc", WORD_CONTENTS, S(""), S("nav"));
    if (v->chapters.n)
        put_reference(v, out, "text", WORD_TEXT, S("text/"),
                      v->chapters.v[0].post->name);
    buf_puts(out, "</guide>\n");
}

void package_write(const struct volume *v, struct stream *to)
{
    buf_puts(&to->buf,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\""
             " unique-identifier=\"pub-id\" xml:lang=\"");
    xml_attr(&to->buf, v->lang_tag);
    buf_puts(&to->buf, "\">\n");
    metadata_write(v, to);
    put_manifest(v, to);
    put_spine(v, to);
    put_guide(v, &to->buf);
    buf_puts(&to->buf, "</package>\n");
}
