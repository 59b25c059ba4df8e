/* SPDX-License-Identifier: MIT */
#include "pdf/face.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>

#include "pdf/facecmap.h"
#include "pdf/invisible.h"

/* Subset tags and a '+' come before it, within 127 bytes of a PDF name. */
#define PS_NAME_MAX 63

static str table_of(hb_face_t *face, hb_tag_t tag, hb_blob_t **blob)
{
    unsigned n = 0;

    *blob = hb_face_reference_table(face, tag);
    const char *p = hb_blob_get_data(*blob, &n);
    return (str){ p, n };
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob;
    bool has = table_of(face, tag, &blob).n > 0;

    hb_blob_destroy(blob);
    return has;
}

/* OpenType, OS/2 fsType: embedding forbidden, subsetting forbidden, bitmaps
 * only. */
static bool may_embed(hb_face_t *face)
{
    hb_blob_t *blob;
    str os2 = table_of(face, HB_TAG('O', 'S', '/', '2'), &blob);
    unsigned type = 0;

    if (os2.n >= 10)
        type = (unsigned)(uint8_t)os2.p[8] << 8 | (uint8_t)os2.p[9];
    hb_blob_destroy(blob);
    return !(type & 0x0300) && (type & 0x000F) != 2;
}

/* *CIDS: those of the glyphs; untouched when they are the glyph ids. */
static const char *find_kind(struct font *f, struct arena *a,
                             const uint16_t **cids)
{
    hb_face_t *face = f->face->hb_face;
    struct cff_info cff;
    hb_blob_t *blob;

    if (hb_ot_color_has_png(face)) {
        f->kind = FONT_COLOR;
        return NULL;
    }
    if (has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
        has_table(face, HB_TAG('l', 'o', 'c', 'a'))) {
        f->kind = FONT_TRUETYPE;
        return NULL;
    }
    str table = table_of(face, HB_TAG('C', 'F', 'F', ' '), &blob);
    bool ok = table.n && face_read_cff(table, f->n_glyphs, a, &cff);
    hb_blob_destroy(blob);
    if (!ok)
        return "has no outlines that a PDF can hold";
    f->kind = cff.cid_keyed ? FONT_CFF_CID : FONT_CFF_NAMED;
    *cids = cff.cids;
    return NULL;
}

static void set_codes(struct font *f, const uint16_t *cids)
{
    for (uint32_t i = 0; i < f->n_glyphs; i++)
        f->glyphs[i].code = f->kind == FONT_COLOR ? (uint16_t)(i & 0xFF)
                            : cids                ? cids[i]
                                                  : (uint16_t)i;
}

/* Characters that share their glyph with one that people write: modifier
 * letters, quads, the figure dash, radicals, compatibility ideographs,
 * conjoining jamo, private use. */
static bool is_second_choice(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = { { 0x00A0, 0x00A0 },   { 0x00AD, 0x00AD },
                   { 0x02B0, 0x02FF },   { 0x1100, 0x11FF },
                   { 0x2000, 0x2001 },   { 0x2004, 0x200A },
                   { 0x2012, 0x2012 },   { 0x2E80, 0x2FDF },
                   { 0xE000, 0xF8FF },   { 0xF900, 0xFAFF },
                   { 0xFE30, 0xFE4F },   { 0x2F800, 0x2FA1F },
                   { 0xF0000, 0x10FFFF } };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

/* Fonts map controls to their space, and emoji fonts private numbers of
 * telephone companies to flags. Latin ligatures (U+FB00 to U+FB06) stand for
 * letters that the text has and that people search for. */
static bool says_something(const struct font *f, uint32_t c)
{
    bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    bool ligature = c >= 0xFB00 && c <= 0xFB06;

    return !is_control(c) && !is_invisible(c) && !ligature &&
           !(f->kind == FONT_COLOR && private_use);
}

static void mark_rows(void *context, uint32_t first, uint32_t last,
                      uint32_t glyph)
{
    struct coverage *cov = &((struct font *)context)->face->coverage;

    for (uint32_t row = first >> 8; row <= last >> 8; row++)
        if (!cov->rows[row])
            cov->rows[row] = (uint16_t)++cov->n_rows;
}

static void add_chars(void *context, uint32_t first, uint32_t last,
                      uint32_t glyph)
{
    struct font *f = context;
    struct coverage *cov = &f->face->coverage;

    for (uint32_t c = first, g = glyph; c <= last && g < f->n_glyphs;
         c++, g++) {
        if (!g)
            continue;
        cov->bits[cov->rows[c >> 8] - 1][c >> 6 & 3] |= 1ull << (c & 63);
        cov->n_chars++;
        uint32_t *known = &f->glyphs[g].c;
        if (says_something(f, c) &&
            (!*known || (is_second_choice(*known) && !is_second_choice(c))))
            *known = c;
    }
}

/* The map of a font in a format that cmap_read() doesn't know. */
static void ask_for_chars(struct font *f, cmap_range *fn)
{
    hb_set_t *set = hb_set_create();
    hb_codepoint_t c = HB_SET_VALUE_INVALID, g;

    hb_face_collect_unicodes(f->face->hb_face, set);
    while (hb_set_next(set, &c) && c <= 0x10FFFF)
        if (hb_font_get_nominal_glyph(f->face->hb_font, c, &g))
            fn(f, c, c, g);
    hb_set_destroy(set);
}

static void read_chars(struct font *f, struct arena *a)
{
    struct face *face = f->face;
    struct coverage *cov = &face->coverage;
    hb_blob_t *blob;
    str cmap = table_of(face->hb_face, HB_TAG('c', 'm', 'a', 'p'), &blob);

    bool known = cmap_read(cmap, mark_rows, f);
    if (!known)
        ask_for_chars(f, mark_rows);
    cov->bits = arena_alloc_array(a, sizeof *cov->bits, cov->n_rows);
    if (known)
        cmap_read(cmap, add_chars, f);
    else
        ask_for_chars(f, add_chars);
    hb_blob_destroy(blob);
}

static int32_t to_em(const struct font *f, int64_t units)
{
    int64_t upem = f->face->upem;

    return (int32_t)((units * 1000 + (units < 0 ? -upem : upem) / 2) / upem);
}

static void read_advances(struct font *f)
{
    uint32_t n = f->n_glyphs;
    hb_codepoint_t *ids = malloc(n * sizeof *ids);
    hb_position_t *wide = malloc(n * sizeof *wide);

    if (!ids || !wide)
        die("out of memory");
    for (uint32_t i = 0; i < n; i++)
        ids[i] = i;
    hb_font_get_glyph_h_advances(f->face->hb_font, n, ids, sizeof *ids, wide,
                                 sizeof *wide);
    for (uint32_t i = 0; i < n; i++) {
        int32_t em = to_em(f, wide[i]);
        f->glyphs[i].advance = em < 0 || em > INT16_MAX ? -1 : (int16_t)em;
    }
    free(ids);
    free(wide);
}

static int32_t metric(const struct font *f, hb_ot_metrics_tag_t tag,
                      int32_t otherwise)
{
    hb_position_t value;

    if (!hb_ot_metrics_get_position(f->face->hb_font, tag, &value))
        return otherwise;
    int64_t em = (int64_t)value * 1000 / (int32_t)f->face->upem;
    return em > -5000 && em < 5000 ? (int32_t)em : otherwise;
}

static void read_metrics(struct font *f)
{
    f->ascent = metric(f, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 880);
    f->descent = metric(f, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -120);
    f->line_gap = metric(f, HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP, 0);
    f->cap_height = metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT, 700);
    f->x_height = metric(f, HB_OT_METRICS_TAG_X_HEIGHT, 500);
    f->underline_at = metric(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -100);
    f->underline_size = metric(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE, 50);
    f->strike_at = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, 300);
    f->strike_size = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_SIZE, 50);
}

/* ISO 32000-1, 7.3.5: only what needs no escape. */
static str clean_name(const char *p, size_t n, struct arena *a)
{
    char *out = arena_bytes(a, PS_NAME_MAX);
    size_t k = 0;

    for (size_t i = 0; i < n && k < PS_NAME_MAX; i++)
        if (ascii_is_alnum((unsigned char)p[i]) || p[i] == '-')
            out[k++] = p[i];
    return (str){ out, k };
}

static void read_ps_name(struct font *f, struct arena *a)
{
    char text[128];
    unsigned n = sizeof text;

    hb_ot_name_get_utf8(f->face->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        HB_LANGUAGE_INVALID, &n, text);
    f->ps_name = clean_name(text, n, a);
    if (!f->ps_name.n)
        f->ps_name = clean_name(f->family.p, f->family.n, a);
    if (!f->ps_name.n)
        f->ps_name = S("Font");
}

static const char *read_face(struct font *f, struct arena *a)
{
    struct face *face = f->face;

    f->n_glyphs = hb_face_get_glyph_count(face->hb_face);
    if (!f->n_glyphs)
        return "is damaged or no font";
    if (f->n_glyphs > 0xFFFF)
        f->n_glyphs = 0xFFFF;
    if (!may_embed(face->hb_face))
        return "forbids embedding";
    const uint16_t *cids = NULL;
    const char *why = find_kind(f, a, &cids);
    if (why)
        return why;
    f->glyphs = arena_array(a, struct font_glyph, f->n_glyphs);
    set_codes(f, cids);
    face->upem = hb_face_get_upem(face->hb_face);
    hb_font_set_scale(face->hb_font, (int)face->upem, (int)face->upem);
    hb_font_make_immutable(face->hb_font);
    read_chars(f, a);
    if (!face->coverage.n_chars)
        return "has no characters";
    read_advances(f);
    face_read_alternates(f);
    read_metrics(f);
    read_ps_name(f, a);
    return NULL;
}

const char *face_load(struct font *f, str path, uint32_t index, struct arena *a)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(arena_cstr(a, path));

    if (!blob)
        return "can't be read";
    f->face = arena_new(a, struct face);
    f->face->hb_face = hb_face_create(blob, index);
    f->face->hb_font = hb_font_create(f->face->hb_face);
    hb_blob_destroy(blob);
    hb_face_make_immutable(f->face->hb_face);
    const char *why = read_face(f, a);
    if (why) {
        face_done(f->face);
        f->face = NULL;
    }
    return why;
}

void face_done(struct face *face)
{
    if (!face)
        return;
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
}

int32_t font_ask_advance(const struct font *f, uint32_t glyph)
{
    return to_em(f, hb_font_get_glyph_h_advance(f->face->hb_font, glyph));
}

str shaping_library_version(struct arena *a)
{
    return arena_dup(a, str_of(hb_version_string()));
}
