/* SPDX-License-Identifier: MIT */
#include "convert/source_tags.h"

#include "convert/source_inline.h"

/* Is S, behind "<" or "</", a name in one of Word's namespaces? Others may be
 * code that its author forgot to escape ("<xsl:template>", "<c:forEach>"). */
static bool is_of_word(str s)
{
    static const str prefixes[] = {
        STR_INIT("o:"),   STR_INIT("v:"),   STR_INIT("w:"),
        STR_INIT("st1:"), STR_INIT("st2:"), STR_INIT("w10:"),
    };

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_starts_nocase(s, prefixes[i]))
            return s.n > prefixes[i].n && ascii_is_alpha(s.p[prefixes[i].n]);
    return false;
}

/* The next place at or behind AT in the tag S where the quotation mark at the
 * end of a value touches the next attribute's name; STR_NONE: none. */
static size_t find_tight(str s, size_t at)
{
    while (at + 1 < s.n) {
        size_t n = str_find(str_from(s, at), S("=\"")), close;
        if (n == STR_NONE)
            return STR_NONE;
        at += n + 2;
        close = str_find_char(str_from(s, at), '"');
        if (close == STR_NONE)
            return STR_NONE;
        at += close + 1;
        if (at < s.n && ascii_is_alpha(s.p[at]))
            return at;
    }
    return STR_NONE;
}

/* How many blanks the tag S has between its last two characters, "/" and ">".
 */
static size_t end_blanks(str s)
{
    size_t n = s.n - 1;

    while (n > 0 && (s.p[n - 1] == ' ' || s.p[n - 1] == '\t'))
        n--;
    return n > 0 && s.p[n - 1] == '/' ? s.n - 1 - n : 0;
}

/* Is there "/ >"? */
static bool has_open_end(str text)
{
    const char *end = text.p + text.n, *p = text.p;

    for (; (p = memchr(p, '>', (size_t)(end - p))); p++)
        if (end_blanks((str){ text.p, (size_t)(p + 1 - text.p) }))
            return true;
    return false;
}

bool tags_may_be_in(str text)
{
    const char *end = text.p + text.n;
    size_t lt = str_find_char(text, '<');

    if (lt == STR_NONE)
        return false;
    if (str_find(text, S(">##")) != STR_NONE ||
        str_find(text, S(">- - -")) != STR_NONE)
        return true;
    for (const char *p = text.p + lt; (p = memchr(p, ':', (size_t)(end - p)));
         p++) {
        const char *name = p;
        while (name > text.p + lt && ascii_is_alnum(name[-1]))
            name--;
        if ((name[-1] == '<' || name[-1] == '/') &&
            is_of_word((str){ name, (size_t)(end - name) }))
            return true;
    }
    for (const char *p = text.p + lt; (p = memchr(p, '"', (size_t)(end - p)));
         p++)
        if (p + 1 < end && ascii_is_alpha(p[1]) && p[-1] != '=')
            return true;
    return has_open_end(str_from(text, lt));
}

/* The tag S with blanks between its attributes, and none in "/ >". */
static void put_tag(str s, struct buf *out)
{
    size_t done = 0, at = 0, blanks = end_blanks(s);

    while ((at = find_tight(s, at)) != STR_NONE) {
        buf_put(out, str_sub(s, done, at - done));
        buf_putc(out, ' ');
        done = at;
    }
    buf_put(out, str_sub(s, done, s.n - 1 - blanks - done));
    buf_putc(out, '>');
}

/* What stays of the tag S that Word made: its line ends. */
static void put_line_ends(str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            buf_putc(out, '\n');
}

static bool is_block(str tag)
{
    static const str names[] = {
        STR_INIT("div"),    STR_INIT("p"),          STR_INIT("table"),
        STR_INIT("center"), STR_INIT("blockquote"), STR_INIT("td"),
    };
    str name = str_from(tag, tag.p[1] == '/' ? 2 : 1);

    for (name.n = 0; ascii_is_alpha(name.p[name.n]);)
        name.n++;
    return STR_IS_AMONG_NOCASE(name, names);
}

/* "### Title" at the start of S becomes an element; how much of S that is, 0:
 * there is no heading. */
static size_t put_heading(str s, struct buf *out)
{
    size_t level = 0, end = 0;

    while (level < s.n && s.p[level] == '#')
        level++;
    if (level < 2 || level > 6 || level == s.n || s.p[level] != ' ')
        return 0;
    while (end < s.n && s.p[end] != '\n' &&
           !str_starts_nocase(str_from(s, end), S("</div")))
        end++;
    str title = str_trim(str_sub(s, level, end - level));
    if (title.n == 0)
        return 0;
    buf_printf(out, "<h%zu>%.*s</h%zu>", level, STR_ARG(title), level);
    return end;
}

/* "- - - - - -" up to the line's end, likewise a rule. */
static size_t put_rule(str s, struct buf *out)
{
    str line = str_sub(s, 0, str_find_char(s, '\n'));

    if (!str_starts(line, S("- - - - -")))
        return 0;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '-' && line.p[i] != ' ')
            return 0;
    buf_puts(out, "<hr/>");
    return line.n;
}

void tags_repair(str text, struct buf *out)
{
    struct inline_walk w;
    size_t done = 0, at;

    inline_init(&w, text);
    while ((at = inline_find(&w, "<<<")) != STR_NONE) {
        size_t n = inline_tag_length(&w, at);
        str tag = str_sub(text, at, n);

        w.at = at + (n ? n : 1);
        if (n < 3 || !(ascii_is_alpha(tag.p[1]) || tag.p[1] == '/'))
            continue;
        buf_put(out, str_sub(text, done, at - done));
        done = at + n;
        if (is_of_word(str_from(tag, tag.p[1] == '/' ? 2 : 1)))
            put_line_ends(tag, out);
        else
            put_tag(tag, out);
        if (is_block(tag)) {
            str rest = str_from(text, done);
            size_t used = put_heading(rest, out);
            done += used ? used : put_rule(rest, out);
            w.at = done;
        }
    }
    buf_put(out, str_from(text, done));
}
