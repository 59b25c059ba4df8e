/* SPDX-License-Identifier: MIT */
/* fake_library.h - a library with what a test puts into it, in place of the
 * one of assets/; include it in one file of a program. */
#ifndef TEST_FAKE_LIBRARY_H
#define TEST_FAKE_LIBRARY_H

#include "assets/library.h"
#include "base/vec.h"

struct fake_file {
    const char *url;
    enum web_status status;
    str bytes;
    const char *found_at; /* NULL: at URL */
    const char *why;
};

struct library {
    const struct fake_file *files; /* the last has no url */
    struct arena *a;
    struct str_vec wanted, asked; /* in their order */
    str referer;                  /* of the last */
    struct date date;
};

void library_want(struct library *lib, const struct web_want *want)
{
    *vec_push(&lib->wanted, lib->a) = arena_dup(lib->a, want->url);
}

void library_claim(struct library *lib, const struct web_want *want)
{
}

void library_told(struct library *lib, uint32_t order)
{
}

/* What it does not have is dead. */
void library_get(struct library *lib, const struct web_want *want,
                 struct arena *a, struct web_file *out)
{
    *vec_push(&lib->asked, lib->a) = arena_dup(lib->a, want->url);
    lib->referer = arena_dup(lib->a, want->referer);
    lib->date = want->date;
    *out = (struct web_file){ .status = WEB_DEAD,
                              .url = want->url,
                              .why = S("404 Not Found") };
    for (const struct fake_file *f = lib->files; f->url; f++)
        if (str_eq(str_of(f->url), want->url))
            *out = (struct web_file){
                .status = f->status,
                .bytes = f->bytes.n ? arena_dup(a, f->bytes) : f->bytes,
                .url = f->found_at ? str_of(f->found_at) : want->url,
                .why = str_of(f->why),
            };
}

#endif
