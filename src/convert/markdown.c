/* SPDX-License-Identifier: MIT */
#include "convert/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "convert/dialect.h"
#include "convert/dialect_abbr.h"
#include "convert/dialect_indent.h"
#include "convert/dialect_terms.h"
#include "convert/html5.h"
#include "convert/shortcode.h"
#include "convert/source.h"
#include "convert/source_chars.h"

/* Single tildes stay: "3~4" is a range in Korean and Japanese. */
#define OPTIONS                                                                \
    (CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS |            \
     CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE)

static const char *const extensions[] = { "table", "strikethrough", "autolink",
                                          "tasklist" };

struct markdown {
    struct source source;
    struct abbrs abbrs;
    struct relined indents, defined, terms, dialect, shortcodes;
    struct buf html;
    struct buf literal;
    unsigned table_line, row; /* of the table being written */
};

void markdown_init(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

struct markdown *markdown_new(void)
{
    struct markdown *md = calloc(1, sizeof *md);

    if (!md)
        die("out of memory");
    source_init(&md->source);
    abbrs_init(&md->abbrs);
    return md;
}

void markdown_free(struct markdown *md)
{
    if (!md)
        return;
    source_done(&md->source);
    abbrs_done(&md->abbrs);
    relined_done(&md->indents);
    relined_done(&md->defined);
    relined_done(&md->terms);
    relined_done(&md->dialect);
    relined_done(&md->shortcodes);
    buf_done(&md->html);
    buf_done(&md->literal);
    free(md);
}

/* The post's line of line N of what cmark has read. */
static unsigned line_of(const struct markdown *md, const struct post *post,
                        unsigned n)
{
    return post->body_line + relined_line(&md->shortcodes, n) - 1;
}

static void put_mark(struct buf *out, unsigned line)
{
    buf_putc(out, HTML5_MARK);
    buf_put_int(out, line);
    buf_putc(out, ';');
}

static void mark_html_block(struct markdown *md, cmark_node *node,
                            const struct post *post)
{
    struct buf *b = &md->literal;

    buf_reset(b);
    put_mark(b, line_of(md, post, (unsigned)cmark_node_get_start_line(node)));
    buf_puts(b, cmark_node_get_literal(node));
    buf_putc(b, '\0');
    cmark_node_set_literal(node, b->p);
}

/* Source positions are written for every block but raw HTML, which gets its
 * mark here. Goes over the blocks alone. */
static void mark_html_blocks(struct markdown *md, cmark_node *root,
                             const struct post *post)
{
    cmark_node *n = root;

    while (n) {
        cmark_node_type type = cmark_node_get_type(n);
        cmark_node *next = NULL;

        if (type == CMARK_NODE_HTML_BLOCK)
            mark_html_block(md, n, post);
        else if (type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_LIST ||
                 type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE ||
                 type == CMARK_NODE_FOOTNOTE_DEFINITION)
            next = cmark_node_first_child(n);
        while (n && !next) {
            next = n == root ? NULL : cmark_node_next(n);
            if (!next)
                n = n == root ? NULL : cmark_node_parent(n);
        }
        n = next;
    }
}

/* While cmark-gfm parses inlines, a table that the whole process shares says
 * which characters are special, and the first parser to finish takes those of
 * its extensions away from all (0.29.0.gfm.6, inlines.c). Without the lock a
 * link is found or not depending on what other threads do. */
static cmark_node *parse_inlines(cmark_parser *parser)
{
    static pthread_mutex_t inlines = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&inlines);
    cmark_node *root = cmark_parser_finish(parser);
    pthread_mutex_unlock(&inlines);
    return root;
}

static char *render(struct markdown *md, str text, const struct post *post)
{
    cmark_parser *parser = cmark_parser_new(OPTIONS);

    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(
            parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *root = parse_inlines(parser);
    mark_html_blocks(md, root, post);
    char *html = cmark_render_html(root, OPTIONS,
                                   cmark_parser_get_syntax_extensions(parser));
    cmark_node_free(root);
    cmark_parser_free(parser);
    return html;
}

/* Length of the attribute with which cmark tells positions, at S; *LINE gets
 * the first number, 0 for the lines in front of a table. 0: there is none. */
static size_t position_length(const char *s, unsigned *line)
{
    static const char start[] = " data-sourcepos=\"";
    size_t n = sizeof start - 1, from = n;

    if (strncmp(s, start, n) != 0)
        return 0;
    for (; ascii_is_digit(s[n]) && n < from + 9; n++)
        *line = *line * 10 + (unsigned)(s[n] - '0');
    n += strspn(s + n, "0123456789:-");
    return n > from && s[n] == '"' ? n + 1 : 0;
}

/* A link or picture of cmark's own at S: bytes up to its address, or 0. */
static size_t address_start(const char *s)
{
    static const char *const starts[] = { "<a href=\"", "<img src=\"" };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = strlen(starts[i]);
        if (strncmp(s, starts[i], n) == 0)
            return n;
    }
    return 0;
}

/* What stands for a control character of the source passes, as text. */
static const char *plain_text_of(char c)
{
    switch (c) {
    case PLAIN_STAR:
        return "*";
    case PLAIN_BRACKET:
        return "[";
    case PLAIN_AT:
        return "@";
    default:
        return "";
    }
}

/* Copies the rest of a link's or picture's tag without the characters of the
 * source passes, which cmark has escaped in the address. */
static const char *put_attributes(const char *s, struct buf *out)
{
    for (;;) {
        size_t n = strcspn(s, ">%\x18\x19\x1a\x1c\x1d\x1e");
        buf_put(out, (str){ s, n });
        s += n;
        if (*s == '\0' || *s == '>')
            return s;
        if (*s != '%') {
            buf_puts(out, plain_text_of(*s++));
        } else if (s[1] == '1' && s[2] && strchr("ACDE", s[2])) {
            buf_puts(out, plain_text_of((char)(0x1a + s[2] - 'A')));
            s += 3;
        } else {
            buf_putc(out, *s++);
        }
    }
}

/* Length of the attribute of a cell that stands before its position. */
static size_t align_length(const char *s)
{
    static const char start[] = " align=\"";

    if (strncmp(s, start, sizeof start - 1) != 0)
        return 0;
    size_t n = sizeof start - 1;
    while (ascii_is_alpha(s[n]))
        n++;
    return s[n] == '"' ? n + 1 : 0;
}

/* The line of the element NAME, which cmark says is LINE: of a table behind
 * lines of text it tells that text's, and so of its first row and the cells
 * there (0.29.0.gfm.6). Every row is a line. */
static unsigned table_line(struct markdown *md, str name, unsigned line)
{
    if (str_eq(name, S("table"))) {
        md->table_line = source_table_line(&md->source, line);
        md->row = 0;
        return md->table_line;
    }
    if (str_eq(name, S("tr")))
        md->row++;
    else if (!str_eq(name, S("td")) && !str_eq(name, S("th")))
        return line;
    return md->table_line + (md->row > 1 ? md->row : 0);
}

/* A tag of cmark's output, from its '<' on. */
static const char *put_tag(struct markdown *md, const struct post *post,
                           const char *s)
{
    struct buf *out = &md->html;
    unsigned line = 0;
    size_t n = address_start(s);

    if (n > 0) {
        buf_put(out, (str){ s, n });
        return put_attributes(s + n, out);
    }
    n = 1;
    while (ascii_is_alnum(s[n]))
        n++;
    str name = { s + 1, n - 1 };
    n += align_length(s + n);
    size_t position = s[n] == ' ' ? position_length(s + n, &line) : 0;
    if (line > 0)
        put_mark(out, line_of(md, post, table_line(md, name, line)));
    buf_put(out, (str){ s, n });
    return s + n + position;
}

static void put_escaped(str s, struct buf *out)
{
    size_t done = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '<' && s.p[i] != '&')
            continue;
        buf_put(out, str_sub(s, done, i - done));
        buf_put(out, s.p[i] == '<' ? S("&lt;") : S("&amp;"));
        done = i + 1;
    }
    buf_put(out, str_from(s, done));
}

/* Puts the text that was held back from cmark; S is behind HELD_TEXT. */
static const char *put_held(const struct markdown *md, const char *s,
                            struct buf *out)
{
    size_t i = 0;

    while (ascii_is_digit(*s))
        i = i * 10 + (size_t)(*s++ - '0');
    put_escaped(md->source.held.v[i], out);
    return s + 1;
}

static void put_special(char c, struct buf *out)
{
    switch (c) {
    case STRONG_OPEN:
        buf_put(out, S("<strong>"));
        break;
    case STRONG_CLOSE:
        buf_put(out, S("</strong>"));
        break;
    default:
        buf_puts(out, plain_text_of(c));
        break;
    }
}

/* From cmark's HTML to ours: no sentinels, positions as marks. */
static str clean_html(struct markdown *md, const struct post *post,
                      const char *s)
{
    struct buf *out = &md->html;

    buf_reset(out);
    while (*s) {
        size_t n = strcspn(s, "<\x18\x19\x1a\x1c\x1d\x1e\x1f");
        buf_put(out, (str){ s, n });
        s += n;
        if (*s == HELD_TEXT)
            s = put_held(md, s + 1, out);
        else if (*s == '<')
            s = put_tag(md, post, s);
        else if (*s)
            put_special(*s++, out);
    }
    return buf_str(out);
}

static void report(const struct markdown *md, const struct post *post,
                   struct diag *dg)
{
    const struct source *s = &md->source;

    if (s->deep_line)
        diag_add(dg, DIAG_HTML_TOO_DEEP, post->path,
                 line_of(md, post, s->deep_line),
                 "quotes or lists nested deeper than %d, flattened the rest",
                 SCAN_MAX_NEST);
    if (s->table_line)
        diag_add(dg, DIAG_TABLE_TOO_BIG, post->path,
                 line_of(md, post, s->table_line),
                 "table too big to lay out, left it as plain text");
    if (s->paragraph_line)
        diag_add(dg, DIAG_TEXT_TOO_BIG, post->path,
                 line_of(md, post, s->paragraph_line),
                 "paragraph too big to format, left it as plain text");
}

str markdown_to_html(struct markdown *md, str body, const struct post *post,
                     struct arena *a, struct diag *dg)
{
    str text = indent_expand(&md->indents, body);
    text = abbrs_take(&md->defined, &md->indents, text, &md->abbrs);
    text = terms_expand(&md->terms, &md->defined, text);
    text = dialect_expand(&md->dialect, &md->terms, text);
    text = shortcodes_expand(&md->shortcodes, &md->dialect, text, post, dg);
    text = source_prepare(&md->source, text);
    report(md, post, dg);
    char *html = render(md, text, post);
    str done = clean_html(md, post, html);
    free(html);
    (void)a;
    return done;
}

const struct abbrs *markdown_abbrs(const struct markdown *md)
{
    return &md->abbrs;
}

str markdown_library_version(struct arena *a)
{
    return arena_dup(a, str_of(cmark_version_string()));
}
