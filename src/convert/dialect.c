/* SPDX-License-Identifier: MIT */
#include "convert/dialect.h"

#include <string.h>

#include "base/vec.h"
#include "convert/dialect_box.h"
#include "convert/dialect_fence.h"
#include "convert/dialect_math.h"
#include "convert/source_scan.h"
#include "convert/ticks.h"

/* A line ":::..." that has its other half. */
struct box_line {
    unsigned line;
    size_t opener; /* index of the one that opens; of a closing one only */
    struct box box;
    bool paired;
};

struct dialect {
    struct relined *out;
    struct scan scan;
    struct arena scratch;
    VEC(struct box_line) boxes;
    size_t next_box; /* of BOXES, while writing */
    size_t n_tabs;   /* boxes with tabs that are open */
    struct math_scan math;
};

/* Goes to a new line, which stems from the one being read. */
static void new_line(struct dialect *d, str nest)
{
    relined_end_line(d->out, d->scan.line);
    relined_put_nest(d->out, nest);
}

/* Goes on behind the formula F. */
static void skip_formula(struct dialect *d, struct scan_line *line,
                         const struct math_formula *f)
{
    str text = d->scan.text;
    size_t from = (size_t)(line->content.p - text.p);

    for (size_t i = from; i < f->end; i++)
        d->scan.line += text.p[i] == '\n';
    d->scan.at = f->end + (f->end < text.n);
    d->scan.in_paragraph = false;
    line->ends = f->end < text.n;
}

static void put_formula(struct dialect *d, struct scan_line *line,
                        const struct math_formula *f)
{
    struct buf *out = &d->out->out;
    str tex = f->tex, s;
    size_t ticks = ticks_of_fence(tex);
    bool first = true;

    if (str_find_char(tex, '\n') == STR_NONE)
        tex = str_trim(tex);
    if (line->continues)
        new_line(d, line->nest);
    ticks_put(out, ticks);
    buf_put(out, S("math"));
    while (str_next_line(&tex, &s)) {
        if (!first) {
            d->scan.line++;
            s = math_line(s, line->nest);
            s = line->prefix.n > 0 ? str_trim_left(s) : s;
        }
        bool blank = str_is_blank(s);
        if (!(blank && (first || tex.n == 0))) {
            new_line(d, line->nest);
            buf_put(out, s);
        }
        first = false;
    }
    new_line(d, line->nest);
    ticks_put(out, ticks);
}

static void pair_boxes(struct dialect *d, size_t *open, size_t *n_open,
                       size_t i)
{
    struct box_line *b = &d->boxes.v[i];

    if (!b->box.closes) {
        open[(*n_open)++] = i;
        return;
    }
    /* More colons than that close what is further out. */
    while (*n_open > 0 &&
           d->boxes.v[open[*n_open - 1]].box.colons < b->box.colons)
        --*n_open;
    if (*n_open == 0 ||
        d->boxes.v[open[*n_open - 1]].box.colons > b->box.colons)
        return;
    b->opener = open[--*n_open];
    b->paired = d->boxes.v[b->opener].paired = true;
}

static bool is_text(const struct scan_line *line)
{
    return line->kind == LINE_TEXT;
}

/* Finds the lines of boxes and pairs them up. */
static void find_boxes(struct dialect *d)
{
    struct scan_line line;
    struct math_formula f;
    struct box box;

    while (scan_next(&d->scan, &line)) {
        if (!is_text(&line))
            continue;
        if (math_read(&d->math, d->scan.text, &line, &f)) {
            skip_formula(d, &line, &f);
        } else if (box_read(line.content, &box)) {
            *vec_push(&d->boxes,
                      &d->scratch) = (struct box_line){ .line = d->scan.line,
                                                        .box = box };
            d->scan.in_paragraph = false;
        }
    }
    size_t *open = arena_alloc(&d->scratch, (d->boxes.n + 1) * sizeof *open);
    size_t n_open = 0;
    for (size_t i = 0; i < d->boxes.n; i++)
        pair_boxes(d, open, &n_open, i);
}

/* A line of a box; false: it is text. */
static bool put_box(struct dialect *d, const struct scan_line *line)
{
    struct buf *out = &d->out->out;

    while (d->next_box < d->boxes.n &&
           d->boxes.v[d->next_box].line < d->scan.line)
        d->next_box++;
    if (d->next_box == d->boxes.n ||
        d->boxes.v[d->next_box].line != d->scan.line)
        return false;
    const struct box_line *b = &d->boxes.v[d->next_box];
    d->scan.in_paragraph = false;
    if (!b->paired)
        return false;
    buf_put(out, line->nest);
    if (b->box.closes) {
        const struct box *opener = &d->boxes.v[b->opener].box;
        d->n_tabs -= opener->tabs;
        new_line(d, line->nest);
        buf_put(out, box_end(opener));
        new_line(d, line->nest);
        return true;
    }
    d->n_tabs += b->box.tabs;
    box_put_start(&b->box, out);
    new_line(d, line->nest);
    if (b->box.form != BOX_DETAILS && b->box.title.n > 0) {
        new_line(d, line->nest);
        buf_printf(out, "<strong>%.*s</strong>", STR_ARG(b->box.title));
        new_line(d, line->nest);
    }
    return true;
}

static bool put_tab(struct dialect *d, const struct scan_line *line)
{
    str title = d->n_tabs > 0 ? box_tab_title(line->content) : S("");

    if (title.n == 0)
        return false;
    buf_put(&d->out->out, line->nest);
    new_line(d, line->nest);
    buf_printf(&d->out->out, "<strong>%.*s</strong>", STR_ARG(title));
    new_line(d, line->nest);
    return true;
}

/* The fence that opens code: its title becomes a line above it. */
static void put_fence(struct dialect *d, const struct scan_line *line)
{
    struct buf *out = &d->out->out;
    size_t ticks = d->scan.fence_length;
    str language, title;

    if (!d->scan.fence ||
        !fence_read_title(str_from(line->content, ticks), &language, &title) ||
        str_find_char(title, '`') != STR_NONE) {
        buf_put(out, line->whole);
        return;
    }
    buf_put(out, line->prefix);
    if (!line->item)
        new_line(d, line->nest);
    buf_printf(out, "`%.*s`", STR_ARG(title));
    new_line(d, line->nest);
    new_line(d, line->nest);
    buf_put(out, str_sub(line->content, 0, ticks));
    buf_put(out, language);
}

static void put_line(struct dialect *d, struct scan_line *line)
{
    struct math_formula f;

    if (line->kind == LINE_FENCE) {
        put_fence(d, line);
        return;
    }
    if (is_text(line)) {
        if (math_read(&d->math, d->scan.text, line, &f)) {
            unsigned before = d->scan.line;
            buf_put(&d->out->out, line->nest);
            put_formula(d, line, &f);
            d->scan.line = before;
            skip_formula(d, line, &f);
            return;
        }
        if (put_box(d, line) || put_tab(d, line)) {
            d->scan.in_paragraph = false;
            return;
        }
    }
    buf_put(&d->out->out, line->whole);
}

static bool has_fence_title(str text)
{
    size_t at = 0, n;

    while ((n = str_find(str_from(text, at), S("```"))) != STR_NONE) {
        at += n + 3;
        str info = str_from(text, at), language, title;
        info.n = str_find_char(str_sub(info, 0, 1000), '\n');
        if (info.n == STR_NONE)
            continue;
        if (fence_read_title(info, &language, &title))
            return true;
    }
    return false;
}

static bool may_have_any(str text)
{
    static const str starts[] = { STR_INIT(":::"), STR_INIT("$$"),
                                  STR_INIT("\\["), STR_INIT("\\begin{"),
                                  STR_INIT("$\n") };

    return str_has_any(text, starts, sizeof starts / sizeof *starts) ||
           has_fence_title(text);
}

str dialect_expand(struct relined *out, const struct relined *before, str text)
{
    struct dialect d = { .out = out };
    struct scan_line line;

    relined_begin(out, before);
    if (!may_have_any(text))
        return text;
    arena_init(&d.scratch);
    scan_init(&d.scan, text);
    find_boxes(&d);
    scan_init(&d.scan, text);
    memset(&d.math, 0, sizeof d.math);
    relined_start(out);
    while (scan_next(&d.scan, &line)) {
        put_line(&d, &line);
        if (line.ends)
            relined_end_line(out, d.scan.line + 1);
    }
    arena_done(&d.scratch);
    return buf_str(&out->out);
}
