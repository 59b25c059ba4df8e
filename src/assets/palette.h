/* SPDX-License-Identifier: MIT */
/* palette.h - from numbers of colours to samples. */
#ifndef ASSETS_PALETTE_H
#define ASSETS_PALETTE_H

#include "assets/rows.h"

/* Colours that a file doesn't have are black. */
struct palette {
    uint8_t rgba[256][4];
};

/* How many channels its colours need. */
unsigned palette_channels(const struct palette *p, bool with_alpha);

void palette_row(const struct palette *p, const uint8_t *from, uint32_t width,
                 unsigned channels, uint8_t *to);

#endif
