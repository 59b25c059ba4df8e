/* SPDX-License-Identifier: MIT */
#include "pdf/subset.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/facemeta.h"
#include "pdf/subsetface.h"
#include "pdf/tounicode.h"

/* How often a damaged font is tried with fewer glyphs. */
#define RETRIES_MAX 64

/* ISO 32000-1, table 123. */
#define FLAG_FIXED_PITCH 1u
#define FLAG_SYMBOLIC    4u
#define FLAG_ITALIC      64u

/* A glyph by the code that pages use for it. */
struct coded {
    uint32_t code, glyph;
    str text;
};

static int compare_uses(const void *px, const void *py)
{
    const struct glyph_use *x = px, *y = py;

    if (x->font != y->font)
        return x->font->index < y->font->index ? -1 : 1;
    return x->glyph < y->glyph ? -1 : x->glyph > y->glyph;
}

static int compare_coded(const void *px, const void *py)
{
    const struct coded *x = px, *y = py;

    return x->code < y->code ? -1 : x->code > y->code;
}

static str text_of(const struct glyph_use *use, struct arena *a)
{
    uint32_t c = font_char(use->font, use->glyph);

    if (!c)
        return use->text;
    char *p = arena_bytes(a, 4);
    return (str){ p, utf8_encode(c, p) };
}

static struct coded *code_uses(const struct glyph_use *uses, size_t n,
                               struct arena *a)
{
    struct coded *coded = arena_array(a, struct coded, n);

    for (size_t i = 0; i < n; i++)
        coded[i] = (struct coded){ font_code(uses[i].font, uses[i].glyph),
                                   uses[i].glyph, text_of(&uses[i], a) };
    qsort(coded, n, sizeof *coded, compare_coded);
    return coded;
}

static str make_tounicode(const struct coded *coded, size_t n, unsigned bytes,
                          struct arena *a)
{
    struct tounicode_entry *e = arena_array(a, struct tounicode_entry, n);

    for (size_t i = 0; i < n; i++)
        e[i] = (struct tounicode_entry){ coded[i].code, coded[i].text };
    return tounicode_make(e, n, bytes, a);
}

/* ISO 32000-1, 9.6.4: six letters that differ between subsets of a font. */
static str make_name(const struct font *f, const uint32_t *glyphs, size_t n,
                     struct arena *a)
{
    struct buf key = { 0 };
    uint8_t digest[SHA256_SIZE];
    char tag[7] = { 0 };

    buf_put(&key, f->ps_name);
    for (size_t i = 0; i < n; i++)
        buf_printf(&key, " %u", glyphs[i]);
    hash_sha256(buf_str(&key), digest);
    buf_done(&key);
    for (int i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest[i] % 26);
    return arena_printf(a, "%s+%.*s", tag, STR_ARG(f->ps_name));
}

static int compare_ints(const void *px, const void *py)
{
    int32_t x = *(const int32_t *)px, y = *(const int32_t *)py;

    return x < y ? -1 : x > y;
}

/* The width of most glyphs. */
static int32_t common_width(const int32_t *widths, size_t n, struct arena *a)
{
    int32_t *sorted = arena_array(a, int32_t, n);
    int32_t best = 1000;
    size_t most = 0;

    memcpy(sorted, widths, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_ints);
    for (size_t i = 0, run = 0; i < n; i++) {
        run = i && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run > most) {
            most = run;
            best = sorted[i];
        }
    }
    return best;
}

static void make_widths(struct font_program *p, const struct coded *coded,
                        size_t n, struct arena *a)
{
    int32_t *widths = arena_array(a, int32_t, n);
    struct buf out = { 0 };
    bool open = false;

    for (size_t i = 0; i < n; i++)
        widths[i] = font_advance(p->font, coded[i].glyph);
    p->dw = common_width(widths, n, a);
    buf_putc(&out, '[');
    for (size_t i = 0; i < n; i++) {
        bool listed = widths[i] != p->dw;
        bool follows = open && listed && coded[i].code == coded[i - 1].code + 1;
        if (open && !follows)
            buf_puts(&out, "]\n");
        if (follows)
            buf_printf(&out, " %d", widths[i]);
        else if (listed)
            buf_printf(&out, "%u [%d", coded[i].code, widths[i]);
        open = listed;
    }
    buf_puts(&out, open ? "]]" : "]");
    p->widths = arena_dup(a, buf_str(&out));
    buf_done(&out);
}

static void make_cidset(struct font_program *p, const struct coded *coded,
                        size_t n, struct arena *a)
{
    size_t bytes = n ? coded[n - 1].code / 8 + 1 : 1;
    uint8_t *bits = arena_array(a, uint8_t, bytes);

    bits[0] = 0x80;
    for (size_t i = 0; i < n; i++)
        bits[coded[i].code / 8] |= (uint8_t)(0x80 >> coded[i].code % 8);
    p->cidset = (str){ (const char *)bits, bytes };
}

static void describe(struct font_program *p, struct arena *a)
{
    const struct font *f = p->font;
    struct face_meta meta;

    face_read_meta(f, a, &meta);
    memcpy(p->bbox, meta.bbox, sizeof p->bbox);
    p->ascent = f->ascent;
    p->descent = f->descent;
    p->cap_height = f->cap_height;
    p->italic_angle = meta.italic_angle;
    p->stem_v = 50 + f->weight * f->weight / (65 * 65);
    p->flags = FLAG_SYMBOLIC;
    if (meta.fixed_pitch)
        p->flags |= FLAG_FIXED_PITCH;
    if (f->italic)
        p->flags |= FLAG_ITALIC;
    p->family = f->family;
    p->license = meta.license;
}

struct rescue {
    const struct font *font;
    uint32_t *good;
    size_t n_good;
    int tries;
    struct arena *arena;
};

/* Keeps what can be subset of the glyphs, by halves. */
static void keep_good(struct rescue *r, const uint32_t *glyphs, size_t n)
{
    str bytes;

    if (!n || ++r->tries > RETRIES_MAX)
        return;
    if (subset_face(r->font->face->hb_face, r->font->kind, glyphs, n, r->arena,
                    &bytes)) {
        memcpy(r->good + r->n_good, glyphs, n * sizeof *glyphs);
        r->n_good += n;
        return;
    }
    if (n == 1)
        return;
    keep_good(r, glyphs, n / 2);
    keep_good(r, glyphs + n / 2, n - n / 2);
}

static void make_bytes(struct font_program *p, const uint32_t *glyphs, size_t n,
                       struct arena *a, struct diag *dg)
{
    const struct font *f = p->font;
    struct hb_face_t *face = f->face->hb_face;

    if (subset_face(face, f->kind, glyphs, n, a, &p->bytes))
        return;
    struct rescue r = { f, arena_array(a, uint32_t, n), 0, 0, a };
    keep_good(&r, glyphs, n);
    diag_add(dg, DIAG_GLYPH_BROKEN, S(""), 0,
             "font '%.*s' is damaged: %zu of its letters are not drawn",
             STR_ARG(f->family), n - r.n_good);
    if (!subset_face(face, f->kind, r.good, r.n_good, a, &p->bytes))
        p->bytes = (str){ 0 };
}

static void make_program(struct font_program *p, const struct glyph_use *uses,
                         size_t n, struct arena *a, struct diag *dg)
{
    uint32_t *glyphs = arena_array(a, uint32_t, n);
    struct coded *coded = code_uses(uses, n, a);

    for (size_t i = 0; i < n; i++)
        glyphs[i] = uses[i].glyph;
    p->font = uses[0].font;
    p->cff = p->font->kind != FONT_TRUETYPE;
    p->n_used = (uint32_t)n;
    p->name = make_name(p->font, glyphs, n, a);
    p->tounicode = make_tounicode(coded, n, 2, a);
    make_widths(p, coded, n, a);
    make_cidset(p, coded, n, a);
    describe(p, a);
    make_bytes(p, glyphs, n, a, dg);
}

/* A font that can't be subset at all lends another one's empty glyph: pages
 * use it already, and the text stays there to be copied. */
static bool lend_bytes(struct font_program *p, const struct font_programs *all,
                       struct arena *a)
{
    for (size_t i = 0; i < all->fonts.n; i++) {
        const struct font_program *other = &all->fonts.v[i];
        if (!other->bytes.n ||
            !subset_face(other->font->face->hb_face, other->font->kind, NULL, 0,
                         a, &p->bytes))
            continue;
        p->cff = other->cff;
        return true;
    }
    return false;
}

static void grow_box(int32_t box[4], const struct color_glyph *g)
{
    int32_t right = g->x + g->w > g->width ? g->x + g->w : g->width;

    if (g->x < box[0])
        box[0] = g->x;
    if (g->y < box[1])
        box[1] = g->y;
    if (right > box[2])
        box[2] = right;
    if (g->y + g->h > box[3])
        box[3] = g->y + g->h;
}

static void make_color(struct color_program *p, const struct glyph_use *uses,
                       size_t n, struct arena *a)
{
    p->font = uses[0].font;
    p->part = uses[0].glyph / 256;
    p->n_glyphs = (uint32_t)n;
    p->glyphs = arena_array(a, struct color_glyph, n);
    for (size_t i = 0; i < n; i++) {
        struct color_glyph *g = &p->glyphs[i];
        g->glyph = uses[i].glyph;
        g->width = font_advance(p->font, g->glyph);
        face_read_extents(p->font, g->glyph, &g->x, &g->y, &g->w, &g->h);
        grow_box(p->bbox, g);
    }
    p->tounicode = make_tounicode(code_uses(uses, n, a), n, 1, a);
}

/* How many uses from I on go into one program. */
static size_t count_same(const struct glyph_use *uses, size_t i, size_t n)
{
    bool color = uses[i].font->kind == FONT_COLOR;
    size_t k = i + 1;

    while (k < n && uses[k].font == uses[i].font &&
           (!color || uses[k].glyph / 256 == uses[i].glyph / 256))
        k++;
    return k - i;
}

bool font_programs_make(struct font_programs *out, const struct font_uses *uses,
                        struct arena *a, struct diag *dg)
{
    size_t n = uses->items.n;
    struct glyph_use *sorted = arena_array(a, struct glyph_use, n);

    *out = (struct font_programs){ 0 };
    if (!n)
        return true;
    memcpy(sorted, uses->items.v, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_uses);
    for (size_t i = 0; i < n;) {
        size_t k = count_same(sorted, i, n);
        if (sorted[i].font->kind == FONT_COLOR)
            make_color(vec_push(&out->color, a), &sorted[i], k, a);
        else
            make_program(vec_push(&out->fonts, a), &sorted[i], k, a, dg);
        i += k;
    }
    for (size_t i = 0; i < out->fonts.n; i++)
        if (!out->fonts.v[i].bytes.n && !lend_bytes(&out->fonts.v[i], out, a))
            return false;
    return true;
}
