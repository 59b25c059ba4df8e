/* SPDX-License-Identifier: MIT */
/* What is true of the whole file: catalog, information, metadata, colours,
 * page labels, identifier. */
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "doc/chapter.h"
#include "pdf/document_parts.h"
#include "pdf/icc.h"
#include "pdf/xmp.h"

#define PRODUCER "blog2book (libharu)"

static bool has_dates(const struct document *doc, struct tm *t)
{
    time_t when = (time_t)doc->o.modified;

    return when > 0 && gmtime_r(&when, t) && t->tm_year <= 9999 - 1900;
}

/* With or without the marks between the numbers: ISO 8601, or what stands
 * behind "D:" (ISO 32000-1, 7.9.4). */
static str format_date(struct document *doc, const struct tm *t, bool marks)
{
    const char *day = marks ? "-" : "", *time = marks ? ":" : "";

    return arena_printf(&doc->arena, "%04d%s%02d%s%02d%s%02d%s%02d%s%02dZ",
                        t->tm_year + 1900, day, t->tm_mon + 1, day, t->tm_mday,
                        marks ? "T" : "", t->tm_hour, time, t->tm_min, time,
                        t->tm_sec);
}

static void put_info(struct buf *b, const char *name, str value)
{
    if (!value.n)
        return;
    buf_puts(b, name);
    canvas_put_text(b, value);
}

static void make_info(struct document *doc)
{
    struct buf b = { 0 };
    struct tm t;

    put_info(&b, "/Title", doc->o.title);
    put_info(&b, "/Author", doc->o.author);
    put_info(&b, "/Creator", doc->o.creator);
    put_info(&b, "/Producer", S(PRODUCER));
    if (has_dates(doc, &t)) {
        str date = arena_join(&doc->arena, S("D:"),
                              format_date(doc, &t, false));
        put_info(&b, "/CreationDate", date);
        put_info(&b, "/ModDate", date);
    }
    canvas_info(doc->canvas, buf_str(&b));
    buf_done(&b);
}

/* A glyph that stands for a missing one is what PDF/A forbids (ISO 19005-2,
 * 6.2.11.8). Transparency, colour and fonts are as it wants them. */
static bool is_archive(const struct document *doc)
{
    for (size_t i = 0; i < doc->fonts.items.n; i++)
        if (doc->fonts.items.v[i].glyph == 0)
            return false;
    return true;
}

static uint32_t make_metadata(struct document *doc, bool archive)
{
    struct buf b = { 0 };
    struct tm t;
    struct xmp x = {
        .title = doc->o.title,
        .author = doc->o.author,
        .language = doc->o.language,
        .identifier = doc->o.identifier,
        .creator = doc->o.creator,
        .producer = S(PRODUCER),
        .archive = archive,
    };

    if (has_dates(doc, &t))
        x.date = format_date(doc, &t, true);
    xmp_put(&b, &x);
    /* Not compressed, so that any program finds it. */
    uint32_t object = canvas_stream(doc->canvas,
                                    S("/Type/Metadata/Subtype/XML"),
                                    buf_str(&b), CANVAS_PLAIN);
    buf_done(&b);
    return object;
}

/* ISO 19005-2, 6.2.3. */
static void put_intent(struct document *doc, struct buf *b)
{
    str profile = flate_pack(doc->flate, icc_srgb(&doc->arena), &doc->arena);
    uint32_t stream = canvas_stream(doc->canvas, S("/N 3"), profile,
                                    CANVAS_DEFLATED);

    buf_puts(b, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                "/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                "/Info(sRGB IEC61966-2.1)/DestOutputProfile");
    put_ref(b, stream);
    buf_puts(b, ">>]");
}

static void put_labels(const struct document *doc, struct buf *b)
{
    uint32_t cover = doc->n_section[SECTION_COVER];
    uint32_t front = doc->n_section[SECTION_FRONT];

    buf_puts(b, "/PageLabels<</Nums[");
    if (cover) {
        buf_puts(b, "0<</P");
        canvas_put_text(b, doc->cover_label);
        buf_puts(b, ">>");
    }
    if (front)
        buf_printf(b, "%u<</S/r>>", cover);
    if (doc->n_section[SECTION_BODY])
        buf_printf(b, "%u<</S/D>>", cover + front);
    buf_puts(b, "]>>");
}

static void make_catalog(struct document *doc, uint32_t pages, uint32_t outline,
                         bool archive)
{
    struct buf b = { 0 };

    buf_puts(&b, "/Pages");
    put_ref(&b, pages);
    if (outline) {
        buf_puts(&b, "/PageMode/UseOutlines/Outlines");
        put_ref(&b, outline);
    }
    if (doc->o.two_sided)
        buf_puts(&b, "/PageLayout/TwoPageRight");
    buf_puts(&b, "/ViewerPreferences<</DisplayDocTitle true");
    if (lang_runs_from_right(doc->o.language))
        buf_puts(&b, "/Direction/R2L"); /* ISO 32000-1, 12.2 */
    buf_puts(&b, ">>");
    if (doc->o.language.n) {
        buf_puts(&b, "/Lang");
        canvas_put_bytes(&b, doc->o.language);
    }
    put_labels(doc, &b);
    buf_puts(&b, "/MarkInfo<</Marked true>>/StructTreeRoot");
    put_ref(&b, doc->tree_root);
    buf_puts(&b, "/Metadata");
    put_ref(&b, make_metadata(doc, archive));
    put_intent(doc, &b);
    canvas_catalog(doc->canvas, buf_str(&b));
    buf_done(&b);
}

/* Of everything that tells two books, or two states of a book, apart. */
static void make_id(struct document *doc, uint8_t id[16])
{
    uint8_t sum[SHA256_SIZE];
    struct buf *d = &doc->digest;

    buf_put(d, doc->o.identifier);
    buf_put(d, doc->o.title);
    buf_put(d, doc->o.creator);
    buf_printf(d, "%lld %d %d %zu", (long long)doc->o.modified,
               (int)doc->o.width, (int)doc->o.height, doc->pages.n);
    hash_sha256(buf_str(d), sum);
    memcpy(id, sum, 16);
}

void doc_meta_make(struct document *doc, uint32_t pages, uint32_t outline,
                   uint8_t id[16])
{
    make_info(doc);
    make_catalog(doc, pages, outline, is_archive(doc));
    make_id(doc, id);
}
