/* SPDX-License-Identifier: MIT */
#include "convert/source_attrs.h"

#include <string.h>

#include "convert/source_inline.h"

/* Bytes of a list, at most: a line may hold many braces that nothing ends. */
#define LIST_MAX 4096

bool attrs_is_toc(str line)
{
    line = str_trim(line);
    return str_eq_nocase(line, S("[toc]")) ||
           str_eq_nocase(line, S("[[_toc_]]")) ||
           str_eq_nocase(line, S("[[toc]]"));
}

bool attrs_may_be_in(str text)
{
    static const str starts[] = { STR_INIT("{:"), STR_INIT("{."),
                                  STR_INIT("{#"), STR_INIT("{ "),
                                  STR_INIT("){") };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_find(text, starts[i]) != STR_NONE)
            return true;
    return false;
}

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static size_t skip_name(str s, size_t i)
{
    while (i < s.n && is_name_char(s.p[i]))
        i++;
    return i;
}

/* Behind one attribute that starts at I, or STR_NONE. */
static size_t skip_attribute(str s, size_t i, struct attrs *found)
{
    if (s.p[i] == '.' || s.p[i] == '#') {
        size_t end = skip_name(s, i + 1);
        if (s.p[i] == '#')
            found->id = str_sub(s, i + 1, end - i - 1);
        return end > i + 1 ? end : STR_NONE;
    }
    size_t end = skip_name(s, i);
    if (end == i)
        return STR_NONE;
    if (end == s.n || s.p[end] != '=') {
        found->toc = str_starts(str_from(s, i), S("toc"));
        return found->toc ? end : STR_NONE;
    }
    if (++end == s.n)
        return STR_NONE;
    if (s.p[end] != '"' && s.p[end] != '\'') {
        size_t from = end;
        while (end < s.n && (is_name_char(s.p[end]) || s.p[end] == '%'))
            end++;
        return end > from ? end : STR_NONE;
    }
    size_t close = str_find_char(str_from(s, end + 1), s.p[end]);
    return close == STR_NONE ? STR_NONE : end + 1 + close + 1;
}

/* Length of the list S whose first attribute is at or behind I, or 0; then
 * *FOUND means nothing. */
static size_t read_list(str s, size_t i, struct attrs *found)
{
    memset(found, 0, sizeof *found);
    for (bool first = true;; first = false) {
        size_t from = i;
        while (i < s.n && s.p[i] == ' ')
            i++;
        if (i == s.n)
            return 0;
        if (s.p[i] == '}')
            return first ? 0 : i + 1;
        if ((!first && i == from) ||
            (i = skip_attribute(s, i, found)) == STR_NONE)
            return 0;
    }
}

/* "{.class}", "{ #id .class }", "{ width="300" }" of Pandoc, Hugo and
 * Python-Markdown. */
static size_t bare_list_length(str s)
{
    struct attrs found;
    size_t n = read_list(s, 1, &found);

    return found.toc ? 0 : n;
}

/* Length of the attribute list that S starts with, or 0. */
static size_t list_length(str s)
{
    struct attrs found;
    size_t i = 2;

    if (!str_starts(s, S("{:")))
        return bare_list_length(s);
    /* "{:/}", "{::options ... /}": kramdown's own switches. */
    if (i < s.n && (s.p[i] == ':' || s.p[i] == '/')) {
        size_t close = str_find_char(s, '}');
        size_t lf = str_find_char(s, '\n');
        return close < lf ? close + 1 : 0;
    }
    return read_list(s, i, &found);
}

bool attrs_are_line(str line, struct attrs *found)
{
    line = str_trim(line);
    return str_starts(line, S("{:")) && read_list(line, 2, found) == line.n;
}

/* "{#what-is-1.20}": no other program would have the point in a name. */
static bool read_odd_id(str list, struct attrs *found)
{
    memset(found, 0, sizeof *found);
    if (list.p[1] != '#' || list.n < 4)
        return false;
    for (size_t i = 2; i + 1 < list.n; i++)
        if (list.p[i] == ' ' || strchr("{}#\"'`<>", list.p[i]))
            return false;
    found->id = str_sub(list, 2, list.n - 3);
    return true;
}

bool attrs_of_heading(str *heading, struct attrs *found)
{
    str s = str_trim_right(*heading);
    size_t at = str_rfind_char(s, '{');

    if (!str_ends(s, S("}")) || at == STR_NONE || at == 0)
        return false;
    str list = str_from(s, at);
    if (list.p[1] != '#' && list.p[1] != ':')
        return false;
    if (read_list(list, list.p[1] == ':' ? 2 : 1, found) != list.n &&
        !read_odd_id(list, found))
        return false;
    *heading = str_sub(s, 0, at);
    return true;
}

/* Stands the list at AT on a line of its own? */
static bool is_whole_line(str s, size_t at, size_t n)
{
    for (size_t i = at; i > 0 && s.p[i - 1] != '\n'; i--)
        if (s.p[i - 1] != ' ' && s.p[i - 1] != '\t')
            return false;
    for (size_t i = at + n; i < s.n && s.p[i] != '\n'; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t')
            return false;
    return true;
}

void attrs_drop(str text, struct buf *out)
{
    struct inline_walk w;
    size_t done = 0, at;

    inline_init(&w, text);
    while ((at = inline_find(&w, "{{{")) != STR_NONE) {
        str line = str_sub(text, at, LIST_MAX);
        size_t n = list_length(str_sub(line, 0, str_find_char(line, '\n')));
        w.at = at + 1;
        if (n == 0)
            continue;
        bool behind = at > 0 && (strchr(")]*_`>~", text.p[at - 1]) ||
                                 (done > 0 && done == at));
        if (!behind && !is_whole_line(text, at, n))
            continue;
        buf_put(out, str_sub(text, done, at - done));
        done = w.at = at + n;
    }
    buf_put(out, str_from(text, done));
}
