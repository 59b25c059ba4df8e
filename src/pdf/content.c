/* SPDX-License-Identifier: MIT */
#include "pdf/content.h"

#include "assets/qr.h"
#include "pdf/canvas.h"
#include "pdf/content_parts.h"

void content_begin(struct content_stream *c)
{
    *c = (struct content_stream){
        .out = c->out,
        .arena = c->arena,
        .uses = c->uses,
        .dx = c->dx,
        .dy = c->dy,
        .next_mcid = c->next_mcid,
        .owner = c->owner,
    };
    buf_reset(&c->out);
}

static void mark(struct content_stream *c, str operands)
{
    buf_put(&c->out, operands);
    c->marked = true;
    c->marked_in_text = c->in_text;
    c->pending = false;
}

static void mark_element(struct content_stream *c, uint32_t mcid)
{
    buf_putc(&c->out, '/');
    buf_puts(&c->out, c->tag);
    buf_put(&c->out, S("<</MCID "));
    buf_put_int(&c->out, mcid);
    mark(c, S(">>BDC\n"));
}

void content_resume(struct content_stream *c)
{
    if (!c->pending)
        return;
    content_run_end(c);
    if (!c->tag)
        mark(c, c->pagination ? S("/Artifact<</Type/Pagination>>BDC\n")
                              : S("/Artifact BMC\n"));
    else
        mark_element(c, c->next_mcid(c->owner));
}

static void end_text_object(struct content_stream *c)
{
    if (c->in_text)
        buf_put(&c->out, S("ET\n"));
    c->in_text = false;
}

/* Marked content and text objects nest (14.6.1). */
static void end_marked(struct content_stream *c)
{
    content_run_end(c);
    if (!c->marked)
        return;
    if (!c->marked_in_text)
        end_text_object(c);
    buf_put(&c->out, S("EMC\n"));
    c->marked = false;
}

void content_text_open(struct content_stream *c)
{
    if (!c->in_text) {
        content_run_end(c);
        buf_put(&c->out, S("BT\n"));
        c->in_text = true;
        c->line_x = c->line_y = 0;
        c->pen = INT64_MIN;
    }
    content_resume(c);
}

void content_text_end(struct content_stream *c)
{
    content_run_end(c);
    if (c->marked && c->marked_in_text) {
        end_marked(c);
        c->pending = !c->in_span;
    }
    end_text_object(c);
}

void content_end(struct content_stream *c)
{
    end_marked(c);
    end_text_object(c);
    c->pending = false;
}

void content_element(struct content_stream *c, const char *tag)
{
    end_marked(c);
    c->tag = tag;
    c->pending = true;
}

void content_tag(struct content_stream *c, const char *tag, uint32_t mcid)
{
    content_end(c);
    c->tag = tag;
    mark_element(c, mcid);
}

void content_artifact(struct content_stream *c, bool pagination)
{
    content_element(c, NULL);
    c->pagination = pagination;
}

/* Readers may take the end of a nested sequence for that of the one around
 * it, so an element's is interrupted. */
void content_span_begin(struct content_stream *c, str text)
{
    c->span_is_nested = !c->tag || !c->next_mcid;
    if (c->span_is_nested) {
        content_text_end(c);
        content_resume(c);
        buf_put(&c->out, S("/Span<</ActualText"));
    } else {
        end_marked(c);
        c->pending = false;
        content_text_begin(c);
        buf_put(&c->out, S("/Span<</MCID "));
        buf_put_int(&c->out, c->next_mcid(c->owner));
        buf_put(&c->out, S("/ActualText"));
    }
    canvas_put_text(&c->out, text);
    if (c->span_is_nested)
        buf_put(&c->out, S(">>BDC\n"));
    else
        mark(c, S(">>BDC\n"));
    c->in_span = true;
}

void content_span_end(struct content_stream *c)
{
    c->in_span = false;
    if (c->span_is_nested) {
        content_text_end(c);
        buf_put(&c->out, S("EMC\n"));
        return;
    }
    end_marked(c);
    c->pending = true;
}

void content_ours(struct content_stream *c, const struct item *it)
{
    content_span_begin(c, (str){ 0 });
    content_glyphs(c, it);
    content_span_end(c);
}

void content_color(struct content_stream *c, uint32_t color)
{
    if (c->has_color && c->color == color)
        return;
    content_run_end(c);
    c->has_color = true;
    c->color = color;
    canvas_put_color(&c->out, color);
}

static void put_numbers(struct content_stream *c, const int64_t *mp, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        canvas_put_mp(&c->out, mp[i]);
        buf_putc(&c->out, ' ');
    }
}

void content_rule(struct content_stream *c, const struct item *it)
{
    content_text_end(c);
    content_resume(c);
    content_color(c, it->color);
    put_numbers(c,
                (const int64_t[]){
                    (int64_t)c->dx + it->x,
                    (int64_t)c->dy - it->y - it->h,
                    it->w,
                    it->h,
                },
                4);
    buf_puts(&c->out, "re f\n");
}

/* The rows of a code as bits, the first module of a row in the highest. */
static void put_bits(struct buf *b, const struct qr *code)
{
    static const char digits[] = "0123456789ABCDEF";

    for (uint32_t row = 0; row < code->size; row++) {
        const uint8_t *m = code->modules + (size_t)row * code->size;
        for (uint32_t i = 0; i < (code->size + 7) / 8 * 8; i += 4) {
            unsigned four = 0;
            for (uint32_t k = i; k < i + 4; k++)
                four = four << 1 | (k < code->size && m[k]);
            buf_putc(b, digits[four]);
        }
    }
}

/* An inline image mask: the smallest that a code can be in a content stream,
 * and without seams between its modules. */
void content_qr(struct content_stream *c, const struct item *it)
{
    struct qr code;

    if (!qr_encode(it->text, c->arena, &code))
        return;
    uint32_t modules = code.size + 2 * QR_QUIET;
    int64_t quiet = (int64_t)it->w * QR_QUIET / modules;
    int64_t side = it->w - 2 * quiet;

    content_text_end(c);
    content_resume(c);
    content_color(c, it->color);
    buf_puts(&c->out, "q ");
    put_numbers(c,
                (const int64_t[]){ side, 0, 0, side, c->dx + it->x + quiet,
                                   c->dy - it->y - quiet - side },
                6);
    buf_printf(&c->out, "cm\nBI/W %u/H %u/IM true/D[1 0]/F/AHx ID\n", code.size,
               code.size);
    put_bits(&c->out, &code);
    buf_puts(&c->out, ">\nEI Q\n");
}

/* Where the corners of the stored picture go: a, b, c, d as multiples of width
 * and height, e and f as multiples of them added to the lower left corner.
 * Exif 2.32, 4.6.4, tag 274. */
static const struct {
    int8_t a, b, c, d, e, f;
} turns[9] = {
    [1] = { 1, 0, 0, 1, 0, 0 },   [2] = { -1, 0, 0, 1, 1, 0 },
    [3] = { -1, 0, 0, -1, 1, 1 }, [4] = { 1, 0, 0, -1, 0, 1 },
    [5] = { 0, -1, -1, 0, 1, 1 }, [6] = { 0, -1, 1, 0, 0, 1 },
    [7] = { 0, 1, 1, 0, 0, 0 },   [8] = { 0, 1, -1, 0, 1, 0 },
};

void content_image(struct content_stream *c, const struct item *it, str name,
                   unsigned orientation)
{
    unsigned o = orientation >= 1 && orientation <= 8 ? orientation : 1;
    int64_t w = it->w, h = it->h;
    int64_t x = (int64_t)c->dx + it->x, y = (int64_t)c->dy - it->y - h;

    content_text_end(c);
    content_resume(c);
    buf_puts(&c->out, "q ");
    put_numbers(c,
                (const int64_t[]){
                    turns[o].a * w,
                    turns[o].b * h,
                    turns[o].c * w,
                    turns[o].d * h,
                    x + turns[o].e * w,
                    y + turns[o].f * h,
                },
                6);
    buf_printf(&c->out, "cm/%.*s Do Q\n", STR_ARG(name));
}
