/* SPDX-License-Identifier: MIT */
#include "style/media.h"

#include "style/value.h"

/* em in a media query is the initial font size. */
#define INITIAL_EM 12000

enum bound { AT_LEAST, AT_MOST, EXACTLY };

static const struct {
    const char *name;
    bool is_height;
    enum bound bound;
} features[] = {
    { "min-width", false, AT_LEAST }, { "max-width", false, AT_MOST },
    { "width", false, EXACTLY },      { "min-height", true, AT_LEAST },
    { "max-height", true, AT_MOST },  { "height", true, EXACTLY },
};

static bool compare_size(enum bound bound, double page, const struct token *t)
{
    struct value v;

    if (!length_parse(t, &v) || (v.unit != UNIT_MP && v.unit != UNIT_EM))
        return false;
    double want = v.unit == UNIT_EM ? v.num * INITIAL_EM : v.num;
    /* Half a point of room: 210 mm is no whole number of millipoints. */
    if (bound == AT_LEAST)
        return page >= want - 500;
    if (bound == AT_MOST)
        return page <= want + 500;
    return page >= want - 500 && page <= want + 500;
}

static bool match_feature(struct tokens in, int32_t width, int32_t height)
{
    if (in.n != 3 || in.v[0].kind != TOK_IDENT || !token_is(&in.v[1], ':'))
        return false;
    if (token_is_word(&in.v[0], "orientation"))
        return token_is_word(&in.v[2],
                             width > height ? "landscape" : "portrait");
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (token_is_word(&in.v[0], features[i].name))
            return compare_size(features[i].bound,
                                features[i].is_height ? height : width,
                                &in.v[2]);
    return false;
}

/* One condition: a medium or a feature in brackets. */
static bool match_part(struct tokens one, int32_t width, int32_t height)
{
    if (token_is(&one.v[0], '('))
        return match_feature(tokens_inside(one), width, height);
    return tokens_are_word(one, "print") || tokens_are_word(one, "all");
}

static bool match_query(struct tokens t, int32_t width, int32_t height)
{
    bool negate = t.n && token_is_word(&t.v[0], "not");
    bool all = t.n > 0;

    if (negate || (t.n && token_is_word(&t.v[0], "only")))
        t = tokens_from(t, 1);
    while (t.n) {
        struct tokens one = tokens_next(&t);
        all = match_part(one, width, height) && all;
        if (t.n == 0)
            break;
        if (!token_is_word(&t.v[0], "and") || t.n == 1)
            return false;
        t = tokens_from(t, 1);
    }
    return all != negate;
}

bool media_matches(struct tokens query, int32_t width, int32_t height)
{
    if (query.n == 0)
        return true;
    while (query.v)
        if (match_query(tokens_cut(&query, ','), width, height))
            return true;
    return false;
}
