/* SPDX-License-Identifier: MIT */
#include "pdf/facecmap.h"

#include "pdf/sfnt.h"

/* The subtable in the order in which HarfBuzz prefers them; empty: none that
 * is for Unicode. */
static str find_subtable(str cmap)
{
    static const struct {
        uint32_t platform, encoding;
    } wanted[] = { { 3, 10 }, { 0, 6 }, { 0, 4 }, { 3, 1 },
                   { 0, 3 },  { 0, 2 }, { 0, 1 }, { 0, 0 } };
    uint32_t n = sfnt_u16(cmap, 2);

    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++)
        for (uint32_t i = 0; i < n; i++) {
            size_t at = 4 + 8 * (size_t)i;
            if (sfnt_u16(cmap, at) == wanted[w].platform &&
                sfnt_u16(cmap, at + 2) == wanted[w].encoding)
                return str_from(cmap, sfnt_u32(cmap, at + 4));
        }
    return (str){ 0 };
}

/* Format 12: sequential groups. */
static bool read_groups(str t, cmap_range *fn, void *context)
{
    uint32_t n = sfnt_u32(t, 12);
    uint64_t next = 0;

    if (t.n < 16 || n > (t.n - 16) / 12)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        size_t at = 16 + 12 * (size_t)i;
        uint32_t first = sfnt_u32(t, at), last = sfnt_u32(t, at + 4);
        if (first < next || last < first || last > 0x10FFFF)
            return false;
        fn(context, first, last, sfnt_u32(t, at + 8));
        next = (uint64_t)last + 1;
    }
    return true;
}

/* One segment of format 4 whose glyphs stand in the array behind. */
static bool read_listed(str t, size_t list, uint32_t first, uint32_t last,
                        uint32_t delta, cmap_range *fn, void *context)
{
    for (uint32_t c = first; c <= last; c++) {
        size_t at = list + 2 * (size_t)(c - first);
        if (at + 2 > t.n)
            return false;
        uint32_t g = sfnt_u16(t, at);
        if (g)
            fn(context, c, c, (g + delta) & 0xFFFF);
    }
    return true;
}

/* Format 4: segments; the glyphs of one with an offset are listed. */
static bool read_segments(str t, cmap_range *fn, void *context)
{
    size_t n = sfnt_u16(t, 6) / 2, next = 0;
    size_t ends = 14, starts = 16 + 2 * n, deltas = 16 + 4 * n;
    size_t offsets = 16 + 6 * n;

    if (n == 0 || offsets + 2 * n > t.n)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t first = sfnt_u16(t, starts + 2 * i);
        uint32_t last = sfnt_u16(t, ends + 2 * i);
        uint32_t delta = sfnt_u16(t, deltas + 2 * i);
        uint32_t offset = sfnt_u16(t, offsets + 2 * i);
        if (first == 0xFFFF)
            break;
        if (first < next || last < first)
            return false;
        next = (size_t)last + 1;
        if (offset == 0xFFFF)
            continue;
        if (offset) {
            if (!read_listed(t, offsets + 2 * i + offset, first, last, delta,
                             fn, context))
                return false;
            continue;
        }
        /* Glyph numbers wrap round at 65,536. */
        uint32_t glyph = (first + delta) & 0xFFFF;
        uint32_t room = 0x10000 - glyph;
        if (last - first < room) {
            fn(context, first, last, glyph);
        } else {
            fn(context, first, first + room - 1, glyph);
            fn(context, first + room, last, 0);
        }
    }
    return true;
}

bool cmap_read(str cmap, cmap_range *fn, void *context)
{
    str t = find_subtable(cmap);

    switch (sfnt_u16(t, 0)) {
    case 4:
        return read_segments(t, fn, context);
    case 12:
        return read_groups(t, fn, context);
    default:
        return false;
    }
}
