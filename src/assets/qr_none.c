/* SPDX-License-Identifier: MIT */
/* qr.h where libqrencode is not installed: no text has a code. */
#include "assets/qr.h"

const char *const qr_missing = "libqrencode is missing";

bool qr_encode(str text, struct arena *a, struct qr *out)
{
    return false;
}

uint32_t qr_size(size_t n)
{
    return 0;
}
