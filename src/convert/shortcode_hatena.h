/* SPDX-License-Identifier: MIT */
/* shortcode_hatena.h - what Hatena Blog adds to Markdown. */
#ifndef CONVERT_SHORTCODE_HATENA_H
#define CONVERT_SHORTCODE_HATENA_H

#include "base/buf.h"

/* Has BODY what only Hatena Blog understands? */
bool shortcode_is_hatena(str body);

/* "((text))" at AT in LINE, a note; not ")((text))(" nor "(((text)))". Bytes
 * used, or 0; *TEXT points into LINE. */
size_t shortcode_hatena_note(str line, size_t at, str *text);

/* INSIDE of "[f:id:name:20200102030405j:plain]": a picture of Hatena Fotolife
 * to OUT. False: it is none. */
bool shortcode_hatena_photo(str inside, struct buf *out);

#endif
