/* SPDX-License-Identifier: MIT */
#include "convert/source_scan.h"

#include <string.h>

/* A place in a line. Tabs stop every four columns; one that is used up in
 * part leaves SPARE columns. */
struct place {
    str line;
    size_t pos;
    unsigned column, spare;
};

static bool is_blank_char(char c)
{
    return c == ' ' || c == '\t';
}

static int char_at(str s, size_t i)
{
    return i < s.n ? (unsigned char)s.p[i] : -1;
}

/* Columns of blanks at AT; *NEXT gets the first byte behind them. */
static unsigned indent_at(const struct place *at, size_t *next)
{
    unsigned column = at->column, n = at->spare;
    size_t i = at->pos;

    for (; i < at->line.n && is_blank_char(at->line.p[i]); i++) {
        unsigned step = at->line.p[i] == '\t' ? 4 - column % 4 : 1;
        column += step;
        n += step;
    }
    *next = i;
    return n;
}

static void skip_columns(struct place *at, unsigned n)
{
    while (n > 0) {
        if (at->spare > 0) {
            unsigned used = n < at->spare ? n : at->spare;
            at->spare -= used;
            n -= used;
            continue;
        }
        int c = char_at(at->line, at->pos);
        if (c != ' ' && c != '\t')
            return;
        at->spare = c == '\t' ? 4 - at->column % 4 : 1;
        at->column += at->spare;
        at->pos++;
    }
}

static void skip_bytes(struct place *at, size_t n)
{
    at->pos += n;
    at->column += (unsigned)n;
    at->spare = 0;
}

bool scan_is_blank(str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!is_blank_char(line.p[i]) && line.p[i] != '>')
            return false;
    return true;
}

void scan_init(struct scan *sc, str text)
{
    memset(sc, 0, sizeof *sc);
    sc->text = text;
}

/* CommonMark 5: how many of the open containers go on in this line. */
static unsigned match_containers(const struct scan *sc, struct place *at)
{
    unsigned i;

    for (i = 0; i < sc->n_nest; i++) {
        size_t next;
        unsigned indent = indent_at(at, &next);
        bool blank = next == at->line.n;

        if (sc->nest[i].quote) {
            if (blank || indent > 3 || at->line.p[next] != '>')
                break;
            skip_columns(at, indent);
            skip_bytes(at, 1);
            skip_columns(at, 1);
        } else if (indent >= sc->nest[i].width) {
            skip_columns(at, sc->nest[i].width);
        } else if (!blank) {
            break;
        }
    }
    return i;
}

static bool is_thematic_break(str s)
{
    size_t n = 0;

    if (s.n == 0 || !strchr("*-_", s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == s.p[0])
            n++;
        else if (!is_blank_char(s.p[i]))
            return false;
    }
    return n >= 3;
}

static bool is_setext_underline(str s)
{
    size_t i = 0;

    if (s.n == 0 || (s.p[0] != '=' && s.p[0] != '-'))
        return false;
    while (i < s.n && s.p[i] == s.p[0])
        i++;
    while (i < s.n && is_blank_char(s.p[i]))
        i++;
    return i == s.n;
}

size_t scan_marker_length(str s, bool in_paragraph)
{
    size_t i = 0;

    if (s.n > 0 && strchr("-+*", s.p[0])) {
        i = 1;
    } else {
        while (i < s.n && i < 10 && ascii_is_digit(s.p[i]))
            i++;
        if (i == 0 || i > 9 || i == s.n || (s.p[i] != '.' && s.p[i] != ')'))
            return 0;
        if (in_paragraph && !(i == 1 && s.p[0] == '1'))
            return 0;
        i++;
    }
    if (i < s.n && !is_blank_char(s.p[i]))
        return 0;
    if (in_paragraph && str_is_blank(str_from(s, i)))
        return 0;
    return i;
}

/* Enters the list item whose marker of N bytes is at AT, INDENT columns in. */
static void push_item(struct scan *sc, struct place *at, unsigned indent,
                      size_t n)
{
    size_t next;

    skip_columns(at, indent);
    skip_bytes(at, n);
    unsigned blanks = indent_at(at, &next);
    /* 5.2: an item that starts with code or is empty is one blank wide. */
    if (next == at->line.n || blanks > 4)
        blanks = 1;
    skip_columns(at, blanks);
    sc->nest[sc->n_nest++] = (struct scan_container){
        .width = indent + (unsigned)n + blanks
    };
}

str scan_note_label(str s)
{
    size_t i = 2;

    if (!str_starts(s, S("[^")))
        return (str){ 0 };
    while (i < s.n && s.p[i] != ']' && !ascii_is_space(s.p[i]))
        i++;
    if (i == 2 || i + 1 >= s.n || s.p[i] != ']' || s.p[i + 1] != ':')
        return (str){ 0 };
    return str_sub(s, 2, i - 2);
}

/* A note goes on as long as its lines are indented by four columns. */
static void push_note(struct scan *sc, struct place *at, unsigned indent,
                      struct scan_line *line)
{
    size_t next;

    skip_columns(at, indent);
    skip_bytes(at, line->note.n + 4);
    skip_columns(at, indent_at(at, &next));
    sc->nest[sc->n_nest++] = (struct scan_container){ .width = 4 };
}

/* Goes over markers that are too deep: they are dropped. */
static void skip_excess(struct place *at)
{
    for (;;) {
        size_t next;
        unsigned indent = indent_at(at, &next);
        int c = char_at(at->line, next), d = char_at(at->line, next + 1);
        bool marker = c == '>' || ((c == '-' || c == '+' || c == '*') &&
                                   (d == ' ' || d == '\t'));

        if (indent > 3 || !marker)
            return;
        skip_columns(at, indent);
        skip_bytes(at, 1);
        skip_columns(at, 1);
    }
}

/* Opens the containers that start in this line, after MATCHED went on; true
 * when there was one. *PREFIX gets the bytes before markers that are one too
 * many. */
static bool open_containers(struct scan *sc, struct place *at, unsigned matched,
                            struct scan_line *line, size_t *prefix)
{
    bool opened = false, paragraph = sc->in_paragraph;

    *prefix = SIZE_MAX;
    for (;;) {
        size_t next, n = 0;
        unsigned indent = indent_at(at, &next);
        str rest = str_from(at->line, next);

        if (indent > 3 || rest.n == 0)
            break;
        bool quote = rest.p[0] == '>';
        str note = scan_note_label(rest);
        if (note.n > 0 && line->note.n > 0) {
            line->guard = true;
            break;
        }
        if (!quote && note.n == 0) {
            n = scan_marker_length(rest, paragraph);
            if (n == 0 || is_thematic_break(rest) ||
                (paragraph && is_setext_underline(rest)))
                break;
        }
        if (!opened)
            sc->n_nest = matched;
        opened = true;
        if (sc->n_nest == SCAN_MAX_NEST) {
            *prefix = at->pos;
            line->guard = sc->too_deep = true;
            skip_excess(at);
            return true;
        }
        line->item = n > 0;
        paragraph = false;
        if (note.n > 0) {
            line->note = note;
            push_note(sc, at, indent, line);
            continue;
        }
        if (quote) {
            skip_columns(at, indent);
            skip_bytes(at, 1);
            skip_columns(at, 1);
            sc->nest[sc->n_nest++] = (struct scan_container){ .quote = true };
        } else {
            push_item(sc, at, indent, n);
        }
    }
    return opened;
}

/* CommonMark 4.5. Length of the opening fence that S starts with, or 0. */
static size_t fence_length(str s)
{
    size_t n = 0;

    if (s.n < 3 || (s.p[0] != '`' && s.p[0] != '~'))
        return 0;
    while (n < s.n && s.p[n] == s.p[0])
        n++;
    if (n < 3)
        return 0;
    if (s.p[0] == '`' && str_find_char(str_from(s, n), '`') != STR_NONE)
        return 0;
    return n;
}

static bool closes_fence(const struct scan *sc, str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] == sc->fence)
        n++;
    return n >= sc->fence_length && str_is_blank(str_from(s, n));
}

/* CommonMark 4.6, kinds 1 to 5. What ends the raw HTML that S starts with. */
static const char *raw_end(str s)
{
    static const struct {
        const char *start, *end;
        bool word;
    } raws[] = {
        { "<pre", "</pre>", true },     { "<script", "</script>", true },
        { "<style", "</style>", true }, { "<textarea", "</textarea>", true },
        { "<!--", "-->", false },       { "<?", "?>", false },
        { "<![CDATA[", "]]>", false },
    };

    if (s.n < 2 || s.p[0] != '<')
        return NULL;
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++) {
        str start = str_of(raws[i].start);
        if (!str_starts_nocase(s, start))
            continue;
        int c = char_at(s, start.n);
        if (!raws[i].word || c == -1 || c == '>' || c == ' ' || c == '\t')
            return raws[i].end;
    }
    if (s.n > 2 && s.p[1] == '!' && ascii_is_alpha(s.p[2]))
        return ">";
    return NULL;
}

static bool ends_raw(str s, const char *end)
{
    /* Any of the four elements' end tags ends kind 1. */
    static const char *const ends[] = { "</pre>", "</script>", "</style>" };

    if (str_find_nocase(s, str_of(end)) != STR_NONE)
        return true;
    for (size_t i = 0; end[1] == '/' && i < sizeof ends / sizeof *ends; i++)
        if (str_find_nocase(s, str_of(ends[i])) != STR_NONE)
            return true;
    return false;
}

static bool is_heading(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] == '#')
        n++;
    return n >= 1 && n <= 6 && (n == s.n || is_blank_char(s.p[n]));
}

/* What a line is that is not inside a leaf already. */
static enum line_kind start_leaf(struct scan *sc, str s, unsigned indent,
                                 bool paragraph)
{
    if (s.n == 0)
        return LINE_BLANK;
    if (indent > 3)
        return paragraph ? LINE_TEXT : LINE_CODE;
    switch (s.p[0]) {
    case '`':
    case '~':
        sc->fence_length = fence_length(s);
        if (sc->fence_length == 0)
            return LINE_TEXT;
        sc->fence = s.p[0];
        return LINE_FENCE;
    case '#':
        return is_heading(s) ? LINE_HEADING : LINE_TEXT;
    case '<':
        sc->raw_end = raw_end(s);
        return sc->raw_end ? LINE_RAW : LINE_TEXT;
    default:
        if (is_thematic_break(s) || (paragraph && is_setext_underline(s)))
            return LINE_RULE;
        return LINE_TEXT;
    }
}

/* A line inside fenced code or raw HTML, all its containers matched. */
static void continue_leaf(struct scan *sc, struct scan_line *line,
                          unsigned indent)
{
    if (sc->fence) {
        line->kind = LINE_CODE;
        if (indent <= 3 && closes_fence(sc, line->content)) {
            line->kind = LINE_FENCE;
            sc->fence = 0;
        }
        return;
    }
    line->kind = LINE_RAW;
    if (ends_raw(line->content, sc->raw_end))
        sc->raw_end = NULL;
}

/* NEST, PREFIX and CONTENT: where these end or begin. */
static void set_content(struct scan_line *line, size_t nest, size_t prefix,
                        size_t content)
{
    line->prefix = str_sub(line->whole, 0, prefix < content ? prefix : content);
    line->nest = str_sub(line->prefix, 0, nest);
    line->content = str_from(line->whole, content);
}

static void classify(struct scan *sc, struct scan_line *line)
{
    struct place at = { .line = line->whole };
    unsigned matched = match_containers(sc, &at);
    bool was_paragraph = sc->in_paragraph;
    size_t next, prefix;
    unsigned indent = indent_at(&at, &next);

    if ((sc->fence || sc->raw_end) && matched == sc->n_nest) {
        set_content(line, at.pos, next, next);
        continue_leaf(sc, line, indent);
        return;
    }
    sc->fence = 0;
    sc->raw_end = NULL;
    bool opened = open_containers(sc, &at, matched, line, &prefix);
    indent = indent_at(&at, &next);
    set_content(line, at.pos, prefix, next);
    line->kind = start_leaf(sc, line->content, indent,
                            was_paragraph && !opened);
    line->continues = line->kind == LINE_TEXT && was_paragraph && !opened;
    if (!opened && !line->continues)
        sc->n_nest = matched;
    sc->in_paragraph = line->kind == LINE_TEXT;
    if (line->kind == LINE_RAW && ends_raw(line->content, sc->raw_end))
        sc->raw_end = NULL;
}

bool scan_next(struct scan *sc, struct scan_line *line)
{
    if (sc->at >= sc->text.n)
        return false;
    const char *from = sc->text.p + sc->at;
    const char *lf = memchr(from, '\n', sc->text.n - sc->at);
    size_t n = lf ? (size_t)(lf - from) : sc->text.n - sc->at;

    *line = (struct scan_line){ .whole = { from, n },
                                .ends = lf != NULL,
                                .offset = sc->at };
    sc->at += n + (lf != NULL);
    sc->line++;
    classify(sc, line);
    return true;
}
