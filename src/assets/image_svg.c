/* SPDX-License-Identifier: MIT */
#include "assets/image_parts.h"

#include <string.h>

#include "base/utf8.h"

/* Deeper ones exist only to hurt. */
#define SVG_DEPTH_MAX 256

struct scan {
    str rest;
    str open[SVG_DEPTH_MAX]; /* names of elements that are not closed yet */
    size_t depth, elements;
    uint32_t width, height, box_width, box_height;
    const char *why;
};

static bool fail(struct scan *s, const char *why)
{
    s->why = why;
    return false;
}

static void skip(struct scan *s, size_t n)
{
    s->rest = str_from(s->rest, n);
}

static bool skip_behind(struct scan *s, str mark)
{
    size_t at = str_find(s->rest, mark);

    if (at == STR_NONE)
        return fail(s, "truncated SVG");
    skip(s, at + mark.n);
    return true;
}

static str local_name(str name)
{
    size_t at = str_rfind_char(name, ':');

    return at == STR_NONE ? name : str_from(name, at + 1);
}

static size_t name_length(str s)
{
    size_t n = 0;

    while (n < s.n && !strchr(" \t\r\n/>=<\"'&", s.p[n]))
        n++;
    return n;
}

/* CSS that fetches: url() of anything but a part of the picture itself. */
static bool fetches(str css)
{
    size_t at = str_find_nocase(css, S("url("));

    if (str_find_nocase(css, S("@import")) != STR_NONE)
        return true;
    for (; at != STR_NONE; at = str_find_nocase(css, S("url("))) {
        css = str_trim_left(str_from(css, at + 4));
        if (css.n > 0 && (css.p[0] == '"' || css.p[0] == '\''))
            css = str_from(css, 1);
        if (!str_starts(css, S("#")) && !str_starts_nocase(css, S("data:")))
            return true;
    }
    return false;
}

/* "12.5px" is 13, "50%" and "auto" are no size. */
static uint32_t read_length(str s, str *rest)
{
    double n = 0, unit = 1;
    size_t i = 0;

    s = str_trim(s);
    for (; i < s.n && ascii_is_digit(s.p[i]) && n < 1e6; i++)
        n = n * 10 + (s.p[i] - '0');
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && ascii_is_digit(s.p[i]); i++)
            n += (s.p[i] - '0') * (unit /= 10);
    *rest = str_from(s, i);
    return (uint32_t)(n + 0.5);
}

static uint32_t read_size(str value)
{
    str unit;
    uint32_t n = read_length(value, &unit);

    return unit.n == 0 || str_eq(unit, S("px")) ? n : 0;
}

/* "min-x min-y width height"; the first two may be negative. */
static void read_box(struct scan *s, str value)
{
    str word = value;

    for (int i = 0; i < 4; i++) {
        uint32_t n;

        while (word.n > 0 && (ascii_is_space(word.p[0]) || word.p[0] == ',' ||
                              (i < 2 && word.p[0] == '-')))
            word = str_from(word, 1);
        n = read_length(word, &word);
        if (i == 2)
            s->box_width = n;
        if (i == 3)
            s->box_height = n;
    }
}

static bool judge_attr(struct scan *s, str element, str name, str value)
{
    str local = local_name(name);

    if (s->depth == 0 && s->elements == 0) {
        if (str_eq(name, S("width")))
            s->width = read_size(value);
        else if (str_eq(name, S("height")))
            s->height = read_size(value);
        else if (str_eq(name, S("viewBox")))
            read_box(s, value);
    }
    if (str_starts_nocase(name, S("on")))
        return fail(s, "SVG with a script");
    value = str_trim(value);
    if (str_eq_nocase(local, S("href")) && value.n > 0 && value.p[0] != '#' &&
        !str_starts_nocase(value, S("data:image/")) &&
        (!str_eq(local_name(element), S("a")) ||
         str_starts_nocase(value, S("javascript"))))
        return fail(s, "SVG with parts elsewhere");
    if (fetches(value))
        return fail(s, "SVG with parts elsewhere");
    if (memchr(value.p ? value.p : "", '<', value.n))
        return fail(s, "damaged SVG");
    return true;
}

/* One name="value"; the scan stands on the name. */
static bool read_attr(struct scan *s, str element)
{
    str name = str_sub(s->rest, 0, name_length(s->rest));
    size_t end;
    str mark;

    skip(s, name.n);
    s->rest = str_trim_left(s->rest);
    if (name.n == 0 || s->rest.n == 0 || s->rest.p[0] != '=')
        return fail(s, "damaged SVG");
    skip(s, 1);
    s->rest = str_trim_left(s->rest);
    if (s->rest.n == 0 || (s->rest.p[0] != '"' && s->rest.p[0] != '\''))
        return fail(s, "damaged SVG");
    mark = str_sub(s->rest, 0, 1);
    skip(s, 1);
    end = str_find_char(s->rest, mark.p[0]);
    if (end == STR_NONE)
        return fail(s, "truncated SVG");
    str value = str_sub(s->rest, 0, end);
    skip(s, end + 1);
    return judge_attr(s, element, name, value);
}

static bool judge_element(struct scan *s, str name)
{
    static const str forbidden[] = { STR_INIT("script"),
                                     STR_INIT("foreignObject"),
                                     STR_INIT("iframe"), STR_INIT("handler") };

    if (s->elements == 0 && !str_eq(local_name(name), S("svg")))
        return fail(s, "no picture of a known type");
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_eq_nocase(local_name(name), forbidden[i]))
            return fail(s, "SVG with a script");
    return true;
}

static bool read_start_tag(struct scan *s)
{
    str name = str_sub(s->rest, 0, name_length(s->rest));

    if (name.n == 0 || (s->depth == 0 && s->elements > 0))
        return fail(s, "damaged SVG");
    if (!judge_element(s, name))
        return false;
    skip(s, name.n);
    for (;;) {
        s->rest = str_trim_left(s->rest);
        if (s->rest.n == 0)
            return fail(s, "truncated SVG");
        if (str_starts(s->rest, S("/>"))) {
            skip(s, 2);
            s->elements++;
            return true;
        }
        if (s->rest.p[0] == '>')
            break;
        if (!read_attr(s, name))
            return false;
    }
    skip(s, 1);
    s->elements++;
    if (s->depth == SVG_DEPTH_MAX)
        return fail(s, "SVG that is nested too deep");
    s->open[s->depth++] = name;
    return true;
}

static bool read_end_tag(struct scan *s)
{
    str name = str_sub(s->rest, 0, name_length(s->rest));

    skip(s, name.n);
    s->rest = str_trim_left(s->rest);
    if (s->rest.n == 0)
        return fail(s, "truncated SVG");
    if (s->rest.p[0] != '>' || s->depth == 0 ||
        !str_eq(s->open[--s->depth], name))
        return fail(s, "damaged SVG");
    skip(s, 1);
    return true;
}

/* Only the five entities of XML and character references may follow '&'. */
static bool judge_text(struct scan *s, str text)
{
    static const str entities[] = { STR_INIT("amp;"),  STR_INIT("lt;"),
                                    STR_INIT("gt;"),   STR_INIT("quot;"),
                                    STR_INIT("apos;"), STR_INIT("#") };

    if (s->depth == 0 && str_trim(text).n > 0)
        return fail(s, "damaged SVG");
    if (s->depth > 0 && str_eq(local_name(s->open[s->depth - 1]), S("style")) &&
        fetches(text))
        return fail(s, "SVG with parts elsewhere");
    for (size_t at; (at = str_find_char(text, '&')) != STR_NONE;) {
        size_t i = 0;

        text = str_from(text, at + 1);
        while (i < 6 && !str_starts(text, entities[i]))
            i++;
        if (i == 6)
            return fail(s, "damaged SVG");
    }
    return true;
}

static bool read_markup(struct scan *s)
{
    if (str_starts(s->rest, S("<!--"))) {
        skip(s, 4);
        return skip_behind(s, S("-->"));
    }
    if (str_starts(s->rest, S("<![CDATA["))) {
        str text = str_from(s->rest, 9);

        if (!skip_behind(s, S("]]>")))
            return false;
        text.n -= s->rest.n;
        return !fetches(text) || fail(s, "SVG with parts elsewhere");
    }
    if (str_starts(s->rest, S("<?xml-stylesheet")))
        return fail(s, "SVG with parts elsewhere");
    if (str_starts(s->rest, S("<?")))
        return skip_behind(s, S("?>"));
    if (str_starts(s->rest, S("<!DOCTYPE"))) {
        size_t end = str_find_char(s->rest, '>');

        if (str_find_char(str_sub(s->rest, 0, end), '[') != STR_NONE)
            return fail(s, "SVG with entities of its own");
        return skip_behind(s, S(">"));
    }
    bool end = str_starts(s->rest, S("</"));
    skip(s, end ? 2 : 1);
    return end ? read_end_tag(s) : read_start_tag(s);
}

bool image_is_svg(str bytes)
{
    str head = str_trim_left(str_sub(bytes, 0, 4096));

    if (str_starts(head, S("\xEF\xBB\xBF")))
        head = str_trim_left(str_from(head, 3));
    return str_starts(head, S("<")) && str_find(head, S("<svg")) != STR_NONE;
}

const char *image_check_svg(str bytes, uint32_t *width, uint32_t *height)
{
    struct scan s = { .rest = bytes };

    if (str_starts(s.rest, S("\xEF\xBB\xBF")))
        skip(&s, 3);
    if (!utf8_is_valid(s.rest) ||
        (s.rest.n > 0 && memchr(s.rest.p, 0, s.rest.n)))
        return "SVG that is not UTF-8";
    while (!s.why && s.rest.n > 0) {
        size_t at = str_find_char(s.rest, '<');

        if (!judge_text(&s, str_sub(s.rest, 0, at)))
            break;
        skip(&s, at == STR_NONE ? s.rest.n : at);
        if (s.rest.n > 0 && !read_markup(&s))
            break;
    }
    if (s.why)
        return s.why;
    if (s.depth > 0 || s.elements == 0)
        return "truncated SVG";
    *width = s.width ? s.width : s.box_width;
    *height = s.height ? s.height : s.box_height;
    return NULL;
}
