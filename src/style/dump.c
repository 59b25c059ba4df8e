/* SPDX-License-Identifier: MIT */
/* Styles as text, for --dump=style and the tests. */
#include <string.h>

#include "style/value.h"

static const str box_names[BOX_COUNT] = {
#define MARGIN_BOX(id, name, align, valign) STR_INIT(name),
#include "style/boxes.def"
#undef MARGIN_BOX
};

/* Millipoints as "9.8pt". */
static void put_mp(struct buf *out, int32_t mp, const char *unit)
{
    uint32_t v = mp < 0 ? -(uint32_t)mp : (uint32_t)mp;
    uint32_t part = v % 1000;
    int digits = 3;

    for (; digits > 0 && part % 10 == 0; digits--)
        part /= 10;
    buf_printf(out, "%s%u", mp < 0 ? "-" : "", v / 1000);
    if (digits)
        buf_printf(out, ".%0*u", digits, part);
    buf_puts(out, unit);
}

static void put_length(struct buf *out, const struct length *l, str auto_word)
{
    if (l->kind == LENGTH_AUTO)
        buf_put(out, auto_word);
    else
        put_mp(out, l->v, l->kind == LENGTH_PERCENT ? "%" : "pt");
}

static void put_families(struct buf *out, const struct font_list *f)
{
    static const char *const generic[] = { [GENERIC_SERIF] = "serif",
                                           [GENERIC_SANS] = "sans-serif",
                                           [GENERIC_MONO] = "monospace" };

    for (uint32_t i = 0; i < f->n; i++)
        buf_printf(out, "\"%.*s\", ", STR_ARG(f->names[i]));
    buf_puts(out, generic[f->generic]);
}

static void put_content(struct buf *out, const struct content *c)
{
    static const char *const when[] = { "", ", start", ", last",
                                        ", first-except" };

    for (uint32_t i = 0; i < c->n; i++) {
        const struct content_part *p = &c->parts[i];
        str attr = p->kind == CONTENT_ATTR ? attr_text(p->attr) : S("");
        if (i)
            buf_putc(out, ' ');
        if (p->kind == CONTENT_TEXT)
            buf_printf(out, "\"%.*s\"", STR_ARG(p->text));
        else if (p->kind == CONTENT_STRING)
            buf_printf(out, "string(%.*s%s)", STR_ARG(p->text), when[p->when]);
        else if (p->kind == CONTENT_ATTR)
            buf_printf(out, "attr(%.*s)", STR_ARG(attr));
        else
            buf_puts(out, p->kind == CONTENT_PAGE    ? "counter(page)"
                          : p->kind == CONTENT_PAGES ? "counter(pages)"
                                                     : "content()");
    }
}

static void put_string_set(struct buf *out, const struct string_set *set)
{
    if (!set)
        buf_puts(out, "none");
    for (const struct string_set *s = set; s; s = s->next) {
        buf_printf(out, "%s%.*s ", s == set ? "" : ", ", STR_ARG(s->name));
        put_content(out, &s->value);
    }
}

static void put_lines(struct buf *out, const struct style *s)
{
    const char *space = "";

    if (s->underline) {
        buf_puts(out, "underline");
        space = " ";
    }
    if (s->overline) {
        buf_printf(out, "%soverline", space);
        space = " ";
    }
    if (s->line_through)
        buf_printf(out, "%sline-through", space);
}

static void put_keyword(struct buf *out, const struct prop_info *info, int v)
{
    str word = keyword_text(info->keywords, v);

    if (word.n)
        buf_put(out, word);
    else
        buf_printf(out, "%d", v);
}

static void put_value(struct buf *out, const struct style *s,
                      const struct prop_info *info)
{
    const void *field = (const char *)s + info->at;
    const int32_t *number = field;

    switch (info->type) {
    case TYPE_FLAG:
    case TYPE_WORDS:
        put_keyword(out, info, *(const bool *)field);
        break;
    case TYPE_MP:
    case TYPE_MP_PLUS:
    case TYPE_FONT_SIZE:
    case TYPE_LINE_HEIGHT:
        put_mp(out, *number, "pt");
        break;
    case TYPE_LENGTH:
    case TYPE_LENGTH_PLUS:
        put_length(out, field, keyword_text(info->keywords, 0));
        break;
    case TYPE_COUNT:
    case TYPE_COUNT_0:
    case TYPE_FONT_WEIGHT:
        buf_printf(out, "%d", *number);
        break;
    case TYPE_BACKGROUND:
        if (!s->has_background) {
            buf_puts(out, "transparent");
            break;
        }
        /* fall through */
    case TYPE_COLOR:
        buf_printf(out, "#%06x", (unsigned)*number);
        break;
    case TYPE_FONT_FAMILY:
        put_families(out, s->font);
        break;
    case TYPE_VERTICAL_ALIGN:
        if (s->vertical_align == VALIGN_RAISED)
            put_mp(out, s->raise, "pt");
        else
            put_keyword(out, info, *number);
        break;
    case TYPE_DECORATION:
        put_lines(out, s);
        break;
    case TYPE_NAME:
        buf_put(out, s->page.n ? s->page : S("auto"));
        break;
    case TYPE_STRING_SET:
        put_string_set(out, s->string_set);
        break;
    default:
        put_keyword(out, info, *number);
        break;
    }
}

static bool same_families(const struct font_list *a, const struct font_list *b)
{
    bool same = a->n == b->n && a->generic == b->generic;

    for (uint32_t i = 0; same && i < a->n; i++)
        same = str_eq(a->names[i], b->names[i]);
    return same;
}

static bool is_border_detail(enum prop p, const struct style *s)
{
    if (p >= PROP_BORDER_TOP_WIDTH && p <= PROP_BORDER_LEFT_WIDTH)
        return s->border[p - PROP_BORDER_TOP_WIDTH].style == BORDER_NONE;
    if (p >= PROP_BORDER_TOP_COLOR && p <= PROP_BORDER_LEFT_COLOR)
        return s->border[p - PROP_BORDER_TOP_COLOR].color == s->color ||
               s->border[p - PROP_BORDER_TOP_COLOR].style == BORDER_NONE;
    return false;
}

/* Is P of S what it would be without any declaration? BASE is the parent's
 * style for inherited properties, NULL for the others and for the root. */
static bool is_plain(enum prop p, const struct style *s,
                     const struct style *base, const struct style *initial)
{
    const struct prop_info *info = prop_info(p);
    const struct style *from = base && info->inherits ? base : initial;

    switch (info->type) {
    case TYPE_DECORATION:
        from = base ? base : initial;
        return s->underline == from->underline &&
               s->overline == from->overline &&
               s->line_through == from->line_through;
    case TYPE_FONT_FAMILY:
        return same_families(s->font, from->font);
    case TYPE_NAME:
        return str_eq(s->page, from->page);
    case TYPE_BACKGROUND:
        return !s->has_background;
    case TYPE_VERTICAL_ALIGN:
        return s->vertical_align == VALIGN_BASELINE;
    default:
        return is_border_detail(p, s) ||
               memcmp((const char *)s + info->at, (const char *)from + info->at,
                      info->size) == 0;
    }
}

static void put_style(struct buf *out, const struct style *s,
                      const struct style *base, const struct style *initial)
{
    const char *before = " ";

    if (!base || !str_eq(s->lang, base->lang)) {
        buf_printf(out, " [%.*s]", STR_ARG(s->lang));
    }
    for (enum prop p = 0; p < PROP_COUNT; p++) {
        const struct prop_info *info = prop_info(p);
        if (!info->in_style || is_plain(p, s, base, initial))
            continue;
        buf_printf(out, "%s%.*s: ", before, STR_ARG(info->name));
        put_value(out, s, info);
        before = "; ";
    }
    buf_putc(out, '\n');
}

static void put_name(struct buf *out, const struct node *n)
{
    str rest = node_attr(n, ATTR_CLASS);

    for (const struct node *p = n->parent; p; p = p->parent)
        buf_puts(out, "  ");
    buf_put(out, tag_name(n->tag));
    while (rest.n) {
        str word = str_trim(str_cut(&rest, ' '));
        if (word.n)
            buf_printf(out, ".%.*s", STR_ARG(word));
    }
}

void styles_dump(const struct chapter *c, const struct styles *st,
                 struct buf *out)
{
    for (const struct node *n = c->root; n; n = node_next(n, c->root)) {
        if (n->tag == TAG_TEXT)
            continue;
        put_name(out, n);
        put_style(out, st->of[n->id],
                  n == c->root ? NULL : style_of(st, n->parent), st->initial);
    }
}

void page_style_dump(const struct page_style *ps, struct buf *out)
{
    static const char *const sides[] = { "top", "right", "bottom", "left" };

    buf_puts(out, "page size: ");
    put_mp(out, ps->width, "pt ");
    put_mp(out, ps->height, "pt\n");
    for (int i = 0; i < SIDE_COUNT; i++) {
        buf_printf(out, "  margin-%s: ", sides[i]);
        put_mp(out, ps->margin[i], "pt\n");
    }
    for (size_t i = 0; i < BOX_COUNT; i++) {
        if (!ps->boxes[i].style)
            continue;
        buf_printf(out, "  %.*s: ", STR_ARG(box_names[i]));
        put_content(out, &ps->boxes[i].content);
        buf_puts(out, " |");
        put_style(out, ps->boxes[i].style, ps->style, ps->initial);
    }
}
