/* SPDX-License-Identifier: MIT */
/* sfnt.h - numbers of a font's tables (OpenType, "Data types"). */
#ifndef PDF_SFNT_H
#define PDF_SFNT_H

#include "base/bytes.h"

/* The 16 bits at AT, big end first; 0 where the table has none. */
static inline uint32_t sfnt_u16(str table, size_t at)
{
    if (table.n < 2 || at > table.n - 2)
        return 0;
    return big16(table, at);
}

static inline uint32_t sfnt_u32(str table, size_t at)
{
    return sfnt_u16(table, at) << 16 | sfnt_u16(table, at + 2);
}

#endif
