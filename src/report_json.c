/* SPDX-License-Identifier: MIT */
#include "report_json.h"

#include <stdlib.h>
#include <string.h>

#include "assets/library.h"
#include "base/config.h"
#include "base/nowhere.h"
#include "base/path.h"
#include "libraries.h"
#include "message.h"

/* Goes up when a reader of version 1 would be misled. */
#define REPORT_VERSION 1

static void put_versions(struct json *j, const char *key,
                         const struct library_version *v, size_t n)
{
    json_open(j, key, '{');
    for (size_t i = 0; i < n; i++)
        json_text(j, v[i].name, v[i].version);
    json_close(j, '}');
}

void report_json_head(struct json *j)
{
    struct arena a;
    size_t n;

    arena_init(&a);
    json_text(j, "format", S("blog2book-report"));
    json_number(j, "version", REPORT_VERSION);
    json_open(j, "program", '{');
    json_text(j, "name", S("blog2book"));
    json_text(j, "version", S(BLOG2BOOK_VERSION));
    json_close(j, '}');
    const struct library_version *v = libraries_built(&a, &n);
    put_versions(j, "libraries", v, n);
    v = libraries_running(&a, &n);
    put_versions(j, "running", v, n);
    arena_done(&a);
}

static void put_digest(struct json *j, const struct input *in)
{
    struct arena a;

    arena_init(&a);
    json_number(j, "bytes", in->bytes);
    json_text(j, "sha256", hash_to_hex(in->sha256, &a));
    arena_done(&a);
}

static void put_input(struct json *j, const char *kind, str path)
{
    struct input in;

    if (path.n == 0 || !input_digest(path, &in))
        return;
    json_open(j, NULL, '{');
    json_text(j, "kind", str_of(kind));
    json_text(j, "path", path);
    put_digest(j, &in);
    json_close(j, '}');
}

/* As the run finds it. */
static void put_lock(struct json *j, const struct settings *set)
{
    struct arena a;

    arena_init(&a);
    if (set->lock || set->frozen)
        put_input(j, "lock", library_lock_path(set, &a));
    arena_done(&a);
}

static void put_given(struct json *j, const struct given_setting *g)
{
    size_t n;
    const struct option_info *o = &option_table(&n)[g->option];

    json_open(j, NULL, '{');
    json_text(j, "name", str_of(o->name));
    /* A proxy's address may hold a password. */
    if (strcmp(o->name, "proxy") != 0)
        json_text(j, "value", g->text);
    json_text(j, "from", g->from_file ? S("book.yaml") : S("operator"));
    json_close(j, '}');
}

void report_json_settings(struct json *j, const struct settings *set)
{
    json_open(j, "paths", '[');
    for (size_t i = 0; i < set->paths.n; i++)
        json_text(j, NULL, set->paths.v[i]);
    json_close(j, ']');
    json_open(j, "settings", '[');
    for (size_t i = 0; i < set->given.n; i++)
        put_given(j, &set->given.v[i]);
    json_close(j, ']');
    json_open(j, "inputs", '[');
    put_input(j, "settings", set->settings_file);
    for (size_t i = 0; i < set->site_files.n; i++)
        put_input(j, "site", set->site_files.v[i]);
    for (size_t i = 0; i < set->css.n; i++)
        put_input(j, "style", set->css.v[i]);
    put_input(j, "cover", set->cover);
    put_input(j, "edition", set->diff);
    put_lock(j, set);
    json_close(j, ']');
}

static void put_diag(struct json *j, const struct diag *dg)
{
    if (!dg)
        return;
    for (const struct diag_item *it = dg->first; it; it = it->next) {
        json_open(j, NULL, '{');
        message_json(it, j);
        json_close(j, '}');
    }
}

void report_json_diagnostics(struct json *j, const struct diag *first,
                             const struct diag *second)
{
    json_open(j, "diagnostics", '[');
    put_diag(j, first);
    put_diag(j, second);
    json_close(j, ']');
}

static void put_date(struct json *j, const struct date *d)
{
    struct arena a;

    if (!d->year)
        return;
    arena_init(&a);
    json_text(j, "date",
              arena_printf(&a, "%04d-%02u-%02u", d->year, d->month, d->day));
    arena_done(&a);
}

static void put_stats(struct json *j, const struct stats *s)
{
    json_number(j, "words", s->words);
    json_number(j, "letters", s->letters);
    json_number(j, "pictures", s->pictures);
    json_number(j, "links", s->links);
    json_number(j, "embeds", s->embeds);
}

static bool with_times(void)
{
    return !getenv("SOURCE_DATE_EPOCH");
}

void report_json_timing(struct json *j, double seconds)
{
    if (!with_times())
        return;
    json_open(j, "timing", '{');
    json_thousandths(j, "seconds", seconds);
    json_close(j, '}');
}

static void put_files(struct json *j, const struct post_facts *facts)
{
    json_open(j, "files", '[');
    for (size_t i = 0; i < facts->files.n; i++) {
        json_open(j, NULL, '{');
        json_text(j, "path", facts->files.v[i].path);
        put_digest(j, &facts->files.v[i].input);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void report_json_post(struct json *j, const struct post *post,
                      const struct post_facts *facts, const struct diag *dg)
{
    json_open(j, NULL, '{');
    json_text(j, "path", post->path);
    if (facts->has_input)
        put_digest(j, &facts->input);
    json_text(j, "title", post->title);
    put_date(j, &post->date);
    if (facts->has_chapter) {
        struct arena a;
        arena_init(&a);
        json_text(j, "chapter", arena_join(&a, post->name, S(".xhtml")));
        arena_done(&a);
        json_text(j, "language", facts->language);
        put_stats(j, &facts->stats);
        put_files(j, facts);
        if (with_times()) {
            json_open(j, "timing", '{');
            json_thousandths(j, "milliseconds", facts->seconds * 1000);
            json_close(j, '}');
        }
    }
    report_json_diagnostics(j, &post->diag, dg);
    json_close(j, '}');
}

void report_json_outputs(struct json *j, const struct outputs *o,
                         const struct lent *lent)
{
    json_open(j, "outputs", '[');
    for (unsigned i = 0; i < o->n; i++) {
        const struct output *out = &o->v[i];
        struct input made;
        if (!out->published || !*out->name)
            continue;
        json_open(j, NULL, '{');
        json_text(j, "format", str_of(out->name));
        json_text(j, "path", out->path);
        if (!path_is_stdout(out->path) &&
            input_digest(lent_place(lent, out->path), &made))
            put_digest(j, &made);
        else
            json_number(j, "bytes", out->result.bytes);
        if (out->result.pages)
            json_number(j, "pages", out->result.pages);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void report_json_totals(struct json *j, const struct report_totals *t,
                        const struct report *r)
{
    json_open(j, "totals", '{');
    json_number(j, "posts", t->posts);
    json_number(j, "chapters", t->chapters);
    put_stats(j, &t->stats);
    json_number(j, "errors", report_count(r, SEV_ERROR));
    json_number(j, "warnings", report_count(r, SEV_WARNING));
    json_number(j, "infos", report_count(r, SEV_INFO));
    json_close(j, '}');
}
