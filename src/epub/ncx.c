/* SPDX-License-Identifier: MIT */
/* The NCX of EPUB 2, for readers that know no other table of contents. */
#include "epub/documents.h"
#include "epub/xml.h"

struct ncx {
    struct stream *to;
    size_t n_points;   /* for ids */
    size_t play_order; /* a target has one, however often it is named */
};

static void open_point(struct ncx *x, str label, const char *folder, str name)
{
    struct buf *out = &x->to->buf;

    buf_printf(out,
               "<navPoint id=\"p%zu\" playOrder=\"%zu\">\n"
               "<navLabel><text>",
               ++x->n_points, x->play_order);
    xml_text(out, label);
    buf_printf(out, "</text></navLabel>\n<content src=\"%s", folder);
    xml_attr(out, name);
    buf_puts(out, ".xhtml\"/>\n");
}

static void close_point(struct ncx *x)
{
    buf_puts(&x->to->buf, "</navPoint>\n");
    stream_more(x->to);
}

static void put_posts(const struct volume *v, struct ncx *x)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < v->chapters.n; i++) {
        const struct post *post = v->chapters.v[i].post;
        x->play_order++;
        if (v->by_year && volume_starts_year(v, i)) {
            if (i)
                close_point(x);
            open_point(x, volume_year_label(v, i, &a), "text/", post->name);
            arena_reset(&a);
        }
        open_point(x, volume_title(v, post), "text/", post->name);
        close_point(x);
    }
    if (v->by_year)
        close_point(x);
    arena_done(&a);
}

static void put_own(const struct volume *v, struct ncx *x, enum word label,
                    str name)
{
    x->play_order++;
    open_point(x, str_of(word_text(label, v->lang)), "", name);
    close_point(x);
}

void ncx_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    struct ncx x = { .to = to };

    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\""
                  " version=\"2005-1\" xml:lang=\"");
    xml_attr(out, v->lang_tag);
    buf_puts(out, "\">\n<head>\n<meta name=\"dtb:uid\" content=\"");
    xml_attr(out, v->book->identifier);
    buf_printf(out,
               "\"/>\n<meta name=\"dtb:depth\" content=\"%d\"/>\n"
               "<meta name=\"dtb:totalPageCount\" content=\"0\"/>\n"
               "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n"
               "</head>\n<docTitle><text>",
               v->by_year ? 2 : 1);
    xml_text(out, volume_book_title(v));
    buf_puts(out, "</text></docTitle>\n<navMap>\n");
    put_own(v, &x, WORD_TITLE_PAGE, S("titlepage"));
    put_posts(v, &x);
    put_own(v, &x, WORD_COLOPHON, S("colophon"));
    buf_puts(out, "</navMap>\n</ncx>\n");
}
