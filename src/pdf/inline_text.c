/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#include "base/utf8.h"
#include "pdf/inline_parts.h"
#include "pdf/opportunity.h"

void inline_end_span(struct collector *c, const struct style *st, uint32_t line)
{
    struct inline_text *o = c->out;
    struct inline_span *last = o->spans.n ? &o->spans.v[o->spans.n - 1] : NULL;
    uint32_t end = (uint32_t)c->text.n;

    if (end == (last ? last->end : 0))
        return;
    if (last && last->style == st && last->struct_elem == c->struct_elem &&
        last->link == c->link) {
        last->end = end;
        return;
    }
    *vec_push(&o->spans, c->ly->arena) = (struct inline_span){
        .end = end,
        .style = st,
        .struct_elem = c->struct_elem,
        .link = c->link,
        .line = line,
    };
}

static bool keeps_lines(const struct style *st)
{
    return style_is_pre(st) || st->white_space == SPACE_PRE_LINE;
}

bool inline_at_line_start(const struct collector *c)
{
    return c->text.n == 0 || c->text.p[c->text.n - 1] == '\n';
}

void inline_flush_space(struct collector *c)
{
    if (c->break_due) {
        c->break_due = c->space_due = false;
        buf_putc(&c->text, '\n');
    }
    if (c->space_due && !inline_at_line_start(c))
        buf_putc(&c->text, ' ');
    c->space_due = false;
}

static void put_tab(struct collector *c, const struct style *st)
{
    uint32_t stop = st->tab_size ? st->tab_size : 1;

    do {
        buf_putc(&c->text, ' ');
        c->column++;
    } while (c->column % stop);
}

static void put_preserved(struct collector *c, str s, const struct style *st)
{
    inline_flush_space(c);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t ch = utf8_next(s, &at);
        if (ch == '\t') {
            put_tab(c, st);
            continue;
        }
        buf_put(&c->text, str_sub(s, from, at - from));
        /* Wide characters take two columns of a monospaced font. */
        c->column = ch == '\n' ? 0 : c->column + (ch >= 0x1100 ? 2 : 1);
    }
}

static void put_collapsed(struct collector *c, str s, const struct style *st)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch != ' ' && ch != '\t' && ch != '\n')
            continue;
        if (i > from) {
            inline_flush_space(c);
            buf_put(&c->text, str_sub(s, from, i - from));
        }
        from = i + 1;
        if (ch == '\n' && keeps_lines(st)) {
            c->space_due = false;
            buf_putc(&c->text, '\n');
        } else {
            c->space_due = true;
        }
    }
    if (from < s.n) {
        inline_flush_space(c);
        buf_put(&c->text, str_from(s, from));
    }
}

/* S in the letters that text-transform asks for. */
static str transform(struct collector *c, str s, const struct style *st)
{
    const uint8_t *p = (const uint8_t *)s.p;
    uint8_t *to;
    size_t n;

    if (s.n == 0 || st->text_transform == TRANSFORM_NONE)
        return s;
    switch (st->text_transform) {
    case TRANSFORM_UPPERCASE:
        to = u8_toupper(p, s.n, NULL, NULL, NULL, &n);
        break;
    case TRANSFORM_LOWERCASE:
        to = u8_tolower(p, s.n, NULL, NULL, NULL, &n);
        break;
    default:
        to = u8_totitle(p, s.n, NULL, NULL, NULL, &n);
        break;
    }
    if (!to)
        die("out of memory");
    str out = arena_dup(c->ly->arena, (str){ (const char *)to, n });
    free(to);
    return out;
}

/* The ending of a Korean word stays with the formula that it belongs to. */
static void glue_to_formula(struct collector *c, str s)
{
    const struct inline_object *o =
        c->out->objects.n ? &c->out->objects.v[c->out->objects.n - 1] : NULL;
    size_t at = 0;

    if (o && o->formula && o->at + 3 == c->text.n && s.n > 0 && !c->space_due &&
        is_hangul(utf8_next(s, &at)))
        buf_puts(&c->text, WJ);
}

/* Of the characters that stand for objects, only those that do. */
static str without_objects(struct collector *c, str s)
{
    size_t at = str_find(s, S(OBJECT_CHAR)), n = 0;

    if (at == STR_NONE)
        return s;
    char *out = arena_bytes(c->ly->arena, s.n);
    for (; at != STR_NONE; at = str_find(s, S(OBJECT_CHAR))) {
        memcpy(out + n, s.p, at);
        n += at;
        s = str_from(s, at + sizeof OBJECT_CHAR - 1);
    }
    memcpy(out + n, s.p, s.n);
    return (str){ out, n + s.n };
}

void inline_put_text(struct collector *c, str s, const struct style *st,
                     uint32_t line)
{
    s = without_objects(c, transform(c, s, st));
    glue_to_formula(c, s);
    if (style_is_pre(st))
        put_preserved(c, s, st);
    else
        put_collapsed(c, s, st);
    inline_end_span(c, st, line);
}
