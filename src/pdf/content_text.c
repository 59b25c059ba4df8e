/* SPDX-License-Identifier: MIT */
#include "pdf/canvas.h"
#include "pdf/content_parts.h"

/* How far a glyph may stand from where layout wants it before the pen is
 * moved, and by how much a number that was used before may miss that place,
 * pt/1000000. Neither can be seen in print: 0.05 pt are 1/1440 inch. */
#define DRIFT_MAX 50000
#define MISS_MAX  25000

/* A pen that has further to go than this many times the type size gets an
 * operator of its own. */
#define JUMP_EMS 4

void content_run_end(struct content_stream *c)
{
    if (c->run == RUN_NONE)
        return;
    if (c->run == RUN_STRING)
        buf_putc(&c->out, ')');
    c->out.p[c->run_at] = c->run_is_list ? '[' : ' ';
    buf_put(&c->out, c->run_is_list ? S("]TJ\n") : S("Tj\n"));
    c->run = RUN_NONE;
}

static void run_string(struct content_stream *c)
{
    if (c->run == RUN_STRING)
        return;
    if (c->run == RUN_NONE) {
        c->run_at = c->out.n;
        c->run_is_list = false;
        buf_putc(&c->out, '[');
    }
    buf_putc(&c->out, '(');
    c->run = RUN_STRING;
}

/* A byte in a literal string (7.3.4.2). Deflated, it takes less than two
 * hexadecimal digits, and less time. */
static char *put_byte(char *to, unsigned byte)
{
    if (byte == '(' || byte == ')' || byte == '\\') {
        *to++ = '\\';
    } else if (byte == '\r') {
        *to++ = '\\';
        byte = 'r';
    }
    *to++ = (char)byte;
    return to;
}

static void put_code(struct content_stream *c, const struct font *f,
                     uint32_t glyph)
{
    uint32_t code = font_code(f, glyph);

    run_string(c);
    char *to = buf_reserve(&c->out, 4);
    if (f->kind != FONT_COLOR)
        to = put_byte(to, code >> 8 & 0xFF);
    to = put_byte(to, code & 0xFF);
    c->out.n = (size_t)(to - c->out.p);
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
    buf_puts(&c->out, f->kind == FONT_COLOR ? "/E" : "/F");
    buf_put_int(&c->out, f->index);
    if (f->kind == FONT_COLOR) {
        buf_putc(&c->out, 'p');
        buf_put_int(&c->out, part);
    }
    buf_putc(&c->out, ' ');
    canvas_put_mp(&c->out, it->size);
    buf_put(&c->out, S(" Tf\n"));
}

static int64_t hundredths(int64_t mp)
{
    return (mp < 0 ? mp - 5 : mp + 5) / 10;
}

/* The type size as it is written, pt/1000. */
static int64_t written_size(const struct item *it)
{
    return hundredths(it->size) * 10;
}

/* Begins a line where a glyph is to stand, pt/1000000. */
static void move_to(struct content_stream *c, int64_t want, int64_t y)
{
    int64_t x = hundredths(want / 1000);

    content_run_end(c);
    canvas_put_mp(&c->out, (x - c->line_x) * 10);
    buf_putc(&c->out, ' ');
    canvas_put_mp(&c->out, (y - c->line_y) * 10);
    buf_put(&c->out, S(" Td\n"));
    c->line_x = x;
    c->line_y = y;
    c->pen = x * 10000;
}

static void set_rise(struct content_stream *c, int32_t rise)
{
    if (c->rise == rise)
        return;
    content_run_end(c);
    c->rise = rise;
    canvas_put_mp(&c->out, rise);
    buf_put(&c->out, S(" Ts\n"));
}

/* Thousandths of the type size that bring the pen nearest to where it is
 * OFF from; the last ones again where they do: a line's spaces are alike. */
static int64_t units_for(const struct content_stream *c, int64_t size,
                         int64_t off)
{
    int64_t miss = off - c->adjusted * size;

    if (c->adjusted && miss < MISS_MAX && miss > -MISS_MAX)
        return c->adjusted;
    return (off < 0 ? off - size / 2 : off + size / 2) / size;
}

static void adjust(struct content_stream *c, int64_t size, int64_t off)
{
    int64_t units = units_for(c, size, off);

    if (units == 0)
        return;
    if (c->run == RUN_NONE) {
        c->run_at = c->out.n;
        buf_putc(&c->out, '[');
    } else if (c->run == RUN_STRING) {
        buf_putc(&c->out, ')');
    }
    c->run = RUN_ARRAY;
    c->run_is_list = true;
    buf_put_int(&c->out, -units);
    c->adjusted = (int32_t)units;
    c->pen += units * size;
}

/* What the glyphs of an item have in common. */
struct item_line {
    const struct item *it;
    int64_t size; /* as written_size() has it */
    int64_t y;    /* of their line, pt/100 */
};

/* Brings the pen to WANT, pt/1000000, on its line. */
static void go_to(struct content_stream *c, const struct item_line *on,
                  int64_t want)
{
    int64_t far = on->size * 1000 * JUMP_EMS;

    if (c->pen == INT64_MIN || c->line_y != on->y || want - c->pen > far ||
        c->pen - want > far)
        move_to(c, want, on->y);
    else if (want - c->pen > DRIFT_MAX || c->pen - want > DRIFT_MAX)
        adjust(c, on->size, want - c->pen);
}

/* Draws a glyph where the pen is to be; where it is to be afterwards. */
static int64_t put_glyph(struct content_stream *c, const struct item_line *on,
                         const struct glyph *g, int64_t want)
{
    const struct font *f = on->it->font;

    set_font(c, on->it, g->id);
    set_rise(c, g->dy);
    go_to(c, on, want + (int64_t)g->dx * 1000);
    put_code(c, f, g->id);
    c->pen += font_advance(f, g->id) * on->size;
    return want + (int64_t)g->advance * 1000;
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

static bool needs_text(const struct content_stream *c, const struct item *it,
                       uint32_t i, uint32_t n, str text)
{
    if (!c->tag || c->in_span || !text.n)
        return false;
    return n > 1 || !font_says(it->font, it->glyphs[i].id, text);
}

/* Horizontal scaling, 9.3.4: 0 is none. */
static void set_stretch(struct content_stream *c, uint16_t thousandths)
{
    content_run_end(c);
    canvas_put_mp(&c->out, (thousandths ? thousandths : 1000) * 100);
    buf_put(&c->out, S(" Tz\n"));
    c->pen = INT64_MIN;
}

void content_glyphs(struct content_stream *c, const struct item *it)
{
    int64_t want = ((int64_t)c->dx + it->x) * 1000;
    struct item_line on = { it, written_size(it),
                            hundredths((int64_t)c->dy - it->y) };

    if (it->n_glyphs == 0 || on.size <= 0)
        return;
    content_color(c, it->color);
    font_uses_add(c->uses, it->font, it->glyphs, it->n_glyphs, it->text);
    for (uint32_t i = 0, n; i < it->n_glyphs; i += n) {
        str text;
        n = cluster_size(it, i, &text);
        bool span = needs_text(c, it, i, n, text);
        if (span)
            content_span_begin(c, text);
        content_text_begin(c);
        if (it->stretch && i == 0)
            set_stretch(c, it->stretch);
        for (uint32_t k = i; k < i + n; k++)
            want = put_glyph(c, &on, &it->glyphs[k], want);
        if (span)
            content_span_end(c);
    }
    set_rise(c, 0);
    if (it->stretch)
        set_stretch(c, 0);
}
