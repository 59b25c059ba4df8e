/* SPDX-License-Identifier: MIT */
/* invisible.h - characters without ink that a font need not have: Unicode's
 * Default_Ignorable_Code_Point, as far as it is assigned. */
#ifndef PDF_INVISIBLE_H
#define PDF_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

static inline bool is_invisible(uint32_t c)
{
    if (c < 0x034F)
        return c == 0xAD;
    if (c < 0x200B)
        return c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 ||
               c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F);
    return c <= 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || c == 0xFEFF ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 ||
           (c >= 0x1BCA0 && c <= 0x1BCA3) || (c >= 0x1D173 && c <= 0x1D17A) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

/* C0, DEL and C1: drawn as a space. */
static inline bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

#endif
