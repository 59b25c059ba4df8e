/* SPDX-License-Identifier: MIT */
#include "book/notion.h"

#define ID_DIGITS 32

str notion_name(str name)
{
    if (name.n < ID_DIGITS + 2)
        return name;
    size_t id = name.n - ID_DIGITS;
    for (size_t i = id; i < name.n; i++)
        if (ascii_hex((unsigned char)name.p[i]) < 0)
            return name;
    return name.p[id - 1] == ' ' ? str_sub(name, 0, id - 1) : name;
}

struct scan {
    str text, rest;
    unsigned line; /* that was read last */
};

static bool next_line(struct scan *s, str *line)
{
    if (!str_next_line(&s->rest, line))
        return false;
    s->line++;
    return true;
}

static size_t offset(const struct scan *s)
{
    return s->rest.n ? (size_t)(s->rest.p - s->text.p) : s->text.n;
}

static void skip_blank(struct scan *s)
{
    struct scan next = *s;
    str line;

    while (next_line(&next, &line) && str_is_blank(line))
        *s = next;
}

static bool is_property(str line)
{
    size_t colon = str_find_char(str_sub(line, 0, 64), ':');

    return colon != STR_NONE && colon > 0 &&
           (colon + 1 == line.n || line.p[colon + 1] == ' ');
}

/* Moves behind the paragraph at S if it is properties. */
static bool find_properties(struct scan *s, str *text)
{
    struct scan look = *s;
    size_t from = offset(s), value;
    bool known = false;
    str line;

    while (next_line(&look, &line) && !str_is_blank(line)) {
        if (!is_property(line))
            return false;
        known = known || known_key_of_line(line, &value);
        *s = look;
    }
    *text = str_sub(s->text, from, offset(s) - from);
    return known;
}

bool notion_find(str text, struct header *h)
{
    struct scan s = { text, text, 0 };
    str title, lines = { 0 };

    skip_blank(&s);
    if (!next_line(&s, &title) || !str_starts(title, S("# ")))
        return false;
    struct scan body = s;
    skip_blank(&s);
    unsigned first = s.line + 1;
    if (find_properties(&s, &lines))
        body = s;
    else
        lines = (str){ 0 };
    *h = (struct header){ .kind = HEADER_LINES,
                          .text = lines,
                          .title = title,
                          .line = first,
                          .body = offset(&body),
                          .body_line = body.line + 1 };
    return true;
}
