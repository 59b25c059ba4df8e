/* SPDX-License-Identifier: MIT */
#include "style/token.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

struct lexer {
    str s;
    size_t at;
    uint32_t line;
    struct arena *arena;
};

/* The byte N places on, or 0 behind the end. */
static unsigned char peek(const struct lexer *lx, size_t n)
{
    return lx->at + n < lx->s.n ? (unsigned char)lx->s.p[lx->at + n] : 0;
}

static bool is_newline(int c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

static bool starts_name(int c)
{
    return ascii_is_alpha(c) || c == '_' || c >= 0x80;
}

static bool in_name(int c)
{
    return starts_name(c) || ascii_is_digit(c) || c == '-';
}

static bool escape_at(const struct lexer *lx, size_t n)
{
    return peek(lx, n) == '\\' && !is_newline(peek(lx, n + 1));
}

static bool ident_at(const struct lexer *lx, size_t n)
{
    if (peek(lx, n) == '-')
        return starts_name(peek(lx, n + 1)) || peek(lx, n + 1) == '-' ||
               escape_at(lx, n + 1);
    return starts_name(peek(lx, n)) || escape_at(lx, n);
}

static bool number_at(const struct lexer *lx)
{
    size_t n = peek(lx, 0) == '+' || peek(lx, 0) == '-';

    if (peek(lx, n) == '.')
        n++;
    return ascii_is_digit(peek(lx, n));
}

/* Moves over white space and comments; true if there was white space. */
static bool skip_blank(struct lexer *lx)
{
    bool space = false;

    while (lx->at < lx->s.n) {
        if (ascii_is_space(peek(lx, 0))) {
            lx->line += peek(lx, 0) == '\n';
            lx->at++;
            space = true;
        } else if (peek(lx, 0) == '/' && peek(lx, 1) == '*') {
            size_t end = str_find(str_from(lx->s, lx->at + 2), S("*/"));
            end = end == STR_NONE ? lx->s.n : lx->at + 2 + end + 2;
            for (; lx->at < end; lx->at++)
                lx->line += peek(lx, 0) == '\n';
        } else {
            break;
        }
    }
    return space;
}

static int hex_digit(int c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads the escape behind a backslash (4.3.7). */
static uint32_t read_escape(struct lexer *lx)
{
    uint32_t c = 0;
    int digits = 0;

    for (int d; digits < 6 && (d = hex_digit(peek(lx, 0))) >= 0; digits++) {
        c = c * 16 + (uint32_t)d;
        lx->at++;
    }
    if (digits == 0) {
        if (lx->at >= lx->s.n)
            return UTF8_REPLACEMENT;
        return utf8_next(lx->s, &lx->at);
    }
    if (ascii_is_space(peek(lx, 0))) {
        lx->line += peek(lx, 0) == '\n';
        lx->at++;
    }
    bool bad = c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF);
    return bad ? UTF8_REPLACEMENT : c;
}

/* Ends of pieces that may hold escapes. */
enum piece { NAME, STRING_1, STRING_2, URL };

static bool piece_ends(enum piece kind, int c)
{
    switch (kind) {
    case NAME:
        return !in_name(c);
    case STRING_1:
        return c == '\'' || is_newline(c);
    case STRING_2:
        return c == '"' || is_newline(c);
    case URL:
        return ascii_is_space(c) || strchr(")\"'(", c);
    }
    return true;
}

/* The text from here to its end. Only a piece with escapes is copied: twice
 * its length is room for any of them. */
static str read_piece(struct lexer *lx, enum piece kind)
{
    size_t start = lx->at;

    while (lx->at < lx->s.n && peek(lx, 0) != '\\' &&
           !piece_ends(kind, peek(lx, 0)))
        lx->at++;
    str plain = str_sub(lx->s, start, lx->at - start);
    if (peek(lx, 0) != '\\' || (kind == NAME && !escape_at(lx, 0)))
        return plain;

    struct buf out = { 0 };
    buf_put(&out, plain);
    while (lx->at < lx->s.n) {
        if (peek(lx, 0) == '\\') {
            bool newline = is_newline(peek(lx, 1));
            if (newline && (kind == NAME || kind == URL))
                break;
            lx->at++;
            if (newline) {
                lx->line++;
                lx->at += peek(lx, 0) == '\r' && peek(lx, 1) == '\n' ? 2 : 1;
            } else if (lx->at < lx->s.n || kind == NAME) {
                buf_put_codepoint(&out, read_escape(lx));
            }
        } else if (piece_ends(kind, peek(lx, 0))) {
            break;
        } else {
            buf_putc(&out, lx->s.p[lx->at++]);
        }
    }
    str text = arena_dup(lx->arena, buf_str(&out));
    buf_done(&out);
    return text;
}

/* Decimal to double without the locale of strtod(). */
static double read_number(struct lexer *lx, bool *is_integer)
{
    double v = 0, unit = 1;
    bool minus = peek(lx, 0) == '-';

    *is_integer = true;
    if (peek(lx, 0) == '-' || peek(lx, 0) == '+')
        lx->at++;
    for (; ascii_is_digit(peek(lx, 0)); lx->at++)
        v = v * 10 + (peek(lx, 0) - '0');
    if (peek(lx, 0) == '.' && ascii_is_digit(peek(lx, 1))) {
        *is_integer = false;
        for (lx->at++; ascii_is_digit(peek(lx, 0)); lx->at++) {
            if (unit < 1e15) {
                unit *= 10;
                v = v * 10 + (peek(lx, 0) - '0');
            }
        }
        v /= unit;
    }
    size_t sign = peek(lx, 1) == '+' || peek(lx, 1) == '-';
    if (ascii_lower(peek(lx, 0)) == 'e' && ascii_is_digit(peek(lx, 1 + sign))) {
        bool down = peek(lx, 1) == '-';
        int e = 0;
        *is_integer = false;
        for (lx->at += 1 + sign; ascii_is_digit(peek(lx, 0)); lx->at++)
            e = e < 400 ? e * 10 + (peek(lx, 0) - '0') : e;
        for (; e > 0 && v != 0 && v < 1e300; e--)
            v = down ? v / 10 : v * 10;
    }
    if (v > 1e9)
        v = 1e9; /* no length, weight or count is larger */
    return minus ? -v : v;
}

static void read_numeric(struct lexer *lx, struct token *t)
{
    t->number = read_number(lx, &t->is_integer);
    if (ident_at(lx, 0)) {
        t->kind = TOK_DIMENSION;
        t->text = read_piece(lx, NAME);
    } else if (peek(lx, 0) == '%') {
        t->kind = TOK_PERCENT;
        lx->at++;
    } else {
        t->kind = TOK_NUMBER;
    }
}

static void read_string(struct lexer *lx, struct token *t)
{
    char quote = lx->s.p[lx->at++];

    t->text = read_piece(lx, quote == '"' ? STRING_2 : STRING_1);
    bool bad = lx->at < lx->s.n && peek(lx, 0) != (unsigned char)quote;
    t->kind = bad ? TOK_BAD_STRING : TOK_STRING;
    if (!bad)
        lx->at += lx->at < lx->s.n;
}

/* Behind "url(": 4.3.6. */
static void read_url(struct lexer *lx, struct token *t)
{
    skip_blank(lx);
    t->text = read_piece(lx, URL);
    skip_blank(lx);
    t->kind = TOK_URL;
    if (lx->at < lx->s.n && peek(lx, 0) != ')') {
        t->kind = TOK_BAD_URL;
        for (; lx->at < lx->s.n && peek(lx, 0) != ')'; lx->at++)
            lx->line += peek(lx, 0) == '\n';
    }
    lx->at += lx->at < lx->s.n;
}

static bool quote_follows(const struct lexer *lx)
{
    size_t n = 0;

    while (ascii_is_space(peek(lx, n)))
        n++;
    return peek(lx, n) == '"' || peek(lx, n) == '\'';
}

static void read_ident(struct lexer *lx, struct token *t)
{
    t->text = read_piece(lx, NAME);
    t->kind = TOK_IDENT;
    if (peek(lx, 0) != '(')
        return;
    lx->at++;
    t->kind = TOK_FUNCTION;
    if (str_eq_nocase(t->text, S("url")) && !quote_follows(lx))
        read_url(lx, t);
}

static bool read_literal(struct lexer *lx, const char *literal)
{
    bool here = str_starts(str_from(lx->s, lx->at), str_of(literal));

    if (here)
        lx->at += strlen(literal);
    return here;
}

static void read_token(struct lexer *lx, struct token *t)
{
    unsigned char c = peek(lx, 0);

    if (c == '"' || c == '\'') {
        read_string(lx, t);
    } else if (number_at(lx)) {
        read_numeric(lx, t);
    } else if (read_literal(lx, "<!--")) {
        t->kind = TOK_CDO;
    } else if (read_literal(lx, "-->")) {
        t->kind = TOK_CDC;
    } else if (ident_at(lx, 0)) {
        read_ident(lx, t);
    } else if (c == '#' && (in_name(peek(lx, 1)) || escape_at(lx, 1))) {
        t->kind = TOK_HASH;
        lx->at++;
        t->is_id = ident_at(lx, 0);
        t->text = read_piece(lx, NAME);
    } else if (c == '@' && ident_at(lx, 1)) {
        t->kind = TOK_AT;
        lx->at++;
        t->text = read_piece(lx, NAME);
    } else {
        t->kind = TOK_DELIM;
        t->delim = (char)c;
        lx->at++;
    }
}

struct tokens css_tokenize(str css, struct arena *a)
{
    struct lexer lx = { .s = css, .line = 1, .arena = a };
    VEC(struct token) out = { 0 };

    for (;;) {
        bool space = skip_blank(&lx);
        if (lx.at >= css.n)
            break;
        struct token *t = vec_push(&out, a);
        size_t start = lx.at;
        t->space_before = space;
        t->line = lx.line;
        read_token(&lx, t);
        t->source = str_sub(css, start, lx.at - start);
    }
    tokens_match(out.v, out.n, a);
    return (struct tokens){ out.v, out.n };
}

static char closing_of(const struct token *t)
{
    if (t->kind == TOK_FUNCTION || token_is(t, '('))
        return ')';
    return token_is(t, '[') ? ']' : token_is(t, '{') ? '}' : '\0';
}

/* A block ends at its own bracket only (5.4.8); other closing brackets in it
 * are ordinary tokens. An unclosed one ends with the input. */
void tokens_match(struct token *v, size_t n, struct arena *a)
{
    VEC(size_t) open = { 0 };

    for (size_t i = 0; i < n; i++) {
        v[i].span = 1;
        if (closing_of(&v[i])) {
            *vec_push(&open, a) = i;
        } else if (open.n && v[i].kind == TOK_DELIM &&
                   v[i].delim == closing_of(&v[open.v[open.n - 1]])) {
            size_t from = open.v[--open.n];
            v[from].span = (uint32_t)(i + 1 - from);
        }
    }
    while (open.n) {
        size_t from = open.v[--open.n];
        v[from].span = (uint32_t)(n - from);
    }
}

struct tokens tokens_sub(struct tokens t, size_t from, size_t to)
{
    if (to > t.n)
        to = t.n;
    if (from > to)
        from = to;
    return t.v ? (struct tokens){ t.v + from, to - from }
               : (struct tokens){ 0 };
}

struct tokens tokens_from(struct tokens t, size_t at)
{
    return tokens_sub(t, at, t.n);
}

size_t tokens_step(struct tokens t)
{
    if (t.n == 0)
        return 0;
    return t.v[0].span < t.n ? t.v[0].span : t.n;
}

struct tokens tokens_next(struct tokens *rest)
{
    size_t step = tokens_step(*rest);
    struct tokens first = tokens_sub(*rest, 0, step);

    *rest = tokens_from(*rest, step);
    return first;
}

struct tokens tokens_cut(struct tokens *rest, char sep)
{
    struct tokens all = *rest;
    size_t at = 0;

    while (at < all.n && !token_is(&all.v[at], sep))
        at += tokens_step(tokens_from(all, at));
    *rest = at < all.n ? tokens_from(all, at + 1) : (struct tokens){ 0 };
    return tokens_sub(all, 0, at);
}

struct tokens tokens_inside(struct tokens t)
{
    if (t.n == 0)
        return t;
    char close = closing_of(&t.v[0]);
    bool closed = close && t.n > 1 && token_is(&t.v[t.n - 1], close) &&
                  t.v[0].span == t.n;
    return tokens_sub(t, 1, closed ? t.n - 1 : t.n);
}

bool token_is(const struct token *t, char delim)
{
    return t->kind == TOK_DELIM && t->delim == delim;
}

bool token_is_word(const struct token *t, const char *word)
{
    return t->kind == TOK_IDENT && str_eq_nocase(t->text, str_of(word));
}

bool tokens_are_word(struct tokens t, const char *word)
{
    return t.n == 1 && token_is_word(&t.v[0], word);
}

str tokens_source(struct tokens t)
{
    if (t.n == 0)
        return (str){ 0 };
    const char *from = t.v[0].source.p;
    str last = t.v[t.n - 1].source;
    /* Tokens put together from several places have no common text. */
    if (last.p < from)
        return t.v[0].source;
    return (str){ from, (size_t)(last.p - from) + last.n };
}
