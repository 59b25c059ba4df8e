/* SPDX-License-Identifier: MIT */
#include "jsonshape.h"

#include <string.h>

#include "base/utf8.h"

static const struct member {
    const char *object, *key, *kind;
    bool needed;
} members[] = {
#define MEMBER(object, key, kind, needed) { object, key, kind, needed },
#include "report_shape.def"
#undef MEMBER
};

#define N_MEMBERS (sizeof members / sizeof *members)
/* Digits of the longest number: bytes of a large file, to the byte. */
#define DIGITS_MAX 20

struct cursor {
    str text;
    size_t at;
    unsigned depth; /* of objects that are open */
    const struct json_known *known;
    size_t n_known;
};

static void skip_space(struct cursor *c)
{
    while (c->at < c->text.n && c->text.p[c->at] == ' ')
        c->at++;
}

static bool take(struct cursor *c, char wanted)
{
    skip_space(c);
    if (c->at == c->text.n || c->text.p[c->at] != wanted)
        return false;
    c->at++;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* "\u" and four digits, no half of a pair. */
static bool take_code(struct cursor *c)
{
    int code = 0;

    for (int i = 0; i < 4; i++, c->at++) {
        int digit = c->at < c->text.n ? hex_digit(c->text.p[c->at]) : -1;
        if (digit < 0)
            return false;
        code = code * 16 + digit;
    }
    return code < 0xd800 || code > 0xdfff;
}

static bool take_escape(struct cursor *c)
{
    if (c->at == c->text.n)
        return false;
    char letter = c->text.p[c->at++];
    return letter == 'u' ? take_code(c)
                         : letter && strchr("\"\\nrt", letter) != NULL;
}

/* One character that stands for itself. UTF-8 has been checked. */
static bool take_plain(struct cursor *c)
{
    uint32_t code = utf8_next(c->text, &c->at);

    return code >= 0x20 && !(code >= 0x7f && code < 0xa0);
}

/* What stands between the quotes, not decoded. */
static bool take_text(struct cursor *c, str *inside)
{
    if (!take(c, '"'))
        return false;
    size_t from = c->at;
    while (c->at < c->text.n && c->text.p[c->at] != '"') {
        bool escaped = c->text.p[c->at] == '\\';
        c->at += escaped;
        if (!(escaped ? take_escape(c) : take_plain(c)))
            return false;
    }
    *inside = str_sub(c->text, from, c->at - from);
    return take(c, '"');
}

static bool take_digits(struct cursor *c, str *digits)
{
    size_t from = c->at;

    while (c->at < c->text.n && c->text.p[c->at] >= '0' &&
           c->text.p[c->at] <= '9')
        c->at++;
    *digits = str_sub(c->text, from, c->at - from);
    return digits->n > 0 && digits->n <= DIGITS_MAX;
}

static bool take_count(struct cursor *c, str *digits)
{
    skip_space(c);
    return take_digits(c, digits) && (digits->n == 1 || digits->p[0] != '0');
}

static bool take_decimal(struct cursor *c)
{
    str digits;

    return take_count(c, &digits) &&
           (c->at == c->text.n || c->text.p[c->at] != '.' ||
            (c->at++, take_digits(c, &digits)));
}

static bool is_hash(str s)
{
    bool ok = s.n == 64;

    for (size_t i = 0; ok && i < s.n; i++)
        ok = hex_digit(s.p[i]) >= 0;
    return ok;
}

/* Is S one of the words of CHOICE, "a|b"? */
static bool is_choice(str s, const char *choice)
{
    for (;;) {
        size_t n = strcspn(choice, "|");
        if (str_eq(s, (str){ choice, n }))
            return true;
        if (!choice[n])
            return false;
        choice += n + 1;
    }
}

static bool take_value(struct cursor *c, const char *kind);

static bool take_list(struct cursor *c, const char *kind)
{
    if (!take(c, '['))
        return false;
    if (take(c, ']'))
        return true;
    do
        if (!take_value(c, kind))
            return false;
    while (take(c, ','));
    return take(c, ']');
}

static bool is_as_known(const struct cursor *c, const char *key, str value)
{
    for (size_t i = 0; c->depth == 1 && i < c->n_known; i++)
        if (strcmp(c->known[i].key, key) == 0)
            return str_eq(c->known[i].value, value);
    return true;
}

/* SEEN has a bit for each member that was there. */
static bool take_member(struct cursor *c, const char *object, uint64_t *seen)
{
    str key;
    uint64_t bit = 1;

    if (!take_text(c, &key) || !take(c, ':'))
        return false;
    for (size_t i = 0; i < N_MEMBERS; i++) {
        const struct member *m = &members[i];
        if (strcmp(m->object, object) != 0)
            continue;
        if (str_eq(key, str_of(m->key))) {
            bool twice = *seen & bit;
            *seen |= bit;
            skip_space(c);
            size_t from = c->at;
            return !twice && take_value(c, m->kind) &&
                   is_as_known(c, m->key, str_sub(c->text, from, c->at - from));
        }
        bit <<= 1;
    }
    return false;
}

static bool has_all(const char *object, uint64_t seen)
{
    uint64_t bit = 1;

    for (size_t i = 0; i < N_MEMBERS; i++) {
        if (strcmp(members[i].object, object) != 0)
            continue;
        if (members[i].needed && !(seen & bit))
            return false;
        bit <<= 1;
    }
    return true;
}

static bool take_object(struct cursor *c, const char *object)
{
    uint64_t seen = 0;

    if (!take(c, '{'))
        return false;
    c->depth++;
    do
        if (!take_member(c, object, &seen))
            return false;
    while (take(c, ','));
    c->depth--;
    return take(c, '}') && has_all(object, seen);
}

static bool take_value(struct cursor *c, const char *kind)
{
    str s;

    switch (kind[0]) {
    case '[':
        return take_list(c, kind + 1);
    case '{':
        return take_object(c, kind + 1);
    case '=':
        return take_text(c, &s) && is_choice(s, kind + 1);
    case '#':
        return take_count(c, &s) && is_choice(s, kind + 1);
    case 'h':
        return take_text(c, &s) && is_hash(s);
    case 'c':
        return take_count(c, &s);
    case 'd':
        return take_decimal(c);
    default:
        return take_text(c, &s);
    }
}

bool json_has_shape(str text, const char *shape, const struct json_known *known,
                    size_t n)
{
    struct cursor c = { .text = text, .known = known, .n_known = n };

    return utf8_is_valid(text) && take_object(&c, shape) && c.at == text.n;
}
