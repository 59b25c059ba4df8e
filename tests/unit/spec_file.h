/* SPDX-License-Identifier: MIT */
/* spec_file.h - reads tests/spec/NAME: CommonMark's format, so an example is
 * fenced by 32 backticks and the word "example", a line with one full stop
 * parts the input from what is wanted, and all else is prose. */
#ifndef UNIT_SPEC_FILE_H
#define UNIT_SPEC_FILE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

struct spec_example {
    str input, want;
    unsigned line;
};

/* Runs RUN on every example; returns their number. */
static inline unsigned spec_run(const char *name,
                                void (*run)(const struct spec_example *,
                                            struct arena *))
{
    const str fence = S("````````````````````````````````");
    const char *dir = getenv("BLOG2BOOK_SPEC_DIR");
    struct arena a, scratch;
    unsigned n = 0, number = 0;
    str rest, line;

    arena_init(&a);
    arena_init(&scratch);
    str path = arena_printf(&a, "%s/%s", dir ? dir : SPEC_DIR, name);
    if (file_read(path, 1u << 20, &a, &rest) != FILE_OK)
        return 0;
    while (number++, str_next_line(&rest, &line)) {
        struct spec_example x = { .line = number };

        if (!str_starts(line, fence))
            continue;
        x.input = rest;
        while (number++, str_next_line(&rest, &line) && !str_eq(line, S(".")))
            ;
        x.input.n = (size_t)(line.p - x.input.p);
        x.want = rest;
        while (number++,
               str_next_line(&rest, &line) && !str_starts(line, fence))
            ;
        x.want.n = (size_t)(line.p - x.want.p);
        fprintf(stderr, "%s:%u\n", name, x.line);
        run(&x, &scratch);
        arena_reset(&scratch);
        n++;
    }
    arena_done(&scratch);
    arena_done(&a);
    return n;
}

#endif
