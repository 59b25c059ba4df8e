/* SPDX-License-Identifier: MIT */
#include "book/plain.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7F || c == 0xC2 || c == 0xEF)
            return false;
        if (c == ' ' && (i == 0 || i + 1 == s.n || s.p[i + 1] == ' '))
            return false;
    }
    return true;
}

static bool is_forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF ||
           c == 0xFEFF;
}

str plain_text(str s, struct arena *a)
{
    struct buf out = { 0 };
    bool gap = false;

    if (is_plain(s))
        return s;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 0x80 && ascii_is_space((int)c)) {
            gap = out.n > 0;
        } else if (!is_forbidden(c)) {
            if (gap)
                buf_putc(&out, ' ');
            gap = false;
            buf_put_codepoint(&out, c);
        }
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}

static const struct value *spokesman(const struct value *map)
{
    static const str names[] = { STR_INIT("name"), STR_INIT("title"),
                                 STR_INIT("url"),  STR_INIT("src"),
                                 STR_INIT("path"), STR_INIT("image"),
                                 STR_INIT("file"), STR_INIT("relative") };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct value *v = value_find(map, names[i]);
        if (v && v->kind == VALUE_TEXT)
            return v;
    }
    return NULL;
}

/* An item of a list; "[[a]]" is a list in a list. */
static str plain_item(const struct value *v, struct arena *a)
{
    if (v->kind == VALUE_LIST && v->first && !v->first->next)
        v = v->first;
    if (v->kind == VALUE_MAP)
        v = spokesman(v);
    return v && v->kind == VALUE_TEXT ? plain_text(v->text, a) : (str){ 0 };
}

static str join_list(const struct value *list, struct arena *a)
{
    struct buf out = { 0 };

    for (const struct value *v = list->first; v; v = v->next) {
        str text = plain_item(v, a);
        if (text.n == 0)
            continue;
        if (out.n)
            buf_puts(&out, ", ");
        buf_put(&out, text);
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}

str plain_value(const struct value *v, struct arena *a)
{
    if (v && v->kind == VALUE_MAP)
        v = spokesman(v);
    if (!v || v->kind == VALUE_NULL)
        return (str){ 0 };
    return v->kind == VALUE_LIST ? join_list(v, a) : plain_text(v->text, a);
}
