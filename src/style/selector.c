/* SPDX-License-Identifier: MIT */
#include "style/selector.h"

#include "base/vec.h"

/* A list is hostile long before this. */
#define COMPOUNDS_MAX 64

struct parser {
    struct tokens rest;
    struct arena *arena;
    struct css_source *source;
    uint32_t specificity;
    bool never; /* no node can match */
};

enum { BY_ID = 1 << 20, BY_CLASS = 1 << 10, BY_TYPE = 1 };

/* Ten bits each; a count that would spill stays where it is. */
static void add_specificity(struct parser *p, uint32_t by)
{
    if ((p->specificity / by & 0x3FF) < 0x3FF)
        p->specificity += by;
}

static const struct {
    str name;
    enum cond_kind kind;
} pseudo_classes[] = {
    { STR_INIT("first-child"), COND_FIRST_CHILD },
    { STR_INIT("last-child"), COND_LAST_CHILD },
    { STR_INIT("only-child"), COND_ONLY_CHILD },
    { STR_INIT("first-of-type"), COND_FIRST_OF_TYPE },
    { STR_INIT("last-of-type"), COND_LAST_OF_TYPE },
    { STR_INIT("empty"), COND_EMPTY },
    { STR_INIT("root"), COND_ROOT },
    { STR_INIT("link"), COND_LINK },
    { STR_INIT("any-link"), COND_LINK },
};

struct cond_vec {
    struct cond *v;
    size_t n, cap;
};

static const struct token *first(const struct parser *p)
{
    return p->rest.n ? &p->rest.v[0] : NULL;
}

static bool at_delim(const struct parser *p, char c)
{
    return p->rest.n && token_is(&p->rest.v[0], c);
}

static void skip(struct parser *p, size_t n)
{
    p->rest = tokens_from(p->rest, n);
}

static bool find_attr_name(str name, enum attr_name *out)
{
    for (enum attr_name a = 0; a < ATTR_COUNT; a++) {
        if (str_eq(attr_text(a), name)) {
            *out = a;
            return true;
        }
    }
    return false;
}

static enum cond_kind attr_operator(const struct token *t)
{
    static const struct {
        char sign;
        enum cond_kind kind;
    } signs[] = { { '~', COND_ATTR_WORD },  { '|', COND_ATTR_DASH },
                  { '^', COND_ATTR_START }, { '$', COND_ATTR_END },
                  { '*', COND_ATTR_IN },    { '=', COND_ATTR_EQ } };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (token_is(t, signs[i].sign))
            return signs[i].kind;
    return COND_ATTR;
}

/* "name", or "prefix|name", which is the attribute "prefix:name". */
static bool parse_attr_name(struct tokens *in, struct arena *a, str *out)
{
    if (in->n == 0 || in->v[0].kind != TOK_IDENT)
        return false;
    *out = in->v[0].text;
    *in = tokens_from(*in, 1);
    if (in->n >= 2 && token_is(&in->v[0], '|') && in->v[1].kind == TOK_IDENT) {
        *out = arena_printf(a, "%.*s:%.*s", STR_ARG(*out),
                            STR_ARG(in->v[1].text));
        *in = tokens_from(*in, 2);
    }
    return true;
}

static bool parse_attr(struct parser *p, struct compound *c,
                       struct cond_vec *conds)
{
    struct tokens in = tokens_inside(tokens_next(&p->rest));
    struct cond cond = { .kind = COND_ATTR };
    str name;

    add_specificity(p, BY_CLASS);
    if (!parse_attr_name(&in, p->arena, &name))
        return false;
    if (in.n) {
        cond.kind = attr_operator(&in.v[0]);
        size_t n = cond.kind == COND_ATTR_EQ ? 1 : 2;
        if (cond.kind == COND_ATTR || in.n != n + 1 ||
            !token_is(&in.v[n - 1], '=') ||
            (in.v[n].kind != TOK_IDENT && in.v[n].kind != TOK_STRING))
            return false;
        cond.text = in.v[n].text;
    }
    if (!find_attr_name(name, &cond.attr))
        c->never = true;
    *vec_push(conds, p->arena) = cond;
    return true;
}

static bool parse_compound(struct parser *p, struct compound *c, bool in_not);

static bool parse_not(struct parser *p, struct tokens in,
                      struct cond_vec *conds)
{
    struct tokens outer = p->rest;

    do {
        struct compound *c = arena_new(p->arena, struct compound);
        p->rest = tokens_cut(&in, ',');
        if (!parse_compound(p, c, true) || p->rest.n)
            return false;
        *vec_push(conds, p->arena) = (struct cond){ .kind = COND_NOT,
                                                    .not = c };
    } while (in.v);
    p->rest = outer;
    return true;
}

static bool parse_lang(struct parser *p, struct tokens in, struct compound *c,
                       struct cond_vec *conds)
{
    struct token t = in.n == 1 ? in.v[0] : (struct token){ .kind = TOK_CDO };

    if (t.kind != TOK_IDENT && t.kind != TOK_STRING)
        return false;
    *vec_push(conds, p->arena) = (struct cond){ .kind = COND_LANG,
                                                .text = t.text };
    return true;
}

static void report_pseudo(struct parser *p, const struct token *t, bool element)
{
    /* Our own sheets serve e-readers too. */
    if (!p->source || p->source->origin == SHEET_OWN)
        return;
    str name = arena_printf(p->arena, element ? "::%.*s" : ":%.*s",
                            STR_ARG(t->text));
    css_unsupported(p->source, t->line, "selector", name);
}

static bool parse_pseudo_class(struct parser *p, struct compound *c,
                               struct cond_vec *conds, bool in_not)
{
    struct tokens one = tokens_next(&p->rest);
    const struct token *t = one.v;

    if (t->kind == TOK_FUNCTION && str_eq_nocase(t->text, S("not")) && !in_not)
        return parse_not(p, tokens_inside(one), conds);
    add_specificity(p, BY_CLASS);
    if (t->kind == TOK_FUNCTION && str_eq_nocase(t->text, S("lang")))
        return parse_lang(p, tokens_inside(one), c, conds);
    for (size_t i = 0; i < sizeof pseudo_classes / sizeof *pseudo_classes;
         i++) {
        if (t->kind == TOK_IDENT &&
            str_eq_nocase(pseudo_classes[i].name, t->text)) {
            *vec_push(conds, p->arena) = (struct cond){
                .kind = pseudo_classes[i].kind
            };
            return true;
        }
    }
    c->never = true;
    report_pseudo(p, t, false);
    return true;
}

static bool parse_pseudo(struct parser *p, struct compound *c,
                         struct cond_vec *conds, bool in_not)
{
    skip(p, 1);
    bool element = at_delim(p, ':');
    if (element)
        skip(p, 1);
    const struct token *t = first(p);
    if (!t || (t->kind != TOK_IDENT && t->kind != TOK_FUNCTION))
        return false;
    if (!element)
        return parse_pseudo_class(p, c, conds, in_not);
    tokens_next(&p->rest);
    c->never = true;
    report_pseudo(p, t, true);
    return true;
}

static void parse_type(struct parser *p, struct compound *c)
{
    str name = first(p)->text;

    c->page = str_eq_nocase(name, S("html")) || str_eq_nocase(name, S("body"));
    if (!c->page) {
        c->tag = tag_find(name);
        c->never = c->tag == TAG_COUNT;
    }
    add_specificity(p, BY_TYPE);
    skip(p, 1);
}

enum part { PART_NONE, PART_READ, PART_BAD };

/* One of the parts behind the type. */
static enum part parse_part(struct parser *p, struct compound *c,
                            struct cond_vec *conds, bool in_not)
{
    const struct token *t = first(p);

    if (t->kind == TOK_HASH && t->is_id) {
        *vec_push(conds, p->arena) = (struct cond){ .kind = COND_ID,
                                                    .text = t->text };
        add_specificity(p, BY_ID);
        skip(p, 1);
        return PART_READ;
    }
    if (token_is(t, '.') && p->rest.n > 1 && t[1].kind == TOK_IDENT &&
        !t[1].space_before) {
        *vec_push(conds, p->arena) = (struct cond){ .kind = COND_CLASS,
                                                    .text = t[1].text };
        add_specificity(p, BY_CLASS);
        skip(p, 2);
        return PART_READ;
    }
    if (token_is(t, '['))
        return parse_attr(p, c, conds) ? PART_READ : PART_BAD;
    if (token_is(t, ':'))
        return parse_pseudo(p, c, conds, in_not) ? PART_READ : PART_BAD;
    return PART_NONE;
}

static bool parse_compound(struct parser *p, struct compound *c, bool in_not)
{
    struct cond_vec conds = { 0 };
    size_t before = p->rest.n;
    enum part part = PART_READ;

    c->tag = TAG_COUNT;
    if (at_delim(p, '*'))
        skip(p, 1);
    else if (first(p) && first(p)->kind == TOK_IDENT)
        parse_type(p, c);
    while (part == PART_READ && p->rest.n &&
           (p->rest.n == before || !first(p)->space_before))
        part = parse_part(p, c, &conds, in_not);
    c->conds = conds.v;
    c->n_conds = (uint32_t)conds.n;
    return part != PART_BAD && p->rest.n < before;
}

static char parse_combinator(struct parser *p)
{
    char c = ' ';

    if (at_delim(p, '>') || at_delim(p, '+') || at_delim(p, '~')) {
        c = first(p)->delim;
        skip(p, 1);
    }
    /* Among many siblings it would cost too much to look for one. */
    if (c == '~') {
        p->never = true;
        css_unsupported(p->source, p->rest.n ? first(p)->line : 0, "selector",
                        S("~"));
    }
    return c;
}

static bool parse_complex(struct parser *p, struct selector *out)
{
    const struct compound *left = NULL;
    char combinator = 0;

    for (int n = 0; n < COMPOUNDS_MAX; n++) {
        struct compound *c = arena_new(p->arena, struct compound);
        if (!parse_compound(p, c, false))
            return false;
        c->left = left;
        c->combinator = combinator;
        left = c;
        if (p->rest.n == 0) {
            c->never = c->never || p->never;
            *out = (struct selector){ c, p->specificity };
            return true;
        }
        combinator = parse_combinator(p);
    }
    return false;
}

bool selectors_parse(struct tokens t, struct arena *a, struct css_source *src,
                     struct selectors *out)
{
    do {
        struct parser p = { .rest = tokens_cut(&t, ','),
                            .arena = a,
                            .source = src };
        struct selector s;
        if (!parse_complex(&p, &s))
            return false;
        *vec_push(out, a) = s;
    } while (t.v);
    return true;
}
