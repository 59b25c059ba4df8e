/* SPDX-License-Identifier: MIT */
#include "assets/jpeg_header.h"
#include "assets/strip.h"

/* Application segments that decoding needs: JFIF's density, Adobe's colour
 * transform. */
static bool is_needed(const struct jpeg_segment *s)
{
    if (s->marker == JPEG_APP0)
        return str_starts(s->data, (str){ "JFIF", 5 });
    if (s->marker == JPEG_APP14)
        return str_starts(s->data, S("Adobe"));
    return s->marker != JPEG_COM &&
           (s->marker < JPEG_APP0 || s->marker > JPEG_APP15);
}

/* Behind the entropy-coded data that start at I (T.81, B.1.1.5). */
static size_t skip_scan(str s, size_t i)
{
    for (;;) {
        size_t at = str_find_char(str_from(s, i), (char)0xFF);
        if (at == STR_NONE || i + at + 1 >= s.n)
            return s.n;
        i += at;
        unsigned next = (unsigned char)s.p[i + 1];
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7))
            return i;
        i += next == 0xFF ? 1 : 2;
    }
}

str strip_jpeg(str bytes, struct arena *a)
{
    struct strip s = { .bytes = bytes, .arena = a };
    struct jpeg_segment segment;
    size_t at = JPEG_HEAD, before = at;

    strip_keep(&s, str_sub(bytes, 0, JPEG_HEAD));
    for (; jpeg_next(bytes, &at, &segment); before = at) {
        if (is_needed(&segment))
            strip_keep(&s, segment.whole);
        if (segment.marker == JPEG_EOI)
            return strip_result(&s);
        if (segment.marker != JPEG_SOS)
            continue;
        before = at;
        at = skip_scan(bytes, at);
        strip_keep(&s, str_sub(bytes, before, at - before));
    }
    /* Damaged, or without an end: readers make of it what they can. */
    strip_keep(&s, S("\xFF\xD9"));
    return strip_result(&s);
}
