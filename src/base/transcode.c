/* SPDX-License-Identifier: MIT */
#include "base/transcode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "base/utf8.h"

struct transcoder {
    iconv_t cd;
};

struct transcoders {
    size_t n;
    struct transcoder **v;
};

struct transcoder *transcoder_new(const struct encoding *e)
{
    str names = e->iconv;
    struct arena a;
    iconv_t cd = (iconv_t)-1;

    arena_init(&a);
    while (names.n > 0 && cd == (iconv_t)-1)
        cd = iconv_open("UTF-8", arena_cstr(&a, str_cut(&names, ' ')));
    arena_done(&a);
    if (cd == (iconv_t)-1)
        return NULL;
    struct transcoder *t = malloc(sizeof *t);
    if (!t)
        die("out of memory");
    t->cd = cd;
    return t;
}

void transcoder_free(struct transcoder *t)
{
    if (!t)
        return;
    iconv_close(t->cd);
    free(t);
}

size_t transcoder_put(struct transcoder *t, str s, struct buf *out)
{
    char *in = (char *)s.p;
    size_t left = s.n, n_bad = 0;

    iconv(t->cd, NULL, NULL, NULL, NULL);
    while (left > 0) {
        size_t room = left + left / 2 + 16;
        char *to = buf_reserve(out, room);
        size_t free_bytes = out->cap - out->n;
        size_t before = free_bytes;
        size_t r = iconv(t->cd, &in, &left, &to, &free_bytes);
        out->n += before - free_bytes;
        if (r != (size_t)-1 || errno == E2BIG)
            continue;
        /* EILSEQ, or EINVAL at the end. */
        buf_put_codepoint(out, UTF8_REPLACEMENT);
        n_bad++;
        in++;
        left--;
    }
    return n_bad;
}

struct transcoders *transcoders_hold(void)
{
    struct transcoders *all = calloc(1, sizeof *all);
    size_t n;
    const struct encoding *table = encoding_table(&n);

    if (!all || !(all->v = calloc(n, sizeof(struct transcoder *))))
        die("out of memory");
    for (all->n = 0; all->n < n; all->n++)
        all->v[all->n] = transcoder_new(&table[all->n]);
    return all;
}

void transcoders_release(struct transcoders *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->n; i++)
        transcoder_free(all->v[i]);
    free(all->v);
    free(all);
}
