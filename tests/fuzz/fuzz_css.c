/* SPDX-License-Identifier: MIT */
/* A user's style sheet: any bytes, parsed and cascaded over a small
 * chapter. */
#include <stdint.h>

#include "base/utf8.h"
#include "style/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One element of every kind, with classes and a text. */
static struct node *build_tree(struct arena *a)
{
    struct node *root = node_new(a, TAG_SECTION, 1);

    node_set(root, a, ATTR_CLASS, S("chapter"));
    for (enum tag t = TAG_TEXT + 1; t < TAG_COUNT; t++) {
        struct node *n = node_new(a, t, 1);
        node_set(n, a, ATTR_CLASS, S("a b"));
        node_append(root, n);
        node_append(n, node_text(a, S("text"), 1));
    }
    return root;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diag dg;
    struct utf8_report report;
    struct buf out = { 0 };

    arena_init(&a);
    diag_init(&dg, &a);
    str css = utf8_clean((str){ (const char *)data, size }, &a, &report);
    struct sheet *sh = sheet_new(&a);
    sheet_add(sh, css, S("fuzz.css"), SHEET_USER, &dg);
    sheet_finish(sh, 0, 0, &dg);
    struct chapter c = { .lang = LANG_KO,
                         .lang_tag = S("ko"),
                         .root = build_tree(&a) };
    chapter_number(&c);
    styles_dump(&c, cascade_chapter(sh, &c, &a), &out);
    buf_done(&out);
    arena_done(&a);
    return 0;
}
