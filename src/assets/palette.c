/* SPDX-License-Identifier: MIT */
#include "assets/palette.h"

unsigned palette_channels(const struct palette *p, bool with_alpha)
{
    bool grey = true, opaque = !with_alpha;

    for (unsigned i = 0; i < 256; i++) {
        const uint8_t *c = p->rgba[i];
        opaque &= c[3] == 255;
        grey &= !c[3] || (c[0] == c[1] && c[1] == c[2]);
    }
    return (grey ? CHANNELS_GREY : CHANNELS_RGB) + (opaque ? 0 : 1);
}

void palette_row(const struct palette *p, const uint8_t *from, uint32_t width,
                 unsigned channels, uint8_t *to)
{
    unsigned colors = channels < CHANNELS_RGB ? 1 : 3;

    for (uint32_t x = 0; x < width; x++, to += channels) {
        const uint8_t *c = p->rgba[from[x]];
        for (unsigned i = 0; i < colors; i++)
            to[i] = c[i];
        if (channels > colors)
            to[colors] = c[3];
    }
}
