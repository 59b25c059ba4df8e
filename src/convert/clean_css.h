/* SPDX-License-Identifier: MIT */
/* clean_css.h - what is kept of an author's inline style and of the
 * presentational attributes of old HTML. */
#ifndef CONVERT_CLEAN_CSS_H
#define CONVERT_CLEAN_CSS_H

#include "base/arena.h"

enum tri { UNSET, OFF, ON };

enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };

enum valign {
    VALIGN_NONE,
    VALIGN_TOP,
    VALIGN_MIDDLE,
    VALIGN_BOTTOM,
    VALIGN_BASELINE
};

/* 0xRRGGBB above COLOR_SET; COLOR_RESET: an author's colour that can't be
 * kept, so that the text has the page's. */
#define COLOR_RESET 1u
#define COLOR_SET   0x1000000u

struct css {
    enum tri bold, italic, underline, strike;
    uint32_t color; /* 0: unset */
    enum align align;
    enum valign valign;
    unsigned width; /* percent, 1 to 100; 0: unset */
};

/* Adds the declarations of a style attribute to CSS. Broken and unknown ones
 * are passed over; there is no error. */
void css_read(struct css *css, str style);

enum align css_align(str word);
enum valign css_valign(str word);
/* Percent of "50%", or 0. */
unsigned css_percent(str value);
/* Of a colour in CSS's notations or old HTML's; COLOR_RESET when it can't be
 * read on both white and black: a contrast of at least 3 : 1 (WCAG 2.2,
 * 1.4.3, for large text) is asked for on both. */
uint32_t css_color(str value);

str css_align_text(enum align align);
str css_valign_text(enum valign valign);

#endif
