/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "book/book.h"
#include "book/dump.h"
#include "convert/convert.h"
#include "doc/format.h"
#include "pdf/dumppages.h"
#include "pump.h"
#include "report.h"

#define MAX_OUTPUTS 2

/* A book being written in one format. */
struct output {
    const struct format *format;
    str path;
    void *state;
    bool failed;
    struct format_result result;
};

/* A post between its worker and its commit. */
struct slot {
    struct arena arena;
    struct diag diag;
    struct chapter *chapter; /* NULL: the post could not be read */
    void *prepared[MAX_OUTPUTS];
};

struct job {
    struct settings *set;
    const volatile sig_atomic_t *interrupted;
    const struct book *book;
    struct report *report;
    struct arena arena;
    struct output outputs[MAX_OUTPUTS];
    unsigned n_outputs, n_workers;
    struct converter **converters; /* one a worker */
    struct slot *slots;
    uint32_t n_chapters;
};

static void add_output(struct job *job, const struct format *format,
                       const char *extension)
{
    job->outputs[job->n_outputs++] = (struct output){
        .format = format,
        .path = settings_output_path(job->set, extension, &job->arena),
    };
}

static void choose_outputs(struct job *job)
{
    const struct settings *set = job->set;

    if (set->dump == DUMP_STYLE)
        add_output(job, &style_dump_format, "");
    if (set->dump == DUMP_PAGES)
        add_output(job, &pages_dump_format, "");
    if (set->dump != DUMP_NOTHING)
        return;
    if (set->epub.wanted || !set->pdf.wanted)
        add_output(job, &epub_format, "epub");
    if (set->pdf.wanted)
        add_output(job, &pdf_format, "pdf");
}

static unsigned worker_count(const struct settings *set)
{
    long n = set->jobs ? (long)set->jobs : sysconf(_SC_NPROCESSORS_ONLN);

    /* More than this only costs memory. */
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

static void prepare_post(void *context, unsigned worker, uint32_t item,
                         unsigned slot_index)
{
    struct job *job = context;
    struct slot *slot = &job->slots[slot_index];

    arena_reset(&slot->arena);
    diag_init(&slot->diag, &slot->arena);
    slot->chapter = NULL;
    if (*job->interrupted)
        return;
    slot->chapter = convert_post(job->converters[worker],
                                 job->book->posts[item], &slot->arena,
                                 &slot->diag);
    for (unsigned i = 0; slot->chapter && i < job->n_outputs; i++) {
        const struct output *o = &job->outputs[i];
        slot->prepared[i] = o->format->prepare(o->state, worker, slot->chapter,
                                               &slot->arena, &slot->diag);
    }
}

/* A failed output takes no more chapters; the others go on. */
static void commit_outputs(struct job *job, struct slot *slot)
{
    for (unsigned i = 0; i < job->n_outputs; i++) {
        struct output *o = &job->outputs[i];
        if (!o->failed)
            o->failed = !slot->prepared[i] ||
                        !o->format->commit(o->state, slot->chapter,
                                           slot->prepared[i], &slot->diag);
    }
}

static bool all_failed(const struct job *job)
{
    for (unsigned i = 0; i < job->n_outputs; i++)
        if (!job->outputs[i].failed)
            return false;
    return job->n_outputs > 0;
}

static void dump_chapter(const struct chapter *c)
{
    struct buf out = { 0 };

    chapter_dump(c, &out);
    fwrite(out.p, 1, out.n, stdout);
    buf_done(&out);
}

static bool commit_post(void *context, uint32_t item, unsigned slot_index)
{
    struct job *job = context;
    struct slot *slot = &job->slots[slot_index];

    if (*job->interrupted)
        return false;
    report_add(job->report, &job->book->posts[item]->diag);
    if (slot->chapter) {
        job->n_chapters++;
        commit_outputs(job, slot);
        if (job->set->dump == DUMP_TREE)
            dump_chapter(slot->chapter);
    }
    report_add(job->report, &slot->diag);
    report_progress(job->report, item + 1, job->book->n_posts);
    return !all_failed(job);
}

static bool pump_posts(struct job *job)
{
    unsigned n_slots = pump_slots(job->n_workers);
    struct idcache *ids = idcache_new();

    job->slots = arena_array(&job->arena, struct slot, n_slots);
    job->converters = arena_array(&job->arena, struct converter *,
                                  job->n_workers);
    for (unsigned i = 0; i < job->n_workers; i++)
        job->converters[i] = converter_new(job->book, ids);

    bool ok = pump_run(&(struct pump){
        .n = job->book->n_posts,
        .n_workers = job->n_workers,
        .context = job,
        .prepare = prepare_post,
        .commit = commit_post,
    });

    for (unsigned i = 0; i < n_slots; i++)
        arena_done(&job->slots[i].arena);
    for (unsigned i = 0; i < job->n_workers; i++)
        converter_free(job->converters[i]);
    idcache_free(ids);
    return ok;
}

static bool open_outputs(struct job *job, struct diag *dg)
{
    for (unsigned i = 0; i < job->n_outputs; i++) {
        struct output *o = &job->outputs[i];
        o->state = o->format->open(job->book, o->path, job->n_workers, dg);
        if (!o->state)
            return false;
    }
    return true;
}

static bool close_outputs(struct job *job, bool publish, struct diag *dg)
{
    bool ok = true;

    for (unsigned i = 0; i < job->n_outputs; i++) {
        struct output *o = &job->outputs[i];
        if (o->state)
            ok = o->format->close(o->state, publish && !o->failed, &o->result,
                                  dg) &&
                 !o->failed && ok;
    }
    return ok;
}

/* Reports what DG has gathered so far and empties it. */
static void flush_diag(struct job *job, struct diag *dg)
{
    report_add(job->report, dg);
    diag_init(dg, dg->arena);
}

/* May what was made be published? */
static bool is_good(const struct job *job)
{
    return !*job->interrupted &&
           !(job->set->strict && report_count(job->report, SEV_WARNING)) &&
           report_effect(job->report) != FAILED;
}

static void nothing_left(struct job *job, struct diag *dg)
{
    if (job->n_chapters == 0 && !*job->interrupted)
        diag_add(dg, DIAG_NO_POSTS, (str){ 0 }, 0,
                 "none of the %u posts could be read; nothing was published",
                 job->book->n_posts);
}

static void make_book(struct job *job, struct diag *dg)
{
    bool ok = open_outputs(job, dg);

    flush_diag(job, dg);
    if (ok) {
        ok = pump_posts(job);
        nothing_left(job, dg);
        flush_diag(job, dg);
    }
    close_outputs(job, ok && is_good(job), dg);
    flush_diag(job, dg);
}

static str human_size(uint64_t bytes, struct arena *a)
{
    if (bytes < 1000 * 1000)
        return arena_printf(a, "%llu KB",
                            (unsigned long long)(bytes + 999) / 1000);
    return arena_printf(a, "%.1f MB", (double)bytes / 1e6);
}

/* "(2004-2026)", or nothing for a blog without dates. */
static str year_span(const struct book *book, struct arena *a)
{
    int low = 0, high = 0;

    for (uint32_t i = 0; i < book->n_posts; i++) {
        int year = book->posts[i]->date.year;
        if (!year)
            continue;
        low = !low || year < low ? year : low;
        high = year > high ? year : high;
    }
    if (!low)
        return (str){ 0 };
    return low == high ? arena_printf(a, " (%d)", low)
                       : arena_printf(a, " (%d-%d)", low, high);
}

/* "970 posts (2004-2026) -> blog.epub (2.1 MB), 0.4 s" */
static void print_result(struct job *job, double seconds)
{
    const struct settings *set = job->set;
    struct arena *a = &job->arena;

    if (set->quiet || set->dump != DUMP_NOTHING || job->n_outputs == 0 ||
        (set->strict && !set->verbose && !isatty(STDOUT_FILENO)))
        return;
    printf("%u post%s%.*s", job->n_chapters, job->n_chapters == 1 ? "" : "s",
           STR_ARG(year_span(job->book, a)));
    for (unsigned i = 0; i < job->n_outputs; i++) {
        const struct output *o = &job->outputs[i];
        printf("%s%.*s (%.*s", i ? ", " : " -> ", STR_ARG(o->path),
               STR_ARG(human_size(o->result.bytes, a)));
        if (o->result.pages)
            printf(", %u pages", o->result.pages);
        putchar(')');
    }
    printf(", %.1f s\n", seconds);
}

static void print_strict(const struct job *job)
{
    uint32_t n = report_count(job->report, SEV_WARNING);

    if (job->set->strict && n)
        fprintf(stderr,
                "blog2book: %u warning%s with --strict, nothing was "
                "published\n",
                n, n == 1 ? "" : "s");
}

static enum status status_of(const struct job *job)
{
    if (report_effect(job->report) == FAILED)
        return STATUS_FAILED;
    if (report_effect(job->report) == LOST ||
        (job->set->strict && report_count(job->report, SEV_WARNING)))
        return STATUS_LOST;
    return STATUS_DONE;
}

static void print_posts(const struct book *book)
{
    struct buf out = { 0 };

    book_dump(book, &out);
    fwrite(out.p, 1, out.n, stdout);
    buf_done(&out);
}

static void run_job(struct job *job, struct diag *dg)
{
    double started = clock_seconds();

    bool ok = settings_read_file(job->set, dg);
    flush_diag(job, dg);
    if (!ok)
        return;
    job->book = book_collect(job->set, &job->arena, dg);
    flush_diag(job, dg);
    if (!job->book)
        return;
    choose_outputs(job);
    job->n_workers = worker_count(job->set);
    if (job->set->dump == DUMP_POSTS) {
        print_posts(job->book);
        for (uint32_t i = 0; i < job->book->n_posts; i++)
            report_add(job->report, &job->book->posts[i]->diag);
        return;
    }
    convert_init();
    make_book(job, dg);
    if (is_good(job))
        print_result(job, clock_seconds() - started);
}

enum status run(struct settings *set, const volatile sig_atomic_t *interrupted)
{
    struct job job = { .set = set, .interrupted = interrupted };
    struct diag dg;

    arena_init(&job.arena);
    diag_init(&dg, &job.arena);
    job.report = report_new(set);
    run_job(&job, &dg);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        diag_add(&dg, DIAG_OUTPUT_FAILED, (str){ 0 }, 0,
                 "can't write to standard output");
        flush_diag(&job, &dg);
    }
    report_summary(job.report);
    print_strict(&job);
    enum status status = status_of(&job);
    report_free(job.report);
    arena_done(&job.arena);
    return status;
}
