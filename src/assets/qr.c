/* SPDX-License-Identifier: MIT */
#include "assets/qr.h"

#include <limits.h>
#include <string.h>

#include <qrencode.h>

bool qr_encode(str text, struct arena *a, struct qr *out)
{
    if (text.n == 0 || text.n > INT_MAX)
        return false;
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p,
                                     0, QR_ECLEVEL_L);
    if (!code)
        return false;

    size_t n = (size_t)code->width * (size_t)code->width;
    uint8_t *modules = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++)
        modules[i] = code->data[i] & 1;
    *out = (struct qr){ (uint32_t)code->width, modules };
    QRcode_free(code);
    return true;
}
