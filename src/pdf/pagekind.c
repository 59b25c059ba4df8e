/* SPDX-License-Identifier: MIT */
#include "pdf/pagekind.h"

/* The smallest type area that text is laid out for. */
#define LEAST 36000

/* Rounding of margins. */
#define SAME 20

struct maker {
    const struct sheet *sheet;
    str lang;
    enum page_side main; /* the one that text is laid out for */
    struct arena *arena;
    struct diag *diag;
    struct sheet_page_rule rule; /* that names the kind */
    bool told;
};

static int32_t at_least(int32_t v)
{
    return v > LEAST ? v : LEAST;
}

static int32_t text_width(const struct page_style *ps)
{
    return at_least(ps->width - ps->margin[SIDE_LEFT] - ps->margin[SIDE_RIGHT]);
}

static int32_t text_height(const struct page_style *ps)
{
    return at_least(ps->height - ps->margin[SIDE_TOP] -
                    ps->margin[SIDE_BOTTOM]);
}

static bool is_same(int32_t a, int32_t b)
{
    return a - b <= SAME && b - a <= SAME;
}

static void tell(struct maker *m, const char *what)
{
    if (m->told)
        return;
    m->told = true;
    diag_add(m->diag, DIAG_CSS_UNSUPPORTED, m->rule.path, m->rule.line,
             "'@page%s%.*s': %s", m->rule.name.n ? " " : "",
             STR_ARG(m->rule.name), what);
}

static const struct page_style *style_on(struct maker *m, enum page_side side,
                                         bool first)
{
    return sheet_page(
        m->sheet,
        (struct page_key){ .name = m->rule.name, .side = side, .first = first },
        m->lang, m->arena);
}

/* Where the text stands on pages of one side, all of the main one's size. */
static struct page_place place_of(struct maker *m, const struct page_style *ps,
                                  const struct page_style *main)
{
    bool wide = is_same(text_width(ps), text_width(main)) &&
                is_same(ps->width, main->width);

    if (!wide || !is_same(ps->height, main->height))
        tell(m, "all pages of a name are of one size and as wide as the right "
                "one; only the first page of a chapter may be of another "
                "height");
    return (struct page_place){
        .width = main->width,
        .height = main->height,
        .left = (wide ? ps : main)->margin[SIDE_LEFT],
        .top = ps->margin[SIDE_TOP],
    };
}

static struct page_kind make_kind(struct maker *m)
{
    const struct page_style *main = style_on(m, m->main, false);
    const struct page_style *opening = style_on(m, m->main, true);
    struct page_kind k = {
        .name = m->rule.name,
        .width = text_width(main),
        .height = text_height(main),
        .first_height = at_least(main->height - opening->margin[SIDE_TOP] -
                                 opening->margin[SIDE_BOTTOM]),
    };

    for (int side = 0; side < 3; side++) {
        /* A book has pages of left and right, or of neither. */
        bool used = (side == PAGE_ANY_SIDE) == (m->main == PAGE_ANY_SIDE);
        const struct page_style *on = used ? style_on(m, side, false) : main;
        const struct page_style *first = used ? style_on(m, side, true)
                                              : opening;
        if (!is_same(text_height(on), k.height) ||
            (is_same(first->height, main->height) &&
             !is_same(text_height(first), k.first_height)))
            tell(m, "text is as high on left pages as on right ones");
        k.on[side] = place_of(m, on, main);
        k.first[side] = place_of(m, first, main);
    }
    return k;
}

static const struct page_kind *find(const struct page_kind *v, uint32_t n,
                                    str name)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(v[i].name, name))
            return &v[i];
    return NULL;
}

struct page_kinds page_kinds_make(const struct sheet *sh, str lang,
                                  bool two_sided, struct arena *a,
                                  struct diag *dg)
{
    VEC(struct page_kind) out = { 0 };
    struct maker m = { .sheet = sh,
                       .lang = lang,
                       .main = two_sided ? PAGE_RIGHT : PAGE_ANY_SIDE,
                       .arena = a,
                       .diag = dg };
    struct sheet_page_rule r;

    for (size_t i = 0; sheet_page_rule(sh, i, &r); i++)
        if (r.name.n == 0)
            m.rule = r;
    *vec_push(&out, a) = make_kind(&m);
    /* What is wrong with all of them is not said of each. */
    bool told = m.told;
    for (size_t i = 0; sheet_page_rule(sh, i, &m.rule); i++) {
        m.told = told;
        if (!find(out.v, (uint32_t)out.n, m.rule.name))
            *vec_push(&out, a) = make_kind(&m);
    }
    return (struct page_kinds){ out.v, (uint32_t)out.n };
}

const struct page_kind *page_kind_find(const struct page_kinds *kinds, str name)
{
    const struct page_kind *k = find(kinds->v, kinds->n, name);

    return k ? k : kinds->v;
}
