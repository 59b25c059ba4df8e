/* SPDX-License-Identifier: MIT */
/* The body of a post: any bytes, to Markdown's HTML, to soup, to a clean tree
 * that is then written out as text. */
#include <stdint.h>

#include "base/utf8.h"
#include "convert/clean.h"
#include "convert/html5.h"
#include "convert/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void convert(struct markdown *md, str body, struct arena *a)
{
    struct post post = { .path = S("fuzz.md"),
                         .rel = S("fuzz.md"),
                         .title = S("fuzz"),
                         .name = S("fuzz"),
                         .body_line = 1 };
    struct chapter c = { .post = &post, .lang = LANG_KO };
    struct diag dg;
    struct idset ids;
    struct buf out = { 0 };

    diag_init(&dg, a);
    idset_init(&ids, a);
    str html = markdown_to_html(md, body, &post, a, &dg);
    struct soup *soup = html5_parse(html, &post, a, &dg);
    c.root = clean_soup(soup, &post, c.lang, &ids, a, &dg);
    chapter_number(&c);
    chapter_dump(&c, &out);
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;

    markdown_init();
    arena_init(&a);
    struct markdown *md = markdown_new();
    struct utf8_report report;
    str text = { (const char *)data, size };
    convert(md, utf8_clean(text, &a, &report), &a);
    markdown_free(md);
    arena_done(&a);
    return 0;
}
