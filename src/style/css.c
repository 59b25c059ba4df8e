/* SPDX-License-Identifier: MIT */
#include "style/css.h"

static void read_at_rule(struct tokens *rest, struct css_item *out)
{
    struct tokens all = *rest;
    size_t at = 1;

    out->kind = CSS_AT_RULE;
    out->name = all.v[0].text;
    while (at < all.n && !token_is(&all.v[at], ';') &&
           !token_is(&all.v[at], '{'))
        at += tokens_step(tokens_from(all, at));
    out->prelude = tokens_sub(all, 1, at);
    *rest = tokens_from(all, at);
    if (rest->n == 0)
        return;
    out->has_body = token_is(&rest->v[0], '{');
    struct tokens end = tokens_next(rest);
    if (out->has_body)
        out->body = tokens_inside(end);
}

static void read_rule(struct tokens *rest, struct css_item *out)
{
    struct tokens all = *rest;
    size_t at = 0;

    while (at < all.n && !token_is(&all.v[at], '{'))
        at += tokens_step(tokens_from(all, at));
    out->prelude = tokens_sub(all, 0, at);
    *rest = tokens_from(all, at);
    out->kind = rest->n ? CSS_RULE : CSS_BAD;
    out->has_body = rest->n > 0;
    out->body = tokens_inside(tokens_next(rest));
}

bool css_next_rule(struct tokens *rest, struct css_item *out)
{
    while (rest->n &&
           (rest->v[0].kind == TOK_CDO || rest->v[0].kind == TOK_CDC))
        *rest = tokens_from(*rest, 1);
    if (rest->n == 0)
        return false;
    *out = (struct css_item){ .line = rest->v[0].line };
    if (rest->v[0].kind == TOK_AT)
        read_at_rule(rest, out);
    else
        read_rule(rest, out);
    return true;
}

/* Cuts a final "!important" off. */
static bool cut_important(struct tokens *value)
{
    size_t n = value->n;

    if (n < 2 || !token_is_word(&value->v[n - 1], "important") ||
        !token_is(&value->v[n - 2], '!'))
        return false;
    value->n = n - 2;
    return true;
}

bool css_next_declaration(struct tokens *rest, struct css_item *out)
{
    while (rest->n && token_is(&rest->v[0], ';'))
        *rest = tokens_from(*rest, 1);
    if (rest->n == 0)
        return false;
    *out = (struct css_item){ .line = rest->v[0].line, .kind = CSS_BAD };
    if (rest->v[0].kind == TOK_AT) {
        read_at_rule(rest, out);
        return true;
    }
    struct tokens all = tokens_cut(rest, ';');
    out->prelude = all;
    if (all.n >= 2 && all.v[0].kind == TOK_IDENT && token_is(&all.v[1], ':')) {
        out->kind = CSS_DECLARATION;
        out->name = all.v[0].text;
        out->prelude = tokens_from(all, 2);
        out->important = cut_important(&out->prelude);
    }
    return true;
}
