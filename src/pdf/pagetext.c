/* SPDX-License-Identifier: MIT */
/* Display lists as text. */
#include "pdf/font.h"
#include "pdf/structure.h"

/* Tenths of a point, so that a rounding elsewhere does not show. */
static void put_mp(struct buf *out, int64_t mp)
{
    int64_t tenths = (mp < 0 ? mp - 50 : mp + 50) / 100;

    buf_printf(out, "%s%lld.%lld", tenths < 0 ? "-" : "",
               (long long)(tenths < 0 ? -tenths : tenths) / 10,
               (long long)(tenths < 0 ? -tenths : tenths) % 10);
}

static void put_box(struct buf *out, const struct item *it)
{
    const int32_t values[] = { it->x, it->y, it->w, it->h };

    for (size_t i = 0; i < 4; i++) {
        buf_putc(out, ' ');
        put_mp(out, values[i]);
    }
}

static void put_quoted(struct buf *out, str s)
{
    buf_puts(out, " \"");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            buf_puts(out, "\\n");
        else if (s.p[i] == '"' || s.p[i] == '\\')
            buf_printf(out, "\\%c", s.p[i]);
        else
            buf_putc(out, s.p[i]);
    }
    buf_putc(out, '"');
}

static void put_target(struct buf *out, const struct item *it)
{
    if (it->post == UINT32_MAX)
        put_quoted(out, it->text);
    else
        buf_printf(out, " post %u#%.*s", it->post, STR_ARG(it->frag));
}

static void put_item(struct buf *out, const struct laid_chapter *lc,
                     const struct item *it)
{
    static const char *const kinds[] = {
        [ITEM_GLYPHS] = "text",     [ITEM_RULE] = "rule",
        [ITEM_IMAGE] = "picture",   [ITEM_QR] = "code",
        [ITEM_LINK] = "link",       [ITEM_ANCHOR] = "anchor",
        [ITEM_PAGE_REF] = "number",
    };

    buf_printf(out, "  %s", kinds[it->kind]);
    put_box(out, it);
    if (it->struct_elem)
        buf_printf(out, " %s",
                   structure_name(lc->structure.v[it->struct_elem].role));
    if (it->color)
        buf_printf(out, " #%06x", (unsigned)it->color);
    if (it->kind == ITEM_GLYPHS || it->kind == ITEM_PAGE_REF) {
        buf_printf(out, " %.*s ", STR_ARG(it->font->ps_name));
        put_mp(out, it->size);
    }
    if (it->kind == ITEM_LINK || it->kind == ITEM_PAGE_REF)
        put_target(out, it);
    else if (it->kind != ITEM_RULE && it->kind != ITEM_IMAGE)
        put_quoted(out, it->text);
    buf_putc(out, '\n');
}

void pages_dump(const struct laid_chapter *lc, struct buf *out)
{
    for (size_t i = 0; i < lc->pages.n; i++) {
        const struct page *p = &lc->pages.v[i];
        buf_printf(out, "page %zu filled to ", i + 1);
        put_mp(out, p->fill_y);
        if (p->kind && p->kind->name.n)
            buf_printf(out, " named %.*s", STR_ARG(p->kind->name));
        buf_putc(out, '\n');
        for (size_t k = 0; k < p->items.n; k++)
            put_item(out, lc, &p->items.v[k]);
    }
}
