/* SPDX-License-Identifier: MIT */
#include "convert/ruby.h"

#include "base/utf8.h"
#include "convert/source_chars.h"

#define OPEN  S("《")
#define CLOSE S("》")
#define BAR   S("｜")

/* Bytes of a base and of a reading. */
#define BASE_MAX    90
#define READING_MAX 150

enum bracket_kind {
    BRACKET_BARRED, /* a bar says where the base begins */
    BRACKET_BARE,   /* kana behind Han */
    BRACKET_DOTS,   /* twice: emphasis; or a bar without a base: brackets */
    BRACKET_TITLE
};

struct bracket {
    enum bracket_kind kind;
    size_t from; /* where the base begins, with its bar */
    str base, reading;
    size_t end; /* behind it */
};

static bool all_are(str s, bool (*is)(uint32_t))
{
    for (size_t at = 0; at < s.n;)
        if (!is(utf8_next(s, &at)))
            return false;
    return s.n > 0;
}

/* Where the run of Han that ends S begins. */
static size_t han_start(str s)
{
    size_t at = s.n;

    while (at > 0 && s.n - at < BASE_MAX) {
        size_t before = at;
        if (!char_is_han(utf8_prev(s, &before)))
            break;
        at = before;
    }
    return at;
}

/* Where the bar stands in S whose base ends it; STR_NONE: nowhere. */
static size_t bar_start(str s, size_t done, bool *wide)
{
    size_t at = s.n;

    while (at > done && s.n - at < BASE_MAX) {
        uint32_t c = utf8_prev(s, &at);
        *wide = c == 0xff5c;
        if (*wide || c == '|')
            return at;
        if (c == '\n' || c == 0x300a || c == 0x300b)
            break;
    }
    return STR_NONE;
}

/* The next brackets of S behind DONE; false: there are none. */
static bool next_bracket(str s, size_t done, struct bracket *b)
{
    size_t at = str_find(str_from(s, done), OPEN);
    bool wide;

    if (at == STR_NONE)
        return false;
    at += done;
    str rest = str_sub(s, at + OPEN.n, READING_MAX + CLOSE.n);
    size_t n = str_find(rest, CLOSE);
    b->kind = str_starts(rest, OPEN) ? BRACKET_DOTS : BRACKET_TITLE;
    b->end = at + OPEN.n + (n == STR_NONE ? 0 : n + CLOSE.n);
    if (b->kind == BRACKET_DOTS || n == STR_NONE)
        return true;
    b->reading = str_sub(rest, 0, n);
    bool kana = all_are(b->reading, char_is_kana);
    str before = str_sub(s, 0, at);
    b->from = bar_start(before, done, &wide);
    if (b->from != STR_NONE) {
        b->base = str_from(before, b->from + (wide ? BAR.n : 1));
        if (wide && b->base.n == 0)
            b->kind = BRACKET_DOTS;
        else if (b->base.n > 0 && n > 0 &&
                 (wide || (kana && all_are(b->base, char_is_cjk))))
            b->kind = BRACKET_BARRED;
    }
    if (b->kind == BRACKET_TITLE && kana) {
        b->from = done + han_start(str_from(before, done));
        b->base = str_from(before, b->from);
        b->kind = b->base.n > 0 ? BRACKET_BARE : BRACKET_TITLE;
    }
    return true;
}

/* Cuts E, whose text has B; returns what is left behind it. */
static struct soup *put_ruby(struct soup *e, const struct bracket *b,
                             struct arena *a)
{
    struct soup *ruby = soup_insert_behind(e, SOUP_RUBY, a);
    struct soup *rest = soup_insert_behind(ruby, SOUP_TEXT, a);

    ruby->name = S("ruby");
    ruby->closed = true;
    soup_add_text(ruby, b->base, a);
    struct soup *reading = soup_insert_behind(ruby->last, SOUP_RT, a);
    reading->name = S("rt");
    reading->closed = true;
    soup_add_text(reading, b->reading, a);
    rest->text = str_from(e->text, b->end);
    e->text = str_sub(e->text, 0, b->from);
    return rest;
}

static bool has_titles(struct soup *root)
{
    struct bracket b;

    for (struct soup *e = root; e;
         e = soup_is_apart(e) ? soup_skip(e, root) : soup_next(e, root)) {
        if (e->tag != SOUP_TEXT)
            continue;
        for (size_t at = 0; next_bracket(e->text, at, &b); at = b.end)
            if (b.kind == BRACKET_TITLE)
                return true;
    }
    return false;
}

bool ruby_may_be_in(str html)
{
    return str_find(html, OPEN) != STR_NONE;
}

void ruby_mark(struct soup *root, struct arena *a)
{
    bool bare = !has_titles(root);
    struct bracket b;
    struct soup *e = root;

    while (e) {
        size_t at = 0;
        while (e->tag == SOUP_TEXT && next_bracket(e->text, at, &b)) {
            at = b.end;
            if (b.kind == BRACKET_BARRED || (b.kind == BRACKET_BARE && bare)) {
                e = put_ruby(e, &b, a);
                at = 0;
            }
        }
        e = soup_is_apart(e) ? soup_skip(e, root) : soup_next(e, root);
    }
}
