/* SPDX-License-Identifier: MIT */
/* Addresses as posts have them: any bytes, as a srcset, a picture's address, a
 * link and the address of a gist. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "convert/gist.h"
#include "convert/picture_source.h"
#include "convert/srcset.h"
#include "convert/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A clean address has nothing in it that would end it, and no scheme that
 * runs anything. */
static void check_clean(str url)
{
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] == '"' || url.p[i] == '<' ||
            url.p[i] == '>' || url.p[i] == 0x7F)
            abort();
    if (url_look(url) != URL_WEB)
        abort();
}

static void clean(str text, struct arena *a)
{
    static const str bases[] = { STR_INIT(""),
                                 STR_INIT("https://example.org/blog") };
    str url;

    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (url_clean(text, bases[i], a, &url) == URL_WEB)
            check_clean(url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct utf8_report report;
    struct str_vec sources = { 0 };
    struct gist gist;
    struct arena a;

    arena_init(&a);
    str text = utf8_clean((str){ (const char *)data, size }, &a, &report);
    clean(text, &a);
    clean(srcset_best(text), &a);
    picture_sources(text, &a, &sources);
    for (size_t i = 0; i < sources.n; i++) {
        check_clean(sources.v[i]);
        picture_is_counter(sources.v[i]);
        picture_is_substitute(sources.v[i]);
    }
    url_host_ascii(text, &a);
    gist_parse(text, &a, &gist);
    arena_done(&a);
    return 0;
}
