/* SPDX-License-Identifier: MIT */
/* embed.h - players, frames and scripts of other sites become cards; ads and
 * trackers go. One table (embed.def), one line a host. */
#ifndef CONVERT_EMBED_H
#define CONVERT_EMBED_H

#include "convert/soup.h"
#include "doc/chapter.h"

enum embed_verdict {
    EMBED_NOT,   /* nothing of the kind: clean it as an ordinary element */
    EMBED_CARD,  /* *out is figure.embed, to stand as a block */
    EMBED_LINK,  /* *out is an inline link (affiliate widgets) */
    EMBED_IMAGE, /* *out is an img with its raw address in ATTR_DATA_SRC */
    EMBED_DROP   /* an ad, a tracker, a script; reported; drop it whole */
};

/* Judges E: iframe, script, object, embed, param, video, audio, applet, and
 * blockquotes that a script would have turned into a post
 * (twitter-tweet, instagram-media, ...). An object with an embed inside is
 * one film, one card. Words on the card are in LANG. */
enum embed_verdict embed_judge(const struct soup *e, const struct post *post,
                               enum lang lang, struct arena *a, struct diag *dg,
                               struct node **out);

#endif
