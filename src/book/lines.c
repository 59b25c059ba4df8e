/* SPDX-License-Identifier: MIT */
#include "book/reader.h"

struct reader {
    struct arena *a;
    struct value *map, *last;
    str value; /* of `last`: all of its lines, as they stand */
};

static void finish_entry(struct reader *r)
{
    if (r->last)
        r->last->text = arena_dup(r->a, str_trim(r->value));
}

static void begin_entry(struct reader *r, str line, unsigned number)
{
    struct value *v = arena_new(r->a, struct value);
    str rest = line;

    if (str_starts(rest, S(".. "))) /* Nikola */
        rest = str_from(rest, 3);
    finish_entry(r);
    v->kind = VALUE_TEXT;
    v->line = number;
    v->quoted = true;
    v->key = arena_dup(r->a, str_trim(str_cut(&rest, ':')));
    if (str_starts(rest, S(":"))) /* Logseq */
        rest = str_from(rest, 1);
    r->value = rest;
    if (r->last)
        r->last->next = v;
    else
        r->map->first = v;
    r->last = v;
}

static bool is_continued(str line)
{
    return line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
}

struct value *lines_read(str text, unsigned line, struct arena *a)
{
    struct reader r = { .a = a, .map = arena_new(a, struct value) };
    str row;

    r.map->kind = VALUE_MAP;
    r.map->line = line;
    for (unsigned n = line; str_next_line(&text, &row); n++) {
        if (r.last && is_continued(row))
            r.value.n = (size_t)(row.p + row.n - r.value.p);
        else if (str_find_char(row, ':') != STR_NONE)
            begin_entry(&r, row, n);
    }
    finish_entry(&r);
    return r.map;
}
