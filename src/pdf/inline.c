/* SPDX-License-Identifier: MIT */
#include "pdf/inline.h"

#include "base/utf8.h"
#include "book/post.h"
#include "doc/words.h"
#include "pdf/blockpage.h"
#include "pdf/inline_parts.h"
#include "pdf/linknotes.h"
#include "pdf/opportunity.h"
#include "pdf/picture_size.h"
#include "pdf/structure.h"

#define ZWSP     "\xE2\x80\x8B"
#define NBSP     "\xC2\xA0"
#define EM_SPACE "\xE2\x80\x83"

/* The size of a page reference against the text around it, thousandths. */
#define PAGE_REF_SIZE 820
/* Pages a post takes at most, as a rule: what is not known yet is a page's
 * number, but how many digits it will have can be told. */
#define PAGES_A_POST 4
/* The small number behind a link, thousandths of the text around it. */
#define LINK_NUMBER_SIZE 620

static void put_object(struct collector *c, struct inline_object object,
                       const struct style *st, uint32_t line)
{
    inline_flush_space(c);
    inline_end_span(c, st, line);
    object.at = (uint32_t)c->text.n;
    *vec_push(&c->out->objects, c->ly->arena) = object;
    buf_puts(&c->text, OBJECT_CHAR);
    uint32_t outer = c->struct_elem;
    c->struct_elem = object.struct_elem;
    inline_end_span(c, st, line);
    c->struct_elem = outer;
}

static void put_break(struct collector *c, const struct style *st,
                      uint32_t line)
{
    c->space_due = false;
    if (!inline_at_line_start(c))
        buf_putc(&c->text, '\n');
    inline_end_span(c, st, line);
}

static void put_image(struct collector *c, const struct node *n,
                      const struct style *st)
{
    struct inline_object o = { .kind = OBJECT_IMAGE, .node = n };
    bool own_line = false;

    if (!picture_size(c->ly, n, st, c->width, &o.w, &o.h))
        return;
    /* Text beside a large picture would only hang at its foot. */
    own_line = o.w > c->width / 2;
    if (own_line)
        put_break(c, st, n->line);
    o.struct_elem = structure_figure(c->ly, c->struct_elem,
                                     node_attr(n, ATTR_ALT));
    put_object(c, o, st, n->line);
    c->break_due = own_line;
}

static void put_formula(struct collector *c, const struct node *n,
                        const struct style *st)
{
    str alt = node_attr(n, ATTR_ALTTEXT);
    uint32_t elem = structure_formula(
        c->ly, c->struct_elem, alt.n ? alt : node_plain_text(n, c->ly->arena));
    struct formula f = formula_lay(c->ly, n, c->width, elem);

    if (!c->space_due && !c->break_due && c->text.n > 0) {
        size_t at = c->text.n;
        if (is_hangul(utf8_prev(buf_str(&c->text), &at)))
            buf_puts(&c->text, WJ);
    }
    for (uint32_t i = 0; i < f.n; i++)
        put_object(c,
                   (struct inline_object){ .kind = OBJECT_FORMULA,
                                           .w = f.v[i].w,
                                           .h = f.v[i].up,
                                           .formula = &f.v[i],
                                           .struct_elem = elem },
                   st, n->line);
}

/* Words that stay together. */
static void put_unbroken(struct collector *c, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ')
            buf_puts(&c->text, NBSP);
        else
            buf_putc(&c->text, s.p[i]);
}

/* Room for the number of the page that the open link leads to; a shorter one
 * stands in its middle. */
static int page_digits(const struct collector *c)
{
    uint64_t page = ((uint64_t)c->out->links.v[c->link].post + 1) *
                    PAGES_A_POST;
    int n = 1;

    for (; page >= 10; page /= 10)
        n++;
    return n;
}

/* "→ 123쪽" behind a link inside the book, the number to be set later. It is
 * furniture, so no structure element holds it. */
static void put_page_ref(struct collector *c, const struct style *st,
                         uint32_t line)
{
    struct arena *a = c->ly->arena;
    struct style *small = arena_new(a, struct style);
    str words = str_of(word_text(WORD_SEE_PAGE, c->ly->chapter->lang));
    size_t at = str_find(words, S("%d"));
    uint32_t outer = c->struct_elem;

    if (c->break_due)
        inline_flush_space(c);
    *small = *st;
    small->font_size = (int32_t)((int64_t)st->font_size * PAGE_REF_SIZE / 1000);
    small->underline = false;
    small->white_space = SPACE_NOWRAP;
    c->space_due = false;
    c->struct_elem = 0;
    buf_puts(&c->text, " \xE2\x86\x92" NBSP);
    put_unbroken(c, str_sub(words, 0, at));
    inline_end_span(c, small, line);
    put_object(c,
               (struct inline_object){
                   .kind = OBJECT_PAGE_REF,
                   .w = small->font_size * page_digits(c) * 55 / 100,
                   .h = small->font_size,
                   .link = c->link,
               },
               small, line);
    put_unbroken(c, str_from(words, at == STR_NONE ? words.n : at + 2));
    inline_end_span(c, small, line);
    c->struct_elem = outer;
}

/* The number of a link's address, at the end of the chapter; furniture. */
static void put_link_number(struct collector *c, uint32_t number,
                            const struct style *st, uint32_t line)
{
    struct style *small = arena_new(c->ly->arena, struct style);
    uint32_t outer = c->struct_elem;

    *small = *st;
    small->font_size = (int32_t)((int64_t)st->font_size * LINK_NUMBER_SIZE /
                                 1000);
    small->vertical_align = VALIGN_SUPER;
    small->underline = false;
    small->text_emphasis = EMPHASIS_NONE;
    small->autospace = false;
    c->struct_elem = 0;
    buf_printf(&c->text, WJ "%u" WJ, number);
    inline_end_span(c, small, line);
    c->struct_elem = outer;
}

static uint32_t add_link(struct collector *c, const struct node *n)
{
    struct inline_text *o = c->out;
    str frag = node_attr(n, ATTR_FRAG), url = node_attr(n, ATTR_HREF);
    bool note = str_eq(node_attr(n, ATTR_EPUB_TYPE), S("noteref"));
    uint32_t post = UINT32_MAX;

    if (node_has(n, ATTR_POST))
        post = layout_post_index(c->ly, node_attr(n, ATTR_POST));
    if (post == UINT32_MAX && url.n == 0)
        return c->link;
    *vec_push(&o->links, c->ly->arena) = (struct inline_link){
        .url = url,
        .post = post,
        .frag = frag,
        .struct_elem = structure_add(c->ly, c->struct_elem,
                                     note ? ROLE_REFERENCE : ROLE_LINK),
    };
    return (uint32_t)o->links.n - 1;
}

static void add_anchor(struct collector *c, const struct node *n)
{
    str id = node_attr(n, ATTR_ID);

    if (id.n)
        *vec_push(&c->out->anchors, c->ly->arena) = (struct inline_anchor){
            .at = (uint32_t)c->text.n, .id = id
        };
}

static void collect(struct collector *c, const struct node *n);

static void collect_children(struct collector *c, const struct node *n)
{
    for (const struct node *k = n->first; k; k = k->next)
        collect(c, k);
}

static void collect_link(struct collector *c, const struct node *n,
                         const struct style *st)
{
    uint32_t outer_link = c->link, outer_elem = c->struct_elem;
    uint32_t link = add_link(c, n);
    const struct node *aside = layout_note(c->ly, n);

    if (link != outer_link) {
        c->link = link;
        c->struct_elem = c->out->links.v[link].struct_elem;
    }
    if (aside) {
        c->space_due = false;
        buf_puts(&c->text, WJ);
        inline_end_span(c, st, n->line);
    }
    if (aside)
        *vec_push(&c->out->notes, c->ly->arena) = (struct inline_note){
            .at = (uint32_t)c->text.n, .aside = aside
        };
    collect_children(c, n);
    if (link != outer_link && !aside &&
        c->out->links.v[link].post != UINT32_MAX)
        put_page_ref(c, st, n->line);
    if (linknotes_number(c->ly, n))
        put_link_number(c, linknotes_number(c->ly, n), st, n->line);
    c->link = outer_link;
    c->struct_elem = outer_elem;
}

static void collect_ruby(struct collector *c, const struct node *n,
                         const struct style *st)
{
    uint32_t outer = c->struct_elem;
    uint32_t ruby = structure_add(c->ly, outer, ROLE_RUBY);

    c->struct_elem = structure_add(c->ly, ruby, ROLE_RB);
    inline_flush_space(c);
    uint32_t at = (uint32_t)c->text.n;
    for (const struct node *k = n->first; k; k = k->next) {
        if (k->tag == TAG_RP)
            continue;
        if (k->tag != TAG_RT) {
            collect(c, k);
            continue;
        }
        *vec_push(&c->out->rubies, c->ly->arena) = (struct inline_ruby){
            .at = at,
            .end = (uint32_t)c->text.n,
            .text = node_plain_text(k, c->ly->arena),
            .style = style_of(c->ly->styles, k),
            .struct_elem = structure_add(c->ly, ruby, ROLE_RT),
        };
        at = (uint32_t)c->text.n;
    }
    c->struct_elem = outer;
}

/* Between list items in a line; margins mean nothing there. */
static void put_gap(struct collector *c, const struct style *st, uint32_t line)
{
    c->space_due = false;
    buf_puts(&c->text, EM_SPACE);
    inline_end_span(c, st, line);
}

/* Whose copy the picture in N is, in a line below it. */
static void put_archive_note(struct collector *c, const struct node *n,
                             const struct style *st)
{
    c->space_due = c->break_due = false;
    if (c->text.n > 0 && c->text.p[c->text.n - 1] != '\n')
        buf_putc(&c->text, '\n');
    inline_end_span(c, st, n->line);
    inline_put_text(c, node_attr(n, ATTR_DATA_ARCHIVED), st, n->line);
}

static void collect(struct collector *c, const struct node *n)
{
    const struct style *st = style_of(c->ly->styles, n);

    if (n->tag == TAG_TEXT) {
        inline_put_text(c, n->text, st, n->line);
        return;
    }
    if (st->display == DISPLAY_NONE)
        return;
    if (st->page.p != c->ly->page.p)
        blockpage_refuse(c->ly, n);
    add_anchor(c, n);
    if (n->tag == TAG_SPAN && node_has_class(n, S("missing-image")) &&
        node_has(n, ATTR_TITLE)) {
        inline_put_text(c, node_attr(n, ATTR_TITLE), st, n->line);
        inline_put_text(c, S(" \xE2\x80\x93 "), st, n->line);
    }
    switch (n->tag) {
    case TAG_BR:
        c->space_due = c->break_due = false;
        buf_putc(&c->text, '\n');
        inline_end_span(c, st, n->line);
        break;
    case TAG_WBR:
        buf_puts(&c->text, ZWSP);
        inline_end_span(c, st, n->line);
        break;
    case TAG_IMG:
        put_image(c, n, st);
        break;
    case TAG_MATH:
        put_formula(c, n, st);
        break;
    case TAG_A:
        collect_link(c, n, st);
        break;
    case TAG_LI:
        if (c->text.n)
            put_gap(c, st, n->line);
        collect_children(c, n);
        break;
    case TAG_RUBY:
        collect_ruby(c, n, st);
        break;
    default:
        collect_children(c, n);
        if (node_has(n, ATTR_DATA_ARCHIVED))
            put_archive_note(c, n, st);
        break;
    }
}

/* A <br> at the very end of a block starts no line of its own. */
static void drop_last_break(struct collector *c)
{
    struct inline_text *o = c->out;

    if (c->text.n == 0 || c->text.p[c->text.n - 1] != '\n')
        return;
    c->text.n--;
    while (o->spans.n && o->spans.v[o->spans.n - 1].end > c->text.n) {
        uint32_t before = o->spans.n > 1 ? o->spans.v[o->spans.n - 2].end : 0;
        if (before < c->text.n || (before == 0 && c->text.n > 0)) {
            o->spans.v[o->spans.n - 1].end = (uint32_t)c->text.n;
            break;
        }
        o->spans.n--;
    }
}

struct inline_text *inline_collect(struct layout *ly, const struct para *p)
{
    struct inline_text *out = arena_new(ly->arena, struct inline_text);
    struct collector c = {
        .ly = ly,
        .out = out,
        .width = p->width,
        .struct_elem = p->struct_elem,
    };

    vec_push(&out->links, ly->arena)->post = UINT32_MAX;
    if (p->prefix.n)
        inline_put_text(&c, p->prefix, p->style, 0);
    for (const struct node *n = p->first; n; n = n->next) {
        collect(&c, n);
        if (n == p->last)
            break;
    }
    drop_last_break(&c);
    out->text = arena_dup(ly->arena, buf_str(&c.text));
    buf_done(&c.text);
    return out;
}
