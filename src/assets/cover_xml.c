/* SPDX-License-Identifier: MIT */
#include "assets/cover_xml.h"

#include "base/utf8.h"

static const struct {
    char c;
    str entity;
} entities[] = {
    { '&', STR_INIT("&amp;") },  { '<', STR_INIT("&lt;") },
    { '>', STR_INIT("&gt;") },   { '"', STR_INIT("&quot;") },
    { '\'', STR_INIT("&#39;") }, { '\'', STR_INIT("&apos;") },
};

#define N_ENTITIES (sizeof entities / sizeof *entities)

static bool put_entity(struct buf *out, uint32_t c)
{
    for (size_t i = 0; i < N_ENTITIES; i++)
        if (c == (unsigned char)entities[i].c) {
            buf_put(out, entities[i].entity);
            return true;
        }
    return false;
}

void cover_escape(struct buf *out, str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);

        if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
            c = ' ';
        if (c < 0x20 || c == 0xFFFE || c == 0xFFFF || put_entity(out, c))
            continue;
        buf_put_codepoint(out, c);
    }
}

str cover_unescape(str content, struct arena *a)
{
    struct buf out = { 0 };

    for (size_t at = 0; at < content.n; at++) {
        str rest = str_from(content, at);
        size_t i = 0;

        while (i < N_ENTITIES && !str_starts(rest, entities[i].entity))
            i++;
        if (i < N_ENTITIES)
            at += entities[i].entity.n - 1;
        buf_putc(&out, i < N_ENTITIES ? entities[i].c : content.p[at]);
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}

size_t cover_tag_length(str s)
{
    char quote = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return STR_NONE;
}

static size_t skip_space(str s, size_t i)
{
    while (i < s.n && ascii_is_space((unsigned char)s.p[i]))
        i++;
    return i;
}

str cover_attr(str tag, str name)
{
    size_t i = 0;

    while (i < tag.n && !ascii_is_space((unsigned char)tag.p[i]))
        i++;
    for (;;) {
        size_t from = i = skip_space(tag, i);
        while (i < tag.n && tag.p[i] != '=' && tag.p[i] != '>')
            i++;
        str key = str_trim(str_sub(tag, from, i - from));
        i = skip_space(tag, i + 1);
        if (i >= tag.n || (tag.p[i] != '"' && tag.p[i] != '\''))
            return (str){ 0 };
        size_t end = str_find_char(str_from(tag, i + 1), tag.p[i]);
        if (end == STR_NONE)
            return (str){ 0 };
        if (str_eq(key, name))
            return str_sub(tag, i + 1, end);
        i += end + 2;
    }
}
