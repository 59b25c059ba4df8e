/* SPDX-License-Identifier: MIT */
#include "book/header.h"

static const struct known_key keys[] = {
#define KEY(id, name) { FIELD_##id, STR_INIT(name) },
#include "book/keys.def"
#undef KEY
};

const struct known_key *known_keys(size_t *n)
{
    *n = sizeof keys / sizeof *keys;
    return keys;
}

static bool key_matches(str word, str name)
{
    if (word.n != name.n)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        int c = ascii_lower((unsigned char)word.p[i]);
        int k = ascii_lower((unsigned char)name.p[i]);
        if ((c == '-' ? '_' : c) != (k == '-' ? '_' : k))
            return false;
    }
    return true;
}

enum field known_key_of_line(str line, size_t *value)
{
    size_t colon = str_find_char(str_sub(line, 0, 64), ':');
    size_t wide = str_find(str_sub(line, 0, 64), S("："));
    bool is_wide = wide < colon;

    if (is_wide)
        colon = wide;
    if (colon == STR_NONE || colon == 0 ||
        ascii_is_space((unsigned char)line.p[0]))
        return FIELD_NONE;
    str word = str_trim(str_sub(line, 0, colon));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (key_matches(word, keys[i].name)) {
            *value = colon + (is_wide ? 3 : 1);
            return keys[i].field;
        }
    }
    return FIELD_NONE;
}

struct scan {
    str text, rest;
    unsigned line; /* of the line that next_line() gave last */
    bool whole;
};

static size_t offset(const struct scan *s)
{
    return s->rest.n ? (size_t)(s->rest.p - s->text.p) : s->text.n;
}

static bool next_line(struct scan *s, str *line)
{
    if (!str_next_line(&s->rest, line))
        return false;
    s->line++;
    return true;
}

static bool is_fence(str line, const char *mark)
{
    return str_eq(str_trim_right(line), str_of(mark));
}

static bool too_far(const struct scan *s)
{
    return s->whole || s->text.n >= HEADER_MAX;
}

static void set_end(struct header *h, const struct scan *s, size_t from,
                    size_t to)
{
    h->text = str_sub(s->text, from, to - from);
    h->body = offset(s);
    h->body_line = s->line + 1;
}

/* From behind the opening fence to the line MARK. */
static bool find_fence(struct scan s, const char *mark, enum header_kind kind,
                       struct header *h)
{
    size_t from = offset(&s);
    unsigned first = s.line + 1;
    str line;

    for (size_t at = from; next_line(&s, &line); at = offset(&s)) {
        if (is_fence(line, mark)) {
            *h = (struct header){ .kind = kind, .line = first };
            set_end(h, &s, from, at);
            return true;
        }
    }
    return false;
}

/* To the first blank line, which is not part of it. */
static void find_blank(struct scan s, enum header_kind kind, struct header *h)
{
    size_t from = offset(&s), at = from;
    str line;

    *h = (struct header){ .kind = kind, .line = s.line + 1, .unclosed = true };
    while (next_line(&s, &line) && !str_is_blank(line))
        at = offset(&s);
    set_end(h, &s, from, at);
}

static bool starts_with_key(struct scan s)
{
    str line;
    size_t value;

    return next_line(&s, &line) && known_key_of_line(line, &value);
}

static bool find_yaml(const struct scan *s, struct header *h)
{
    if (find_fence(*s, "---", HEADER_YAML, h))
        return true;
    if (!too_far(s))
        return false;
    if (!starts_with_key(*s))
        return true;
    if (!find_fence(*s, "...", HEADER_YAML, h))
        find_blank(*s, HEADER_YAML, h);
    return true;
}

static bool find_toml(const struct scan *s, struct header *h)
{
    return find_fence(*s, "+++", HEADER_TOML, h) || too_far(s);
}

/* The text behind the brace that closes the first one. */
static size_t json_end(str text)
{
    size_t depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '{')
            depth++;
        else if (!quoted && c == '}' && --depth == 0)
            return i + 1;
    }
    return STR_NONE;
}

/* "{{< x >}}" and "{% x %}" are no JSON: a key must follow the brace. */
static bool find_json(const struct scan *s, struct header *h)
{
    size_t from = offset(s);
    str inner = str_trim_left(str_from(s->rest, 1));

    if (inner.n > 0 && inner.p[0] != '"')
        return true;
    size_t n = json_end(s->rest);
    if (n == STR_NONE)
        return too_far(s);
    *h = (struct header){ .kind = HEADER_JSON, .line = s->line + 1 };
    struct scan end = *s;
    str line;
    while (offset(&end) < from + n && next_line(&end, &line))
        continue;
    set_end(h, &end, from, from + n);
    return true;
}

static bool is_entry(str line)
{
    return ascii_is_space((unsigned char)line.p[0]) || line.p[0] == '-' ||
           line.p[0] == '#' || str_find_char(line, ':') != STR_NONE;
}

/* No opening fence, but a known key. What is not made of entries up to its
 * end is prose that happens to begin so. */
static bool find_bare(const struct scan *s, struct header *h)
{
    struct scan look = *s;
    size_t from = offset(s), at = from;
    str line;

    for (; next_line(&look, &line); at = offset(&look)) {
        bool fence = is_fence(line, "---");
        bool blank = str_is_blank(line);
        if (!fence && !blank && !is_entry(line))
            return true;
        if (!fence && !blank)
            continue;
        *h = (struct header){ .kind = fence ? HEADER_YAML : HEADER_LINES,
                              .line = s->line + 1 };
        set_end(h, &look, from, at);
        return true;
    }
    if (!too_far(s))
        return false;
    *h = (struct header){ .kind = HEADER_LINES, .line = s->line + 1 };
    set_end(h, &look, from, s->text.n);
    return true;
}

/* Fences that need no look at what is between them. */
static const struct {
    const char *open, *close;
    enum header_kind kind;
} fences[] = {
    { "---json", "---", HEADER_JSON },
    { "---toml", "---", HEADER_TOML },
    { "---yaml", "---", HEADER_YAML },
    { ";;;", ";;;", HEADER_JSON },
};

static bool starts_with_dots(struct scan s)
{
    str line;
    size_t value;

    return next_line(&s, &line) && str_starts(line, S(".. ")) &&
           known_key_of_line(str_from(line, 3), &value);
}

bool header_find(str text, bool whole, struct header *h)
{
    struct scan s = { text, text, 0, whole };
    struct scan before = s;
    str line = { 0 };

    *h = (struct header){ .kind = HEADER_NONE, .body_line = 1 };
    do
        before = s;
    while (next_line(&s, &line) && str_is_blank(line));
    if (str_is_blank(line))
        return too_far(&s);
    if (is_fence(line, "---"))
        return find_yaml(&s, h);
    if (is_fence(line, "+++"))
        return find_toml(&s, h);
    for (size_t i = 0; i < sizeof fences / sizeof *fences; i++)
        if (is_fence(line, fences[i].open))
            return find_fence(s, fences[i].close, fences[i].kind, h) ||
                   too_far(&s);
    if (is_fence(line, "<!--") && starts_with_dots(s))
        return find_fence(s, "-->", HEADER_LINES, h) || too_far(&s);
    if (line.p[0] == '{')
        return find_json(&before, h);
    size_t value;
    if (starts_with_dots(before) || known_key_of_line(line, &value))
        return find_bare(&before, h);
    return true;
}
