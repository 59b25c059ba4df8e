/* SPDX-License-Identifier: MIT */
#include "assets/image_parts.h"
#include "assets/svg_clean.h"

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
static void read_box(struct svg_size *s, str value)
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

void svg_size_read(struct svg_size *size, str name, str value)
{
    if (str_eq(name, S("width")))
        size->width = read_size(value);
    else if (str_eq(name, S("height")))
        size->height = read_size(value);
    else if (str_eq(name, S("viewBox")))
        read_box(size, value);
}

bool image_is_svg(str bytes)
{
    str head = str_trim_left(str_sub(bytes, 0, 4096));

    if (str_starts(head, S("\xEF\xBB\xBF")))
        head = str_trim_left(str_from(head, 3));
    return str_starts(head, S("<")) && (str_find(head, S("<svg")) != STR_NONE ||
                                        str_find(head, S(":svg")) != STR_NONE);
}

const char *image_check_svg(str bytes, uint32_t *width, uint32_t *height)
{
    struct buf clean = { 0 };
    struct svg_size size;
    const char *wrong = svg_clean(bytes, &clean, &size);

    buf_done(&clean);
    *width = wrong ? 0 : size.width ? size.width : size.box_width;
    *height = wrong ? 0 : size.height ? size.height : size.box_height;
    return wrong;
}
