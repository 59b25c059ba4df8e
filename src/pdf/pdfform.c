/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>

#include "assets/cover_areas.h"
#include "pdf/canvas.h"
#include "pdf/pdfimage_parts.h"

/* A number of at most nine decimals; a page is one unit wide. */
static void put_fine(struct buf *b, double n)
{
    uint64_t part = (uint64_t)llround(fabs(n) * 1e9);

    buf_printf(b, "%s%" PRIu64 ".%09" PRIu64, n < 0 ? "-" : "",
               part / 1000000000, part % 1000000000);
}

static void put_point(struct buf *b, struct area_point p)
{
    canvas_put_mp(b, llround(p.x * 1000));
    buf_putc(b, ' ');
    canvas_put_mp(b, llround(p.y * 1000));
    buf_putc(b, ' ');
}

static void put_step(struct buf *b, const struct area_step *s)
{
    static const char operators[] = { [AREA_MOVE] = 'm',
                                      [AREA_LINE] = 'l',
                                      [AREA_CURVE] = 'c',
                                      [AREA_CLOSE] = 'h' };

    if (s->kind == AREA_CURVE) {
        put_point(b, s->control[0]);
        put_point(b, s->control[1]);
    }
    if (s->kind != AREA_CLOSE)
        put_point(b, s->to);
    buf_putc(b, operators[s->kind]);
    buf_putc(b, '\n');
}

static void put_area(struct buf *b, const struct cover_area *area)
{
    canvas_put_color(b, area->color);
    for (size_t i = 0; i < area->steps.n; i++)
        put_step(b, &area->steps.v[i]);
    buf_puts(b, "f\n");
}

/* An SVG's y grows downwards. */
static str form_dict(const struct cover_areas *areas, struct arena *a)
{
    struct buf b = { 0 };

    buf_puts(&b, "/BBox[0 0 ");
    put_point(&b, (struct area_point){ areas->width, areas->height });
    buf_puts(&b, "]/Matrix[");
    put_fine(&b, 1 / areas->width);
    buf_puts(&b, " 0 0 ");
    put_fine(&b, -1 / areas->height);
    buf_puts(&b, " 0 1]/Resources<<>>/Filter/FlateDecode");
    str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

bool form_make(struct pdf_image *out, const struct image *im,
               struct flate *flate, struct arena *a)
{
    struct cover_areas read;
    const struct cover_areas *areas = im->areas;
    struct buf b = { 0 };

    if (!areas && !cover_areas_read(im->bytes, a, &read))
        return false;
    areas = areas ? areas : &read;
    for (size_t i = 0; i < areas->v.n; i++)
        put_area(&b, &areas->v.v[i]);
    *out = (struct pdf_image){ .form = true,
                               .dict = form_dict(areas, a),
                               .bytes = flate_pack(flate, buf_str(&b), a),
                               .orientation = 1 };
    buf_done(&b);
    return true;
}
