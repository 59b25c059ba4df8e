/* SPDX-License-Identifier: MIT */
#include "pdf/shaperun.h"

#include <hb.h>
#include <stdlib.h>

#include "pdf/face.h"
#include "pdf/shapeplan.h"

/* Words are shaped once: the same letters, with the one behind them, in the
 * same plan give the same glyphs. A word whose place another one claims is
 * forgotten. */
#define WORD_CHARS 16
#define WORDS      2048

struct word {
    const struct shape_plan *plan;
    bool whole; /* or nobody's */
    uint8_t n_chars, n_glyphs;
    uint16_t chars[WORD_CHARS];
    struct word_glyph {
        uint16_t id;
        int16_t advance, dx, dy;
        uint8_t of; /* the character that its cluster begins with */
    } glyphs[WORD_CHARS];
};

struct run_shaper {
    hb_buffer_t *buffer;
    struct shape_plans *plans;
    struct run_char *chars;
    uint32_t n_chars, cap_chars;
    struct plan_glyph *plain; /* of each character */
    struct run_glyph *glyphs;
    uint32_t n_glyphs, cap_glyphs;
    struct word words[WORDS];
};

struct run_shaper *run_shaper_new(void)
{
    struct run_shaper *rs = calloc(1, sizeof *rs);

    if (!rs)
        die("out of memory");
    rs->buffer = hb_buffer_create();
    rs->plans = shape_plans_new();
    return rs;
}

void run_shaper_free(struct run_shaper *rs)
{
    if (!rs)
        return;
    hb_buffer_destroy(rs->buffer);
    shape_plans_free(rs->plans);
    free(rs->chars);
    free(rs->plain);
    free(rs->glyphs);
    free(rs);
}

static void *grow(void *items, uint32_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 256;
    items = realloc(items, *cap * size);
    if (!items)
        die("out of memory");
    return items;
}

void run_clear(struct run_shaper *rs)
{
    rs->n_chars = 0;
}

void run_add(struct run_shaper *rs, struct run_char c)
{
    if (rs->n_chars == rs->cap_chars) {
        uint32_t cap = rs->cap_chars;
        rs->plain = grow(rs->plain, &cap, sizeof *rs->plain);
        rs->chars = grow(rs->chars, &rs->cap_chars, sizeof *rs->chars);
    }
    rs->chars[rs->n_chars++] = c;
}

static void put(struct run_shaper *rs, struct run_glyph g)
{
    if (rs->n_glyphs == rs->cap_glyphs)
        rs->glyphs = grow(rs->glyphs, &rs->cap_glyphs, sizeof *rs->glyphs);
    rs->glyphs[rs->n_glyphs++] = g;
}

/* Shapes characters FROM to END and takes the glyphs of those before UNTIL. */
static void shape_part(struct run_shaper *rs, const struct run_spec *spec,
                       uint32_t from, uint32_t end, uint32_t until)
{
    hb_buffer_t *b = rs->buffer;
    unsigned n;

    hb_buffer_clear_contents(b);
    for (uint32_t i = from; i < end; i++)
        hb_buffer_add(b, rs->chars[i].c, rs->chars[i].at);
    shape_buffer(rs->plans, spec, b);

    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, NULL);
    for (unsigned i = 0; i < n; i++)
        if (until == end || info[i].cluster < rs->chars[until].at)
            put(rs, (struct run_glyph){
                        .id = info[i].codepoint,
                        .at = info[i].cluster,
                        .advance = pos[i].x_advance,
                        .dx = pos[i].x_offset,
                        .dy = pos[i].y_offset,
                    });
}

/* Whether a lookup that looks around may find something beside character I. */
static bool may_look(const struct run_shaper *rs, uint32_t i)
{
    const struct plan_glyph *g = &rs->plain[i];

    return (i > 0 && (g[-1].is_looked_for || g[-1].looks)) ||
           (i + 1 < rs->n_chars && (g[1].is_looked_for || g[1].looks));
}

/* Looks every character up. False: the run is to be shaped as a whole. */
static bool look_up(struct run_shaper *rs, const struct run_spec *spec)
{
    struct shape_plan *plan = shape_plan_of(rs->plans, spec);

    if (!plan)
        return false;
    for (uint32_t i = 0; i < rs->n_chars; i++) {
        if (!rs->chars[i].simple)
            return false;
        if (rs->chars[i].c == SHAPE_BARRIER) {
            rs->plain[i] = (struct plan_glyph){ .role = PLAN_ACTIVE };
            continue;
        }
        rs->plain[i] = *shape_plan_glyph(plan, rs->chars[i].c);
        if (rs->plain[i].role == PLAN_UNKNOWN)
            return false;
    }
    for (uint32_t i = 0; i < rs->n_chars; i++)
        if (rs->plain[i].looks && may_look(rs, i))
            return false;
    return true;
}

/* The place of the characters FROM to SEEN; *KNOWN: what is there is theirs.
 * NULL: they are too many or too rare to be kept. */
static struct word *find_word(struct run_shaper *rs,
                              const struct shape_plan *plan, uint32_t from,
                              uint32_t seen, bool *known)
{
    uint32_t hash = (uint32_t)((uintptr_t)plan >> 6), n = seen - from;

    if (n > WORD_CHARS)
        return NULL;
    for (uint32_t i = from; i < seen; i++) {
        if (rs->chars[i].c > 0xFFFF)
            return NULL;
        hash = (hash ^ rs->chars[i].c) * 0x01000193u;
    }
    struct word *w = &rs->words[(hash ^ hash >> 15) % WORDS];
    *known = w->whole && w->plan == plan && w->n_chars == n;
    for (uint32_t i = 0; *known && i < n; i++)
        *known = w->chars[i] == rs->chars[from + i].c;
    return w;
}

static bool fits16(int32_t v)
{
    return v >= INT16_MIN && v <= INT16_MAX;
}

/* Keeps the glyphs from FIRST on as those of the word. */
static void keep_word(struct run_shaper *rs, struct word *w, uint32_t from,
                      uint32_t seen, uint32_t first)
{
    uint32_t n = rs->n_glyphs - first, of = from;

    if (n > WORD_CHARS)
        return;
    for (uint32_t i = 0; i < n; i++) {
        const struct run_glyph *g = &rs->glyphs[first + i];
        while (of + 1 < seen && rs->chars[of].at < g->at)
            of++;
        if (g->id > 0xFFFF || !fits16(g->advance) || !fits16(g->dx) ||
            !fits16(g->dy) || rs->chars[of].at != g->at)
            return;
        w->glyphs[i] = (struct word_glyph){
            (uint16_t)g->id, (int16_t)g->advance,  (int16_t)g->dx,
            (int16_t)g->dy,  (uint8_t)(of - from),
        };
    }
    for (uint32_t i = from; i < seen; i++)
        w->chars[i - from] = (uint16_t)rs->chars[i].c;
    w->n_chars = (uint8_t)(seen - from);
    w->n_glyphs = (uint8_t)n;
    w->whole = true;
}

static void put_word(struct run_shaper *rs, const struct word *w, uint32_t from)
{
    for (unsigned i = 0; i < w->n_glyphs; i++) {
        const struct word_glyph *g = &w->glyphs[i];
        put(rs, (struct run_glyph){ .id = g->id,
                                    .at = rs->chars[from + g->of].at,
                                    .advance = g->advance,
                                    .dx = g->dx,
                                    .dy = g->dy });
    }
}

/* Characters FROM to END, which stand between passive ones. */
static void shape_word(struct run_shaper *rs, const struct run_spec *spec,
                       const struct shape_plan *plan, uint32_t from,
                       uint32_t end)
{
    bool known = false;
    /* A class of "all other glyphs" may stand second in a pair. */
    uint32_t seen = end < rs->n_chars ? end + 1 : end;

    /* HarfBuzz would give a barrier's text to the glyph behind it. */
    if (rs->chars[end - 1].c == SHAPE_BARRIER)
        seen = end;
    uint32_t first = rs->n_glyphs;
    struct word *w = find_word(rs, plan, from, seen, &known);

    if (known) {
        put_word(rs, w, from);
        return;
    }
    shape_part(rs, spec, from, seen, end);
    if (w) {
        *w = (struct word){ .plan = plan };
        keep_word(rs, w, from, seen, first);
    }
}

static void shape_parts(struct run_shaper *rs, const struct run_spec *spec)
{
    const struct shape_plan *plan = shape_plan_of(rs->plans, spec);
    uint32_t n = rs->n_chars;

    for (uint32_t i = 0; i < n;) {
        const struct plan_glyph *g = &rs->plain[i];
        uint32_t from = i;
        if (g->role == PLAN_PASSIVE) {
            put(rs, (struct run_glyph){ .id = g->id,
                                        .at = rs->chars[i].at,
                                        .advance = g->advance });
            i++;
            continue;
        }
        while (i < n && rs->plain[i].role != PLAN_PASSIVE)
            i++;
        shape_word(rs, spec, plan, from, i);
    }
}

const struct run_glyph *run_shape(struct run_shaper *rs,
                                  const struct run_spec *spec, uint32_t *n)
{
    rs->n_glyphs = 0;
    if (look_up(rs, spec))
        shape_parts(rs, spec);
    else
        shape_part(rs, spec, 0, rs->n_chars, rs->n_chars);
    *n = rs->n_glyphs;
    return rs->glyphs;
}
