/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/datadir.h"
#include "base/file.h"
#include "base/path.h"
#include "input.h"
#include "inputtree.h"
#include "libraries.h"

#define FORMAT "blog2book state 1\n"
/* A few lines. */
#define STATE_MAX 4096

static void put_libraries(struct buf *to,
                          const struct library_version *(*list)(struct arena *,
                                                                size_t *),
                          struct arena *a)
{
    size_t n;
    const struct library_version *v = list(a, &n);

    for (size_t i = 0; i < n; i++)
        buf_printf(to, "%s %.*s\n", v[i].name, STR_ARG(v[i].version));
}

void state_common_init(struct state_common *c)
{
    static const str files[] = { STR_INIT("styles/book.css"),
                                 STR_INIT("styles/epub.css"),
                                 STR_INIT("styles/print.css"),
                                 STR_INIT("fonts/fonts.yaml") };
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct buf all = { 0 };
    struct arena a;

    arena_init(&a);
    buf_printf(&all, FORMAT "%s\n%s\n", BLOG2BOOK_VERSION, epoch ? epoch : "");
    put_libraries(&all, libraries_built, &a);
    put_libraries(&all, libraries_running, &a);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct input in = { 0 };
        input_digest(data_find(files[i], &a), &in);
        buf_put(&all, (str){ (const char *)in.sha256, sizeof in.sha256 });
    }
    hash_sha256(buf_str(&all), c->sha256);
    buf_done(&all);
    arena_done(&a);
}

/* Settings that change no byte of a book. Which formats there are and where
 * is told by the files themselves, so a folder of books may be moved. */
static bool is_idle(const char *name)
{
    static const char *const names[] = { "batch",  "cache-dir",   "cache-gc",
                                         "color",  "connections", "diagnostics",
                                         "diff",   "epub",        "force",
                                         "jobs",   "output",      "pdf",
                                         "quiet",  "report",      "shard",
                                         "verbose" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void put_settings(struct buf *to, const struct settings *set)
{
    size_t n;
    const struct option_info *table = option_table(&n);

    for (size_t i = 0; i < set->paths.n; i++) {
        buf_put(to, set->paths.v[i]);
        buf_putc(to, '\0');
    }
    for (size_t i = 0; i < set->given.n; i++) {
        const struct given_setting *g = &set->given.v[i];
        if (is_idle(table[g->option].name))
            continue;
        buf_printf(to, "%s=", table[g->option].name);
        buf_put(to, g->text);
        buf_putc(to, '\0');
    }
}

bool state_inputs(const struct state_common *c, const struct settings *set,
                  uint8_t out[SHA256_SIZE])
{
    struct buf all = { 0 };

    buf_put(&all, (str){ (const char *)c->sha256, sizeof c->sha256 });
    put_settings(&all, set);
    bool ok = inputtree_list(set, &all);
    hash_sha256(buf_str(&all), out);
    buf_done(&all);
    return ok;
}

static str state_path(const struct outputs *o, struct arena *a)
{
    return arena_join(a, o->v[0].path, S(".state"));
}

/* What the file must hold; empty when an output is not there. */
static str expected(const struct outputs *o, const uint8_t inputs[SHA256_SIZE],
                    struct arena *a)
{
    str text = arena_printf(a, FORMAT "inputs %s\n", hash_to_hex(inputs, a).p);

    for (unsigned i = 0; i < o->n; i++) {
        struct input made;
        if (!input_digest(o->v[i].path, &made))
            return (str){ 0 };
        str name = path_base(o->v[i].path);
        text = arena_printf(a, "%.*soutput %s %.*s\n", STR_ARG(text),
                            hash_to_hex(made.sha256, a).p, STR_ARG(name));
    }
    return text;
}

bool state_matches(const struct outputs *o, const uint8_t inputs[SHA256_SIZE])
{
    struct arena a;
    str found;

    arena_init(&a);
    bool same = o->n > 0 &&
                file_read(state_path(o, &a), STATE_MAX, &a, &found) ==
                    FILE_OK &&
                found.n > 0 && str_eq(found, expected(o, inputs, &a));
    arena_done(&a);
    return same;
}

void state_write(const struct outputs *o, const uint8_t inputs[SHA256_SIZE])
{
    struct arena a;

    arena_init(&a);
    str text = expected(o, inputs, &a);
    int fd = open(arena_cstr(&a, state_path(o, &a)),
                  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK |
                      O_NOFOLLOW,
                  0666);
    if (fd >= 0) {
        /* A short one does not match. */
        ssize_t ignored = write(fd, text.p ? text.p : "", text.n);
        (void)ignored;
        close(fd);
    }
    arena_done(&a);
}
