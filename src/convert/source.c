/* SPDX-License-Identifier: MIT */
#include "convert/source.h"

#include <stdlib.h>
#include <string.h>

#include "book/heading.h"
#include "convert/source_attrs.h"
#include "convert/source_chars.h"
#include "convert/source_notes.h"
#include "convert/source_parts.h"
#include "convert/source_repair.h"

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
           (s.p[i] == ']' && s.p[i + 1] == '(') ||
           (s.p[i] == '[' && s.p[i + 1] == '^');
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
static bool is_tight_heading(str s, struct tight_heading *h)
{
    if (!heading_is_tight(s, h))
        return false;
    if (h->level > 1 || h->wide)
        return true;
    if (!char_is_cjk(h->first) || char_is_punct(h->first))
        return false;
    for (size_t i = 2; i + 1 < s.n; i++)
        if (s.p[i] == '#' && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t') &&
            s.p[i + 1] != ' ')
            return false;
    return true;
}

static void add_line(struct source *s, const struct scan_line *line)
{
    if (s->n_lines > 0)
        buf_putc(&s->block, '\n');
    else
        s->first_line = s->scan.line;
    struct {
        struct source_line *v;
        size_t n, cap;
    } lines = { s->lines, s->n_lines, s->cap_lines };
    *vec_push(&lines, &s->scratch) = (struct source_line){
        .prefix = line->prefix, .note = line->note, .item = line->item
    };
    s->lines = lines.v;
    s->n_lines = lines.n;
    s->cap_lines = lines.cap;
}

/* A line too long for cmark does not go through it at all: it is
 * held back as one paragraph's text. */
static void read_giant_line(struct source *s, const struct scan_line *line)
{
    source_flush(s);
    s->scan.in_paragraph = false;
    if (s->paragraph_line == 0)
        s->paragraph_line = s->scan.line;
    source_put_prefix(s, line->prefix, line->note);
    buf_printf(&s->out, "<p>%c%zu;</p>\n", HELD_TEXT, s->held.n);
    *vec_push(&s->held, &s->scratch) = line->content;
}

static void put_anchor(struct buf *out, str id)
{
    if (id.n > 0)
        buf_printf(out, " <a id=\"%.*s\"></a>", STR_ARG(id));
}

/* "# Title" */
static void read_heading(struct source *s, const struct scan_line *line)
{
    str text = line->content;
    struct attrs found = { 0 };
    size_t n = 0;

    while (n < text.n && text.p[n] == '#')
        n++;
    if (!attrs_of_heading(&text, &found))
        found.id.n = 0;
    add_line(s, line);
    if (line->guard)
        buf_putc(&s->block, SENTINEL);
    buf_put(&s->block, str_sub(text, 0, n));
    put_anchor(&s->block, found.id);
    buf_put(&s->block, str_from(text, n));
    s->heading_at = s->out.n + line->prefix.n + line->guard + n;
    source_flush(s);
    s->heading_end = s->out.n;
}

/* The title above a line of "=" or "-". */
static void read_underline(struct source *s)
{
    str text = buf_str(&s->block);
    struct attrs found = { 0 };

    if (s->n_lines != 1 || !attrs_of_heading(&text, &found))
        return;
    buf_reset(&s->work);
    put_anchor(&s->work, found.id);
    buf_put(&s->work, text);
    buf_swap(&s->block, &s->work);
}

/* "{: #id}" below a heading. */
static bool read_heading_attrs(struct source *s, const struct scan_line *line)
{
    struct attrs found;

    if (s->n_lines > 0 || s->heading_end != s->out.n ||
        !attrs_are_line(line->content, &found))
        return false;
    buf_reset(&s->work);
    buf_put(&s->work, str_from(buf_str(&s->out), s->heading_at));
    s->out.n = s->heading_at;
    put_anchor(&s->out, found.id);
    buf_put(&s->out, buf_str(&s->work));
    buf_putc(&s->out, '\n');
    s->open_line = 0; /* its place may have moved */
    s->scan.in_paragraph = false;
    return true;
}

/* "Title##" to "Title"; "C#" stays. */
static str without_hashes(str title)
{
    str bare = str_trim_right(title);
    size_t n = bare.n;

    while (n > 0 && bare.p[n - 1] == '#')
        n--;
    return n > 0 && bare.n - n > 1 ? str_sub(bare, 0, n) : title;
}

/* Are LINE and the one above it in no container? */
static bool is_bare(const struct source *s, const struct scan_line *line)
{
    return line->prefix.n == 0 && s->n_lines > 0 &&
           s->lines[s->n_lines - 1].prefix.n == 0;
}

static void read_text(struct source *s, const struct scan_line *line)
{
    if (line->content.n > SOURCE_BLOCK_LONG &&
        source_is_too_long(line->content)) {
        read_giant_line(s, line);
        return;
    }
    str text = line->content;
    struct tight_heading h;
    bool heading = is_tight_heading(text, &h);
    bool starts = !line->continues ||
                  (heading && h.level > 1 && is_bare(s, line));

    if (starts)
        source_flush(s);
    if (read_heading_attrs(s, line))
        return;

    if (attrs_is_toc(text))
        text = S("");
    add_line(s, line);
    if (line->guard || (starts_with_tag(text) && has_markup(s, line->offset)))
        buf_putc(&s->block, SENTINEL);
    if (heading && starts) {
        buf_put(&s->block, str_sub(text, 0, h.level));
        buf_putc(&s->block, ' ');
        buf_put(&s->block, without_hashes(h.text));
        source_flush(s);
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
            return !str_is_blank(str_from(s, at + ends[i].n));
    }
    return false;
}

static void copy_line(struct source *s, const struct scan_line *line)
{
    if (line->kind != LINE_BLANK && line->kind != LINE_RAW)
        s->open_line = 0;
    source_put_prefix(s, line->prefix, line->note);
    if (line->guard && line->content.n > 0)
        buf_putc(&s->out, SENTINEL);
    buf_put(&s->out, line->content);
    buf_putc(&s->out, '\n');
}

/* The marker of the list item that S is the start of, without what is counted;
 * '\0': none. */
static char marker_of(str s)
{
    s = str_trim_left(s);
    size_t n = scan_marker_length(s, false);

    return n > 0 ? s.p[n - 1] : '\0';
}

/* Does the item go on in the line below, or an item like it follow? */
static bool is_followed_by(str rest, char c)
{
    str line = str_cut(&rest, '\n');

    if (!str_is_blank(line))
        return true;
    while (rest.n > 0 && str_is_blank(line))
        line = str_cut(&rest, '\n');
    return marker_of(line) == c;
}

/* Does a line of text stand right above, or above blank ones a list? */
static bool is_preceded_by(str before, char c)
{
    str text = str_trim_right(before);
    str gap = str_from(before, text.n);
    str last = str_from(text, str_rfind_char(text, '\n') + 1);

    str_cut(&gap, '\n');
    if (text.n == 0)
        return false;
    return str_find_char(gap, '\n') == STR_NONE || marker_of(last) == c ||
           ascii_is_space(last.p[0]);
}

/* "*" or "1." alone between blank lines divides scenes or parts; cmark would
 * make an empty list of it. */
static bool put_lone_marker(struct source *s, const struct scan_line *line)
{
    str mark = str_trim(line->whole);
    char c = marker_of(mark);

    if (!line->item || line->kind != LINE_BLANK || s->scan.n_nest != 1 ||
        scan_marker_length(mark, false) != mark.n ||
        is_preceded_by(str_sub(s->scan.text, 0, line->offset), c) ||
        is_followed_by(str_from(s->scan.text, s->scan.at), c))
        return false;
    s->scan.n_nest = 0;
    source_flush(s);
    buf_put(&s->out, str_sub(mark, 0, mark.n - 1));
    buf_putc(&s->out, '\\');
    buf_putc(&s->out, c);
    buf_putc(&s->out, '\n');
    return true;
}

static int compare_lines(const void *line, const void *table)
{
    unsigned a = *(const unsigned *)line;
    unsigned b = ((const struct source_table *)table)->block;

    return (a > b) - (a < b);
}

unsigned source_table_line(const struct source *s, unsigned line)
{
    const struct source_table *t = s->tables.n ? bsearch(&line, s->tables.v,
                                                         s->tables.n, sizeof *t,
                                                         compare_lines)
                                               : NULL;

    return t ? t->line : line;
}

/* The post is too much for cmark from this line on. */
static void hold_rest(struct source *s, const struct scan_line *line)
{
    str rest = str_from(s->scan.text, line->offset);

    source_flush(s);
    if (s->paragraph_line == 0)
        s->paragraph_line = s->scan.line;
    buf_printf(&s->out, "\n<pre>%c%zu;</pre>\n", HELD_TEXT, s->held.n);
    *vec_push(&s->held, &s->scratch) = rest;
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
    s->has_notes = str_find(text, S("[^")) != STR_NONE;
    s->cost = 0;
    s->heading_end = STR_NONE;
    memset(&s->tables, 0, sizeof s->tables);
    memset(&s->notes, 0, sizeof s->notes);
    map_init(&s->references, &s->scratch);
    s->open_line = 0;
    s->n_cells = 0;
    s->deep_line = s->table_line = s->paragraph_line = 0;
    buf_reserve(&s->out, text.n + text.n / 8 + 64);
    s->escaped = repair_is_escaped(text);
    scan_init(&s->scan, text);
    while (scan_next(&s->scan, &line)) {
        s->cost += line.kind != LINE_BLANK && line.kind != LINE_CODE;
        if (s->cost > SOURCE_COST) {
            hold_rest(s, &line);
            break;
        }
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
        if (put_lone_marker(s, &line))
            continue;
        if (line.kind == LINE_RULE && strchr("=-", line.content.p[0]))
            read_underline(s);
        source_flush(s);
        if (line.kind == LINE_HEADING) {
            read_heading(s, &line);
        } else {
            copy_line(s, &line);
        }
    }
    source_flush(s);
    source_show_unused_notes(s);
    return buf_str(&s->out);
}
