/* SPDX-License-Identifier: MIT */
#include "pdf/atoms.h"

#include "base/utf8.h"

/* Glue as thousandths of the type size. */
#define SPACE_STRETCH  180
#define SPACE_SHRINK   70
#define LETTER_STRETCH 40  /* between two Han or kana */
#define AUTOSPACE      250 /* between Han or kana and Latin: jlreq 3.2.6 */
#define AUTOSPACE_GIVE 125
#define HALF           500
#define QUARTER        250
/* How much of a punctuation mark's blank half may be taken in a tight line. */
#define PUNCT_SHRINK 250
/* A glyph at least this wide is a full-width one. */
#define FULL_WIDTH 900

enum punct { PUNCT_NONE, PUNCT_OPENING, PUNCT_CLOSING, PUNCT_MIDDLE };

static enum punct punct_of(uint32_t c, const struct style *st)
{
    switch (c) {
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0x3016:
    case 0x3018:
    case 0x301D:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
    case 0xFF5F:
    case 0x2018:
    case 0x201C:
        return PUNCT_OPENING;
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0x3017:
    case 0x3019:
    case 0x301E:
    case 0x301F:
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
    case 0xFF60:
    case 0x2019:
    case 0x201D:
        return PUNCT_CLOSING;
    case 0x3001:
    case 0x3002:
    case 0xFF0C:
    case 0xFF0E:
        /* Traditional Chinese sets them in the middle of the square. */
        return st->lang_id == LANG_ZH_HANT ? PUNCT_MIDDLE : PUNCT_CLOSING;
    case 0x30FB:
    case 0xFF1A:
    case 0xFF1B:
        return PUNCT_MIDDLE;
    default:
        return PUNCT_NONE;
    }
}

static int32_t part_of(int32_t size, int32_t thousandths)
{
    return (int32_t)((int64_t)size * thousandths / 1000);
}

/* What the maker knows of the atom it works on and the one before. */
struct maker {
    struct layout *ly;
    const struct inline_text *it;
    const struct shaped *sh;
    struct atoms out;
    uint32_t object, span;
    uint32_t before; /* code point of the last atom */
    enum punct punct_before;
    const struct style *style;        /* of the current atom */
    const struct style *hyphen_style; /* that `hyphen` was measured in */
    int32_t hyphen;
};

static const struct style *next_style(struct maker *m, uint32_t at)
{
    while (m->span + 1 < m->it->spans.n && at >= m->it->spans.v[m->span].end)
        m->span++;
    return m->it->spans.v[m->span].style;
}

/* Full-width punctuation: its blank half becomes glue. */
static void trim_punct(struct atom *at, enum punct p, int32_t size)
{
    int32_t half = part_of(size, HALF), quarter = part_of(size, QUARTER);

    if (p == PUNCT_OPENING) {
        at->pull = half;
        at->w -= half;
        at->lead = half;
        at->lead_shrink = part_of(size, PUNCT_SHRINK);
    } else if (p == PUNCT_CLOSING) {
        at->w -= half;
        at->glue = half;
        at->shrink = part_of(size, PUNCT_SHRINK);
    } else if (p == PUNCT_MIDDLE) {
        at->pull = quarter;
        at->w -= 2 * quarter;
        at->lead = at->glue = quarter;
        at->lead_shrink = at->shrink = part_of(size, PUNCT_SHRINK / 2);
    }
}

/* Between two marks one blank half is enough: jlreq 3.1.4. */
static void collapse(struct atom *left, struct atom *right)
{
    if (!left->glue || !right->lead)
        return;
    right->lead = right->lead > left->glue ? right->lead - left->glue : 0;
    right->lead_shrink = 0;
}

static bool is_latin(uint32_t c)
{
    return c < 0x80 ? ascii_is_alnum((int)c)
                    : (c >= 0xC0 && c < 0x250) || (c >= 0x370 && c < 0x530);
}

/* Glue between two neighbouring letters. */
static void space_letters(struct maker *m, struct atom *left, uint32_t a,
                          uint32_t b)
{
    const struct style *st = m->style;
    int32_t size = st->font_size;

    if (st->lang_id == LANG_KO || left->blank)
        return;
    bool ha = is_han_or_kana(a), hb = is_han_or_kana(b);
    if ((ha && is_latin(b)) || (hb && is_latin(a))) {
        if (!st->autospace)
            return;
        left->glue += part_of(size, AUTOSPACE);
        left->stretch += part_of(size, AUTOSPACE_GIVE);
        left->shrink += part_of(size, AUTOSPACE_GIVE);
    } else if (ha && hb) {
        left->stretch += part_of(size, LETTER_STRETCH);
    }
}

static void make_space(struct atom *at, int32_t size, const struct style *st)
{
    at->blank = true;
    if (style_is_pre(st))
        return;
    at->glue = at->w + st->word_spacing;
    at->w = 0;
    at->stretch = part_of(size, SPACE_STRETCH);
    at->shrink = part_of(size, SPACE_SHRINK);
    if (at->shrink > at->glue / 2)
        at->shrink = at->glue / 2;
}

static void shape_atom(struct maker *m, struct atom *at, uint32_t c)
{
    const struct style *st = m->style;
    int32_t size = m->sh->runs[at->run].size;
    enum punct p = PUNCT_NONE;

    for (uint32_t g = 0; g < at->n_glyphs; g++)
        at->w += m->sh->glyphs[at->glyph + g].advance;
    if (c == '\n') {
        at->w = 0;
        at->blank = true;
    } else if (c == ' ') {
        make_space(at, size, st);
    } else if (c == 0xFFFC && m->object < m->it->objects.n) {
        at->object = &m->it->objects.v[m->object++];
        at->w = at->object->w;
        at->glue = at->object->formula ? at->object->formula->gap : 0;
        at->n_glyphs = 0;
    } else {
        at->w += st->letter_spacing;
        at->blank = c == 0x00A0 || c == 0x3000;
        if (st->trim_spacing && at->w >= part_of(size, FULL_WIDTH))
            p = punct_of(c, st);
        if (p != PUNCT_NONE)
            trim_punct(at, p, size);
    }
    /* A formula stands apart from Han and kana as Latin does. */
    if (at->object && at->object->formula)
        c = 'x';
    if (m->out.n > 0) {
        struct atom *left = &m->out.v[m->out.n - 1];
        if (m->punct_before != PUNCT_NONE && p != PUNCT_NONE)
            collapse(left, at);
        else
            space_letters(m, left, m->before, c);
    }
    m->punct_before = p;
    m->before = c;
}

static void add_atom(struct maker *m, uint32_t run, uint32_t glyph, uint32_t n)
{
    struct atom *at = &m->out.v[m->out.n];
    size_t next = m->sh->glyphs[glyph].text_at;

    *at = (struct atom){
        .glyph = glyph, .n_glyphs = n, .run = run, .at = (uint32_t)next
    };
    m->style = next_style(m, at->at);
    at->span = m->span;
    shape_atom(m, at, utf8_next(m->it->text, &next));
    m->out.n++;
}

static void add_all(struct maker *m)
{
    for (uint32_t r = 0; r < m->sh->n_runs; r++) {
        const struct shape_run *run = &m->sh->runs[r];
        for (uint32_t g = run->first; g < run->first + run->n;) {
            uint32_t n = 1;
            while (g + n < run->first + run->n &&
                   m->sh->glyphs[g + n].text_n == 0)
                n++;
            add_atom(m, r, g, n);
            g += n;
        }
    }
}

/* The width of the hyphen in the style of an atom; shaped once for the many
 * places of a span where a word may be parted. */
static int32_t hyphen_width(struct maker *m, const struct atom *at)
{
    const struct style *st = m->it->spans.v[at->span].style;

    if (m->hyphen_style != st) {
        m->hyphen_style = st;
        m->hyphen = para_single(m->ly, S("-"), st, 0, 0).width;
    }
    return m->hyphen;
}

/* The kind of break behind each atom: the best of those before the bytes up to
 * and with the next atom's first. */
static void set_breaks(struct maker *m, const uint8_t *opportunity)
{
    for (uint32_t i = 0; i < m->out.n; i++) {
        struct atom *at = &m->out.v[i];
        bool last = i + 1 == m->out.n;
        uint32_t end = last ? (uint32_t)m->it->text.n : m->out.v[i + 1].at;
        at->after = last ? OPP_FORCED : opportunity[end];
        if (m->it->text.p[at->at] == '\n')
            at->after = OPP_FORCED;
        if (at->after == OPP_HYPHEN)
            at->hyphen = hyphen_width(m, at);
    }
}

/* No break inside a ruby base, and room for an annotation that is wider. */
static void set_rubies(struct maker *m)
{
    uint32_t i = 0;

    for (size_t k = 0; k < m->it->rubies.n; k++) {
        const struct inline_ruby *rb = &m->it->rubies.v[k];
        while (i < m->out.n && m->out.v[i].at < rb->at)
            i++;
        uint32_t first = i;
        int32_t base = 0;
        while (i < m->out.n && m->out.v[i].at < rb->end) {
            base += m->out.v[i].w + m->out.v[i].glue;
            if (i > first)
                m->out.v[i - 1].after = OPP_NONE;
            i++;
        }
        int32_t over = para_single(m->ly, rb->text, rb->style, 0, 0).width -
                       base;
        if (i == first || over <= 0)
            continue;
        m->out.v[first].w += over / 2;
        m->out.v[first].pull -= over / 2;
        m->out.v[i - 1].w += over - over / 2;
    }
}

static void sum_up(struct atoms *out, struct arena *a)
{
    out->width = arena_array_raw(a, int64_t, out->n + 1);
    out->stretch = arena_array_raw(a, int64_t, out->n + 1);
    out->shrink = arena_array_raw(a, int64_t, out->n + 1);
    out->width[0] = out->stretch[0] = out->shrink[0] = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        const struct atom *at = &out->v[i];
        out->width[i + 1] = out->width[i] + at->lead + at->w + at->glue;
        out->stretch[i + 1] = out->stretch[i] + at->stretch;
        out->shrink[i + 1] = out->shrink[i] + at->lead_shrink + at->shrink;
    }
}

struct atoms atoms_make(struct layout *ly, const struct inline_text *it,
                        const struct shaped *sh, const uint8_t *opportunity)
{
    struct maker m = { .ly = ly, .it = it, .sh = sh };
    struct arena *tmp = shaper_scratch(ly->shaper);

    m.out.v = arena_array_raw(tmp, struct atom, sh->n_glyphs);
    add_all(&m);
    set_breaks(&m, opportunity);
    set_rubies(&m);
    sum_up(&m.out, tmp);
    return m.out;
}
