/* SPDX-License-Identifier: MIT */
#include "convert/clean_color.h"

#include "convert/clean_css.h"

static const struct {
    str name;
    uint32_t rgb;
} names[] = {
#define COLOR(name, rgb) { STR_INIT(name), rgb },
#include "convert/clean_color.def"
#undef COLOR
};

/* Relative luminance of a channel (WCAG 2.2): the power of 2.4 by a parabola
 * through sRGB's curve, good to 0.01, which is enough to compare with. */
static double linear(unsigned channel)
{
    double c = channel / 255.0;

    return c <= 0.04045
               ? c / 12.92
               : c * (0.012522878 + c * (0.682171111 + c * 0.305306011));
}

bool color_is_readable(uint32_t rgb)
{
    double light = 0.2126 * linear(rgb >> 16 & 255) +
                   0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);

    return 1.05 / (light + 0.05) >= 3 && (light + 0.05) / 0.05 >= 3;
}

/* "#rgb", "#rgba", "#rrggbb", "#rrggbbaa"; old HTML leaves out the '#'. */
static bool read_hex(str s, uint32_t *rgb)
{
    uint32_t value = 0;

    if (s.n && s.p[0] == '#')
        s = str_from(s, 1);
    if (s.n != 3 && s.n != 4 && s.n != 6 && s.n != 8)
        return false;
    size_t step = s.n < 5 ? 1 : 2;
    for (size_t i = 0; i < 3 * step; i++) {
        int digit = ascii_hex(s.p[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
        if (step == 1)
            value = value << 4 | (uint32_t)digit;
    }
    *rgb = value;
    return true;
}

/* One of "12", "12.5", "50%", as 0 to 255. */
static bool read_channel(str *s, uint32_t *out)
{
    size_t i = 0;
    uint32_t n = 0;

    *s = str_trim_left(*s);
    for (; i < s->n && ascii_is_digit(s->p[i]) && n < 1000; i++)
        n = n * 10 + (uint32_t)(s->p[i] - '0');
    if (i == 0)
        return false;
    if (i < s->n && s->p[i] == '.')
        for (i++; i < s->n && ascii_is_digit(s->p[i]);)
            i++;
    if (i < s->n && s->p[i] == '%') {
        n = n * 255 / 100;
        i++;
    }
    *out = n < 255 ? n : 255;
    while (i < s->n && (ascii_is_space(s->p[i]) || s->p[i] == ','))
        i++;
    *s = str_from(*s, i);
    return true;
}

static bool read_rgb(str s, uint32_t *rgb)
{
    size_t open = str_find_char(s, '(');
    uint32_t r, g, b;

    if (!str_starts_nocase(s, S("rgb")) || open == STR_NONE)
        return false;
    s = str_from(s, open + 1);
    if (!read_channel(&s, &r) || !read_channel(&s, &g) || !read_channel(&s, &b))
        return false;
    *rgb = r << 16 | g << 8 | b;
    return true;
}

uint32_t css_color(str value)
{
    uint32_t rgb;

    value = str_trim(value);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(value, names[i].name))
            return COLOR_SET | names[i].rgb;
    if ((read_hex(value, &rgb) || read_rgb(value, &rgb)) &&
        color_is_readable(rgb))
        return COLOR_SET | rgb;
    return COLOR_RESET;
}
