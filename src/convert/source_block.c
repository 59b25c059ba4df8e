/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/utf8.h"
#include "convert/source_attrs.h"
#include "convert/source_chars.h"
#include "convert/source_inline.h"
#include "convert/source_notes.h"
#include "convert/source_parts.h"
#include "convert/source_repair.h"
#include "convert/source_table.h"
#include "convert/source_tags.h"

/* A "**" that is alone in its block and one that is alone in a block a few
 * lines below are a pair: the strong text goes over the blank line. AT is the
 * place of the first, LAST of the last lonely one in `out`. */
static void pair_across_blocks(struct source *s, size_t first, size_t last)
{
    unsigned line = s->scan.line;

    if (s->open_line > 0 && s->stars.first_may_close &&
        line - s->open_line <= SOURCE_STRONG_LINES) {
        s->out.p[s->open_at] = STRONG_OPEN;
        s->out.p[s->open_at + 1] = SENTINEL;
        s->out.p[first] = STRONG_CLOSE;
        s->out.p[first + 1] = SENTINEL;
        s->open_line = 0;
        if (first == last)
            return;
    }
    s->open_line = s->stars.last_may_open ? line : 0;
    s->open_at = last;
}

static void find_lonely_stars(struct source *s, size_t from)
{
    const char *at = memchr(s->out.p + from, PLAIN_STAR, s->out.n - from);
    size_t first = at ? (size_t)(at - s->out.p) : 0, last = first;

    if (!at)
        return;
    for (size_t i = first; i < s->out.n; i++)
        if (s->out.p[i] == PLAIN_STAR)
            last = i - 1;
    pair_across_blocks(s, first, last);
}

void source_put_prefix(struct source *s, str prefix, str label)
{
    if (label.n > 0)
        *vec_push(&s->notes, &s->scratch) = (struct source_note){
            .label = utf8_fold(label, &s->scratch),
            .at = s->out.n + (size_t)(label.p - 2 - prefix.p)
        };
    buf_put(&s->out, prefix);
}

/* Writes TEXT with every line behind its own prefix. */
static void put_lines(struct source *s, str text)
{
    for (size_t i = 0; i < s->n_lines; i++) {
        if (i > 0)
            buf_putc(&s->out, '\n');
        source_put_prefix(s, s->lines[i].prefix, s->lines[i].note);
        buf_put(&s->out, str_cut(&text, '\n'));
    }
}

typedef void block_pass(str text, struct buf *out);

static void run_pass(struct source *s, block_pass *pass)
{
    buf_reset(&s->work);
    pass(buf_str(&s->block), &s->work);
    buf_swap(&s->block, &s->work);
}

static bool has_many_mails(str text)
{
    size_t n = 0;

    for (const char *p = text.p, *end = text.p + text.n;
         n <= SOURCE_BLOCK_MAILS && p < end &&
         (p = memchr(p, '@', (size_t)(end - p)));
         p++)
        n++;
    return n > SOURCE_BLOCK_MAILS;
}

/* cmark-gfm goes one call deeper for every address that it makes a link of,
 * and copies all text behind it (0.29.0.gfm.6, autolink.c). */
static void hide_mails(str text, struct buf *out)
{
    struct inline_walk w;
    size_t from = out->n, at;

    buf_put(out, text);
    inline_init(&w, text);
    while ((at = inline_find(&w, "@@@")) != STR_NONE) {
        out->p[from + at] = PLAIN_AT;
        w.at = at + 1;
    }
}

static void improve(struct source *s, bool table)
{
    if (has_many_mails(buf_str(&s->block)))
        run_pass(s, hide_mails);
    if (s->escaped)
        run_pass(s, repair_escapes);
    if (repair_may_have_declarations(buf_str(&s->block)))
        run_pass(s, repair_declarations);
    if (tags_may_be_in(buf_str(&s->block)))
        run_pass(s, tags_repair);
    if (attrs_may_be_in(buf_str(&s->block)))
        run_pass(s, attrs_drop);
    if (repair_may_have_blanks(buf_str(&s->block)))
        run_pass(s, repair_blanks);
    if (str_find(buf_str(&s->block), S("**")) != STR_NONE) {
        buf_reset(&s->work);
        lenient_emphasis(buf_str(&s->block), table, &s->stars, &s->scratch,
                         &s->work);
        buf_swap(&s->block, &s->work);
    }
    str text = buf_str(&s->block);
    if (memchr(text.p, '*', text.n) || str_find(text, S("~~")) != STR_NONE)
        run_pass(s, cjk_emphasis);
}

static void widen_table(struct source *s, size_t missing)
{
    buf_reset(&s->work);
    table_widen(buf_str(&s->block), missing, &s->work);
    buf_swap(&s->block, &s->work);
}

static size_t count_specials(str text, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n && n <= most; i++)
        n += text.p[i] != 0 && strchr("*_[]<`~&", text.p[i]) != NULL;
    return n;
}

bool source_is_too_long(str text)
{
    if (text.n <= SOURCE_BLOCK_LONG)
        return false;
    return text.n > SOURCE_BLOCK_MAX ||
           count_specials(text, SOURCE_BLOCK_SPECIALS) > SOURCE_BLOCK_SPECIALS;
}

/* "* TOC" and "{:toc}" below it: kramdown's table of contents. */
static bool is_toc_item(const struct source *s)
{
    str text = buf_str(&s->block);
    size_t lf = str_rfind_char(text, '\n');
    struct attrs found;

    return s->lines[0].item && lf != STR_NONE &&
           attrs_are_line(str_from(text, lf + 1), &found) && found.toc;
}

static void drop_block(struct source *s)
{
    for (size_t i = 0; i < s->n_lines; i++)
        buf_putc(&s->out, '\n');
    s->n_lines = 0;
    buf_reset(&s->block);
}

void source_flush(struct source *s)
{
    if (s->n_lines == 0)
        return;
    if (is_toc_item(s)) {
        drop_block(s);
        return;
    }
    struct table_size size = table_measure(buf_str(&s->block));
    s->n_cells += size.columns * size.rows;
    if (size.columns > SOURCE_TABLE_COLUMNS ||
        (size.columns > 0 && s->n_cells > SOURCE_TABLE_CELLS) ||
        source_is_too_long(buf_str(&s->block))) {
        bool table = size.columns > 0;
        unsigned *line = table ? &s->table_line : &s->paragraph_line;
        if (*line == 0)
            *line = s->first_line;
        buf_reset(&s->work);
        table_as_text(buf_str(&s->block), table ? "pre" : "p", &s->work);
        buf_swap(&s->block, &s->work);
    } else {
        if (size.before > 0)
            *vec_push(&s->tables, &s->scratch) = (struct source_table){
                s->first_line, s->first_line + (unsigned)size.before
            };
        if (size.missing > 0)
            widen_table(s, size.missing);
        if (s->scan.text.n > SOURCE_BIG)
            s->cost += count_specials(buf_str(&s->block), SOURCE_COST);
        improve(s, size.columns > 0);
        source_find_references(s);
    }
    size_t from = s->out.n;
    put_lines(s, buf_str(&s->block));
    buf_putc(&s->out, '\n');
    if (s->stars.lonely)
        find_lonely_stars(s, from);
    s->stars.lonely = false;
    s->n_lines = 0;
    buf_reset(&s->block);
}
