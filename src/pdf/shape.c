/* SPDX-License-Identifier: MIT */
#include "pdf/shape.h"

#include <hb.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/invisible.h"
#include "pdf/shapefont.h"
#include "pdf/shaperun.h"

/* How far a space or comma inside right-to-left text looks for more of it. */
#define RTL_LOOK_AHEAD 16
/* HarfBuzz takes the square of the time for some long texts (marks behind tone
 * marks of Hangul): a run ends at the first space behind so many bytes, and
 * anywhere behind twice as many. No paragraph that people write is so long. */
#define RUN_LONG 16384

struct shaper {
    struct font_chooser chooser;
    struct run_shaper *run;
    struct arena scratch;
};

struct shaper *shaper_new(struct fontset *fs)
{
    struct shaper *sh = calloc(1, sizeof *sh);

    if (!sh)
        die("out of memory");
    sh->chooser.fs = fs;
    sh->run = run_shaper_new();
    arena_init(&sh->scratch);
    return sh;
}

void shaper_free(struct shaper *sh)
{
    if (!sh)
        return;
    run_shaper_free(sh->run);
    arena_done(&sh->scratch);
    font_chooser_done(&sh->chooser);
    free(sh);
}

struct arena *shaper_scratch(struct shaper *sh)
{
    return &sh->scratch;
}

void shaper_begin(struct shaper *sh, str path, struct diag *dg)
{
    font_chooser_begin(&sh->chooser, path, dg);
}

/* One paragraph on its way through HarfBuzz. The open run is in the buffer;
 * font NULL: none is open. */
struct job {
    struct shaper *sh;
    struct arena *arena;
    str text;
    const struct shape_style *style;
    uint32_t style_index, style_at; /* where it begins */
    hb_language_t language;
    hb_feature_t features[5];
    unsigned n_features;

    const struct font *font;
    hb_script_t script;
    bool rtl;          /* the open run, or the last one */
    unsigned brackets; /* open ones, of a run from left to right */
    uint32_t at;       /* where the open run starts */

    VEC(struct glyph) glyphs;
    VEC(struct shape_run) runs;
};

/* Scripts that are set together count as one: Hangul, kana and ideographs. */
static hb_script_t script_of(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alpha((int)c) ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    if (c >= 0xAC00 && c <= 0xD7A3)
        return HB_SCRIPT_HANGUL;
    if (c >= 0x4E00 && c <= 0x9FFF)
        return HB_SCRIPT_HAN;
    hb_script_t s = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    switch ((int)s) {
    case HB_SCRIPT_HIRAGANA:
        return HB_SCRIPT_KATAKANA;
    case HB_SCRIPT_BOPOMOFO:
        return HB_SCRIPT_HAN;
    case HB_SCRIPT_INHERITED:
    case HB_SCRIPT_UNKNOWN:
        return HB_SCRIPT_COMMON;
    default:
        return s;
    }
}

/* 0: not one of them; the higher one wins a run. */
static int east_asian(hb_script_t s)
{
    if (s == HB_SCRIPT_HANGUL)
        return 3;
    if (s == HB_SCRIPT_KATAKANA)
        return 2;
    return s == HB_SCRIPT_HAN;
}

static bool is_rtl(hb_script_t s)
{
    return s != HB_SCRIPT_COMMON &&
           hb_script_get_horizontal_direction(s) == HB_DIRECTION_RTL;
}

static bool is_digit(uint32_t c)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
           HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER;
}

/* Whether a neutral character in right-to-left text has more of it behind. */
static bool rtl_goes_on(const struct job *job, const struct cluster *k)
{
    str text = str_sub(job->text, 0, job->style->end);
    size_t at = k->end;

    if (is_digit(k->c))
        return false;
    for (int i = 0; i < RTL_LOOK_AHEAD && at < text.n; i++) {
        uint32_t c = utf8_next(text, &at);
        hb_script_t s = script_of(c);
        if (is_digit(c) || (s != HB_SCRIPT_COMMON && s != job->script))
            return false;
        if (s == job->script)
            return true;
    }
    return false;
}

/* Whether text from left to right goes on behind a neutral character. */
static bool ltr_goes_on(const struct job *job, const struct cluster *k)
{
    size_t at = k->end;

    if (k->c == '%')
        return true;
    for (int i = 0; i < RTL_LOOK_AHEAD && at < job->text.n; i++) {
        uint32_t c = utf8_next(job->text, &at);
        hb_script_t s = script_of(c);
        if (is_digit(c) || s != HB_SCRIPT_COMMON)
            return !is_rtl(s);
    }
    return false;
}

/* A bracket is closed where it was opened: a part of rule N0. */
static bool closes_bracket(struct job *job, uint32_t c)
{
    if (c == '(' || c == '[')
        job->brackets++;
    if ((c != ')' && c != ']') || job->brackets == 0)
        return false;
    job->brackets--;
    return true;
}

static bool is_neutral(const struct cluster *k)
{
    return script_of(k->c) == HB_SCRIPT_COMMON && !is_digit(k->c);
}

/* The direction of a run that begins with K: Unicode Standard Annex 9, rules N1
 * and N2, without those for brackets and for signs of numbers. */
static bool runs_from_right(const struct job *job, const struct cluster *k)
{
    /* The blank before code is the text's. */
    if (job->style->amid_rtl && k->c == ' ' && k->at == job->style_at)
        return true;
    if (!job->style->from_right || !is_neutral(k))
        return is_rtl(script_of(k->c));
    return job->rtl || !ltr_goes_on(job, k);
}

/* join_script() in a paragraph that runs from right to left: what is neutral
 * does, too, unless it stands amid what doesn't. */
static bool join_from_right(struct job *job, const struct cluster *k)
{
    hb_script_t s = script_of(k->c);

    if (is_invisible(k->c))
        return true;
    if (is_neutral(k))
        return job->rtl || closes_bracket(job, k->c) || ltr_goes_on(job, k);
    if (job->rtl != is_rtl(s))
        return false;
    if (job->script == HB_SCRIPT_COMMON)
        job->script = s;
    return s == job->script || s == HB_SCRIPT_COMMON;
}

/* Whether the cluster can join the open run; sets the run's script. */
static bool join_script(struct job *job, const struct cluster *k)
{
    hb_script_t s = script_of(k->c);

    if (job->style->from_right && !east_asian(s))
        return join_from_right(job, k);
    if (job->rtl && job->script == HB_SCRIPT_COMMON)
        return false;
    if (s == job->script)
        return true;
    if (s == HB_SCRIPT_COMMON)
        return !is_rtl(job->script) || is_invisible(k->c) ||
               rtl_goes_on(job, k);
    if (job->script == HB_SCRIPT_COMMON && !job->rtl && !is_rtl(s)) {
        job->script = s;
        return true;
    }
    if (!east_asian(s) || !east_asian(job->script))
        return false;
    if (east_asian(s) > east_asian(job->script))
        job->script = s;
    return true;
}

/* A length of the font as em/1000, rounded: the numbers of a PDF's /W and TJ,
 * so that text without kerning needs no correction there. */
static int32_t to_em(int32_t v, int32_t upem)
{
    int64_t n = (int64_t)v * 1000;

    if (v == 0 || upem == 1000)
        return v;
    return (int32_t)((n + (n < 0 ? -upem : upem) / 2) / upem);
}

static int32_t to_mp(int32_t em, int32_t size)
{
    int64_t n = (int64_t)em * size;

    if (n == 0)
        return 0;

    return (int32_t)((n + (n < 0 ? -500 : 500)) / 1000);
}

/* Cuts invisible characters off both ends: they are not what a glyph shows. */
static void trim_invisible(str text, uint32_t *at, uint32_t *end)
{
    size_t from = *at, to = *end;

    while (from < to) {
        size_t next = from;
        if (!is_invisible(utf8_next(text, &next)))
            break;
        from = next;
    }
    while (to > from) {
        size_t before = to;
        if (!is_invisible(utf8_prev(text, &before)))
            break;
        to = before;
    }
    *at = (uint32_t)from;
    *end = (uint32_t)to;
}

/* Gives each of N glyphs its own character when they are one for one, so that
 * a base and its accent need no common text. */
static bool split_text(const struct font *f, str text, struct glyph *g,
                       uint32_t n, uint32_t from, uint32_t end)
{
    size_t at = from;

    for (uint32_t i = 0; i < n; i++) {
        size_t start = at;
        if (at >= end || g[i].id >= f->n_glyphs ||
            utf8_next(text, &at) != font_char(f, g[i].id))
            return false;
        g[i].text_at = (uint32_t)start;
        g[i].text_n = (uint32_t)(at - start);
    }
    return at == end;
}

static void set_text(const struct font *f, str text, struct glyph *g,
                     uint32_t n, uint32_t from, uint32_t end)
{
    size_t next = from;

    /* Nearly every glyph is one visible character. */
    if (n == 1 && !is_invisible(utf8_next(text, &next)) && next == end) {
        g->text_n = end - from;
        return;
    }
    if (f->kind != FONT_COLOR)
        trim_invisible(text, &from, &end);
    if (n > 1 && split_text(f, text, g, n, from, end))
        return;
    for (uint32_t i = 0; i < n; i++) {
        g[i].text_at = from;
        g[i].text_n = i ? 0 : end - from;
    }
}

/* Turns text offsets of clusters into stretches of text. */
static void set_texts(const struct font *f, str text, struct glyph *g,
                      uint32_t n, uint32_t end)
{
    for (uint32_t i = 0; i < n;) {
        uint32_t k = i + 1;
        while (k < n && g[k].text_at == g[i].text_at)
            k++;
        set_text(f, text, &g[i], k - i, g[i].text_at,
                 k < n ? g[k].text_at : end);
        i = k;
    }
}

static void take_glyphs(struct job *job, struct shape_run *run,
                        const struct run_glyph *from, uint32_t n)
{
    int32_t upem = (int32_t)job->font->face->upem, size = run->size;

    run->first = (uint32_t)job->glyphs.n;
    run->n = n;
    for (uint32_t i = 0; i < n; i++) {
        const struct run_glyph *g = &from[run->rtl ? n - 1 - i : i];
        *vec_push(&job->glyphs, job->arena) = (struct glyph){
            .id = g->id,
            .advance = to_mp(to_em(g->advance, upem), size),
            .dx = to_mp(to_em(g->dx, upem), size),
            .dy = to_mp(to_em(g->dy, upem), size),
            .text_at = g->at,
        };
    }
    if (n)
        set_texts(run->font, job->text, &job->glyphs.v[run->first], n,
                  run->text_at + run->text_n);
}

/* Shapes the open run, which ends at END. */
static void close_run(struct job *job, uint32_t end)
{
    uint32_t n;

    if (!job->font)
        return;
    struct run_spec spec = {
        .font = job->font,
        .script = job->script,
        .language = job->language,
        .features = job->features,
        .n_features = job->n_features,
        .rtl = job->rtl,
    };
    const struct run_glyph *glyphs = run_shape(job->sh->run, &spec, &n);
    struct shape_run *run = vec_push(&job->runs, job->arena);
    *run = (struct shape_run){
        .font = job->font,
        .size = job->style->size,
        .style = job->style_index,
        .text_at = job->at,
        .text_n = end - job->at,
        .rtl = spec.rtl,
    };
    take_glyphs(job, run, glyphs, n);
    job->font = NULL;
}

static void open_run(struct job *job, const struct font *f,
                     const struct cluster *k)
{
    run_clear(job->sh->run);
    job->font = f;
    job->script = script_of(k->c);
    job->rtl = runs_from_right(job, k);
    job->brackets = 0;
    job->at = k->at;
}

/* Invisible characters that shaping has no use for but that no ligature may
 * reach across, since a line may end there. Fonts that draw some of them, or
 * replace them, are not asked. */
static bool is_barrier(uint32_t c)
{
    return c == 0xAD || c == 0x200B || (c >= 0x2060 && c <= 0x2064) ||
           c == 0xFEFF;
}

static void add_char(struct job *job, struct run_char ch, bool missing)
{
    if (is_control(ch.c)) {
        ch.c = ' ';
    } else if (is_barrier(ch.c)) {
        ch.c = SHAPE_BARRIER;
    } else if (missing) {
        ch.c = font_missing_mark(job->font, ch.c);
    }
    run_add(job->sh->run, ch);
}

static void add_cluster(struct job *job, const struct cluster *k, bool missing)
{
    if (k->single) {
        add_char(job, (struct run_char){ k->c, k->at, k->plain }, missing);
        return;
    }
    for (size_t at = k->at; at < k->end;) {
        uint32_t offset = (uint32_t)at;
        uint32_t c = utf8_next(job->text, &at);
        add_char(job, (struct run_char){ c, offset, false }, missing);
    }
}

static void add_feature(struct job *job, hb_tag_t tag, uint32_t value)
{
    job->features[job->n_features++] = (hb_feature_t){ tag, value,
                                                       HB_FEATURE_GLOBAL_START,
                                                       HB_FEATURE_GLOBAL_END };
}

static void begin_style(struct job *job, const struct shape_style *s)
{
    job->style = s;
    job->n_features = 0;
    job->language = s->lang.n
                        ? hb_language_from_string(s->lang.p, (int)s->lang.n)
                        : HB_LANGUAGE_INVALID;
    if (s->small_caps)
        add_feature(job, HB_TAG('s', 'm', 'c', 'p'), 1);
    if (s->tabular)
        add_feature(job, HB_TAG('t', 'n', 'u', 'm'), 1);
    if (s->no_ligatures) {
        add_feature(job, HB_TAG('l', 'i', 'g', 'a'), 0);
        add_feature(job, HB_TAG('c', 'l', 'i', 'g'), 0);
        add_feature(job, HB_TAG('c', 'a', 'l', 't'), 0);
    }
}

static bool is_too_long(const struct job *job, const struct cluster *k)
{
    uint32_t n = k->end - job->at;

    return n > RUN_LONG && (k->c == ' ' || n > 2 * RUN_LONG);
}

static void shape_style(struct job *job, uint32_t from)
{
    const struct shape_style *s = job->style;
    const struct font *previous = NULL;
    struct cluster_iter it;
    struct cluster k;

    job->style_at = from;
    cluster_iter_init(&it, str_sub(job->text, 0, s->end), from);
    while (cluster_next(&it, &k)) {
        bool missing;
        const struct font *f = font_choose(&job->sh->chooser, s->chain,
                                           job->text, &k, previous, s->line,
                                           &missing);
        if (job->font && (f != job->font || !join_script(job, &k)))
            close_run(job, k.at);
        if (!job->font)
            open_run(job, f, &k);
        add_cluster(job, &k, missing);
        previous = f;
        if (k.cut || is_too_long(job, &k))
            close_run(job, k.end);
    }
    close_run(job, s->end);
}

struct shaped shape_text(struct shaper *sh, str text,
                         const struct shape_style *styles, size_t n_styles,
                         struct arena *a)
{
    struct job job = { .sh = sh, .arena = a, .text = text, .rtl = true };
    uint32_t from = 0;

    job.glyphs.cap = utf8_length(text) + 8;
    job.glyphs.v = arena_array_raw(a, struct glyph, job.glyphs.cap);
    for (size_t i = 0; i < n_styles; i++) {
        job.style_index = (uint32_t)i;
        begin_style(&job, &styles[i]);
        shape_style(&job, from);
        from = styles[i].end;
    }
    return (struct shaped){ job.glyphs.v, (uint32_t)job.glyphs.n, job.runs.v,
                            (uint32_t)job.runs.n };
}

void shape_reverse(struct glyph *glyphs, uint32_t n)
{
    for (uint32_t i = 0; i < n / 2; i++) {
        struct glyph g = glyphs[i];
        glyphs[i] = glyphs[n - 1 - i];
        glyphs[n - 1 - i] = g;
    }
}
