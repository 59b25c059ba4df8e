/* SPDX-License-Identifier: MIT */
#include "epub/documents.h"
#include "epub/xhtml.h"
#include "epub/xml.h"

#define LINEAR_MOST 60

bool nav_is_linear(const struct volume *v)
{
    return v->chapters.n <= LINEAR_MOST;
}

static void put_link(const struct volume *v, struct buf *out, size_t i,
                     str label)
{
    buf_puts(out, "<a href=\"text/");
    xml_attr(out, v->chapters.v[i].post->name);
    buf_puts(out, ".xhtml\">");
    xml_text(out, label);
    buf_puts(out, "</a>");
}

/* A year leads to its first post, because a label without a link is dead or
 * even blank in some readers. */
static void put_posts(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < v->chapters.n; i++) {
        if (v->by_year && volume_starts_year(v, i)) {
            buf_puts(out, i ? "</ol>\n</li>\n" : "");
            buf_puts(out, "<li class=\"year\">");
            put_link(v, out, i, volume_year_label(v, i, &a));
            buf_puts(out, "\n<ol>\n");
            arena_reset(&a);
        }
        buf_puts(out, "<li>");
        put_link(v, out, i, volume_title(v, v->chapters.v[i].post));
        buf_puts(out, "</li>\n");
        stream_more(to);
    }
    if (v->by_year)
        buf_puts(out, "</ol>\n</li>\n");
    arena_done(&a);
}

static void put_own_link(struct buf *out, const char *type, const char *href,
                         enum word label, enum lang lang)
{
    buf_puts(out, "<li><a");
    if (type)
        buf_printf(out, " epub:type=\"%s\"", type);
    buf_printf(out, " href=\"%s\">", href);
    xml_text(out, str_of(word_text(label, lang)));
    buf_puts(out, "</a></li>\n");
}

static void put_landmarks(const struct volume *v, struct buf *out)
{
    buf_puts(out, "<nav epub:type=\"landmarks\" id=\"landmarks\""
                  " aria-label=\"");
    xml_attr(out, str_of(word_text(WORD_LANDMARKS, v->lang)));
    buf_puts(out, "\" hidden=\"hidden\">\n<ol>\n");
    if (volume_has_cover_page(v))
        put_own_link(out, "cover", "cover.xhtml", WORD_COVER, v->lang);
    put_own_link(out, "titlepage", "titlepage.xhtml", WORD_TITLE_PAGE, v->lang);
    put_own_link(out, "toc", "nav.xhtml#toc", WORD_CONTENTS, v->lang);
    if (v->chapters.n) {
        buf_puts(out, "<li><a epub:type=\"bodymatter\" href=\"text/");
        xml_attr(out, v->chapters.v[0].post->name);
        buf_puts(out, ".xhtml\">");
        xml_text(out, str_of(word_text(WORD_TEXT, v->lang)));
        buf_puts(out, "</a></li>\n");
    }
    put_own_link(out, "colophon", "colophon.xhtml", WORD_COLOPHON, v->lang);
    buf_puts(out, "</ol>\n</nav>\n");
}

void nav_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    str contents = str_of(word_text(WORD_CONTENTS, v->lang));

    xhtml_begin(out,
                &(struct xhtml_page){ .title = contents,
                                      .lang = v->lang_tag,
                                      .href_base = "",
                                      .body_attrs = " epub:type=\"frontmatter\""
                                                    " class=\"contents\"",
                                      .with_user_css = v->with_user_css });
    buf_puts(out, "<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\""
                  " aria-labelledby=\"toc-title\">\n");
    xml_element(out, "h1", " id=\"toc-title\"", contents);
    buf_puts(out, "<ol>\n");
    put_own_link(out, NULL, "titlepage.xhtml", WORD_TITLE_PAGE, v->lang);
    put_posts(v, to);
    put_own_link(out, NULL, "colophon.xhtml", WORD_COLOPHON, v->lang);
    buf_puts(out, "</ol>\n</nav>\n");
    put_landmarks(v, out);
    xhtml_end(out);
}
