/* SPDX-License-Identifier: MIT */
/* Front matter: any bytes, through the finder of headers and every reader. */
#include <stdint.h>

#include "book/header.h"
#include "book/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every text of the tree is looked at, so that a wild pointer shows. */
static unsigned walk(const struct value *v)
{
    unsigned sum = v->line;

    for (size_t i = 0; i < v->text.n; i++)
        sum += (unsigned char)v->text.p[i];
    for (size_t i = 0; i < v->key.n; i++)
        sum += (unsigned char)v->key.p[i];
    for (const struct value *c = v->first; c; c = c->next)
        sum += walk(c); /* no deeper than READ_DEPTH_MAX */
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct read_error err;
    struct header h;
    str text = { (const char *)data, size };
    volatile unsigned sum = 0;

    if (size == 0)
        return 0;
    arena_init(&a);
    header_find(text, true, &h);
    if (h.kind == HEADER_NONE)
        h = (struct header){ .text = text, .line = 1 };
    struct value *trees[] = {
        yaml_read(h.text, h.line, &a, &err),
        toml_read(h.text, h.line, &a, &err),
        json_read(h.text, h.line, &a, &err),
        lines_read(h.text, h.line, &a),
    };
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        if (trees[i])
            sum += walk(trees[i]);
    (void)sum; /* walking is what it is for */
    arena_done(&a);
    return 0;
}
