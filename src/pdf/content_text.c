/* SPDX-License-Identifier: MIT */
#include "pdf/canvas.h"
#include "pdf/content_parts.h"

/* How far a glyph may stand from where layout wants it before the pen is
 * moved, pt/1000. */
#define DRIFT_MAX 20

static const char hex[] = "0123456789ABCDEF";

void content_run_end(struct content_stream *c)
{
    if (c->run == RUN_STRING)
        buf_putc(&c->out, '>');
    if (c->run != RUN_NONE)
        buf_puts(&c->out, "]TJ\n");
    c->run = RUN_NONE;
}

static void run_array(struct content_stream *c)
{
    if (c->run == RUN_STRING)
        buf_putc(&c->out, '>');
    else if (c->run == RUN_NONE)
        buf_putc(&c->out, '[');
    c->run = RUN_ARRAY;
}

static void run_string(struct content_stream *c)
{
    if (c->run == RUN_STRING)
        return;
    run_array(c);
    buf_putc(&c->out, '<');
    c->run = RUN_STRING;
}

static void put_code(struct content_stream *c, const struct font *f,
                     uint32_t glyph)
{
    uint32_t code = font_code(f, glyph);
    unsigned digits = f->kind == FONT_COLOR ? 2 : 4;

    run_string(c);
    char *to = buf_reserve(&c->out, digits);
    for (unsigned i = 0; i < digits; i++)
        to[i] = hex[code >> 4 * (digits - 1 - i) & 15];
    c->out.n += digits;
}

/* The resource is "F3"; a part of a colour font "E3p14". */
static void set_font(struct content_stream *c, const struct item *it,
                     uint32_t glyph)
{
    const struct font *f = it->font;
    uint32_t part = f->kind == FONT_COLOR ? glyph / 256 : 0;

    if (c->font == f && c->size == it->size && c->part == part)
        return;
    content_run_end(c);
    c->font = f;
    c->size = it->size;
    c->part = part;
    if (f->kind == FONT_COLOR)
        buf_printf(&c->out, "/E%up%u ", f->index, part);
    else
        buf_printf(&c->out, "/F%u ", f->index);
    canvas_put_mp(&c->out, it->size);
    buf_puts(&c->out, " Tf\n");
}

static int64_t hundredths(int64_t mp)
{
    return (mp < 0 ? mp - 5 : mp + 5) / 10;
}

struct pen {
    int64_t at;   /* where the viewer's pen is */
    int64_t want; /* where layout's is */
    bool is_set;
};

/* Begins a text object, if there is none, and a line at the pen. */
static void move_to(struct content_stream *c, struct pen *pen, int64_t base)
{
    int64_t x = hundredths(pen->want), y = hundredths(base);

    if (!c->in_text) {
        buf_puts(&c->out, "BT\n");
        c->in_text = true;
        c->line_x = c->line_y = 0;
    }
    canvas_put_mp(&c->out, (x - c->line_x) * 10);
    buf_putc(&c->out, ' ');
    canvas_put_mp(&c->out, (y - c->line_y) * 10);
    buf_puts(&c->out, " Td\n");
    c->line_x = x;
    c->line_y = y;
    pen->at = x * 10;
    pen->is_set = true;
}

static void set_rise(struct content_stream *c, int32_t rise)
{
    if (c->rise == rise)
        return;
    content_run_end(c);
    c->rise = rise;
    canvas_put_mp(&c->out, rise);
    buf_puts(&c->out, " Ts\n");
}

/* Moves the pen by MP, as far as thousandths of the type size can tell; how
 * far it went. */
static int64_t adjust(struct content_stream *c, int32_t size, int64_t mp)
{
    int64_t units = mp * 1000 / size;

    if (units == 0)
        return 0;
    run_array(c);
    canvas_put_mp(&c->out, -units * MP_PER_PT);
    return units * size / 1000;
}

static void put_glyph(struct content_stream *c, const struct item *it,
                      const struct glyph *g, struct pen *pen)
{
    set_font(c, it, g->id);
    set_rise(c, g->dy);
    int64_t off = pen->want + g->dx - pen->at;
    if (off > DRIFT_MAX || off < -DRIFT_MAX)
        pen->at += adjust(c, it->size, off);
    put_code(c, it->font, g->id);
    pen->at += (int64_t)font_advance(it->font, g->id) * it->size / 1000;
    pen->want += g->advance;
}

/* The glyphs from I on that draw one cluster, and its text. */
static uint32_t cluster_size(const struct item *it, uint32_t i, str *text)
{
    uint32_t k = i;

    *text = (str){ 0 };
    for (; k < it->n_glyphs; k++) {
        const struct glyph *g = &it->glyphs[k];
        if (g->text_at != it->glyphs[i].text_at || (text->n && g->text_n))
            break;
        if (g->text_n)
            *text = str_sub(it->text, g->text_at, g->text_n);
    }
    return k - i;
}

static bool needs_text(const struct item *it, uint32_t i, uint32_t n, str text)
{
    if (!text.n)
        return false;
    return n > 1 || !font_says(it->font, it->glyphs[i].id, text);
}

/* N glyphs from I on, drawn where the pen is to be. */
static void put_cluster(struct content_stream *c, const struct item *it,
                        uint32_t i, uint32_t n, struct pen *pen)
{
    if (!pen->is_set || !c->in_text)
        move_to(c, pen, (int64_t)c->dy - it->y);
    for (uint32_t k = 0; k < n; k++)
        put_glyph(c, it, &it->glyphs[i + k], pen);
}

void content_glyphs(struct content_stream *c, const struct item *it)
{
    struct pen pen = { .want = (int64_t)c->dx + it->x };

    if (it->n_glyphs == 0 || it->size <= 0)
        return;
    content_color(c, it->color);
    font_uses_add(c->uses, it->font, it->glyphs, it->n_glyphs, it->text);
    for (uint32_t i = 0; i < it->n_glyphs;) {
        str text;
        uint32_t n = cluster_size(it, i, &text);
        if (c->tag && needs_text(it, i, n, text)) {
            content_span_begin(c, text);
            put_cluster(c, it, i, n, &pen);
            content_span_end(c);
        } else {
            content_resume(c);
            put_cluster(c, it, i, n, &pen);
        }
        i += n;
    }
    content_run_end(c);
    set_rise(c, 0);
}
