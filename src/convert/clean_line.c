/* SPDX-License-Identifier: MIT */
#include "convert/clean_line.h"

#include <string.h>

/* More inline elements than this around one text is a bomb; the text stays,
 * its inner decoration goes. */
#define MAX_WRAPS 48

struct attr *line_copy_attrs(const struct attr *from, struct arena *a)
{
    struct attr *first = NULL, **at = &first;

    for (; from; from = from->next, at = &(*at)->next) {
        *at = arena_new(a, struct attr);
        (*at)->name = from->name;
        (*at)->value = from->value;
    }
    return first;
}

static bool face_eq(struct face x, struct face y)
{
    return x.bold == y.bold && x.italic == y.italic &&
           x.underline == y.underline && x.strike == y.strike &&
           x.color == y.color;
}

/* The style that makes WANT of what GIVEN already is; empty: nothing. An
 * underline once given can't be taken away by CSS. */
static str face_style(struct face want, struct face given, struct arena *a)
{
    const char *weight = "", *slant = "", *decoration = "";
    char color[] = "; color: #000000";

    if (want.bold != given.bold)
        weight = want.bold ? "; font-weight: bold" : "; font-weight: normal";
    if (want.italic != given.italic)
        slant = want.italic ? "; font-style: italic" : "; font-style: normal";
    bool underline = want.underline && !given.underline;
    bool strike = want.strike && !given.strike;
    if (underline || strike)
        decoration = !strike      ? "; text-decoration: underline"
                     : !underline ? "; text-decoration: line-through"
                                  : "; text-decoration: underline line-through";
    if (want.color == given.color)
        color[0] = '\0';
    else
        for (unsigned i = 0; i < 6; i++)
            color[10 + i] = "0123456789abcdef"[want.color >> (20 - 4 * i) & 15];
    str style = arena_printf(a, "%s%s%s%s", weight, slant, decoration, color);
    return style.n ? str_from(style, 2) : style;
}

static void find_innermost(struct sink *s)
{
    s->at = s->line;
    s->leaf = NULL;
    for (size_t i = s->n_open; i-- > 0;)
        if (!s->wraps.v[i].hidden && s->wraps.v[i].node) {
            s->at = s->wraps.v[i].node;
            return;
        }
}

static void truncate_line(struct sink *s, size_t n_open)
{
    if (n_open >= s->n_open)
        return;
    for (size_t i = n_open; i < s->n_open; i++)
        s->wraps.v[i].node = NULL;
    s->n_open = n_open;
    if (s->line)
        find_innermost(s);
}

void line_end(struct sink *s)
{
    s->blanks.n = 0;
    s->break_pending = false;
    if (!s->line)
        return;
    bool is_pre = s->line->tag == TAG_PRE;
    struct node *last = s->line;
    while (last->last)
        last = last->last;
    while (last->tag == TAG_TEXT && last->text.n &&
           (is_pre ? last->text.p[last->text.n - 1] == '\n'
                   : ascii_is_space(last->text.p[last->text.n - 1])))
        last->text.n--;
    truncate_line(s, 0);
    s->line = s->at = s->leaf = NULL;
}

static void append(struct sink *s, struct node *n)
{
    struct box *b = s->box;

    if (s->line == b->node && !b->run && s->at == s->line)
        b->run = n;
    node_append(s->at, n);
}

/* What was held back now stands between two texts. */
static void put_blanks(struct sink *s)
{
    unsigned n_breaks = 0;

    for (size_t i = 0; i < s->blanks.n; i++) {
        struct blank *b = &s->blanks.v[i];
        if (!b->is_break)
            append(s, node_text(s->a, b->text, b->line));
        else if (++n_breaks <= 2)
            append(s, node_new(s->a, TAG_BR, b->line));
    }
    s->blanks.n = 0;
    if (s->break_pending)
        append(s, node_text(s->a, S("\n"), s->src_line));
    s->break_pending = false;
}

static void open_wraps(struct sink *s)
{
    for (; s->n_open < s->wraps.n; s->n_open++) {
        struct wrap *w = &s->wraps.v[s->n_open];
        if (w->hidden)
            continue;
        w->node = node_new(s->a, w->tag, s->src_line);
        w->node->attrs = line_copy_attrs(w->attrs, s->a);
        if (!w->made && w->id.n)
            node_set(w->node, s->a, ATTR_ID, w->id);
        w->made = true;
        if (w->tag == TAG_RUBY)
            *vec_push(&s->rubies, s->a) = w->node;
        append(s, w->node);
        s->at = w->node;
        s->leaf = NULL;
    }
}

static void begin(struct sink *s)
{
    if (!s->line) {
        s->line = s->at = sink_line_home(s);
        if (s->line->tag != TAG_PRE)
            s->blanks.n = 0;
    }
    if (s->blanks.n || s->break_pending)
        put_blanks(s);
    for (size_t i = 0; i < s->ids.n; i++) {
        struct node *mark = node_new(s->a, TAG_SPAN, s->src_line);
        node_set(mark, s->a, ATTR_ID, s->ids.v[i]);
        append(s, mark);
    }
    s->ids.n = 0;
    if (s->n_open < s->wraps.n)
        open_wraps(s);
}

static bool in_pre(const struct sink *s)
{
    return s->para && s->para->tag == TAG_PRE;
}

/* Bytes at the start of T that print nothing: white space, no-break space,
 * zero-width space, byte order mark, ideographic space. */
static size_t blank_length(str t)
{
    static const char *const wide[] = { "\u200b", "\ufeff", "\u3000", NULL };
    size_t i = 0;

    while (i < t.n) {
        unsigned char c = (unsigned char)t.p[i];
        if (c <= ' ') {
            i++;
            continue;
        }
        if (c < 0xC2 || i + 1 >= t.n)
            break;
        if (c == 0xC2 && (unsigned char)t.p[i + 1] == 0xA0) {
            i += 2;
            continue;
        }
        size_t w = 0;
        while (i + 3 <= t.n && wide[w] && memcmp(t.p + i, wide[w], 3) != 0)
            w++;
        if (i + 3 > t.n || !wide[w])
            break;
        i += 3;
    }
    return i;
}

static void hold(struct sink *s, bool is_break, str text)
{
    if (!s->line && !in_pre(s))
        return;
    *vec_push(&s->blanks, s->a) = (struct blank){ is_break, text, s->src_line };
}

static struct node *find_leaf(struct sink *s)
{
    if (face_eq(s->face, s->given))
        return s->at;
    if (s->leaf && s->leaf == s->at->last && face_eq(s->leaf_face, s->face))
        return s->leaf;
    str style = face_style(s->face, s->given, s->a);
    if (!style.n)
        return s->at;
    s->leaf = node_new(s->a, TAG_SPAN, s->src_line);
    s->leaf_face = s->face;
    node_set(s->leaf, s->a, ATTR_STYLE, style);
    append(s, s->leaf);
    return s->leaf;
}

void sink_text(struct sink *s, str text)
{
    if (!text.n)
        return;
    if (blank_length(text) == text.n) {
        hold(s, false, text);
        return;
    }
    if (!in_pre(s) && (!s->line || (s->at->last && s->at->last->tag == TAG_BR)))
        text = str_trim_left(text);
    begin(s);
    struct node *to = find_leaf(s);
    struct node *n = node_text(s->a, text, s->src_line);
    if (to == s->at)
        append(s, n);
    else
        node_append(to, n);
}

void sink_break(struct sink *s)
{
    if (in_pre(s))
        hold(s, false, S("\n"));
    else
        hold(s, true, (str){ 0 });
}

void sink_inline(struct sink *s, struct node *n)
{
    begin(s);
    append(s, n);
}

/* Elements that say nothing new inside another of their kind. */
static bool is_idempotent(enum tag tag)
{
    switch (tag) {
    case TAG_B:
    case TAG_I:
    case TAG_U:
    case TAG_STRIKE:
    case TAG_EM:
    case TAG_STRONG:
    case TAG_CODE:
    case TAG_KBD:
    case TAG_SAMP:
    case TAG_VAR:
    case TAG_MARK:
    case TAG_DFN:
    case TAG_RUBY:
    case TAG_INS:
    case TAG_DEL:
        return true;
    default:
        return false;
    }
}

static size_t find_wrap(const struct sink *s, enum tag tag)
{
    for (size_t i = s->wraps.n; i-- > 0;)
        if (s->wraps.v[i].tag == tag && !s->wraps.v[i].hidden)
            return i;
    return SIZE_MAX;
}

bool sink_is_wrapped(const struct sink *s, enum tag tag)
{
    return find_wrap(s, tag) != SIZE_MAX;
}

/* Wraps that must not stand around a new one of TAG: a link in a link, and
 * whatever is between a ruby and its reading. */
static void find_forbidden(const struct sink *s, enum tag tag, size_t *from,
                           size_t *to)
{
    size_t at = find_wrap(s, tag == TAG_RT ? TAG_RUBY : tag);

    *from = *to = s->wraps.n;
    if (tag == TAG_A && at != SIZE_MAX) {
        *from = at;
        *to = at + 1;
    } else if (tag == TAG_RT && at != SIZE_MAX) {
        *from = at + 1;
    }
}

bool sink_wrap_open(struct sink *s, enum tag tag, struct attr *attrs, str id)
{
    size_t from, to;

    if (s->wraps.n >= MAX_WRAPS ||
        (is_idempotent(tag) && sink_is_wrapped(s, tag))) {
        sink_id(s, id);
        return false;
    }
    find_forbidden(s, tag, &from, &to);
    if (from < to)
        truncate_line(s, from);
    for (size_t i = from; i < to; i++)
        s->wraps.v[i].hidden++;
    *vec_push(&s->wraps, s->a) = (struct wrap){ .tag = tag,
                                                .attrs = attrs,
                                                .id = id,
                                                .hides = (uint32_t)from,
                                                .hides_end = (uint32_t)to };
    return true;
}

void sink_wrap_close(struct sink *s)
{
    struct wrap w = s->wraps.v[s->wraps.n - 1];

    truncate_line(s, w.hides < w.hides_end ? w.hides : s->wraps.n - 1);
    s->wraps.n--;
    for (size_t i = w.hides; i < w.hides_end; i++)
        s->wraps.v[i].hidden--;
    if (!w.made)
        sink_id(s, w.id);
}
