/* SPDX-License-Identifier: MIT */
#include "pdf/vault.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/spool.h"

#define WINDOW (256u << 10)

struct vault {
    struct arena arena; /* of the path and of what goes wrong */
    struct diag diag;
    struct spool *spool; /* NULL: `bytes` holds everything */
    struct buf bytes;    /* otherwise a part of the file, from `base` on */
    uint64_t base;
    bool failed;
};

struct vault *vault_new(str beside)
{
    struct vault *v = calloc(1, sizeof *v);

    if (!v)
        die("out of memory");
    arena_init(&v->arena);
    diag_init(&v->diag, &v->arena);
    v->spool = spool_new(arena_dup(&v->arena, beside), &v->diag);
    diag_init(&v->diag, &v->arena);
    return v;
}

void vault_free(struct vault *v)
{
    if (!v)
        return;
    spool_free(v->spool);
    buf_done(&v->bytes);
    arena_done(&v->arena);
    free(v);
}

uint64_t vault_put(struct vault *v, str bytes)
{
    struct span span = { 0 };

    if (!v->spool) {
        uint64_t off = v->bytes.n;
        buf_put(&v->bytes, bytes);
        return off;
    }
    if (!v->failed)
        v->failed = !spool_put(v->spool, bytes, &span, &v->diag);
    return span.off;
}

static bool fill_window(struct vault *v, uint64_t off)
{
    buf_reset(&v->bytes);
    int64_t n = spool_read(v->spool, off, buf_reserve(&v->bytes, WINDOW),
                           WINDOW);
    if (n <= 0)
        return false;
    v->bytes.n = (size_t)n;
    v->base = off;
    return true;
}

str vault_get(struct vault *v, uint64_t off, size_t n)
{
    bool here = off >= v->base && off < v->base + v->bytes.n;

    if (!here && (v->failed || !v->spool || !fill_window(v, off))) {
        v->failed = true;
        return (str){ 0 };
    }
    return str_sub(buf_str(&v->bytes), (size_t)(off - v->base), n);
}

bool vault_is_whole(const struct vault *v, str target, struct diag *dg)
{
    if (!v->failed)
        return true;
    const struct diag_item *why = v->diag.first;
    diag_add(dg, DIAG_OUTPUT_FAILED, target, 0, "%.*s",
             STR_ARG(why ? why->text
                         : S("can't read back a temporary file; nothing was "
                             "published")));
    return false;
}
