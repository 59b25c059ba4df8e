/* SPDX-License-Identifier: MIT */
/* What sites answer: any bytes, as oEmbed, as a gist's files and as code. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "convert/gist.h"
#include "convert/oembed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* It goes into a book, which wants UTF-8 without controls. */
static void check(str text)
{
    if (!utf8_is_valid(text))
        abort();
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < ' ' && !ascii_is_space(text.p[i]))
            abort();
}

static void read_gist(str answer, const struct gist *g, struct arena *a)
{
    struct gist_files files = { 0 };

    if (!gist_read(answer, g, a, &files))
        return;
    for (size_t i = 0; i < files.n; i++) {
        check(files.v[i].name);
        check(files.v[i].text);
        check(files.v[i].more);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct gist all = { .id = STR_INIT("0123abcd") };
    static const struct gist one = { .id = STR_INIT("0123abcd"),
                                     .file = STR_INIT("a.py") };
    str answer = { (const char *)data, size }, text;
    struct oembed oembed;
    struct arena a;

    arena_init(&a);
    if (oembed_read(answer, &a, &oembed)) {
        check(oembed.title);
        check(oembed.picture);
    }
    read_gist(answer, &all, &a);
    read_gist(answer, &one, &a);
    if (gist_text(answer, &a, &text))
        check(text);
    arena_done(&a);
    return 0;
}
