/* SPDX-License-Identifier: MIT */
#include "pdf/setline_parts.h"
#include "pdf/turn.h"

#include <math.h>

/* Shifts of the baseline as thousandths of the surrounding type size. */
#define SUPER_RISE 340
#define SUB_DROP   160
/* Between a formula and the line above or below it. */
#define FORMULA_LEAD 120

/* Not lround(), which is a call for each letter. */
static int32_t rounded(double v)
{
    return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

struct item *setline_item(struct setter *t, enum item_kind kind)
{
    struct item *it = vec_push(&t->out->items, t->s->ly->arena);

    it->kind = kind;
    it->post = UINT32_MAX;
    return it;
}

int32_t setline_raise(const struct setter *t, const struct style *st)
{
    int32_t size = t->s->para->style->font_size;

    switch (st->vertical_align) {
    case VALIGN_SUPER:
        return scaled(size, SUPER_RISE);
    case VALIGN_SUB:
        return -scaled(size, SUB_DROP);
    case VALIGN_RAISED:
        return st->raise;
    default:
        return 0;
    }
}

static void flush_run(struct setter *t)
{
    if (t->glyphs.n == 0)
        return;
    const struct inline_span *sp = &t->s->text->spans.v[t->span];
    const struct shape_run *run = &t->s->shaped->runs[t->run_index];
    struct item *it = setline_item(t, ITEM_GLYPHS);
    uint32_t n = (uint32_t)t->glyphs.n;
    struct glyph *glyphs = arena_array(t->s->ly->arena, struct glyph, n);

    it->struct_elem = sp->struct_elem;
    it->x = t->run.x;
    it->y = t->out->baseline - setline_raise(t, sp->style);
    it->w = t->x - t->run.x;
    it->color = sp->style->color;
    it->font = run->font;
    it->size = run->size;
    it->glyphs = glyphs;
    it->n_glyphs = n;
    it->rtl = run->rtl;
    it->ours = sp->struct_elem == 0 && t->s->para->struct_elem != 0;
    uint32_t end = t->text_at;
    for (uint32_t i = 0; i < n; i++) {
        struct glyph *g = &glyphs[i];
        *g = t->glyphs.v[i];
        if (g->text_n && g->text_at + g->text_n > end)
            end = g->text_at + g->text_n;
        g->text_at -= t->text_at;
    }
    it->text = str_sub(t->s->text->text, t->text_at, end - t->text_at);
    if (run->rtl)
        shape_reverse(glyphs, n);
    t->glyphs.n = 0;
}

static void start_run(struct setter *t, const struct atom *at)
{
    t->run.x = t->x;
    t->run_index = at->run;
    t->span = at->span;
    t->text_at = at->at;
}

/* Glue behind the atom I as this line sets it. */
static int32_t glue_of(const struct setter *t, uint32_t i)
{
    const struct atom *at = &t->s->atoms->v[i];
    double r = t->fl->ratio;
    int32_t glue = at->glue, lead = 0;

    if (i == t->fl->last)
        return 0;
    const struct atom *next = &t->s->atoms->v[i + 1];
    lead = next->lead;
    if (r > 0)
        glue += rounded(r * at->stretch);
    else
        glue += rounded(r * (at->shrink + next->lead_shrink));
    return glue + lead;
}

static void put_glyphs(struct setter *t, const struct atom *at, int32_t advance)
{
    if (t->glyphs.n && (t->run_index != at->run || t->span != at->span))
        flush_run(t);
    if (t->glyphs.n == 0)
        start_run(t, at);
    int32_t left = advance;
    for (uint32_t g = 0; g < at->n_glyphs; g++) {
        struct glyph *to = vec_push(&t->glyphs, t->scratch);
        *to = t->s->shaped->glyphs[at->glyph + g];
        to->dx -= at->pull;
        left -= to->advance;
    }
    /* The glue is the last glyph's, so that none of it is drawn apart. */
    t->glyphs.v[t->glyphs.n - 1].advance += left;
}

static void put_image(struct setter *t, const struct inline_object *o)
{
    struct item *it = setline_item(t, ITEM_IMAGE);
    uint64_t asset = 0;

    str_to_uint(node_attr(o->node, ATTR_ASSET), &asset);
    it->image = (uint32_t)asset;
    it->struct_elem = o->struct_elem;
    it->x = t->x;
    it->y = t->out->baseline - o->h;
    it->w = o->w;
    it->h = o->h;
}

static void put_page_ref(struct setter *t, const struct atom *at,
                         const struct inline_object *o)
{
    const struct inline_link *link = &t->s->text->links.v[o->link];
    const struct style *st = t->s->text->spans.v[at->span].style;
    struct item *it = setline_item(t, ITEM_PAGE_REF);

    it->x = t->x;
    it->y = t->out->baseline - o->h;
    it->w = o->w;
    it->h = o->h;
    it->color = st->color;
    it->font = font_chain_first(para_fonts(t->s->ly, st));
    it->size = st->font_size;
    it->post = link->post;
    it->frag = link->frag;
}

static void put_formula(struct setter *t, const struct formula_piece *f)
{
    for (uint32_t i = 0; i < f->n_items; i++) {
        struct item *it = vec_push(&t->out->items, t->s->ly->arena);
        *it = f->items[i];
        it->x += t->x;
        it->y += t->out->baseline;
    }
}

static void put_atom(struct setter *t, uint32_t i)
{
    const struct atom *at = &t->s->atoms->v[i];
    int32_t advance = t->advance[i - t->fl->first];

    if (at->object) {
        flush_run(t);
        if (at->object->kind == OBJECT_IMAGE)
            put_image(t, at->object);
        else if (at->object->kind == OBJECT_FORMULA)
            put_formula(t, at->object->formula);
        else
            put_page_ref(t, at, at->object);
    } else if (at->n_glyphs) {
        put_glyphs(t, at, advance);
    }
    t->x += advance;
}

/* Where each atom will stand: grounds are drawn before the text on them. */
static void set_edges(struct setter *t)
{
    int32_t x = t->x;

    for (uint32_t i = t->fl->first; i <= t->fl->last; i++) {
        int32_t w = t->s->atoms->v[i].w;
        uint32_t k = i - t->fl->first;
        t->left[k] = x;
        t->right[k] = x + w;
        t->advance[k] = w + glue_of(t, i);
        x += t->advance[k];
    }
}

/* The hyphen that a break makes visible. Its text is the soft hyphen, so that
 * copied text has the whole word. */
static void put_hyphen(struct setter *t)
{
    uint32_t i = t->fl->last;
    const struct inline_span *sp = span_of(t, i);

    if (t->s->atoms->v[i].after != OPP_HYPHEN)
        return;
    flush_run(t);
    struct line one = para_single(t->s->ly, S("-"), sp->style, sp->struct_elem,
                                  0);
    for (size_t k = 0; k < one.items.n; k++) {
        struct item *it = vec_push(&t->out->items, t->s->ly->arena);
        *it = one.items.v[k];
        it->x += t->x;
        it->y = t->out->baseline - setline_raise(t, sp->style);
        it->text = S("\xC2\xAD");
        for (uint32_t g = 0; g < it->n_glyphs; g++)
            ((struct glyph *)it->glyphs)[g].text_n = 2;
    }
    t->x += one.width;
    t->out->hyphenated = true;
}

/* Leading above and below the text: CSS 2.2, 10.8.1, for the strut and for
 * larger type in the line. */
static void set_height(struct setter *t)
{
    const struct style *st = t->s->para->style;
    int32_t up = 0, down = 0, least = scaled(st->font_size, FORMULA_LEAD);
    const struct style *seen = NULL;

    for (uint32_t i = t->fl->first; i <= t->fl->last; i++) {
        const struct style *own = span_of(t, i)->style;
        const struct inline_object *o = t->s->atoms->v[i].object;
        if (o && o->kind == OBJECT_IMAGE && o->h > up)
            up = o->h;
        if (o && o->formula) {
            up = larger(up, o->formula->up + least);
            down = larger(down, o->formula->down + least);
        }
        if (own == seen || (seen && own->font_size <= st->font_size))
            continue;
        const struct style *tall = own->font_size > st->font_size ? own : st;
        const struct font *f = font_chain_first(para_fonts(t->s->ly, tall));
        int32_t ascent = scaled(tall->font_size, f->ascent);
        int32_t descent = scaled(tall->font_size, -f->descent);
        int32_t half = (tall->line_height - ascent - descent) / 2;
        up = larger(up, ascent + half);
        down = larger(down, tall->line_height - ascent - half);
        seen = own;
    }
    t->out->baseline = up;
    t->out->height = up + down;
}

static int32_t start_of(const struct setter *t, bool first)
{
    const struct style *st = t->s->para->style;
    int32_t indent = first ? t->s->indent : 0;
    int32_t slack = t->s->para->width - indent - t->out->width;

    bool from_right = para_runs_from_right(t->s->ly, st);

    switch (st->text_align) {
    case ALIGN_CENTER:
        return indent + slack / 2;
    case ALIGN_LEFT:
        return indent + (from_right ? slack : 0);
    case ALIGN_RIGHT:
        return indent + (from_right ? 0 : slack);
    case ALIGN_END:
        return indent + slack;
    default:
        return indent;
    }
}

void set_line(struct setting *s, const struct fit_line *fl, bool first,
              struct line *out)
{
    uint32_t n = fl->last - fl->first + 1;
    struct setter t = {
        .s = s, .fl = fl, .out = out, .scratch = shaper_scratch(s->ly->shaper)
    };
    double give = fl->ratio > 0
                      ? fl->ratio *
                            (double)atoms_stretch(s->atoms, fl->first, fl->last)
                      : fl->ratio *
                            (double)atoms_shrink(s->atoms, fl->first, fl->last);

    t.left = arena_array(t.scratch, int32_t, n);
    t.right = arena_array(t.scratch, int32_t, n);
    t.advance = arena_array(t.scratch, int32_t, n);
    out->width = (int32_t)(atoms_width(s->atoms, fl->first, fl->last) +
                           (int64_t)lround(give));
    set_height(&t);
    t.x = start_of(&t, first);
    setmarks_anchors(&t);
    set_edges(&t);
    setmarks_below(&t);
    for (uint32_t i = fl->first; i <= fl->last; i++)
        put_atom(&t, i);
    flush_run(&t);
    put_hyphen(&t);
    size_t n_text = out->items.n;
    setmarks_above(&t);
    turn_line(s->ly, s->para->style, out, n_text, s->para->width);
}
