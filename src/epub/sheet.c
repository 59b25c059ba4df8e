/* SPDX-License-Identifier: MIT */
/* A CSS style sheet (CSS Syntax 3) is read as pieces that end in ';', '{' or
 * '}'. A piece is copied whole or not at all. */
#include "epub/sheet.h"

#define NAME_ROOM 32 /* of the names that matter, and a NUL */

struct sheet {
    struct buf *out;
    str css, path;
    size_t at;
    unsigned line;
    bool in_comment; /* at the end of the sheet */
    unsigned n_open; /* '{' without '}' so far */
    struct diag *dg;
};

struct piece {
    size_t from;
    unsigned line;
    bool has_url; /* one that isn't data: */
    char end;     /* ';', '{', '}', or 0 at the end of the sheet */
};

static char here(const struct sheet *s)
{
    return s->at < s->css.n ? s->css.p[s->at] : 0;
}

static void step(struct sheet *s)
{
    s->line += here(s) == '\n';
    s->at++;
}

/* Behind the quote that ends the string, or before the line feed that breaks
 * it off. */
static void skip_string(struct sheet *s)
{
    char quote = here(s);

    for (step(s); s->at < s->css.n; step(s)) {
        if (here(s) == quote) {
            step(s);
            return;
        }
        if (here(s) == '\n')
            return;
        if (here(s) == '\\' && s->at + 1 < s->css.n)
            step(s);
    }
}

static void skip_comment(struct sheet *s)
{
    size_t end = str_find(str_from(s->css, s->at + 2), S("*/"));
    size_t stop = end == STR_NONE ? s->css.n : s->at + 2 + end + 2;

    s->in_comment = end == STR_NONE;
    while (s->at < stop)
        step(s);
}

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == '\\' ||
           (unsigned char)c >= 0x80;
}

/* Reads a name into NAME in lower case, with escapes of ASCII decoded, so that
 * "\75rl(" does not slip through. Names that matter are shorter than NAME_ROOM.
 */
static void read_name(struct sheet *s, char name[NAME_ROOM])
{
    size_t n = 0;

    while (s->at < s->css.n && is_name_char(here(s))) {
        unsigned c = (unsigned char)here(s);
        step(s);
        if (c == '\\') {
            unsigned digits = 0;
            c = 0;
            for (; digits < 6; digits++, step(s)) {
                int h = ascii_lower(here(s));
                if (ascii_is_digit(h))
                    c = c * 16 + (unsigned)(h - '0');
                else if (h >= 'a' && h <= 'f')
                    c = c * 16 + (unsigned)(h - 'a' + 10);
                else
                    break;
            }
            if (digits == 0 && s->at < s->css.n) {
                c = (unsigned char)here(s);
                step(s);
            } else if (ascii_is_space(here(s))) {
                step(s);
            }
        }
        if (n < NAME_ROOM - 1)
            name[n++] = c < 0x80 ? (char)ascii_lower((int)c) : '?';
    }
    name[n] = 0;
}

/* At the '(' of url(: is it a data: address? */
static bool is_data_url(const struct sheet *s)
{
    str rest = str_trim_left(str_from(s->css, s->at + 1));

    if (str_starts(rest, S("\"")) || str_starts(rest, S("'")))
        rest = str_from(rest, 1);
    return str_starts_nocase(rest, S("data:"));
}

static void skip_url(struct sheet *s)
{
    step(s);
    while (ascii_is_space(here(s)) && s->at < s->css.n)
        step(s);
    if (here(s) == '"' || here(s) == '\'')
        skip_string(s);
    for (; s->at < s->css.n && here(s) != ')'; step(s))
        if (here(s) == '\\' && s->at + 1 < s->css.n)
            step(s);
}

static bool is_fetching(const char *name)
{
    str n = str_of(name);

    return str_eq(n, S("url")) || str_eq(n, S("src")) ||
           str_ends(n, S("image-set")) || str_eq(n, S("image"));
}

static void skip_name(struct sheet *s, struct piece *p)
{
    char name[NAME_ROOM];

    read_name(s, name);
    if (here(s) != '(' || !is_fetching(name))
        return;
    p->has_url |= !is_data_url(s);
    if (str_eq(str_of(name), S("url")))
        skip_url(s);
}

static struct piece next_piece(struct sheet *s)
{
    struct piece p = { .from = s->at, .line = s->line };

    while (s->at < s->css.n) {
        char c = here(s);
        if (c == ';' || c == '{' || c == '}') {
            p.end = c;
            return p;
        }
        if (c == '"' || c == '\'')
            skip_string(s);
        else if (c == '/' && str_starts(str_from(s->css, s->at), S("/*")))
            skip_comment(s);
        else if (is_name_char(c))
            skip_name(s, &p);
        else
            step(s);
    }
    return p;
}

/* The piece's own first word: "@import", "direction", "p". */
static void first_word(const struct sheet *s, const struct piece *p,
                       char word[NAME_ROOM])
{
    struct sheet look = *s;

    look.at = p->from;
    for (;;) {
        while (look.at < s->at && ascii_is_space(here(&look)))
            step(&look);
        if (!str_starts(str_from(look.css, look.at), S("/*")))
            break;
        skip_comment(&look);
    }
    bool at_rule = here(&look) == '@';
    if (at_rule)
        step(&look);
    char name[NAME_ROOM];
    read_name(&look, name);
    word[0] = '@';
    size_t n = at_rule;
    for (size_t i = 0; name[i] && n < NAME_ROOM - 1; i++)
        word[n++] = name[i];
    word[n] = 0;
}

static const struct {
    str word;
    const char *why;
} forbidden[] = {
    { STR_INIT("@import"), "a book holds no other style sheets" },
    { STR_INIT("@charset"), NULL }, /* we know: no word is owed */
    { STR_INIT("direction"), "EPUB leaves it to the dir attribute" },
    { STR_INIT("unicode-bidi"), "EPUB leaves it to the dir attribute" },
};

/* Is P to be left out? Reports it. */
static bool is_unfit(const struct sheet *s, const struct piece *p)
{
    char word[NAME_ROOM];
    const char *why = NULL;
    bool unfit = false;

    if (p->end == '{')
        return false;
    first_word(s, p, word);
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_eq(str_of(word), forbidden[i].word)) {
            unfit = true;
            why = forbidden[i].why;
        }
    if (!unfit && p->has_url && !str_eq(str_of(word), S("@namespace"))) {
        unfit = true;
        why = "a style sheet can't bring files into the book";
    }
    if (why)
        diag_add(s->dg, DIAG_CSS_DROPPED, s->path, p->line, "'%s' left out: %s",
                 word, why);
    return unfit;
}

static void put_end(struct sheet *s, char end)
{
    if (end == '{')
        s->n_open++;
    if (end == '}') {
        if (s->n_open == 0)
            return;
        s->n_open--;
    }
    buf_putc(s->out, end);
}

void sheet_clean(struct buf *out, str css, str path, struct diag *dg)
{
    struct sheet s = {
        .out = out, .css = css, .path = path, .line = 1, .dg = dg
    };

    for (;;) {
        struct piece p = next_piece(&s);
        bool unfit = is_unfit(&s, &p);
        if (!unfit)
            buf_put(out, str_sub(css, p.from, s.at - p.from));
        if (p.end == 0)
            break;
        step(&s);
        if (!unfit || p.end == '}')
            put_end(&s, p.end);
    }
    if (s.in_comment)
        buf_puts(out, "*/");
    for (; s.n_open; s.n_open--)
        buf_putc(out, '}');
    buf_putc(out, '\n');
}
