/* SPDX-License-Identifier: MIT */
#include "assets/cover_xml.h"
#include "base/hash.h"

/* The same number for the same book, evenly spread. */
static size_t pick_of(str identifier, size_t n)
{
    uint8_t digest[SHA256_SIZE];

    hash_sha256(identifier, digest);
    return (size_t)(digest[0] << 8 | digest[1]) % n;
}

static str pick(str choices, str identifier)
{
    size_t n = 1;

    for (size_t i = 0; i < choices.n; i++)
        n += choices.p[i] == '|';
    for (size_t i = pick_of(identifier, n); i > 0; i--)
        str_cut(&choices, '|');
    return str_trim(str_cut(&choices, '|'));
}

/* What stands between braces as what it means. False: nothing we know. */
static bool put_place(struct buf *out, str place,
                      const struct cover_values *values)
{
    const struct {
        str name, value;
    } places[] = {
        { S("title"), values->title },
        { S("author"), values->author },
        { S("years"), values->years },
        { S("lang"), values->lang },
    };

    if (str_starts(place, S("pick "))) {
        buf_put(out, pick(str_from(place, 5), values->identifier));
        return true;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (str_eq(place, places[i].name)) {
            cover_escape(out, places[i].value);
            return true;
        }
    return false;
}

str cover_expand(str template, const struct cover_values *values,
                 struct arena *a)
{
    struct buf out = { 0 };
    str rest = template;

    for (;;) {
        size_t from = str_find(rest, S("{{"));
        size_t end = from == STR_NONE ? STR_NONE
                                      : str_find(str_from(rest, from), S("}}"));

        if (end == STR_NONE)
            break;
        buf_put(&out, str_sub(rest, 0, from));
        if (!put_place(&out, str_trim(str_sub(rest, from + 2, end - 2)),
                       values))
            buf_put(&out, str_sub(rest, from, end + 2));
        rest = str_from(rest, from + end + 2);
    }
    buf_put(&out, rest);
    str all = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return all;
}
