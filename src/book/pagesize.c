/* SPDX-License-Identifier: MIT */
#include "book/pagesize.h"

#define SHORTEST 50.0
#define LONGEST  1000.0

static const struct {
    str name;
    double width, height;
} sizes[] = {
    { STR_INIT("a3"), 297, 420 },
    { STR_INIT("a4"), 210, 297 },
    { STR_INIT("a5"), 148, 210 },
    { STR_INIT("a6"), 105, 148 },
    { STR_INIT("b4"), 257, 364 },
    { STR_INIT("b5"), 182, 257 },
    { STR_INIT("b6"), 128, 182 },
    { STR_INIT("jis-b5"), 182, 257 },
    { STR_INIT("jis-b6"), 128, 182 },
    { STR_INIT("iso-b5"), 176, 250 },
    { STR_INIT("letter"), 215.9, 279.4 },
    { STR_INIT("legal"), 215.9, 355.6 },
    { STR_INIT("half-letter"), 139.7, 215.9 },
    { STR_INIT("royal"), 156, 234 },
    { STR_INIT("pocket"), 108, 175 },
    { STR_INIT("shinsho"), 103, 182 },
    { STR_INIT("bunko"), 105, 148 },
    { STR_INIT("46"), 127, 188 },
    { STR_INIT("shinguk"), 152, 225 },
};

static const struct {
    str name;
    double mm;
} units[] = {
    { STR_INIT("mm"), 1 },
    { STR_INIT("cm"), 10 },
    { STR_INIT("in"), 25.4 },
    { STR_INIT("pt"), 25.4 / 72 },
};

/* "8.25"; not strtod, which reads as the locale says. */
static bool read_decimal(str s, double *out)
{
    double value = 0, step = 1;
    bool point = false, digits = false;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!ascii_is_digit((unsigned char)s.p[i]))
            return false;
        digits = true;
        value = value * 10 + (s.p[i] - '0');
        step = point ? step * 10 : 1;
    }
    *out = value / step;
    return digits && s.n < 16;
}

static double cut_unit(str *s)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_ends_nocase(*s, units[i].name)) {
            s->n -= units[i].name.n;
            *s = str_trim(*s);
            return units[i].mm;
        }
    }
    return 0;
}

static bool read_lengths(str s, double *width, double *height)
{
    double mm = cut_unit(&s);
    size_t x = str_find_nocase(s, S("x")), skip = 1;

    if (x == STR_NONE) {
        x = str_find(s, S("×"));
        skip = sizeof "×" - 1;
    }
    if (x == STR_NONE)
        return false;
    str w = str_trim(str_sub(s, 0, x)), h = str_trim(str_from(s, x + skip));
    double w_mm = cut_unit(&w); /* "6in x 9in" */
    mm = mm > 0 ? mm : 1;
    if (!read_decimal(w, width) || !read_decimal(h, height))
        return false;
    *width *= w_mm > 0 ? w_mm : mm;
    *height *= mm;
    return true;
}

static bool is_sane(double mm)
{
    return mm >= SHORTEST && mm <= LONGEST;
}

bool pagesize_parse(str text, double *width, double *height)
{
    str s = str_trim(text);
    double w, h;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (str_eq_nocase(s, sizes[i].name)) {
            *width = sizes[i].width;
            *height = sizes[i].height;
            return true;
        }
    }
    if (!read_lengths(s, &w, &h) || !is_sane(w) || !is_sane(h))
        return false;
    *width = w;
    *height = h;
    return true;
}
