/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_export.h"

#include <string.h>

#include "convert/shortcode_hatena.h"
#include "convert/shortcode_put.h"
#include "convert/shortcode_value.h"

/* Bytes of what is looked at. */
#define BRACKET_MAX 1000

/* "caption" of "[caption id=...]" and "[/caption]". */
static str bracket_name(str inside)
{
    size_t n = 0;

    if (str_starts(inside, S("/")))
        inside = str_from(inside, 1);
    while (n < inside.n && ascii_is_alpha((unsigned char)inside.p[n]))
        n++;
    return n == inside.n || inside.p[n] == ' ' ? str_sub(inside, 0, n) : S("");
}

static bool has_value(str s)
{
    return str_find(s, S("=\"")) != STR_NONE ||
           str_find(s, S("='")) != STR_NONE || str_find(s, S("=“")) != STR_NONE;
}

/* "[https://host/:title=Words]", ":title", ":embed:cite", ":bookmark". */
static bool put_hatena(str inside, struct buf *out)
{
    static const str marks[] = { STR_INIT(":title"), STR_INIT(":embed"),
                                 STR_INIT(":bookmark"), STR_INIT(":image") };

    for (size_t i = 0;
         value_is_address(inside) && i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(inside, marks[i]);
        if (at == STR_NONE)
            continue;
        str rest = str_from(inside, at + marks[i].n);
        str address = str_sub(inside, 0, at);
        if (str_starts(rest, S("="))) {
            buf_put(out, S("["));
            buf_put(out, str_from(rest, 1));
            buf_printf(out, "](<%.*s>)", STR_ARG(address));
        } else {
            shortcode_put_link(address, out);
        }
        return true;
    }
    return str_eq(inside, S(":contents")) ||
           shortcode_hatena_photo(inside, out);
}

/* "[embed]address[/embed]" at the start of S, *END behind its brackets. */
static size_t put_embed(str s, size_t end, struct buf *out)
{
    str rest = str_from(s, end);
    size_t n = str_find(rest, S("[/embed"));

    if (n != STR_NONE && str_ends(str_sub(rest, 0, n), S("\\")))
        n--;
    size_t close = n == STR_NONE ? n : str_find_char(str_from(rest, n), ']');
    if (close == STR_NONE || !value_is_address(str_trim(str_sub(rest, 0, n))))
        return 0;
    shortcode_put_link(str_trim(str_sub(rest, 0, n)), out);
    return end + n + close + 1;
}

/* Once the words stood in the tag: [caption ... caption="Words"]. */
static void put_caption(str inside, struct buf *out)
{
    size_t at = str_find(inside, S(" caption=\""));

    if (at == STR_NONE)
        return;
    str words = str_from(inside, at + 10);
    words = str_cut(&words, '"');
    if (words.n > 0)
        buf_printf(out, "<em>%.*s</em> ", STR_ARG(words));
}

size_t shortcode_bracket(str line, size_t at, struct buf *out)
{
    bool escaped = line.p[at] == '\\';
    str s = str_sub(line, at, BRACKET_MAX);
    str rest = str_from(s, 1u + escaped);
    size_t n = str_find_char(rest, ']');

    if (!str_starts(s, escaped ? S("\\[") : S("[")) || n == STR_NONE || n < 2)
        return 0;
    size_t end = 1u + escaped + n + 1;
    str inside = str_sub(rest, 0, n);
    if (str_starts(str_from(s, end), S("(")) ||
        str_starts(str_from(s, end), S(":")))
        return 0;
    if (escaped && str_ends(inside, S("\\")))
        inside.n--;
    if (!escaped && put_hatena(inside, out))
        return end;
    str name = bracket_name(inside);
    if (str_eq(inside, S("embed")))
        return put_embed(s, end, out);
    if (str_eq(inside, S("/caption")))
        return end;
    if ((!str_eq(name, S("caption")) && !str_eq(name, S("gallery"))) ||
        !has_value(inside))
        return 0;
    put_caption(inside, out);
    return end;
}

size_t shortcode_percent(str line, size_t at, struct buf *out)
{
    str s = str_sub(line, at, BRACKET_MAX);
    size_t from = str_starts(s, S("%%[")) ? 3 : 2;

    if (!str_starts(s, S("%[")) && from == 2)
        return 0;
    str inside = str_from(s, from);
    inside.n = str_find_char(inside, ']');
    if (inside.n == STR_NONE)
        return 0;
    if (from == 2 && value_is_address(inside)) {
        shortcode_put_link(inside, out);
        return from + inside.n + 1;
    }
    if (from == 2 || at > 0)
        return 0;
    for (size_t i = 0; i < inside.n; i++)
        if (!ascii_is_alnum((unsigned char)inside.p[i]) && inside.p[i] != '-')
            return 0;
    return from + inside.n + 1;
}

static size_t closing_brace(str s, size_t from)
{
    size_t n = str_find_char(str_from(s, from), '}');

    return n == STR_NONE ? 0 : from + n + 1;
}

size_t shortcode_braces(str line, size_t at, struct buf *out)
{
    static const str paths[] = { STR_INIT("{static}"), STR_INIT("{filename}"),
                                 STR_INIT("{attach}") };
    static const str switches[] = { STR_INIT("{::nomarkdown"), STR_INIT("{:/"),
                                    STR_INIT("{::options"),
                                    STR_INIT("{:height "),
                                    STR_INIT("{:width ") };
    str s = str_sub(line, at, BRACKET_MAX);

    (void)out;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (at > 0 && strchr("(\"'<", line.p[at - 1]) &&
            str_starts(s, paths[i]))
            return paths[i].n;
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (str_starts(s, switches[i]))
            return closing_brace(s, switches[i].n);
    return 0;
}

bool shortcode_is_property(str line)
{
    static const str names[] = {
        STR_INIT("id:: "),         STR_INIT("collapsed:: "),
        STR_INIT("heading:: "),    STR_INIT("background-color:: "),
        STR_INIT("created-at:: "), STR_INIT("updated-at:: "),
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(line, names[i]))
            return true;
    return false;
}

/* Obsidian makes up names of six digits and letters; others have a hyphen or a
 * letter too, so that "2 ^10" is none. */
static bool is_block_id(str s)
{
    bool letter = false;

    for (size_t i = 0; i < s.n; i++) {
        if (!ascii_is_alnum((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
        letter = letter || ascii_is_alpha((unsigned char)s.p[i]);
    }
    return letter && s.n >= 6;
}

str shortcode_without_block_id(str line)
{
    str s = str_trim_right(line);
    size_t at = str_rfind_char(s, '^');

    if (at == STR_NONE || !is_block_id(str_from(s, at + 1)) ||
        (at > 0 && s.p[at - 1] != ' ') || str_find_char(s, '$') != STR_NONE)
        return line;
    return str_trim_right(str_sub(s, 0, at));
}

/* "{% label success@Text %}" is read as its text. */
static str title_of_tag(str title)
{
    size_t from = str_find_char(title, '@'), to = str_find(title, S("%}"));

    if (from == STR_NONE || to == STR_NONE || to < from)
        return S("");
    return str_trim(str_sub(title, from + 1, to - from - 1));
}

str shortcode_comment_title(str line)
{
    static const str names[] = { STR_INIT("tab "), STR_INIT("timeline ") };
    str s = str_trim(line);

    if (!str_starts(s, S("<!--")) || !str_ends(s, S("-->")) || s.n < 7)
        return S("");
    s = str_trim(str_sub(s, 4, s.n - 7));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts(s, names[i]))
            continue;
        str title = str_trim(str_from(s, names[i].n));
        if (str_starts(title, S("{%")))
            return title_of_tag(title);
        size_t icon = str_rfind_char(title, '@');
        return icon == STR_NONE ? title
                                : str_trim_right(str_sub(title, 0, icon));
    }
    return S("");
}
