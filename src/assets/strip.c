/* SPDX-License-Identifier: MIT */
#include "assets/strip.h"

#include <string.h>

void strip_keep(struct strip *s, str piece)
{
    str *last = s->pieces.n ? &s->pieces.v[s->pieces.n - 1] : NULL;

    if (piece.n == 0)
        return;
    if (last && last->p + last->n == piece.p)
        last->n += piece.n;
    else
        *vec_push(&s->pieces, s->arena) = piece;
}

str strip_result(struct strip *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->pieces.n; i++)
        n += s->pieces.v[i].n;
    if (n == s->bytes.n)
        return s->bytes;
    char *to = arena_bytes(s->arena, n), *at = to;
    for (size_t i = 0; i < s->pieces.n; i++) {
        memcpy(at, s->pieces.v[i].p, s->pieces.v[i].n);
        at += s->pieces.v[i].n;
    }
    return (str){ to, n };
}
