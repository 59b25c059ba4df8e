/* SPDX-License-Identifier: MIT */
#include "pdf/heads.h"

#include "pdf/headstrings.h"
#include "pdf/para.h"

/* Between two boxes of one side, as a multiple of the type size. */
#define GAP 2

enum side { TOP, BOTTOM, LEFT, RIGHT };

/* Where a box stands: its side of the page, and whether it is in a corner
 * before or behind that side's three boxes. */
static const struct {
    enum side side;
    enum { CORNER_BEFORE = -1, NO_CORNER, CORNER_BEHIND } corner;
} places[BOX_COUNT] = {
    [BOX_TOP_LEFT_CORNER] = { TOP, CORNER_BEFORE },
    [BOX_TOP_LEFT] = { TOP, NO_CORNER },
    [BOX_TOP_CENTER] = { TOP, NO_CORNER },
    [BOX_TOP_RIGHT] = { TOP, NO_CORNER },
    [BOX_TOP_RIGHT_CORNER] = { TOP, CORNER_BEHIND },
    [BOX_BOTTOM_LEFT_CORNER] = { BOTTOM, CORNER_BEFORE },
    [BOX_BOTTOM_LEFT] = { BOTTOM, NO_CORNER },
    [BOX_BOTTOM_CENTER] = { BOTTOM, NO_CORNER },
    [BOX_BOTTOM_RIGHT] = { BOTTOM, NO_CORNER },
    [BOX_BOTTOM_RIGHT_CORNER] = { BOTTOM, CORNER_BEHIND },
    [BOX_LEFT_TOP] = { LEFT, NO_CORNER },
    [BOX_LEFT_MIDDLE] = { LEFT, NO_CORNER },
    [BOX_LEFT_BOTTOM] = { LEFT, NO_CORNER },
    [BOX_RIGHT_TOP] = { RIGHT, NO_CORNER },
    [BOX_RIGHT_MIDDLE] = { RIGHT, NO_CORNER },
    [BOX_RIGHT_BOTTOM] = { RIGHT, NO_CORNER },
};

/* A box's last line, whole and cut: the pages of a chapter mostly show the
 * same. */
struct drawn {
    struct arena arena;
    str text;
    const struct style *style;
    int32_t max_width;
    struct line line;
};

struct heads {
    struct pdf_book *b;
    struct arena arena; /* of one page */
    struct layout ly;
    struct map pages; /* key as text to struct page_style */
    struct headstrings strings;
    struct drawn whole[BOX_COUNT], cut[BOX_COUNT];
};

struct rect {
    int32_t x, y, w, h;
};

static const struct page_style *style_of_page(struct heads *h, uint32_t handle)
{
    const struct book_page *p = &h->b->pages.v[handle];
    str name = p->blank  ? (str){ 0 }
               : p->kind ? p->kind->name
                         : h->b->chapters.v[p->chapter].page_name;
    str key = arena_printf(&h->arena, "%d%d%d%.*s", (int)p->side, p->first,
                           p->blank, STR_ARG(name));
    void *found = map_find(&h->pages, key);

    if (!found) {
        found = sheet_page(
            h->b->sheet, (struct page_key){ name, p->side, p->first, p->blank },
            h->b->lang_tag, &h->b->arena);
        map_put(&h->pages, arena_dup(&h->b->arena, key), found);
    }
    return found;
}

static str part_of(struct heads *h, uint32_t chapter)
{
    const struct book_chapter *c = &h->b->chapters.v[chapter];

    return c->post && h->b->by_year
               ? book_year(h->b, c->post->date.year, &h->arena)
               : (str){ 0 };
}

/* The year is the chapters'; no element sets it. */
static str part_on(struct heads *h, const struct book_page *p,
                   enum string_when when)
{
    bool opened = p->opened != UINT32_MAX;

    if (when == STRING_EXCEPT && opened)
        return (str){ 0 };
    if (when == STRING_LAST)
        return part_of(h, p->last);
    return part_of(h, when == STRING_FIRST && opened ? p->opened : p->chapter);
}

static str string_on(struct heads *h, const struct book_page *p,
                     const struct content_part *part)
{
    if (str_eq(part->text, S("book-title")))
        return book_title(h->b);
    if (str_eq(part->text, S("part")))
        return part_on(h, p, part->when);
    return headstrings_value(&h->strings, part->text, part->when);
}

static str text_of(struct heads *h, uint32_t handle, const struct content *c)
{
    const struct book_page *p = &h->b->pages.v[handle];
    struct buf out = { 0 };

    for (uint32_t i = 0; i < c->n; i++) {
        const struct content_part *part = &c->parts[i];
        if (part->kind == CONTENT_TEXT)
            buf_put(&out, part->text);
        else if (part->kind == CONTENT_STRING && !p->blank)
            buf_put(&out, string_on(h, p, part));
        else if (part->kind == CONTENT_PAGE)
            buf_put(&out, document_folio(h->b->doc, handle, &h->arena));
        else if (part->kind == CONTENT_PAGES)
            buf_printf(&out, "%u",
                       document_section_pages(h->b->doc, SECTION_BODY));
    }
    str s = arena_dup(&h->arena, str_trim(buf_str(&out)));
    buf_done(&out);
    return s;
}

/* The text as a line, kept for the next page. */
static const struct line *line_of(struct heads *h, struct drawn *d, str text,
                                  const struct style *st, int32_t max_width)
{
    if (d->style == st && d->max_width == max_width && str_eq(d->text, text))
        return &d->line;
    arena_reset(&d->arena);
    h->ly.arena = &d->arena;
    d->style = st;
    d->max_width = max_width;
    d->text = arena_dup(&d->arena, text);
    d->line = para_single(&h->ly, d->text, st, 0, max_width);
    h->ly.arena = &h->arena;
    return &d->line;
}

static struct rect rect_of(const struct page_style *ps, size_t box)
{
    const int32_t *m = ps->margin;
    int32_t inner = ps->width - m[SIDE_LEFT] - m[SIDE_RIGHT];
    int32_t tall = ps->height - m[SIDE_TOP] - m[SIDE_BOTTOM];
    struct rect r = { m[SIDE_LEFT], 0, inner, m[SIDE_TOP] };

    switch (places[box].side) {
    case LEFT:
        return (struct rect){ 0, m[SIDE_TOP], m[SIDE_LEFT], tall };
    case RIGHT:
        return (struct rect){ ps->width - m[SIDE_RIGHT], m[SIDE_TOP],
                              m[SIDE_RIGHT], tall };
    case BOTTOM:
        r.y = ps->height - m[SIDE_BOTTOM];
        r.h = m[SIDE_BOTTOM];
        break;
    case TOP:
        break;
    }
    if (places[box].corner == CORNER_BEFORE) {
        r.x = 0;
        r.w = m[SIDE_LEFT];
    } else if (places[box].corner == CORNER_BEHIND) {
        r.x = ps->width - m[SIDE_RIGHT];
        r.w = m[SIDE_RIGHT];
    }
    return r;
}

static int32_t edge(const struct style *st, int side)
{
    return st->padding[side] + st->border[side].width;
}

/* The box without its margins. */
static struct rect border_box(struct rect r, const struct style *st)
{
    int32_t left = length_resolve(st->margin[SIDE_LEFT], r.w, 0);
    int32_t right = length_resolve(st->margin[SIDE_RIGHT], r.w, 0);
    int32_t top = length_resolve(st->margin[SIDE_TOP], r.h, 0);
    int32_t bottom = length_resolve(st->margin[SIDE_BOTTOM], r.h, 0);

    return (struct rect){ r.x + left, r.y + top, r.w - left - right,
                          r.h - top - bottom };
}

static int32_t at_x(const struct style *st, int32_t slack)
{
    switch (st->text_align) {
    case ALIGN_CENTER:
        return slack / 2;
    case ALIGN_RIGHT:
    case ALIGN_END:
        return slack;
    default:
        return 0;
    }
}

static int32_t at_y(const struct style *st, int32_t slack)
{
    switch (st->vertical_align) {
    case VALIGN_TOP:
    case VALIGN_TEXT_TOP:
        return 0;
    case VALIGN_BOTTOM:
    case VALIGN_TEXT_BOTTOM:
        return slack;
    default:
        return slack / 2;
    }
}

static void draw_box(struct heads *h, uint32_t handle, const struct style *st,
                     struct rect r, const struct line *line)
{
    struct rect box = border_box(r, st);
    int32_t x = box.x + edge(st, SIDE_LEFT);
    int32_t w = box.w - edge(st, SIDE_LEFT) - edge(st, SIDE_RIGHT);
    int32_t edges = edge(st, SIDE_TOP) + edge(st, SIDE_BOTTOM);
    /* A frame is as high as its text, not as the margin. */
    int32_t height = line->height + edges;
    int32_t y = box.y + at_y(st, box.h - height);
    struct frame f = { .x = box.x, .w = box.w, .style = st };
    struct item_vec frame = { 0 };

    frame_items(&f, y, y + height, true, true, &frame, &h->arena);
    if (frame.n)
        document_add_overlay(h->b->doc, handle, frame.v, frame.n, 0, 0);
    document_add_overlay(h->b->doc, handle, line->items.v, line->items.n,
                         x + at_x(st, w - line->width), y + edge(st, SIDE_TOP));
}

/* What the text of a box of the top or the foot may take when the others of
 * its side have WIDTHS: all that they leave, but at least its share. */
static int32_t fair_width(int32_t room, int32_t own, int32_t others,
                          unsigned n_others, int32_t gap)
{
    if (n_others == 0)
        return room;
    int32_t share = (room - (int32_t)n_others * gap) / (int32_t)(n_others + 1);
    int32_t left = room - others - (int32_t)n_others * gap;
    return own <= left ? own : left > share ? left : share;
}

/* Are they two of the boxes that share the top or the foot? */
static bool are_neighbours(size_t a, size_t b)
{
    return a != b && places[a].side == places[b].side &&
           places[a].side <= BOTTOM && places[a].corner == NO_CORNER &&
           places[b].corner == NO_CORNER;
}

/* The room for the text of BOX beside that of the others. */
static int32_t room_of(const struct page_style *ps, size_t box,
                       const struct line *const *lines)
{
    const struct style *st = ps->boxes[box].style;
    struct rect r = border_box(rect_of(ps, box), st);
    int32_t others = 0;
    unsigned n = 0;

    for (size_t k = 0; k < BOX_COUNT; k++)
        if (lines[k] && are_neighbours(box, k)) {
            others += lines[k]->width;
            n++;
        }
    return fair_width(r.w - edge(st, SIDE_LEFT) - edge(st, SIDE_RIGHT),
                      lines[box]->width, others, n, GAP * st->font_size);
}

static void draw_page(struct heads *h, uint32_t handle)
{
    const struct page_style *ps = style_of_page(h, handle);
    const struct line *lines[BOX_COUNT] = { 0 };
    str texts[BOX_COUNT];

    for (size_t i = 0; i < BOX_COUNT; i++) {
        if (!ps->boxes[i].style)
            continue;
        texts[i] = text_of(h, handle, &ps->boxes[i].content);
        if (texts[i].n)
            lines[i] = line_of(h, &h->whole[i], texts[i], ps->boxes[i].style,
                               0);
    }
    for (size_t i = 0; i < BOX_COUNT; i++) {
        if (!lines[i])
            continue;
        const struct style *st = ps->boxes[i].style;
        int32_t most = room_of(ps, i, lines);
        if (most > 0)
            draw_box(h, handle, st, rect_of(ps, i),
                     lines[i]->width <= most
                         ? lines[i]
                         : line_of(h, &h->cut[i], texts[i], st, most));
    }
}

void heads_draw(struct pdf_book *b, struct diag *dg)
{
    struct chapter none = { .lang = b->lang, .lang_tag = b->lang_tag };
    struct heads h = {
        .b = b,
        .ly = { .chapter = &none,
                .fonts = b->fonts,
                .shaper = book_worker(b)->shaper,
                .hyphenator = book_worker(b)->hyphenator,
                .diag = dg },
    };

    arena_init(&h.arena);
    map_init(&h.pages, &b->arena);
    h.ly.arena = &h.arena;
    for (size_t i = 0; i < BOX_COUNT; i++) {
        arena_init(&h.whole[i].arena);
        arena_init(&h.cut[i].arena);
    }
    /* What a font lacks was reported where the text stands. */
    shaper_begin(h.ly.shaper, (str){ 0 }, NULL);
    headstrings_init(&h.strings, b, &b->arena);
    for (uint32_t i = 0; i < b->pages.n; i++) {
        headstrings_turn(&h.strings, i);
        draw_page(&h, i);
        arena_reset(&h.arena);
    }
    for (size_t i = 0; i < BOX_COUNT; i++) {
        arena_done(&h.whole[i].arena);
        arena_done(&h.cut[i].arena);
    }
    arena_done(&h.arena);
}
