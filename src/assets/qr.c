/* SPDX-License-Identifier: MIT */
#include "assets/qr.h"

#include <limits.h>

#include <qrencode.h>

const char *const qr_missing = NULL;

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

uint32_t qr_size(size_t n)
{
    /* Bytes that versions 1 to 40 hold with level L: ISO/IEC 18004, table 7. */
    static const uint16_t capacity[] = {
        17,   32,   53,   78,   106,  134,  154,  192,  230,  271,
        321,  367,  425,  458,  520,  586,  644,  718,  792,  858,
        929,  1003, 1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732,
        1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953,
    };

    for (uint32_t v = 0; n && v < sizeof capacity / sizeof *capacity; v++)
        if (n <= capacity[v])
            return 21 + 4 * v;
    return 0;
}
