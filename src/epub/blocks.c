/* SPDX-License-Identifier: MIT */
#include "epub/blocks.h"

#include <errno.h>

#include "base/file.h"
#include "epub/deflate.h"

#define MOST 65535
#define HEAD 5

/* No bytes are a block too. */
static uint64_t count(uint64_t n)
{
    return n ? (n + MOST - 1) / MOST : 1;
}

uint64_t blocks_length(uint64_t n)
{
    return n + count(n) * HEAD;
}

/* Bytes in block I of E. */
static size_t block_size(const struct entry *e, uint64_t i)
{
    uint64_t left = e->size - i * MOST;

    return left < MOST ? (size_t)left : MOST;
}

static char head_byte(const struct entry *e, uint64_t i, unsigned which)
{
    unsigned n = (unsigned)block_size(e, i);
    const char head[HEAD] = { i + 1 == count(e->size), (char)n, (char)(n >> 8),
                              (char)~n, (char)(~n >> 8) };

    return head[which];
}

/* Bytes of the entry itself, from AT on; there are some. */
static int64_t read_bytes(struct blocks *b, uint64_t at, char *to, size_t n)
{
    const struct entry *e = b->entry;
    uint64_t off = e->span.off + at;
    int64_t got = e->outside ? file_read_at(e->fd, off, to, n)
                             : spool_read(b->spool, off, to, n);

    if (got > 0 && e->outside)
        b->crc = deflate_crc_more(b->crc, (str){ to, (size_t)got });
    if (got == 0)
        errno = EIO;
    return got > 0 ? got : -1;
}

/* One piece: a byte of a head, or bytes of one block. */
static int64_t read_piece(struct blocks *b, char *to, size_t n)
{
    const uint64_t i = b->at / (HEAD + MOST), in = b->at % (HEAD + MOST);

    if (in < HEAD) {
        *to = head_byte(b->entry, i, (unsigned)in);
        return 1;
    }
    size_t left = block_size(b->entry, i) - (size_t)(in - HEAD);
    return read_bytes(b, i * MOST + in - HEAD, to, left < n ? left : n);
}

int64_t blocks_read(struct blocks *b, char *to, size_t n)
{
    const uint64_t length = blocks_length(b->entry->size);
    size_t done = 0;

    while (done < n && b->at < length) {
        int64_t got = read_piece(b, to + done, n - done);

        if (got < 0)
            return -1;
        done += (size_t)got;
        b->at += (uint64_t)got;
    }
    if (done > 0 && b->at == length && b->entry->outside &&
        b->crc != b->entry->crc) {
        errno = EIO;
        return -1;
    }
    return (int64_t)done;
}
