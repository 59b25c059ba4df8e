/* SPDX-License-Identifier: MIT */
#include "assets/cover_select.h"

#define ID    0x10000u
#define CLASS 0x100u
#define TYPE  1u

struct state {
    const struct cover_element *e;
    str lang;
    uint32_t specificity;
    bool named; /* a type, a class or an id */
    bool fails;
};

/* RFC 4647, 3.3.2, without wildcards. */
static bool in_range(str tag, str range)
{
    if (!str_eq_nocase(str_cut(&tag, '-'), str_cut(&range, '-')))
        return false;
    while (range.n) {
        str want = str_cut(&range, '-'), have = { 0 };
        while (tag.n && !str_eq_nocase(have, want)) {
            have = str_cut(&tag, '-');
            if (have.n == 1 && !str_eq_nocase(have, want))
                return false;
        }
        if (!str_eq_nocase(have, want))
            return false;
    }
    return true;
}

static bool read_lang(struct tokens ranges, struct state *s)
{
    bool any = false;

    for (size_t i = 0; i < ranges.n; i++) {
        if (i % 2 ? !token_is(&ranges.v[i], ',')
                  : ranges.v[i].kind != TOK_IDENT)
            return false;
        any = any || (i % 2 == 0 && in_range(s->lang, ranges.v[i].text));
    }
    s->fails = s->fails || !any;
    s->specificity += CLASS;
    return ranges.n % 2 == 1;
}

static void name(struct state *s, uint32_t weight, bool matches)
{
    s->named = true;
    s->fails = s->fails || !matches;
    s->specificity += weight;
}

/* The simple selector at AT, and on behind it; 0: odd. */
static size_t read_simple(struct tokens t, size_t at, struct state *s)
{
    const struct token *one = &t.v[at];
    struct tokens next = tokens_from(t, at + 1);
    bool joined = next.n && !next.v[0].space_before;

    if (one->kind == TOK_HASH && one->is_id) {
        name(s, ID, str_eq(cover_element_attr(s->e, S("id")), one->text));
        return at + 1;
    }
    if (token_is(one, '.') && joined && next.v[0].kind == TOK_IDENT) {
        name(
            s, CLASS,
            str_has_word(cover_element_attr(s->e, S("class")), next.v[0].text));
        return at + 2;
    }
    if (!token_is(one, ':') || !joined || next.v[0].kind != TOK_FUNCTION ||
        !str_eq(next.v[0].text, S("lang")))
        return 0;
    struct tokens all = tokens_sub(next, 0, tokens_step(next));
    return read_lang(tokens_inside(all), s) ? at + 1 + all.n : 0;
}

/* Lines of a text are tspans, which it would match besides; a path is what a
 * text becomes. */
static bool is_odd_type(str type)
{
    return str_eq_nocase(type, S("tspan")) || str_eq_nocase(type, S("path"));
}

enum cover_match cover_select(struct tokens t, const struct cover_element *e,
                              str lang, uint32_t *specificity)
{
    struct state s = { .e = e, .lang = lang };
    size_t at = 0;

    if (t.n && t.v[0].kind == TOK_IDENT) {
        if (is_odd_type(t.v[0].text))
            return COVER_ODD;
        name(&s, TYPE, str_eq(t.v[0].text, e->name));
        at = 1;
    }
    while (at < t.n) {
        if (at && t.v[at].space_before)
            return COVER_ODD;
        size_t next = read_simple(t, at, &s);
        if (!next)
            return COVER_ODD;
        at = next;
    }
    *specificity = s.specificity;
    return !s.named ? COVER_ODD : s.fails ? COVER_MATCHES_NOT : COVER_MATCHES;
}
