/* SPDX-License-Identifier: MIT */
#include "convert/source_inline.h"

#include <ctype.h>
#include <string.h>

void inline_init(struct inline_walk *w, str s)
{
    memset(w, 0, sizeof *w);
    w->s = s;
}

static size_t run_length(str s, size_t at, char c)
{
    size_t i = at;

    while (i < s.n && s.p[i] == c)
        i++;
    return i - at;
}

size_t inline_code_length(struct inline_walk *w, size_t at, bool *is_code)
{
    size_t n = run_length(w->s, at, '`'), i = at + n;

    *is_code = false;
    if (n > INLINE_TICKS_MAX || (w->ticks_known && w->last_tick[n] <= at))
        return n;
    while (i < w->s.n) {
        const char *tick = memchr(w->s.p + i, '`', w->s.n - i);
        if (!tick)
            break;
        i = (size_t)(tick - w->s.p);
        size_t m = run_length(w->s, i, '`');
        if (m <= INLINE_TICKS_MAX)
            w->last_tick[m] = i;
        i += m;
        if (m == n) {
            *is_code = true;
            return i - at;
        }
    }
    w->ticks_known = true;
    return n;
}

/* Behind the quoted value that starts at AT, or STR_NONE. */
static size_t skip_quoted(struct inline_walk *w, size_t at)
{
    char quote = w->s.p[at];
    bool *none = &w->no_quote[quote == '\''];

    if (*none)
        return STR_NONE;
    const char *end = memchr(w->s.p + at + 1, quote, w->s.n - at - 1);
    if (!end) {
        *none = true;
        return STR_NONE;
    }
    return (size_t)(end - w->s.p) + 1;
}

size_t inline_tag_length(struct inline_walk *w, size_t at)
{
    str s = w->s;
    size_t i = at + 1;

    if (i >= s.n || !(ascii_is_alpha(s.p[i]) || strchr("/!?", s.p[i])))
        return 0;
    while (i < s.n) {
        char c = s.p[i];
        if (c == '>')
            return i + 1 - at;
        if (c == '<')
            return 0;
        if ((c == '"' || c == '\'') && s.p[i - 1] == '=') {
            i = skip_quoted(w, i);
            if (i == STR_NONE)
                return 0;
        } else {
            i++;
        }
    }
    return 0;
}

/* Behind the destination of a link, AT being behind "](". */
static size_t skip_destination(struct inline_walk *w, size_t at)
{
    str s = w->s;
    unsigned depth = 0;

    if (w->no_destination)
        return at;
    for (size_t i = at; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 1 < s.n) {
            i++;
        } else if (ascii_is_space(c)) {
            return i;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && depth-- == 0) {
            return i;
        }
    }
    w->no_destination = true;
    return at;
}

size_t inline_find(struct inline_walk *w, const char stops[3])
{
    str s = w->s;

    while (w->at < s.n) {
        size_t n = 1;
        bool code;
        char c = s.p[w->at];

        if (c == stops[0] || c == stops[1] || c == stops[2])
            return w->at;
        if (c == '\\' && w->at + 1 < s.n &&
            ispunct((unsigned char)s.p[w->at + 1]))
            n = 2;
        else if (c == '`')
            n = inline_code_length(w, w->at, &code);
        else if (c == '<')
            n = inline_tag_length(w, w->at);
        else if (c == '(' && w->at > 0 && s.p[w->at - 1] == ']')
            n = skip_destination(w, w->at + 1) - w->at;
        w->at += n ? n : 1;
    }
    return STR_NONE;
}
