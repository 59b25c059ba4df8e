/* SPDX-License-Identifier: MIT */
/* Fonts as PDF objects: Type0 for outlines, Type3 for coloured bitmaps (ISO
 * 32000-1, 9.7 and 9.6.5). */
#include "pdf/document_parts.h"
#include "pdf/emoji.h"
#include "pdf/subset.h"

struct font_maker {
    struct document *doc;
    struct arena arena;
    struct buf out, names; /* NAMES: the dictionary of all fonts */
};

static uint32_t add_dict(struct font_maker *m)
{
    return canvas_add(m->doc->canvas, buf_str(&m->out));
}

static void put_pair(struct buf *b, const char *name, int32_t value)
{
    buf_printf(b, "/%s %d", name, (int)value);
}

static void put_box(struct buf *b, const int32_t box[4])
{
    buf_printf(b, "/FontBBox[%d %d %d %d]", (int)box[0], (int)box[1],
               (int)box[2], (int)box[3]);
}

static uint32_t add_stream(struct font_maker *m, str dict, str bytes)
{
    return canvas_stream(m->doc->canvas, dict,
                         flate_pack(m->doc->flate, bytes, &m->arena),
                         CANVAS_DEFLATED);
}

static uint32_t add_file(struct font_maker *m, const struct font_program *p)
{
    str dict = p->cff ? S("/Subtype/CIDFontType0C")
                      : arena_printf(&m->arena, "/Length1 %zu", p->bytes.n);

    return add_stream(m, dict, p->bytes);
}

static uint32_t add_descriptor(struct font_maker *m,
                               const struct font_program *p)
{
    uint32_t file = add_file(m, p);
    /* A subset that keeps its glyph numbers has empty glyphs in between,
     * which the list would have to name too (ISO 19005-2, 6.2.11.4.2). */
    uint32_t cids = p->cff ? add_stream(m, (str){ 0 }, p->cidset) : 0;
    struct buf *b = &m->out;

    buf_reset(b);
    buf_printf(b, "/Type/FontDescriptor/FontName/%.*s", STR_ARG(p->name));
    put_pair(b, "Flags", (int32_t)p->flags);
    put_box(b, p->bbox);
    put_pair(b, "ItalicAngle", p->italic_angle);
    put_pair(b, "Ascent", p->ascent);
    put_pair(b, "Descent", p->descent);
    put_pair(b, "CapHeight", p->cap_height);
    put_pair(b, "StemV", p->stem_v);
    buf_puts(b, p->cff ? "/FontFile3" : "/FontFile2");
    put_ref(b, file);
    if (cids) {
        buf_puts(b, "/CIDSet");
        put_ref(b, cids);
    }
    return add_dict(m);
}

static uint32_t add_cid_font(struct font_maker *m, const struct font_program *p)
{
    uint32_t descriptor = add_descriptor(m, p);
    struct buf *b = &m->out;

    buf_reset(b);
    buf_printf(b, "/Type/Font/Subtype/%s/BaseFont/%.*s",
               p->cff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity",
               STR_ARG(p->name));
    buf_puts(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                "/Supplement 0>>/FontDescriptor");
    put_ref(b, descriptor);
    put_pair(b, "DW", p->dw);
    buf_puts(b, "/W");
    buf_put(b, p->widths);
    return add_dict(m);
}

static void add_font(struct font_maker *m, const struct font_program *p)
{
    uint32_t cid_font = add_cid_font(m, p);
    uint32_t cmap = add_stream(m, (str){ 0 }, p->tounicode);
    struct buf *b = &m->out;

    buf_reset(b);
    /* 9.7.6.1: the CMap's name is added only where the outlines are CFF. */
    buf_printf(b, "/Type/Font/Subtype/Type0/BaseFont/%.*s%s", STR_ARG(p->name),
               p->cff ? "-Identity-H" : "");
    buf_puts(b, "/Encoding/Identity-H/DescendantFonts[");
    put_ref(b, cid_font);
    buf_puts(b, "]/ToUnicode");
    put_ref(b, cmap);
    uint32_t font = add_dict(m);
    buf_printf(&m->names, "/F%u", p->font->index);
    put_ref(&m->names, font);
}

/* The bitmap of a glyph as an image; 0: there is none. */
static uint32_t add_bitmap(struct font_maker *m, const struct font *f,
                           uint32_t glyph)
{
    struct emoji_bitmap bm;
    struct buf b = { 0 };

    if (!emoji_bitmap(f, glyph, &m->arena, &bm))
        return 0;
    buf_printf(&b,
               "/Type/XObject/Subtype/Image/Width %u/Height %u"
               "/BitsPerComponent 8/ColorSpace",
               bm.width, bm.height);
    str start = arena_dup(&m->arena, buf_str(&b));
    uint32_t mask = add_stream(
        m, arena_join(&m->arena, start, S("/DeviceGray")), bm.alpha);
    buf_puts(&b, "/DeviceRGB/SMask");
    put_ref(&b, mask);
    uint32_t image = add_stream(m, arena_dup(&m->arena, buf_str(&b)), bm.rgb);
    buf_done(&b);
    return image;
}

/* How a glyph is drawn; IMAGE is the resource of its name. */
static uint32_t add_proc(struct font_maker *m, const struct color_glyph *g,
                         uint32_t image)
{
    struct buf *b = &m->out;

    buf_reset(b);
    buf_printf(b, "%d 0 d0\n", (int)g->width);
    if (image)
        buf_printf(b, "q %d 0 0 %d %d %d cm/g%u Do Q\n", (int)g->w, (int)g->h,
                   (int)g->x, (int)g->y, g->glyph % 256);
    return canvas_stream(m->doc->canvas, (str){ 0 }, buf_str(b), CANVAS_PLAIN);
}

/* Parallel lists of a Type3 font, in the order of its codes. */
struct color_lists {
    struct buf widths, names, procs, images;
};

static void list_glyph(struct font_maker *m, const struct color_program *p,
                       const struct color_glyph *g, struct color_lists *l)
{
    unsigned code = g->glyph % 256;
    uint32_t image = add_bitmap(m, p->font, g->glyph);

    buf_printf(&l->names, " %u/g%u", code, code);
    buf_printf(&l->procs, "/g%u", code);
    put_ref(&l->procs, add_proc(m, g, image));
    if (!image)
        return;
    buf_printf(&l->images, "/g%u", code);
    put_ref(&l->images, image);
}

static void list_widths(const struct color_program *p, struct buf *b)
{
    uint32_t code = p->glyphs[0].glyph % 256;

    for (uint32_t i = 0; i < p->n_glyphs; i++, code++) {
        for (; code < p->glyphs[i].glyph % 256; code++)
            buf_puts(b, "0 ");
        buf_printf(b, "%d ", (int)p->glyphs[i].width);
    }
}

static void put_list(struct buf *b, const char *before, const struct buf *list,
                     const char *behind)
{
    buf_puts(b, before);
    buf_put(b, buf_str(list));
    buf_puts(b, behind);
}

static void add_color_font(struct font_maker *m, const struct color_program *p)
{
    struct color_lists l = { { 0 } };
    struct buf *b = &m->out;

    for (uint32_t i = 0; i < p->n_glyphs; i++)
        list_glyph(m, p, &p->glyphs[i], &l);
    list_widths(p, &l.widths);
    uint32_t cmap = add_stream(m, (str){ 0 }, p->tounicode);
    buf_reset(b);
    buf_puts(b, "/Type/Font/Subtype/Type3/FontMatrix[0.001 0 0 0.001 0 0]");
    put_box(b, p->bbox);
    put_pair(b, "FirstChar", (int32_t)(p->glyphs[0].glyph % 256));
    put_pair(b, "LastChar", (int32_t)(p->glyphs[p->n_glyphs - 1].glyph % 256));
    put_list(b, "/Widths[", &l.widths, "]");
    put_list(b, "/Encoding<</Type/Encoding/Differences[", &l.names, "]>>");
    put_list(b, "/CharProcs<<", &l.procs, ">>");
    put_list(b, "/Resources<</XObject<<", &l.images, ">>>>/ToUnicode");
    put_ref(b, cmap);
    uint32_t font = add_dict(m);
    buf_printf(&m->names, "/E%up%u", p->font->index, p->part);
    put_ref(&m->names, font);
    buf_done(&l.widths);
    buf_done(&l.names);
    buf_done(&l.procs);
    buf_done(&l.images);
}

bool doc_fonts_make(struct document *doc, struct diag *dg)
{
    struct font_maker m = { .doc = doc };
    struct font_programs programs;

    arena_init(&m.arena);
    bool ok = font_programs_make(&programs, &doc->fonts, &m.arena, dg);
    for (size_t i = 0; ok && i < programs.fonts.n; i++)
        add_font(&m, &programs.fonts.v[i]);
    for (size_t i = 0; ok && i < programs.color.n; i++)
        add_color_font(&m, &programs.color.v[i]);
    canvas_set(doc->canvas, doc->font_dict, buf_str(&m.names));
    arena_done(&m.arena);
    buf_done(&m.out);
    buf_done(&m.names);
    return ok;
}
