/* SPDX-License-Identifier: MIT */
/* The pages that the program itself adds: cover, title page, colophon. */
#include "base/config.h"
#include "epub/documents.h"
#include "epub/phrase.h"
#include "epub/xhtml.h"
#include "epub/xml.h"

static void begin(const struct volume *v, struct buf *out, str title,
                  const char *body_attrs)
{
    xhtml_begin(out, &(struct xhtml_page){ .title = title,
                                           .lang = v->lang_tag,
                                           .href_base = "",
                                           .body_attrs = body_attrs,
                                           .with_user_css = v->with_user_css });
}

void cover_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    str cover = str_of(word_text(WORD_COVER, v->lang));

    begin(v, out, cover, " epub:type=\"cover\"");
    buf_puts(out, "<section class=\"cover\"><img src=\"images/cover.jpg\""
                  " role=\"doc-cover\" alt=\"");
    xml_attr(out, cover);
    buf_puts(out, ": ");
    xml_attr(out, volume_book_title(v));
    buf_puts(out, "\"/></section>\n");
    xhtml_end(out);
}

void titlepage_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    str years = volume_years(v, v->arena);
    str author = str_trim(v->book->author);

    begin(v, out, volume_book_title(v), " epub:type=\"frontmatter\"");
    buf_puts(out, "<section class=\"titlepage\" epub:type=\"titlepage\""
                  " aria-labelledby=\"book-title\">\n");
    xml_element(out, "h1", " id=\"book-title\"", volume_book_title(v));
    if (author.n)
        xml_element(out, "p", " class=\"author\"", author);
    if (years.n)
        xml_element(out, "p", " class=\"years\"", years);
    xml_element(out, "p", " class=\"count\"", volume_count(v, v->arena));
    buf_puts(out, "<p class=\"to-contents\"><a href=\"nav.xhtml#toc\">");
    xml_text(out, str_of(word_text(WORD_CONTENTS, v->lang)));
    buf_puts(out, "</a></p>\n</section>\n");
    xhtml_end(out);
}

static void put_row(const struct volume *v, struct buf *out, enum word label,
                    str text)
{
    if (text.n == 0)
        return;
    xml_element(out, "dt", NULL, str_of(word_text(label, v->lang)));
    xml_element(out, "dd", NULL, text);
}

static void put_source(const struct volume *v, struct buf *out)
{
    str url = v->book->base_url;

    if (url.n == 0)
        return;
    xml_element(out, "dt", NULL, str_of(word_text(WORD_SOURCE, v->lang)));
    buf_puts(out, "<dd><a href=\"");
    xml_attr(out, url);
    buf_puts(out, "\">");
    xml_text(out, url);
    buf_puts(out, "</a></dd>\n");
}

static str date_text(const struct volume *v, const struct date *d)
{
    return word_date(d->year, d->month, d->day, v->lang, v->arena);
}

static void put_dates(const struct volume *v, struct buf *out)
{
    if (!v->oldest)
        return;
    put_row(v, out, WORD_FIRST_POST, date_text(v, v->oldest));
    put_row(v, out, WORD_LAST_POST, date_text(v, v->newest));
}

static void put_extent(const struct volume *v, struct buf *out)
{
    str extent = volume_count(v, v->arena);
    size_t n = v->images.n;

    if (n) {
        str pictures = n == 1
                           ? str_of(word_text(WORD_ONE_PICTURE, v->lang))
                           : phrase_number(WORD_PICTURES, v->lang, n, v->arena);
        extent = arena_join(v->arena, arena_join(v->arena, extent, S(", ")),
                            pictures);
    }
    put_row(v, out, WORD_EXTENT, extent);
}

void colophon_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;
    str colophon = str_of(word_text(WORD_COLOPHON, v->lang));

    begin(v, out, colophon, " epub:type=\"backmatter\"");
    buf_puts(out, "<section class=\"colophon\" epub:type=\"colophon\""
                  " role=\"doc-colophon\" aria-labelledby=\"colophon\">\n");
    xml_element(out, "h1", " id=\"colophon\"", colophon);
    xml_element(out, "p", " class=\"book-title\"", volume_book_title(v));
    buf_puts(out, "<dl>\n");
    put_row(v, out, WORD_AUTHOR, str_trim(v->book->author));
    put_source(v, out);
    put_dates(v, out);
    put_extent(v, out);
    buf_puts(out, "</dl>\n");
    xml_element(out, "p", " class=\"made-with\"",
                phrase_text(WORD_MADE_WITH, v->lang,
                            S("blog2book " BLOG2BOOK_VERSION), v->arena));
    buf_puts(out, "</section>\n");
    xhtml_end(out);
}
