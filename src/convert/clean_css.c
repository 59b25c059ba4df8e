/* SPDX-License-Identifier: MIT */
#include "convert/clean_css.h"

#include "convert/clean_color.h"

static const str aligns[] = {
    [ALIGN_NONE] = STR_INIT(""),           [ALIGN_LEFT] = STR_INIT("left"),
    [ALIGN_CENTER] = STR_INIT("center"),   [ALIGN_RIGHT] = STR_INIT("right"),
    [ALIGN_JUSTIFY] = STR_INIT("justify"),
};

static const str valigns[] = {
    [VALIGN_NONE] = STR_INIT(""),
    [VALIGN_TOP] = STR_INIT("top"),
    [VALIGN_MIDDLE] = STR_INIT("middle"),
    [VALIGN_BOTTOM] = STR_INIT("bottom"),
    [VALIGN_BASELINE] = STR_INIT("baseline"),
};

enum align css_align(str word)
{
    if (str_eq_nocase(word, S("middle")))
        return ALIGN_CENTER;
    for (int i = ALIGN_LEFT; i <= ALIGN_JUSTIFY; i++)
        if (str_eq_nocase(word, aligns[i]))
            return (enum align)i;
    return ALIGN_NONE;
}

enum valign css_valign(str word)
{
    for (int i = VALIGN_TOP; i <= VALIGN_BASELINE; i++)
        if (str_eq_nocase(word, valigns[i]))
            return (enum valign)i;
    return VALIGN_NONE;
}

str css_align_text(enum align align)
{
    return aligns[align];
}

str css_valign_text(enum valign valign)
{
    return valigns[valign];
}

unsigned css_percent(str value)
{
    unsigned n = 0;
    size_t i = 0;

    value = str_trim(value);
    while (i < value.n && ascii_is_digit(value.p[i]) && n <= 100)
        n = n * 10 + (unsigned)(value.p[i++] - '0');
    if (i > 0 && i < value.n && value.p[i] == '.')
        for (i++; i < value.n && ascii_is_digit(value.p[i]);)
            i++;
    return i > 0 && i + 1 == value.n && value.p[i] == '%' && n <= 100 ? n : 0;
}

static void read_weight(struct css *css, str value)
{
    uint64_t n;

    if (str_eq_nocase(value, S("bold")) || str_eq_nocase(value, S("bolder")))
        css->bold = ON;
    else if (str_eq_nocase(value, S("normal")) ||
             str_eq_nocase(value, S("lighter")))
        css->bold = OFF;
    else if (str_to_uint(value, &n) && n >= 1 && n <= 1000)
        css->bold = n >= 600 ? ON : OFF;
}

static void read_slant(struct css *css, str value)
{
    if (str_eq_nocase(value, S("italic")) || str_eq_nocase(value, S("oblique")))
        css->italic = ON;
    else if (str_eq_nocase(value, S("normal")))
        css->italic = OFF;
}

static void read_decoration(struct css *css, str value)
{
    if (str_find_nocase(value, S("underline")) != STR_NONE)
        css->underline = ON;
    if (str_find_nocase(value, S("line-through")) != STR_NONE)
        css->strike = ON;
}

static void read_color(struct css *css, str value)
{
    if (!str_eq_nocase(value, S("inherit")))
        css->color = css_color(value);
}

static void read_align(struct css *css, str value)
{
    if (css_align(value))
        css->align = css_align(value);
}

static void read_valign(struct css *css, str value)
{
    css->valign = css_valign(value);
}

static void read_width(struct css *css, str value)
{
    css->width = css_percent(value);
}

static const struct {
    str name;
    void (*read)(struct css *css, str value);
} properties[] = {
    { STR_INIT("color"), read_color },
    { STR_INIT("font-style"), read_slant },
    { STR_INIT("font-weight"), read_weight },
    { STR_INIT("text-align"), read_align },
    { STR_INIT("text-decoration"), read_decoration },
    { STR_INIT("text-decoration-line"), read_decoration },
    { STR_INIT("vertical-align"), read_valign },
    { STR_INIT("width"), read_width },
};

static void read_declaration(struct css *css, str name, str value)
{
    size_t important = str_find_char(value, '!');

    if (important != STR_NONE)
        value = str_trim_right(str_sub(value, 0, important));
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (str_eq_nocase(name, properties[i].name)) {
            properties[i].read(css, value);
            return;
        }
}

/* Offset of the ';' that ends the declaration at the start of S, or its
 * length: one inside quotes or brackets (url(data:...;...)) does not count. */
static size_t declaration_length(str s)
{
    char quote = 0;
    unsigned depth = 0;
    size_t i = 0;

    for (; i < s.n && (quote || depth || s.p[i] != ';'); i++) {
        char c = s.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth)
            depth--;
    }
    return i;
}

void css_read(struct css *css, str style)
{
    while (style.n) {
        size_t n = declaration_length(style);
        str one = str_sub(style, 0, n);
        size_t colon = str_find_char(one, ':');
        if (colon != STR_NONE)
            read_declaration(css, str_trim(str_sub(one, 0, colon)),
                             str_trim(str_from(one, colon + 1)));
        style = str_from(style, n < style.n ? n + 1 : n);
    }
}
