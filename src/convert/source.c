/* SPDX-License-Identifier: MIT */
#include "convert/source.h"

#include <string.h>

#include "base/utf8.h"
#include "convert/source_attrs.h"
#include "convert/source_chars.h"
#include "convert/source_repair.h"
#include "convert/source_table.h"

/* What stands in front of the running text in a line of the block. */
struct source_line {
    str prefix;
    bool item;
};

void source_init(struct source *s)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->scratch);
    buf_reserve(&s->block, 4096);
    buf_reserve(&s->work, 4096);
}

void source_done(struct source *s)
{
    buf_done(&s->out);
    buf_done(&s->block);
    buf_done(&s->work);
    arena_done(&s->scratch);
}

static bool is_markup_at(str s, size_t i)
{
    if (s.p[i] == '`')
        return true;
    if (i + 1 >= s.n)
        return false;
    return (s.p[i] == '*' && s.p[i + 1] == '*') ||
           (s.p[i] == ']' && s.p[i + 1] == '(');
}

/* Is there Markdown between AT and the next blank line? Both places are kept
 * and only move forward, so that asking for every line stays linear. */
static bool has_markup(struct source *s, size_t at)
{
    str text = s->scan.text;

    if (s->next_markup < at)
        s->next_markup = at;
    while (s->next_markup < text.n && !is_markup_at(text, s->next_markup))
        s->next_markup++;
    while (s->next_blank < s->next_markup && s->next_blank < text.n) {
        const char *from = text.p + s->next_blank;
        const char *lf = memchr(from, '\n', text.n - s->next_blank);
        size_t n = lf ? (size_t)(lf - from) : text.n - s->next_blank;
        if (s->next_blank > at && scan_is_blank((str){ from, n }))
            return false;
        s->next_blank += n + 1;
    }
    return s->next_markup < text.n;
}

/* Does S start with a tag, not with an autolink or raw text? */
static bool starts_with_tag(str s)
{
    size_t i = 1;

    if (s.n < 3 || s.p[0] != '<')
        return false;
    if (s.p[1] == '/')
        return ascii_is_alpha(s.p[2]);
    if (!ascii_is_alpha(s.p[1]))
        return false;
    while (i < s.n && (ascii_is_alnum(s.p[i]) || strchr("+.-_", s.p[i])))
        i++;
    return i == s.n || (s.p[i] != ':' && s.p[i] != '@');
}

/* The rule for "#Title" without a blank: see source.h. */
static size_t tight_heading(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] == '#')
        n++;
    if (n < 1 || n > 6 || n == s.n)
        return 0;
    size_t i = n;
    uint32_t c = utf8_next(s, &i);
    if (!char_is_cjk(c) || char_is_punct(c) || char_is_space(c))
        return 0;
    for (; i + 1 < s.n; i++)
        if (s.p[i] == '#' && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t') &&
            s.p[i + 1] != ' ')
            return 0;
    return n;
}

static void add_line(struct source *s, str prefix, bool item)
{
    if (s->n_lines > 0)
        buf_putc(&s->block, '\n');
    else
        s->first_line = s->scan.line;
    struct {
        struct source_line *v;
        size_t n, cap;
    } lines = { s->lines, s->n_lines, s->cap_lines };
    *vec_push(&lines, &s->scratch) = (struct source_line){ .prefix = prefix,
                                                           .item = item };
    s->lines = lines.v;
    s->n_lines = lines.n;
    s->cap_lines = lines.cap;
}

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

/* Writes TEXT with every line behind its own prefix. */
static void put_lines(struct source *s, str text)
{
    for (size_t i = 0; i < s->n_lines; i++) {
        if (i > 0)
            buf_putc(&s->out, '\n');
        buf_put(&s->out, s->lines[i].prefix);
        buf_put(&s->out, str_cut(&text, '\n'));
    }
}

static void swap(struct buf *x, struct buf *y)
{
    struct buf t = *x;
    *x = *y;
    *y = t;
}

typedef void block_pass(str text, struct buf *out);

static void run_pass(struct source *s, block_pass *pass)
{
    buf_reset(&s->work);
    pass(buf_str(&s->block), &s->work);
    swap(&s->block, &s->work);
}

static void improve(struct source *s, bool table)
{
    if (s->escaped)
        run_pass(s, repair_escapes);
    if (repair_may_have_declarations(buf_str(&s->block)))
        run_pass(s, repair_declarations);
    if (attrs_may_be_in(buf_str(&s->block)))
        run_pass(s, attrs_drop);
    if (repair_may_have_blanks(buf_str(&s->block)))
        run_pass(s, repair_blanks);
    if (str_find(buf_str(&s->block), S("**")) != STR_NONE) {
        buf_reset(&s->work);
        lenient_emphasis(buf_str(&s->block), table, &s->stars, &s->scratch,
                         &s->work);
        swap(&s->block, &s->work);
    }
    str text = buf_str(&s->block);
    if (memchr(text.p, '*', text.n) || str_find(text, S("~~")) != STR_NONE)
        run_pass(s, cjk_emphasis);
}

/* Would cmark take too much time or memory for a block? */
static bool is_too_long(str text)
{
    size_t n = 0;

    if (text.n <= SOURCE_BLOCK_LONG)
        return false;
    if (text.n > SOURCE_BLOCK_MAX)
        return true;
    for (size_t i = 0; i < text.n && n <= SOURCE_BLOCK_SPECIALS; i++)
        n += text.p[i] != 0 && strchr("*_[]<`~&", text.p[i]) != NULL;
    return n > SOURCE_BLOCK_SPECIALS;
}

/* Finishes the block that was read. */
static void flush(struct source *s)
{
    if (s->n_lines == 0)
        return;
    struct table_size size = table_measure(buf_str(&s->block));
    s->n_cells += size.columns * size.rows;
    if (size.columns > SOURCE_TABLE_COLUMNS ||
        (size.columns > 0 && s->n_cells > SOURCE_TABLE_CELLS) ||
        is_too_long(buf_str(&s->block))) {
        bool table = size.columns > 0;
        unsigned *line = table ? &s->table_line : &s->paragraph_line;
        if (*line == 0)
            *line = s->first_line;
        buf_reset(&s->work);
        table_as_text(buf_str(&s->block), table ? "pre" : "p", &s->work);
        swap(&s->block, &s->work);
    } else {
        improve(s, size.columns > 0);
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

/* A line too long for cmark does not go through it at all: it is
 * held back as one paragraph's text. */
static void read_giant_line(struct source *s, const struct scan_line *line)
{
    flush(s);
    s->scan.in_paragraph = false;
    if (s->paragraph_line == 0)
        s->paragraph_line = s->scan.line;
    buf_put(&s->out, line->prefix);
    buf_printf(&s->out, "<p>%c%zu;</p>\n", HELD_TEXT, s->held.n);
    *vec_push(&s->held, &s->scratch) = line->content;
}

static void read_text(struct source *s, const struct scan_line *line)
{
    if (line->content.n > SOURCE_BLOCK_LONG && is_too_long(line->content)) {
        read_giant_line(s, line);
        return;
    }
    if (!line->continues)
        flush(s);
    str text = line->content;
    size_t level = line->continues ? 0 : tight_heading(text);

    if (attrs_is_toc(text))
        text = S("");
    add_line(s, line->prefix, line->item);
    if (line->guard || (starts_with_tag(text) && has_markup(s, line->offset)))
        buf_putc(&s->block, SENTINEL);
    if (level > 0) {
        buf_put(&s->block, str_sub(text, 0, level));
        buf_putc(&s->block, ' ');
        buf_put(&s->block, str_from(text, level));
        flush(s);
        s->scan.in_paragraph = false;
        return;
    }
    buf_put(&s->block, text);
}

/* "<script src=x></script> and *Markdown* behind it": the rest of the line is
 * not raw after all. */
static bool is_text_behind_raw(const struct scan *sc, str s)
{
    static const str ends[] = { STR_INIT("></script>"), STR_INIT("-->") };

    if (sc->raw_end)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = str_find_nocase(s, ends[i]);
        if (at != STR_NONE && str_starts_nocase(s, i ? S("<!--") : S("<scr")))
            return str_trim(str_from(s, at + ends[i].n)).n > 0;
    }
    return false;
}

static void copy_line(struct source *s, const struct scan_line *line)
{
    if (line->kind != LINE_BLANK && line->kind != LINE_RAW)
        s->open_line = 0;
    buf_put(&s->out, line->prefix);
    if (line->guard && line->content.n > 0)
        buf_putc(&s->out, SENTINEL);
    buf_put(&s->out, line->content);
    buf_putc(&s->out, '\n');
}

str source_prepare(struct source *s, str text)
{
    struct scan_line line;

    buf_reset(&s->out);
    buf_reset(&s->block);
    arena_reset(&s->scratch);
    memset(&s->stars, 0, sizeof s->stars);
    memset(&s->held, 0, sizeof s->held);
    s->lines = NULL;
    s->n_lines = s->cap_lines = 0;
    s->next_markup = s->next_blank = 0;
    s->open_line = 0;
    s->n_cells = 0;
    s->deep_line = s->table_line = s->paragraph_line = 0;
    buf_reserve(&s->out, text.n + text.n / 8 + 64);
    s->escaped = repair_is_escaped(text);
    scan_init(&s->scan, text);
    while (scan_next(&s->scan, &line)) {
        if (s->scan.too_deep && s->deep_line == 0)
            s->deep_line = s->scan.line;
        if (line.kind == LINE_RAW &&
            is_text_behind_raw(&s->scan, line.content)) {
            line.kind = LINE_TEXT;
            line.guard = s->scan.in_paragraph = true;
        }
        if (line.kind == LINE_TEXT) {
            read_text(s, &line);
            continue;
        }
        flush(s);
        if (line.kind == LINE_HEADING) {
            add_line(s, line.prefix, line.item);
            if (line.guard)
                buf_putc(&s->block, SENTINEL);
            buf_put(&s->block, line.content);
            flush(s);
        } else {
            copy_line(s, &line);
        }
    }
    flush(s);
    return buf_str(&s->out);
}
