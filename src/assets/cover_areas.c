/* SPDX-License-Identifier: MIT */
#include "assets/cover_areas.h"

#include <math.h>

#include "assets/cover_path.h"
#include "assets/cover_style.h"

/* More is a map or a scan. */
#define BYTES_MAX (1u << 20)
#define AREAS_MAX 2000

struct box {
    double left, top, right, bottom;
};

static bool read_number(str s, double *out)
{
    return cover_number(&s, out) && str_is_blank(s);
}

/* The length that E's attribute says; without it, OTHERWISE. */
static bool read_length(const struct cover_element *e, str name,
                        double otherwise, double *out)
{
    str value = cover_element_attr(e, name);

    *out = otherwise;
    return !value.p || read_number(value, out);
}

/* "0 0 W H", which must have the shape of width and height: else there would be
 * white, or something cut off. */
static bool read_size(const struct cover_element *root, struct cover_areas *out)
{
    str box = cover_element_attr(root, S("viewBox"));
    double left, top, w, h;

    if (!cover_number(&box, &left) || !cover_number(&box, &top) ||
        !cover_number(&box, &out->width) || !read_number(box, &out->height) ||
        !read_length(root, S("width"), out->width, &w) ||
        !read_length(root, S("height"), out->height, &h))
        return false;
    return left == 0 && top == 0 && out->width >= 1 && out->height >= 1 &&
           fabs(w * out->height - h * out->width) < 1 &&
           !cover_element_attr(root, S("transform")).p;
}

static void add_point(struct cover_area *area, struct arena *a,
                      enum area_step_kind kind, double x, double y)
{
    *vec_push(&area->steps,
              a) = (struct area_step){ kind, { x, y }, { { 0 } } };
}

static bool read_rect(const struct cover_element *e, struct arena *a,
                      struct cover_area *out)
{
    double x, y, w, h;

    if (!read_length(e, S("x"), 0, &x) || !read_length(e, S("y"), 0, &y) ||
        !read_length(e, S("width"), -1, &w) ||
        !read_length(e, S("height"), -1, &h) || w < 0 || h < 0)
        return false;
    add_point(out, a, AREA_MOVE, x, y);
    add_point(out, a, AREA_LINE, x + w, y);
    add_point(out, a, AREA_LINE, x + w, y + h);
    add_point(out, a, AREA_LINE, x, y + h);
    add_point(out, a, AREA_CLOSE, x, y);
    return true;
}

static bool read_shape(const struct cover_element *e, struct arena *a,
                       struct cover_area *out)
{
    if (cover_element_attr(e, S("transform")).p)
        return false;
    if (str_eq(e->name, S("rect")))
        return read_rect(e, a, out);
    return str_eq(e->name, S("path")) &&
           cover_path_read(cover_element_attr(e, S("d")), a, out);
}

static void include(struct box *b, struct area_point p)
{
    b->left = fmin(b->left, p.x);
    b->right = fmax(b->right, p.x);
    b->top = fmin(b->top, p.y);
    b->bottom = fmax(b->bottom, p.y);
}

/* Around all points: curves stay inside of those that control them. */
static struct box box_of(const struct cover_area *area)
{
    struct box b = { INFINITY, INFINITY, -INFINITY, -INFINITY };

    for (size_t i = 0; i < area->steps.n; i++) {
        const struct area_step *s = &area->steps.v[i];
        include(&b, s->to);
        if (s->kind == AREA_CURVE) {
            include(&b, s->control[0]);
            include(&b, s->control[1]);
        }
    }
    return b;
}

static bool touch(struct box a, struct box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom &&
           b.top < a.bottom;
}

static uint32_t mix(uint32_t below, uint32_t above, double opacity)
{
    uint32_t color = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        double low = below >> shift & 0xFF, high = above >> shift & 0xFF;
        color = color << 8 | (uint32_t)lround(low + (high - low) * opacity);
    }
    return color;
}

/* What is not opaque becomes so if there is only the ground below it: printers
 * know no mixing. BOXES: those of ALL, and AREA's behind them. */
static bool set_color(const struct cover_areas *all, struct cover_area *area,
                      const struct cover_paint *paint, const struct box *boxes)
{
    area->color = paint->color;
    if (paint->opacity == 1)
        return true;
    if (!all->has_ground)
        return false;
    for (size_t i = 1; i < all->v.n; i++)
        if (touch(boxes[i], boxes[all->v.n]))
            return false;
    area->color = mix(all->v.v[0].color, paint->color, paint->opacity);
    return true;
}

static bool is_ground(const struct cover_areas *all,
                      const struct cover_element *e, struct box b)
{
    return all->v.n == 0 && str_eq(e->name, S("rect")) && b.left <= 0 &&
           b.top <= 0 && b.right >= all->width && b.bottom >= all->height;
}

static bool read_areas(const struct cover_markup *m,
                       const struct cover_paint *paints, struct arena *a,
                       struct cover_areas *out)
{
    struct box *boxes = arena_array(a, struct box, m->shapes.n);

    for (size_t i = 0; i < m->shapes.n; i++) {
        struct cover_area area = { 0 };
        if (!read_shape(&m->shapes.v[i], a, &area))
            return false;
        boxes[i] = box_of(&area);
        if (!set_color(out, &area, &paints[i], boxes))
            return false;
        out->has_ground = out->has_ground ||
                          is_ground(out, &m->shapes.v[i], boxes[i]);
        *vec_push(&out->v, a) = area;
    }
    return out->v.n > 0;
}

bool cover_areas_read(str svg, struct arena *a, struct cover_areas *out)
{
    struct cover_texts none = { 0 };
    struct cover_paint *paints;
    struct cover_markup m;

    *out = (struct cover_areas){ 0 };
    return svg.n <= BYTES_MAX && cover_markup_read(svg, &none, a, &m) &&
           !m.nested && m.shapes.n <= AREAS_MAX && read_size(&m.root, out) &&
           cover_paints_read(&m, a, &paints) && read_areas(&m, paints, a, out);
}
