/* SPDX-License-Identifier: MIT */
#include "assets/cover_template.h"

#include <stdlib.h>

#include "assets/cover_xml.h"

/* More are no cover. */
#define TEXTS_MAX 32
#define TEXT_MAX  4000 /* bytes */

#define LINES_MAX   20
#define LINES       5
#define LEADING     1.25
#define SIZE        100.0
#define LETTERS_MAX 100000.0 /* a size or a length beyond this is none */

/* Of a line: how much of its size is above the baseline. */
#define ASCENT 0.86

/* The next number of S; 0: none. strtod() minds the locale, but the program
 * never sets one. */
static double next_number(str *s, struct arena *a)
{
    *s = str_trim_left(*s);
    size_t n = 0;

    while (n < s->n && !ascii_is_space((unsigned char)s->p[n]) &&
           s->p[n] != ',')
        n++;
    double value = strtod(arena_cstr(a, str_sub(*s, 0, n)), NULL);
    *s = str_from(*s, n + (n < s->n));
    return value > -LETTERS_MAX && value < LETTERS_MAX ? value : 0;
}

static double number_attr(str tag, str name, double otherwise, struct arena *a)
{
    str value = cover_attr(tag, name);
    double number = next_number(&value, a);

    return number > 0 ? number : otherwise;
}

static double align_of(str tag)
{
    str value = cover_attr(tag, S("data-align"));

    return str_eq(value, S("bottom"))   ? 1
           : str_eq(value, S("middle")) ? 0.5
                                        : 0;
}

/* False: no box of any size. */
static bool read_box(struct cover_text *t, struct arena *a)
{
    str box = cover_attr(t->tag, S("data-box"));
    double lines = number_attr(t->tag, S("data-lines"), LINES, a);

    t->x = next_number(&box, a);
    t->y = next_number(&box, a);
    t->box.width = next_number(&box, a);
    t->box.height = next_number(&box, a);
    t->box.size = number_attr(t->tag, S("data-size"), SIZE, a);
    t->box.leading = number_attr(t->tag, S("data-leading"), LEADING, a);
    t->box.lines = lines < 1           ? 1
                   : lines > LINES_MAX ? LINES_MAX
                                       : (size_t)lines;
    t->align = align_of(t->tag);
    return t->box.width > 0 && t->box.height > 0;
}

/* Several spaces count as one, as SVG has it. */
static str fold_spaces(str text, struct arena *a)
{
    char *to = arena_bytes(a, text.n);
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ' || (n && to[n - 1] != ' '))
            to[n++] = text.p[i];
    return str_trim((str){ to, n });
}

/* The element at FROM, when it is one with a box and nothing but text. */
static bool read_text(str svg, size_t from, struct arena *a,
                      struct cover_text *t)
{
    str s = str_from(svg, from);
    size_t tag = cover_tag_length(s);
    size_t end = tag == STR_NONE ? STR_NONE
                                 : str_find_char(str_from(s, tag), '<');

    *t = (struct cover_text){ .from = from };
    if (end == STR_NONE || end > TEXT_MAX ||
        !str_starts(str_from(s, tag + end), S("</text>")))
        return false;
    t->to = from + tag + end + sizeof "</text>" - 1;
    t->tag = str_sub(s, 0, tag);
    t->text = fold_spaces(cover_unescape(str_sub(s, tag, end), a), a);
    return read_box(t, a);
}

void cover_find_texts(str svg, struct arena *a, struct cover_texts *out)
{
    size_t at = 0;

    while (out->n < TEXTS_MAX) {
        size_t next = str_find(str_from(svg, at), S("<text "));
        struct cover_text t;

        if (next == STR_NONE)
            return;
        at += next;
        if (read_text(svg, at, a, &t)) {
            *vec_push(out, a) = t;
            at = t.to;
        } else {
            at++;
        }
    }
}

const char *cover_measure_id(size_t text, size_t piece, struct arena *a)
{
    if (piece == COVER_NO_PIECE)
        return arena_printf(a, "#m%zu-none", text).p;
    if (piece == COVER_SPACE)
        return arena_printf(a, "#m%zu-space", text).p;
    return arena_printf(a, "#m%zu-%zu", text, piece).p;
}

/* The text stands between two letters, so that spaces count, and the letters'
 * own bearings. */
static void put_measured(struct buf *out, const struct cover_text *t,
                         const char *id, str text)
{
    buf_printf(out,
               "<g id=\"%s\">%.*s<tspan x=\"0\" y=\"0\" font-size=\"%d\">H",
               id + 1, STR_ARG(t->tag), COVER_MEASURE_SIZE);
    cover_escape(out, text);
    buf_puts(out, "H</tspan></text></g>");
}

str cover_measuring(str svg, const struct cover_texts *texts, struct arena *a)
{
    struct buf out = { 0 };
    size_t at = 0;

    for (size_t i = 0; i < texts->n; i++) {
        const struct cover_text *t = &texts->v[i];

        buf_put(&out, str_sub(svg, at, t->from - at));
        put_measured(&out, t, cover_measure_id(i, COVER_NO_PIECE, a), S(""));
        put_measured(&out, t, cover_measure_id(i, COVER_SPACE, a), S(" "));
        for (size_t k = 0; k < t->pieces.n; k++) {
            const struct cover_piece *p = &t->pieces.v[k];
            put_measured(&out, t, cover_measure_id(i, k, a),
                         str_sub(t->text, p->from, p->to - p->from));
        }
        at = t->to;
    }
    buf_put(&out, str_from(svg, at));
    str all = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return all;
}

double cover_anchor(const struct cover_text *t)
{
    str anchor = cover_attr(t->tag, S("text-anchor"));

    return str_eq(anchor, S("middle")) ? 0.5 : str_eq(anchor, S("end")) ? 1 : 0;
}

struct cover_place cover_place(const struct cover_text *t,
                               const struct cover_lines *set, size_t i)
{
    double step = set->size * t->box.leading;
    double used = set->lines.n ? set->size + step * (double)(set->lines.n - 1)
                               : 0;
    double top = t->y + (t->box.height - used) * t->align;

    return (struct cover_place){
        .x = t->x + t->box.width * cover_anchor(t),
        .y = top + set->size * ASCENT + step * (double)i,
    };
}

static void put_lines(struct buf *out, const struct cover_text *t,
                      const struct cover_lines *set)
{
    buf_put(out, t->tag);
    for (size_t i = 0; i < set->lines.n; i++) {
        struct cover_place at = cover_place(t, set, i);
        buf_printf(out, "<tspan x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\">",
                   at.x, at.y, set->size);
        cover_escape(out, set->lines.v[i]);
        buf_puts(out, "</tspan>");
    }
    buf_puts(out, "</text>");
}

str cover_set_texts(str svg, const struct cover_texts *texts,
                    const struct cover_lines *lines, struct arena *a)
{
    struct buf out = { 0 };
    size_t at = 0;

    for (size_t i = 0; i < texts->n; i++) {
        buf_put(&out, str_sub(svg, at, texts->v[i].from - at));
        put_lines(&out, &texts->v[i], &lines[i]);
        at = texts->v[i].to;
    }
    buf_put(&out, str_from(svg, at));
    str all = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return all;
}
