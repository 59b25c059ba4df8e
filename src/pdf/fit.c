/* SPDX-License-Identifier: MIT */
#include "pdf/fit.h"

#include <math.h>

/* Costs of breaks as in the paper: badness is 100 |ratio|^3, a line's demerits
 * (1 + badness + penalty)^2. */
static const double penalties[] = {
    [OPP_NONE] = 30000, [OPP_WORD_INSIDE] = 260, [OPP_ADDRESS] = 90,
    [OPP_HYPHEN] = 60,  [OPP_CODE] = 70,         [OPP_SYMBOL] = 25,
    [OPP_LETTER] = 0,   [OPP_SPACE] = 0,         [OPP_FORCED] = 0,
};

#define TWO_HYPHENS 4000.0 /* demerits of two in a row */
#define UNEVEN      3000.0 /* a tight line beside a loose one */
#define SHORT_LAST  4e6    /* a last line of a letter or two */
#define RAGGED_ROOM 4      /* type sizes of slack that count as ratio 1 */
#define LOOSEST     3.0    /* looser lines are not filled: holes look worse */

/* One try: which breaks are allowed and how loose a line may get. */
struct pass {
    enum opportunity from; /* this kind and better */
    double tolerance;      /* the largest ratio */
};

static const struct pass justified[] = { { OPP_CODE, 1.7 },
                                         { OPP_WORD_INSIDE, 3.5 },
                                         { OPP_NONE, HUGE_VAL } };
static const struct pass ragged[] = { { OPP_SYMBOL, 2.5 },
                                      { OPP_WORD_INSIDE, HUGE_VAL },
                                      { OPP_NONE, HUGE_VAL } };

struct active {
    uint32_t start;    /* first atom of the line that begins here */
    uint32_t previous; /* index of the node that its line began at */
    double ratio;      /* of the line that ends here */
    double demerits;   /* of all lines up to here */
    uint8_t fitness;   /* 0 tight ... 3 very loose */
    bool hyphen;
    uint32_t line; /* number of lines up to here */
};

struct fitter {
    const struct atoms *at;
    const struct fit_measure *m;
    const struct pass *pass;
    struct arena *arena;
    VEC(struct active) nodes;
    VEC(uint32_t) alive; /* indexes into nodes, oldest first */
    uint32_t end_node;
};

/* The ratio of a line, or false when it is too wide even at its tightest. */
static bool ratio_of(const struct fitter *f, const struct active *from,
                     uint32_t last, double *ratio)
{
    const struct atoms *at = f->at;
    uint32_t first = from->start;
    int32_t measure = f->m->width - (from->line == 0 ? f->m->indent : 0);
    int64_t slack = measure - atoms_width(at, first, last);

    if (slack < 0) {
        int64_t shrink = f->m->justify ? atoms_shrink(at, first, last) : 0;
        if (-slack > shrink)
            return false;
        *ratio = (double)slack / (double)shrink;
        return true;
    }
    if (at->v[last].after == OPP_FORCED || slack == 0) {
        *ratio = 0;
        return true;
    }
    /* What can't be stretched, an address, is as good as it is full. */
    double stretch = f->m->justify ? (double)atoms_stretch(at, first, last) : 0;
    if (stretch <= 0)
        stretch = (double)f->m->size * RAGGED_ROOM;
    *ratio = (double)slack / stretch;
    return true;
}

static uint8_t fitness_of(double ratio)
{
    return ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
}

static double demerits_of(const struct fitter *f, const struct active *from,
                          uint32_t last, double ratio)
{
    const struct atom *at = &f->at->v[last];
    double r = fabs(ratio);
    double badness = r > 100 ? 1e8 : 100 * r * r * r;
    double base = 1 + badness + penalties[at->after];
    double d = base * base;

    if (from->hyphen && at->after == OPP_HYPHEN)
        d += TWO_HYPHENS;
    int step = (int)fitness_of(ratio) - (int)from->fitness;
    if (step > 1 || step < -1)
        d += UNEVEN;
    if (last + 1 == f->at->n && from->line > 0 &&
        atoms_width(f->at, from->start, last) < f->m->size * 9 / 5)
        d += SHORT_LAST;
    return d;
}

/* Candidates for a break behind one atom: the best of each fitness class. */
struct best {
    double demerits, ratio;
    uint32_t from;
    bool found;
};

static void add_nodes(struct fitter *f, const struct best best[4],
                      uint32_t last)
{
    double least = HUGE_VAL;

    for (int c = 0; c < 4; c++)
        if (best[c].found && best[c].demerits < least)
            least = best[c].demerits;
    for (int c = 0; c < 4; c++) {
        if (!best[c].found || best[c].demerits > least + UNEVEN)
            continue;
        uint32_t index = (uint32_t)f->nodes.n;
        *vec_push(&f->nodes, f->arena) = (struct active){
            .start = last + 1,
            .previous = best[c].from,
            .ratio = best[c].ratio,
            .demerits = best[c].demerits,
            .fitness = (uint8_t)c,
            .hyphen = f->at->v[last].after == OPP_HYPHEN,
            .line = f->nodes.v[best[c].from].line + 1,
        };
        *vec_push(&f->alive, f->arena) = index;
    }
}

static void consider(struct fitter *f, uint32_t node, uint32_t last,
                     double ratio, struct best best[4])
{
    const struct active *from = &f->nodes.v[node];
    struct best *b = &best[fitness_of(ratio)];
    double d = from->demerits + demerits_of(f, from, last, ratio);

    if (!b->found || d < b->demerits)
        *b = (struct best){ d, ratio, node, true };
}

/* Tries the break behind LAST. False: no line can end anywhere any more. */
static bool try_break(struct fitter *f, uint32_t last)
{
    bool forced = f->at->v[last].after == OPP_FORCED;
    bool allowed = forced || f->at->v[last].after >= (uint8_t)f->pass->from;
    struct best best[4] = { { 0 } };
    uint32_t kept = 0, gone = 0;

    /* A line that is too wide here is so at the next break as well. */
    if (!allowed)
        return true;
    for (uint32_t i = 0; i < f->alive.n; i++) {
        uint32_t node = f->alive.v[i];
        double ratio;
        bool fits = ratio_of(f, &f->nodes.v[node], last, &ratio);
        if (!fits)
            gone = node;
        else if (ratio <= f->pass->tolerance)
            consider(f, node, last, ratio, best);
        if (fits && !forced)
            f->alive.v[kept++] = node;
    }
    f->alive.n = kept;
    add_nodes(f, best, last);
    if (f->alive.n > 0)
        return true;
    if (f->pass->from != OPP_NONE)
        return false;
    /* One atom wider than the measure: it stands alone, for nothing helps. */
    best[0] = (struct best){ f->nodes.v[gone].demerits + 1e9, 0, gone, true };
    add_nodes(f, best, last);
    return true;
}

static bool run_pass(struct fitter *f)
{
    f->nodes.n = f->alive.n = 0;
    *vec_push(&f->nodes, f->arena) = (struct active){ .fitness = 1 };
    *vec_push(&f->alive, f->arena) = 0;
    for (uint32_t i = 0; i < f->at->n; i++)
        if (!try_break(f, i))
            return false;
    f->end_node = f->alive.v[0];
    for (uint32_t i = 1; i < f->alive.n; i++)
        if (f->nodes.v[f->alive.v[i]].demerits <
            f->nodes.v[f->end_node].demerits)
            f->end_node = f->alive.v[i];
    return true;
}

static struct fit trace(const struct fitter *f)
{
    const struct active *n = &f->nodes.v[f->end_node];
    struct fit out = { .n = n->line };

    out.v = arena_array(f->arena, struct fit_line, out.n);
    for (uint32_t i = out.n; i-- > 0;) {
        const struct active *from = &f->nodes.v[n->previous];
        bool fill = f->m->justify && n->ratio <= LOOSEST;
        out.v[i] = (struct fit_line){ from->start, n->start - 1,
                                      fill ? n->ratio : 0 };
        n = from;
    }
    return out;
}

struct fit fit_lines(const struct atoms *at, const struct fit_measure *m,
                     struct arena *a)
{
    const struct pass *passes = m->justify ? justified : ragged;
    struct fitter f = { .at = at, .m = m, .arena = a };

    if (at->n == 0)
        return (struct fit){ 0 };
    for (f.pass = passes; !run_pass(&f); f.pass++)
        ;
    return trace(&f);
}
