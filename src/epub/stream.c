/* SPDX-License-Identifier: MIT */
#include "epub/stream.h"

#define ENOUGH (64u << 10)

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
    if (s->buf.n >= ENOUGH)
        hand_on(s);
}

bool stream_end(struct stream *s, struct entry *out)
{
    hand_on(s);
    buf_done(&s->buf);
    *out = (struct entry){ .span = s->span,
                           .size = s->span.len,
                           .packing = PACK_DEFLATE };
    return !s->failed;
}
