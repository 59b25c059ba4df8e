/* SPDX-License-Identifier: MIT */
#include "convert/dialect_abbr.h"

#include "convert/source_scan.h"

#define WORD_MAX 100

void abbrs_init(struct abbrs *x)
{
    arena_init(&x->arena);
    x->list.v = NULL;
    x->list.n = x->list.cap = 0;
}

void abbrs_done(struct abbrs *x)
{
    arena_done(&x->arena);
}

static void forget(struct abbrs *x)
{
    arena_reset(&x->arena);
    x->list.v = NULL;
    x->list.n = x->list.cap = 0;
}

/* "*[Note]: words*" is emphasis that begins with a bracket. */
static bool is_definition(str line, struct abbr *a)
{
    size_t n = str_find_char(str_sub(line, 0, WORD_MAX + 3), ']');

    if (!str_starts(line, S("*[")) || n == STR_NONE)
        return false;
    a->word = str_trim(str_sub(line, 2, n - 2));
    str rest = str_from(line, n + 1);
    if (str_starts(rest, S(" :")))
        rest = str_from(rest, 1);
    if (a->word.n == 0 || !str_starts(rest, S(":")))
        return false;
    a->title = str_trim(str_from(rest, 1));
    return str_find_char(a->title, '*') == STR_NONE;
}

/* Emphasis may end in the line below. */
static bool goes_on(str below)
{
    str line;
    struct abbr a;

    return str_next_line(&below, &line) && !str_is_blank(line) &&
           str_find_char(line, '*') != STR_NONE &&
           !is_definition(str_trim_left(line), &a);
}

static void keep(struct abbrs *found, const struct abbr *a)
{
    struct arena *arena = &found->arena;

    if (a->title.n == 0)
        return;
    *vec_push(&found->list, arena) = (struct abbr){
        arena_dup(arena, a->word),
        arena_dup(arena, a->title),
    };
}

str abbrs_take(struct relined *out, const struct relined *before, str text,
               struct abbrs *found)
{
    struct scan scan;
    struct scan_line line;
    struct abbr a;

    relined_begin(out, before);
    forget(found);
    if (str_find(text, S("*[")) == STR_NONE)
        return text;
    relined_start(out);
    scan_init(&scan, text);
    while (scan_next(&scan, &line)) {
        if (line.kind == LINE_TEXT && is_definition(line.content, &a) &&
            !goes_on(str_from(text, scan.at))) {
            keep(found, &a);
            relined_put_nest(out, line.nest);
            scan.in_paragraph = false;
        } else {
            buf_put(&out->out, line.whole);
        }
        if (line.ends)
            relined_end_line(out, scan.line + 1);
    }
    return buf_str(&out->out);
}
