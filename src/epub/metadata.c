/* SPDX-License-Identifier: MIT */
/* The metadata of the package document: Dublin Core, and what EPUB
 * Accessibility 1.1 (2.2) asks for. Every accessibility statement is computed
 * from the content. There is no conformance claim (4.1.2): one needs an
 * evaluator, and a program cannot judge the author's texts, tables and
 * colours. */
#include <stdlib.h>

#include "epub/documents.h"
#include "epub/xml.h"

#define MAX_SUBJECTS 10

/* For a book without any date. */
#define NO_DATE     946684800    /* 2000-01-01T00:00:00Z */
#define LAST_SECOND 253402300799 /* of the year 9999 */

static void put_property(struct buf *out, const char *property, str value)
{
    buf_printf(out, "<meta property=\"%s\">", property);
    xml_text(out, value);
    buf_puts(out, "</meta>\n");
}

/* Days since 1970 to a calendar day (Hinnant's civil_from_days, with the
 * calendar's eras of 400 years starting on 1 March 0000). */
static void put_timestamp(struct buf *out, int64_t seconds)
{
    if (seconds <= 0 || seconds > LAST_SECOND)
        seconds = NO_DATE;
    int64_t days = seconds / 86400 + 719468;
    int second = (int)(seconds % 86400);
    int64_t era = days / 146097;
    int doe = (int)(days - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    int year = (int)(yoe + era * 400) + (month <= 2);

    buf_printf(out,
               "<meta property=\"dcterms:modified\">"
               "%04d-%02d-%02dT%02d:%02d:%02dZ</meta>\n",
               year, month, doy - (153 * mp + 2) / 5 + 1, second / 3600,
               second / 60 % 60, second % 60);
}

static void put_date(const struct volume *v, struct buf *out)
{
    const struct date *d = v->newest;

    if (d)
        buf_printf(out, "<dc:date>%04d-%02u-%02u</dc:date>\n", d->year,
                   d->month, d->day);
}

static int by_count(const void *x, const void *y)
{
    const struct map_entry *a = x, *b = y;
    uint64_t na = *(const uint64_t *)a->value, nb = *(const uint64_t *)b->value;

    return na != nb ? (na < nb ? 1 : -1) : str_cmp(a->key, b->key);
}

static void put_subjects(const struct volume *v, struct buf *out)
{
    size_t n = v->tags.n;

    if (n == 0)
        return;
    struct map_entry *tags = arena_array(v->arena, struct map_entry, n);
    for (size_t i = 0; i < n; i++)
        tags[i] = v->tags.entries[i];
    qsort(tags, n, sizeof *tags, by_count);
    for (size_t i = 0; i < n && i < MAX_SUBJECTS; i++)
        xml_element(out, "dc:subject", NULL, tags[i].key);
}

static void put_description(const struct volume *v, struct buf *out)
{
    str years = volume_years(v, v->arena);

    buf_puts(out, "<dc:description>");
    if (v->book->description.n) {
        xml_text(out, v->book->description);
        buf_puts(out, " · ");
    }
    xml_text(out, volume_count(v, v->arena));
    if (years.n) {
        buf_puts(out, ", ");
        xml_text(out, years);
    }
    buf_puts(out, "</dc:description>\n");
}

static void put_dublin_core(const struct volume *v, struct buf *out)
{
    const struct book *book = v->book;

    xml_element(out, "dc:identifier", " id=\"pub-id\"", book->identifier);
    xml_element(out, "dc:title", NULL, volume_book_title(v));
    xml_element(out, "dc:language", NULL, v->lang_tag);
    if (str_trim(book->author).n) {
        xml_element(out, "dc:creator", " id=\"author\"", book->author);
        buf_puts(out, "<meta refines=\"#author\" property=\"role\""
                      " scheme=\"marc:relators\">aut</meta>\n");
    }
    put_date(v, out);
    put_timestamp(out, book->modified);
    if (book->base_url.n)
        xml_element(out, "dc:source", NULL, book->base_url);
    put_description(v, out);
    put_subjects(v, out);
}

static void put_summary(const struct volume *v, struct buf *out)
{
    enum word pictures = WORD_A11Y_NO_PICTURES;

    if (v->pictures)
        pictures = v->described == v->pictures ? WORD_A11Y_ALL_DESCRIBED
                                               : WORD_A11Y_NOT_ALL_DESCRIBED;
    buf_puts(out, "<meta property=\"schema:accessibilitySummary\">");
    xml_text(out, str_of(word_text(WORD_A11Y_TEXT, v->lang)));
    buf_putc(out, ' ');
    xml_text(out, str_of(word_text(pictures, v->lang)));
    if (v->may_move) {
        buf_putc(out, ' ');
        xml_text(out, str_of(word_text(WORD_A11Y_MAY_MOVE, v->lang)));
    }
    buf_puts(out, "</meta>\n");
}

static void put_accessibility(const struct volume *v, struct buf *out)
{
    bool visual = v->pictures > 0;
    bool described = v->described == v->pictures;

    put_property(out, "schema:accessMode", S("textual"));
    if (visual)
        put_property(out, "schema:accessMode", S("visual"));
    if (described)
        put_property(out, "schema:accessModeSufficient", S("textual"));
    if (visual)
        put_property(out, "schema:accessModeSufficient", S("textual,visual"));
    put_property(out, "schema:accessibilityFeature", S("tableOfContents"));
    put_property(out, "schema:accessibilityFeature", S("readingOrder"));
    put_property(out, "schema:accessibilityFeature", S("structuralNavigation"));
    put_property(out, "schema:accessibilityFeature",
                 S("displayTransformability"));
    if (visual && described)
        put_property(out, "schema:accessibilityFeature", S("alternativeText"));
    if (v->has_math)
        put_property(out, "schema:accessibilityFeature", S("MathML"));
    put_property(out, "schema:accessibilityHazard",
                 v->may_move ? S("unknown") : S("none"));
    put_summary(v, out);
}

void metadata_write(const struct volume *v, struct stream *to)
{
    struct buf *out = &to->buf;

    buf_puts(out, "<metadata"
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    put_dublin_core(v, out);
    put_accessibility(v, out);
    if (v->cover) /* for EPUB 2's readers, and Kindle */
        buf_puts(out, "<meta name=\"cover\" content=\"cover-image\"/>\n");
    buf_puts(out, "</metadata>\n");
    stream_more(to);
}
