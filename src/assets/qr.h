/* SPDX-License-Identifier: MIT */
/* qr.h - QR codes (ISO/IEC 18004), by libqrencode. */
#ifndef ASSETS_QR_H
#define ASSETS_QR_H

#include "base/arena.h"

struct qr {
    uint32_t size;          /* modules a side, without the quiet zone */
    const uint8_t *modules; /* size x size, row by row: 1 is dark */
};

/* Modules of blank that a reader needs on every side (ISO/IEC 18004, 6.3.8). */
#define QR_QUIET 4

/* Why no code can be made at all; NULL: they can. */
extern const char *const qr_missing;

/* The code of TEXT with low error correction, the smallest version that holds
 * it. False: longer than a QR code can be. */
bool qr_encode(str text, struct arena *a, struct qr *out);

/* The size of the code that qr_encode() makes of N bytes, without making it; 0:
 * there is none. */
uint32_t qr_size(size_t n);

#endif
