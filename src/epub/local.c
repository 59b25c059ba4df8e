/* SPDX-License-Identifier: MIT */
#include "epub/local.h"

#include <string.h>

#define MOST 65535 /* bytes in a block */
#define HEAD 5

#define HEADER       30
#define UTF_8        (1u << 11)
#define STORED       0
#define DEFLATED     8
#define FOR_STORED   10 /* the version that a reader must understand */
#define FOR_DEFLATED 20

/* No bytes are a block too. */
static uint64_t count(uint64_t n)
{
    return n ? (n + MOST - 1) / MOST : 1;
}

uint64_t local_blocks_length(uint64_t n)
{
    return n + count(n) * HEAD;
}

uint64_t local_header_length(const char *name)
{
    return HEADER + strlen(name);
}

static bool is_ascii(const char *name)
{
    while (*name && (unsigned char)*name < 0x80)
        name++;
    return *name == '\0';
}

static void put(struct buf *out, uint64_t value, unsigned n_bytes)
{
    for (unsigned i = 0; i < n_bytes; i++)
        buf_putc(out, (char)(value >> 8 * i));
}

/* The same as libzip writes over it, or else that will cost system calls. */
static bool write_header(struct window *w, const char *name,
                         const struct entry *e, uint64_t length)
{
    bool stored = e->packing == PACK_STORE;
    struct buf h = { 0 };

    buf_puts(&h, "PK\x03\x04");
    put(&h, stored ? FOR_STORED : FOR_DEFLATED, 2);
    put(&h, is_ascii(name) ? 0 : UTF_8, 2);
    put(&h, stored ? STORED : DEFLATED, 2);
    put(&h, ZIP_DOS_TIME, 2);
    put(&h, ZIP_DOS_DATE, 2);
    put(&h, e->crc, 4);
    put(&h, length, 4);
    put(&h, e->size, 4);
    put(&h, strlen(name), 2);
    put(&h, 0, 2);
    buf_puts(&h, name);
    bool ok = window_write_marked(w, buf_str(&h));
    buf_done(&h);
    return ok;
}

static bool write_blocks(struct window *w, str bytes)
{
    for (uint64_t left = count(bytes.n); left > 0; left--) {
        size_t n = bytes.n < MOST ? bytes.n : MOST;
        const char head[HEAD] = { left == 1, (char)n, (char)(n >> 8), (char)~n,
                                  (char)(~n >> 8) };
        if (!window_write(w, head, HEAD) || !window_write(w, bytes.p, n))
            return false;
        bytes = str_from(bytes, n);
    }
    return true;
}

bool local_write(struct window *w, const char *name, const struct entry *e,
                 str bytes)
{
    if (e->packing == PACK_BLOCKS)
        return write_header(w, name, e, local_blocks_length(bytes.n)) &&
               write_blocks(w, bytes);
    return write_header(w, name, e, bytes.n) &&
           window_write(w, bytes.p, bytes.n);
}
