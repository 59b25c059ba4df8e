/* SPDX-License-Identifier: MIT */
#include "convert/srcset.h"

/* What "1x" is taken for: the width of a column of a web page. */
#define COLUMN 650

static bool is_gap(char c)
{
    return ascii_is_space(c) || c == ',';
}

/* "1.5": in thousandths; 0: no number. */
static uint64_t thousandths(str s)
{
    str rest = s, whole = str_cut(&rest, '.');
    uint64_t n = 0, part = 0;

    if (whole.n > 6 || (whole.n > 0 && !str_to_uint(whole, &n)))
        return 0;
    rest = str_sub(rest, 0, 3);
    if (rest.n > 0 && !str_to_uint(rest, &part))
        return 0;
    for (size_t i = rest.n; i < 3; i++)
        part *= 10;
    return n * 1000 + part;
}

/* How wide a candidate with this descriptor is, in pixels. */
static uint64_t width_of(str descriptor)
{
    char unit = descriptor.n > 0 ? descriptor.p[descriptor.n - 1] : '\0';
    str number = str_sub(descriptor, 0, descriptor.n ? descriptor.n - 1 : 0);

    if (unit == 'w')
        return thousandths(number) / 1000;
    if (unit == 'x')
        return thousandths(number) * COLUMN / 1000;
    return 0;
}

/* Cuts the descriptors of a candidate off, up to the comma behind them, which
 * may stand in parentheses too: "2x (a, b), ". */
static uint64_t cut_descriptors(str *rest)
{
    uint64_t width = 0;
    unsigned depth = 0;
    size_t i = 0, start = 0;

    for (; i <= rest->n; i++) {
        char c = i < rest->n ? rest->p[i] : ',';
        bool end = c == ',' && (depth == 0 || i == rest->n);

        if (end || (ascii_is_space(c) && depth == 0)) {
            uint64_t w = width_of(str_sub(*rest, start, i - start));
            width = w ? w : width;
            start = i + 1;
        }
        if (end)
            break;
        if (c == '(')
            depth++;
        else if (c == ')' && depth > 0)
            depth--;
    }
    *rest = str_from(*rest, i + 1);
    return width ? width : COLUMN;
}

/* Cuts off the next candidate; false at the end. A comma within an address
 * is part of it, one at its end ends the candidate. */
static bool next_candidate(str *rest, str *url, uint64_t *width)
{
    size_t n = 0;

    while (n < rest->n && is_gap(rest->p[n]))
        n++;
    *rest = str_from(*rest, n);
    for (n = 0; n < rest->n && !ascii_is_space(rest->p[n]);)
        n++;
    if (n == 0)
        return false;
    *url = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    *width = COLUMN;
    if (url->p[n - 1] != ',') {
        *width = cut_descriptors(rest);
        return true;
    }
    while (url->n > 0 && url->p[url->n - 1] == ',')
        url->n--;
    return true;
}

str srcset_best(str srcset)
{
    str best = { 0 }, url;
    uint64_t best_width = 0, width;

    while (next_candidate(&srcset, &url, &width)) {
        bool fits = width <= SRCSET_WIDTH_MAX;
        bool best_fits = best_width <= SRCSET_WIDTH_MAX;

        if (best.n == 0 || (fits && (width > best_width || !best_fits)) ||
            (!fits && !best_fits && width < best_width)) {
            best = url;
            best_width = width;
        }
    }
    return best;
}
