/* SPDX-License-Identifier: MIT */
#include "convert/dialect_terms.h"

#include <string.h>

#include "convert/source_scan.h"

/* Lines of terms before a definition, and the bytes of one: a paragraph that
 * happens to stand before a colon has more. */
#define TERMS_MAX 4
#define TERM_MAX  200

#define INDENT 4

/* Lines that are not read yet, and the number of the first. */
struct place {
    str rest;
    unsigned line;
};

struct terms {
    struct relined *out;
    struct place at;
};

static bool next_line(struct place *p, str *line)
{
    if (!str_next_line(&p->rest, line))
        return false;
    p->line++;
    return true;
}

/* Does LINE define something? *TEXT gets what is behind its colon. */
static bool is_definition(str line, str *text)
{
    size_t n = str_indent(line);

    if (n >= INDENT || n + 1 >= line.n || line.p[n] != ':' ||
        (line.p[n + 1] != ' ' && line.p[n + 1] != '\t'))
        return false;
    *text = str_trim(str_from(line, n + 2));
    return text->n > 0;
}

static bool defines(struct place p, str *text)
{
    str line;

    return next_line(&p, &line) && is_definition(line, text);
}

/* Lines that begin another block, or a row of a table, are no terms. */
static bool is_term(str line)
{
    return line.n > 0 && line.n <= TERM_MAX && !str_is_blank(line) &&
           !strchr(" \t:#>|<`~$\\", line.p[0]) && !str_starts(line, S("- ")) &&
           !str_starts(line, S("* ")) && !str_starts(line, S("+ "));
}

/* How many terms stand at P, with their definition below; 0: none. */
static size_t count_terms(struct place p)
{
    str line, text;

    for (size_t n = 0; next_line(&p, &line); n++) {
        if (n > 0 && is_definition(line, &text))
            return n;
        /* Behind a blank line there must be the definition of one term. */
        if (n == 1 && str_is_blank(line))
            return defines(p, &text);
        if (n == TERMS_MAX || !is_term(line))
            return 0;
    }
    return 0;
}

/* Goes over blank lines. */
static struct place skip_blanks(struct place p)
{
    struct place next = p;
    str line;

    while (next_line(&next, &line) && str_is_blank(line))
        p = next;
    return p;
}

static void put(struct terms *x, str s)
{
    buf_put(&x->out->out, s);
    relined_end_line(x->out, x->at.line);
}

static void put_start(struct terms *x, str tag)
{
    put(x, tag);
    put(x, S(""));
}

static void put_end(struct terms *x, str tag)
{
    put(x, S(""));
    put(x, tag);
}

/* The bytes of LINE's indentation that belong to the list; *WHOLE: it has all
 * of it. */
static size_t list_indent(str line, bool *whole)
{
    size_t n = str_indent(line);
    bool tab = n < INDENT && n < line.n && line.p[n] == '\t';

    *whole = tab || n >= INDENT;
    return tab ? n + 1 : n < INDENT ? n : INDENT;
}

/* Reads a line that goes on with a definition, without its indentation;
 * PARAGRAPH: the line before is not blank. */
static bool read_more(struct place *p, bool paragraph, str *line)
{
    struct place from = *p;
    bool whole;
    str text;

    if (!next_line(p, line))
        return false;
    size_t n = list_indent(*line, &whole);
    if (!whole &&
        (!paragraph || is_definition(*line, &text) || count_terms(from) > 0))
        return false;
    *line = str_from(*line, n);
    return true;
}

/* The definition at the place, whose first line reads TEXT. */
static void put_definition(struct terms *x, str text)
{
    str line;

    put_start(x, S("<dd>"));
    next_line(&x->at, &line);
    put(x, text);
    for (;;) {
        struct place next = skip_blanks(x->at);
        if (!read_more(&next, next.line == x->at.line, &line))
            break;
        while (x->at.line + 1 < next.line) {
            x->at.line++;
            put(x, S(""));
        }
        x->at = next;
        put(x, line);
    }
    put_end(x, S("</dd>"));
}

static void put_terms(struct terms *x, size_t n)
{
    str line;

    for (; n > 0; n--) {
        put_start(x, S("<dt>"));
        next_line(&x->at, &line);
        put(x, str_trim(line));
        put_end(x, S("</dt>"));
    }
    x->at = skip_blanks(x->at);
}

static void put_list(struct terms *x, size_t n)
{
    struct place next = x->at;
    str text;

    put(x, S("<dl>"));
    for (; n > 0; n = count_terms(next)) {
        x->at = next;
        put_terms(x, n);
        for (next = x->at; defines(next, &text); next = skip_blanks(x->at)) {
            x->at = next;
            put_definition(x, text);
        }
    }
    put(x, S("</dl>"));
    put(x, S(""));
}

static bool may_have_any(str text)
{
    static const str starts[] = { STR_INIT("\n: "), STR_INIT("\n:\t"),
                                  STR_INIT("\n :"), STR_INIT("\n  :"),
                                  STR_INIT("\n   :") };

    return str_has_any(text, starts, sizeof starts / sizeof *starts);
}

str terms_expand(struct relined *out, const struct relined *before, str text)
{
    struct terms x = { .out = out };
    struct scan scan;
    struct scan_line line;

    relined_begin(out, before);
    if (!may_have_any(text))
        return text;
    relined_start(out);
    scan_init(&scan, text);
    while (scan_next(&scan, &line)) {
        bool opens = line.kind == LINE_TEXT && !line.continues &&
                     scan.n_nest == 0 && line.prefix.n == 0;
        x.at = (struct place){ str_from(text, line.offset), scan.line };
        size_t n = opens ? count_terms(x.at) : 0;
        if (n > 0) {
            put_list(&x, n);
            scan.at = text.n - x.at.rest.n;
            scan.line = x.at.line - 1;
            scan.in_paragraph = false;
            continue;
        }
        buf_put(&out->out, line.whole);
        if (line.ends)
            relined_end_line(out, scan.line + 1);
    }
    return buf_str(&out->out);
}
