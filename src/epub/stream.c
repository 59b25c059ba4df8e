/* SPDX-License-Identifier: MIT */
#include "epub/stream.h"

#include "epub/deflate.h"

/* A document that is no longer than this is deflated at once. */
#define SMALL (4u << 20)

void stream_begin(struct stream *s, struct spool *spool, struct diag *dg)
{
    *s = (struct stream){ .spool = spool, .dg = dg };
}

static void hand_on(struct stream *s)
{
    struct span piece;

    if (!s->failed && s->buf.n) {
        s->failed = !spool_put(s->spool, buf_str(&s->buf), &piece, s->dg);
        if (s->span.len == 0)
            s->span.off = piece.off;
        s->span.len += piece.len;
    }
    buf_reset(&s->buf);
}

void stream_more(struct stream *s)
{
    if (s->buf.n >= SMALL)
        hand_on(s);
}

/* The whole document is in the buffer still. */
static void put_deflated(struct stream *s, struct entry *out)
{
    struct deflate *d = deflate_new();
    struct buf packed = { 0 };

    deflate_bytes(d, buf_str(&s->buf), &packed);
    *out = (struct entry){ .size = s->buf.n,
                           .crc = deflate_crc(buf_str(&s->buf)),
                           .packing = PACK_READY };
    s->failed = !spool_put(s->spool, buf_str(&packed), &out->span, s->dg);
    buf_done(&packed);
    deflate_free(d);
}

bool stream_end(struct stream *s, struct entry *out)
{
    if (s->span.len == 0 && !s->failed) {
        put_deflated(s, out);
    } else {
        hand_on(s);
        *out = (struct entry){ .span = s->span,
                               .size = s->span.len,
                               .packing = PACK_DEFLATE };
    }
    buf_done(&s->buf);
    return !s->failed;
}
