/* SPDX-License-Identifier: MIT */
#include "convert/oembed.h"

#include "base/utf8.h"
#include "book/reader.h"
#include "convert/clean_walk.h"
#include "convert/link.h"

#define TITLE_MAX 300 /* bytes */

static str text_of(const struct value *map, str key)
{
    const struct value *v = value_find(map, key);

    return v && v->kind == VALUE_TEXT && v->quoted ? v->text : S("");
}

/* White space is one space; no more than TITLE_MAX bytes, whole letters. */
static str one_line(str s, struct arena *a)
{
    char *p;
    size_t n = 0;

    s = str_trim(clean_chars(s, a));
    p = arena_bytes(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        bool space = ascii_is_space(s.p[i]);

        if (!space || !ascii_is_space(s.p[i - 1]))
            p[n++] = space ? ' ' : s.p[i];
    }
    if (n <= TITLE_MAX)
        return (str){ p, n };
    n = TITLE_MAX;
    while (n > 0 && ((unsigned char)p[n] & 0xC0) == 0x80)
        n--;
    return arena_join(a, str_trim((str){ p, n }), S("…"));
}

bool oembed_read(str answer, struct arena *a, struct oembed *out)
{
    struct read_error err;
    const struct value *v = json_read(answer, 1, a, &err);
    str picture;

    *out = (struct oembed){ 0 };
    if (!v || v->kind != VALUE_MAP)
        return false;
    out->title = one_line(text_of(v, S("title")), a);
    picture = text_of(v, S("thumbnail_url"));
    if (picture.n == 0)
        picture = text_of(v, S("thumbnail")); /* SlideShare's own name */
    picture = link_clean_url(picture, S(""), a);
    if (str_starts(picture, S("http")))
        out->picture = picture;
    return true;
}
