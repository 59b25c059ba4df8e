/* SPDX-License-Identifier: MIT */
#include "book/tomltext.h"

#include "base/buf.h"
#include "base/utf8.h"

int toml_peek(const struct toml_text *t)
{
    return t->at < t->text.n ? (unsigned char)t->text.p[t->at] : -1;
}

bool toml_starts(const struct toml_text *t, const char *what)
{
    return str_starts(str_from(t->text, t->at), str_of(what));
}

void toml_skip_blanks(struct toml_text *t)
{
    while (toml_peek(t) == ' ' || toml_peek(t) == '\t')
        t->at++;
}

static void skip_comment(struct toml_text *t)
{
    if (toml_peek(t) == '#')
        while (toml_peek(t) >= 0 && toml_peek(t) != '\n')
            t->at++;
}

void toml_skip_space(struct toml_text *t)
{
    for (;;) {
        skip_comment(t);
        int c = toml_peek(t);
        if (c < 0 || !ascii_is_space(c))
            return;
        t->line += c == '\n';
        t->at++;
    }
}

bool toml_end_line(struct toml_text *t)
{
    toml_skip_blanks(t);
    skip_comment(t);
    int c = toml_peek(t);
    return c < 0 || c == '\n' || c == '\r';
}

static bool ends_word(int c)
{
    return c < 0 || c == ',' || c == ']' || c == '}' || c == '#' ||
           ascii_is_space(c);
}

/* A date and its time may stand apart: "1979-05-27 07:32:00". */
static bool time_follows(const struct toml_text *t, size_t from)
{
    str word = str_sub(t->text, from, t->at - from);
    str rest = str_from(t->text, t->at);

    return word.n == 10 && word.p[4] == '-' && rest.n > 3 && rest.p[0] == ' ' &&
           ascii_is_digit((unsigned char)rest.p[1]) && rest.p[3] == ':';
}

str toml_word(struct toml_text *t)
{
    size_t from = t->at;

    while (!ends_word(toml_peek(t)) || time_follows(t, from))
        t->at++;
    return str_sub(t->text, from, t->at - from);
}

static int hex_digit(int c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_code(struct toml_text *t, int n, struct buf *out)
{
    uint32_t code = 0;

    for (; n > 0; n--, t->at++) {
        int digit = hex_digit(toml_peek(t));
        if (digit < 0 || code > 0x10FFFF)
            return false;
        code = code * 16 + (uint32_t)digit;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return false;
    buf_put_codepoint(out, code);
    return true;
}

/* Behind the backslash. */
static bool read_escape(struct toml_text *t, bool multi, struct buf *out)
{
    static const char from[] = "btnfre\"\\";
    static const char to[] = "\b\t\n\f\r\033\"\\";
    int c = toml_peek(t);

    if (c < 0)
        return false;
    t->at++;
    if (c == 'u' || c == 'U' || c == 'x')
        return read_code(t, c == 'u' ? 4 : c == 'U' ? 8 : 2, out);
    for (size_t i = 0; from[i]; i++) {
        if (from[i] == c) {
            buf_putc(out, to[i]);
            return true;
        }
    }
    if (!multi || !ascii_is_space(c))
        return false;
    /* a backslash at the end of a line joins it to the next word */
    t->at--;
    while (toml_peek(t) >= 0 && ascii_is_space(toml_peek(t))) {
        t->line += toml_peek(t) == '\n';
        t->at++;
    }
    return true;
}

/* At a quote: how many of them close the string; up to two more may stand
 * before the closing three of a multi-line one. */
static bool at_end(struct toml_text *t, int quote, bool multi)
{
    size_t n = 0;

    if (!multi)
        return toml_peek(t) == quote;
    while (n < 4 && t->at + n < t->text.n &&
           (unsigned char)t->text.p[t->at + n] == quote)
        n++;
    return n == 3;
}

static const char *read_chars(struct toml_text *t, int quote, bool multi,
                              struct buf *out)
{
    while (!at_end(t, quote, multi)) {
        int c = toml_peek(t);
        if (c < 0 || (c == '\n' && !multi))
            return "a string is not closed";
        t->at++;
        t->line += c == '\n';
        if (c != '\\' || quote == '\'')
            buf_putc(out, (char)c);
        else if (!read_escape(t, multi, out))
            return "bad escape in a string";
    }
    t->at += multi ? 3 : 1;
    return NULL;
}

const char *toml_string(struct toml_text *t, struct arena *a, str *out)
{
    int quote = toml_peek(t);
    bool multi = toml_starts(t, quote == '"' ? "\"\"\"" : "'''");
    struct buf b = { 0 };

    t->at += multi ? 3 : 1;
    if (multi && toml_peek(t) == '\n') {
        t->at++;
        t->line++;
    }
    const char *why = read_chars(t, quote, multi, &b);
    *out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return why;
}
