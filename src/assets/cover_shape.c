/* SPDX-License-Identifier: MIT */
#include "assets/cover_shape.h"

#include <hb.h>
#include <stdlib.h>

/* No cover has more fonts. */
#define FACES_MAX 16

struct face {
    str path; /* the run's */
    unsigned index;
    hb_font_t *font;
    double upem;
};

struct cover_shaper {
    struct face faces[FACES_MAX];
    size_t n_faces;
    hb_buffer_t *buffer;
    hb_draw_funcs_t *draw;
};

/* A glyph on its way into path data. */
struct outline {
    struct buf *out;
    double x, y, scale;
};

static void put_point(struct outline *o, float x, float y)
{
    buf_printf(o->out, "%.6g %.6g ", o->x + (double)x * o->scale,
               o->y - (double)y * o->scale);
}

static void move_to(hb_draw_funcs_t *f, void *o, hb_draw_state_t *st, float x,
                    float y, void *data)
{
    buf_putc(((struct outline *)o)->out, 'M');
    put_point(o, x, y);
}

static void line_to(hb_draw_funcs_t *f, void *o, hb_draw_state_t *st, float x,
                    float y, void *data)
{
    buf_putc(((struct outline *)o)->out, 'L');
    put_point(o, x, y);
}

static void quadratic_to(hb_draw_funcs_t *f, void *o, hb_draw_state_t *st,
                         float cx, float cy, float x, float y, void *data)
{
    buf_putc(((struct outline *)o)->out, 'Q');
    put_point(o, cx, cy);
    put_point(o, x, y);
}

static void cubic_to(hb_draw_funcs_t *f, void *o, hb_draw_state_t *st, float ax,
                     float ay, float bx, float by, float x, float y, void *data)
{
    buf_putc(((struct outline *)o)->out, 'C');
    put_point(o, ax, ay);
    put_point(o, bx, by);
    put_point(o, x, y);
}

static void close_path(hb_draw_funcs_t *f, void *o, hb_draw_state_t *st,
                       void *data)
{
    buf_putc(((struct outline *)o)->out, 'Z');
}

struct cover_shaper *cover_shaper_new(void)
{
    struct cover_shaper *s = calloc(1, sizeof *s);

    if (!s)
        die("out of memory");
    s->buffer = hb_buffer_create();
    s->draw = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(s->draw, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(s->draw, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(s->draw, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(s->draw, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(s->draw, close_path, NULL, NULL);
    return s;
}

void cover_shaper_free(struct cover_shaper *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_faces; i++)
        hb_font_destroy(s->faces[i].font);
    hb_draw_funcs_destroy(s->draw);
    hb_buffer_destroy(s->buffer);
    free(s);
}

/* NULL: it can't be read, or there are too many. */
static const struct face *open_face(struct cover_shaper *s,
                                    const struct cover_run *run)
{
    for (size_t i = 0; i < s->n_faces; i++)
        if (s->faces[i].index == run->index &&
            str_eq(s->faces[i].path, run->path))
            return &s->faces[i];
    hb_blob_t *blob = s->n_faces < FACES_MAX
                          ? hb_blob_create_from_file_or_fail(run->path.p)
                          : NULL;
    if (!blob)
        return NULL;
    hb_face_t *face = hb_face_create(blob, run->index);
    int upem = (int)hb_face_get_upem(face);
    struct face *f = &s->faces[s->n_faces++];
    *f = (struct face){ run->path, run->index, hb_font_create(face), upem };
    hb_font_set_scale(f->font, upem, upem);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return f;
}

static void draw_glyph(struct cover_shaper *s, hb_font_t *font,
                       hb_codepoint_t glyph, struct outline *o)
{
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, s->draw, o);
#else
    hb_font_get_glyph_shape(font, glyph, s->draw, o);
#endif
}

static void shape(hb_buffer_t *b, hb_font_t *font,
                  const struct cover_shaped *text, size_t from, size_t to)
{
    /* Letters that are spaced out are no ligatures (css-text-3, 8.2). */
    static const hb_feature_t apart[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START,
          HB_FEATURE_GLOBAL_END },
        { HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START,
          HB_FEATURE_GLOBAL_END },
    };
    str lang = text->style->lang;

    hb_buffer_clear_contents(b);
    hb_buffer_add_utf8(b, text->text.p + from, (int)(to - from), 0,
                       (int)(to - from));
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_language(b, hb_language_from_string(lang.p, (int)lang.n));
    hb_buffer_guess_segment_properties(b);
    hb_shape(font, b, apart,
             text->style->spacing ? sizeof apart / sizeof *apart : 0);
}

/* Of a run, the bytes FROM to TO. */
static bool set_run(struct cover_shaper *s, const struct face *face,
                    const struct cover_shaped *text, size_t from, size_t to,
                    struct cover_pen *pen)
{
    double scale = pen->size / face->upem;
    double spacing = text->style->spacing * pen->size;
    unsigned n;

    shape(s->buffer, face->font, text, from, to);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(s->buffer,
                                                                  NULL);
    for (unsigned i = 0; i < n; i++) {
        struct outline o = { pen->out, pen->x + at[i].x_offset * scale,
                             pen->y - at[i].y_offset * scale, scale };
        bool last = i + 1 == n || info[i + 1].cluster != info[i].cluster;
        if (!info[i].codepoint)
            return false;
        if (pen->out)
            draw_glyph(s, face->font, info[i].codepoint, &o);
        pen->x += at[i].x_advance * scale + (last ? spacing : 0);
    }
    return true;
}

bool cover_shape(struct cover_shaper *s, const struct cover_shaped *text,
                 size_t from, size_t to, struct cover_pen *pen)
{
    for (size_t i = 0; i < text->runs->n; i++) {
        const struct cover_run *run = &text->runs->v[i];
        size_t a = run->from > from ? run->from : from;
        size_t b = run->to < to ? run->to : to;
        if (a >= b)
            continue;
        const struct face *face = open_face(s, run);
        if (!face || !set_run(s, face, text, a, b, pen))
            return false;
    }
    return true;
}
