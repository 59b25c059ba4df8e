/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdlib.h>
#include <unistd.h>

#include "assets/cache.h"
#include "assets/cover.h"
#include "assets/library.h"
#include "assets/made.h"
#include "base/clock.h"
#include "base/shelf.h"
#include "book/dump.h"
#include "bookcover.h"
#include "closing.h"
#include "convert/convert.h"
#include "diff.h"
#include "outputs.h"
#include "pump.h"
#include "report.h"
#include "report_json.h"
#include "scout.h"
#include "watch.h"

/* A post between its worker and its commit. */
struct slot {
    struct arena own, *arena; /* OWN, or that of SKETCH */
    struct sketch *sketch;    /* what the scout made of the post, or NULL */
    struct diag diag;
    struct chapter *chapter; /* NULL: the post could not be read */
    struct prepared_outputs prepared;
    void *compared;          /* with --diff */
    struct post_facts facts; /* with --report */
};

struct job {
    struct settings *set;
    const struct run_env *env;
    const struct book *book;
    struct report *report;
    struct cache *cache; /* NULL before it is needed */
    struct arena arena;
    struct outputs outputs;
    struct diff *diff; /* NULL: not asked */
    struct diag kept;  /* for the report: what no post said */
    struct report_totals totals;
    unsigned n_workers;
    struct converter **converters; /* one a worker */
    struct budget *budgets;        /* likewise */
    struct slot *slots;
    struct scout *scout; /* NULL: none */
    bool posts_open;     /* the report's array */
    bool published;
};

static bool is_interrupted(const struct job *job)
{
    return *job->env->interrupted != 0;
}

static unsigned worker_count(const struct settings *set)
{
    long n = set->jobs ? (long)set->jobs : sysconf(_SC_NPROCESSORS_ONLN);

    /* More than this only costs memory. */
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

/* The files of its pictures; those of the web have none, and one that is
 * written out in the post itself is in the post. */
static void find_files(struct slot *slot, const struct post *post)
{
    const struct chapter *c = slot->chapter;

    for (size_t i = 0; i < c->images.n; i++) {
        struct post_file file = { .path = c->images.v[i].path };
        if (!str_eq(file.path, post->path) &&
            input_digest(file.path, &file.input))
            *vec_push(&slot->facts.files, slot->arena) = file;
    }
}

/* What the report says of a post, found by its worker. */
static void find_facts(struct slot *slot, const struct post *post,
                       double started)
{
    struct post_facts *f = &slot->facts;

    *f = (struct post_facts){ .has_chapter = slot->chapter != NULL };
    f->has_input = input_digest(post->path, &f->input);
    if (slot->chapter) {
        f->stats = stats_of(slot->chapter);
        f->language = slot->chapter->lang_tag;
        find_files(slot, post);
    }
    f->seconds = clock_seconds() - started;
}

/* Leaves the post out when it took too much. */
static void judge(struct slot *slot, const struct post *post,
                  const struct settings *set, struct budget *budget)
{
    switch (budget_check(budget)) {
    case BUDGET_FINE:
        return;
    case BUDGET_TIME:
        diag_add(&slot->diag, DIAG_LIMIT_POST, post->path, 0,
                 "takes more than %llu seconds (--limit post-time=N), left it "
                 "out",
                 (unsigned long long)limit_of(set, LIMIT_POST_TIME));
        break;
    case BUDGET_MEMORY:
        diag_add(&slot->diag, DIAG_LIMIT_POST, post->path, 0,
                 "takes more than %llu MB of memory (--limit post-memory=N), "
                 "left it out",
                 (unsigned long long)limit_of(set, LIMIT_POST_MEMORY) >> 20);
    }
    slot->chapter = NULL;
}

static struct chapter *convert(struct job *job, unsigned worker,
                               struct slot *slot, const struct post *post)
{
    struct converter *cv = job->converters[worker];

    return slot->sketch ? convert_end(cv, slot->sketch->draft, &slot->diag)
                        : convert_post(cv, post, slot->arena, &slot->diag);
}

static void make_chapter(struct job *job, unsigned worker, struct slot *slot,
                         const struct post *post)
{
    slot->chapter = convert(job, worker, slot, post);
    if (job->book->library)
        library_told(job->book->library, post->index);
    if (slot->chapter && !chapter_is_spent(slot->chapter))
        outputs_prepare(&job->outputs, worker, slot->chapter, &slot->prepared,
                        &slot->diag, slot->arena);
    judge(slot, post, job->set, &job->budgets[worker]);
}

static void start_slot(struct job *job, struct slot *slot, uint32_t item)
{
    sketch_free(slot->sketch);
    slot->sketch = scout_take(job->scout, item);
    arena_reset(&slot->own);
    slot->arena = slot->sketch ? &slot->sketch->arena : &slot->own;
    diag_init(&slot->diag, slot->arena);
    if (slot->sketch)
        slot->diag = slot->sketch->diag;
    slot->chapter = NULL;
}

static void prepare_post(void *context, unsigned worker, uint32_t item,
                         unsigned slot_index)
{
    struct job *job = context;
    struct slot *slot = &job->slots[slot_index];
    const struct post *post = job->book->posts[item];
    double started = clock_seconds();

    start_slot(job, slot, item);
    if (is_interrupted(job))
        return;
    budget_begin(&job->budgets[worker], post, slot->arena);
    make_chapter(job, worker, slot, post);
    budget_end(&job->budgets[worker]);
    if (slot->chapter && job->diff)
        slot->compared = diff_prepare(job->diff, slot->chapter, slot->arena);
    if (job->env->report)
        find_facts(slot, post, started);
}

static void dump_chapter(const struct chapter *c, FILE *to)
{
    struct buf out = { 0 };

    chapter_dump(c, &out);
    fwrite(out.p, 1, out.n, to);
    buf_done(&out);
}

static void report_post(struct job *job, const struct post *post,
                        const struct slot *slot)
{
    if (!job->env->report)
        return;
    if (slot->chapter)
        stats_add(&job->totals.stats, &slot->facts.stats);
    report_json_post(job->env->report, post, &slot->facts, &slot->diag);
}

static bool commit_post(void *context, uint32_t item, unsigned slot_index)
{
    struct job *job = context;
    struct slot *slot = &job->slots[slot_index];
    const struct post *post = job->book->posts[item];
    bool go_on = true;

    if (is_interrupted(job))
        return false;
    report_add(job->report, &post->diag);
    if (slot->chapter) {
        job->totals.chapters++;
        go_on = outputs_commit(&job->outputs, slot->chapter, &slot->prepared,
                               &slot->diag);
        if (job->diff)
            diff_commit(job->diff, post, slot->compared);
        if (job->set->dump == DUMP_TREE)
            dump_chapter(slot->chapter, job->env->out);
    }
    report_add(job->report, &slot->diag);
    report_post(job, post, slot);
    report_progress(job->report, item + 1, job->book->n_posts);
    return go_on;
}

static bool pump_posts(struct job *job)
{
    unsigned n_slots = pump_slots(job->n_workers);
    struct idcache *ids = idcache_new();

    job->slots = arena_array(&job->arena, struct slot, n_slots);
    job->converters = arena_array(&job->arena, struct converter *,
                                  job->n_workers);
    job->budgets = arena_array(&job->arena, struct budget, job->n_workers);
    for (unsigned i = 0; i < job->n_workers; i++) {
        budget_init(&job->budgets[i], limit_of(job->set, LIMIT_POST_TIME),
                    limit_of(job->set, LIMIT_POST_MEMORY));
        job->converters[i] = converter_new(job->book, ids, &job->budgets[i]);
    }
    struct watch *watch = watch_start(job->budgets, job->n_workers, job->set,
                                      job->env->err);
    report_progress(job->report, 0, job->book->n_posts);
    job->scout = scout_start(job->book, job->report, job->env->interrupted);

    bool ok = pump_run(&(struct pump){
        .n = job->book->n_posts,
        .n_workers = job->n_workers,
        .context = job,
        .prepare = prepare_post,
        .commit = commit_post,
    });

    watch_stop(watch);
    scout_stop(job->scout);
    for (unsigned i = 0; i < n_slots; i++) {
        sketch_free(job->slots[i].sketch);
        arena_done(&job->slots[i].own);
    }
    for (unsigned i = 0; i < job->n_workers; i++) {
        converter_free(job->converters[i]);
        budget_done(&job->budgets[i]);
    }
    idcache_free(ids);
    return ok;
}

/* Reports what DG has gathered so far and empties it. */
static void flush_diag(struct job *job, struct diag *dg)
{
    report_add(job->report, dg);
    if (job->env->report)
        diag_repeat(&job->kept, dg);
    diag_init(dg, dg->arena);
}

/* May what was made be published? */
static bool is_good(const struct job *job)
{
    return !is_interrupted(job) &&
           !(job->set->strict && report_count(job->report, SEV_WARNING)) &&
           report_effect(job->report) != FAILED;
}

static void nothing_left(struct job *job, struct diag *dg)
{
    if (job->totals.chapters == 0 && !is_interrupted(job))
        diag_add(dg, DIAG_NO_POSTS, (str){ 0 }, 0,
                 "none of the %u posts could be read; nothing was published",
                 job->book->n_posts);
}

static bool open_all(struct job *job, struct diag *dg)
{
    if (job->env->refused &&
        !outputs_spare(&job->outputs, job->book, job->set->report, dg)) {
        *job->env->refused = true;
        return false;
    }
    if (!outputs_make_sense(&job->outputs, job->book, dg))
        return false;
    if (job->set->diff.n && !(job->diff = diff_new(job->book, dg)))
        return false;
    return outputs_open(&job->outputs, job->book, job->n_workers, dg);
}

static void make_book(struct job *job, struct diag *dg)
{
    bool ok = open_all(job, dg);

    flush_diag(job, dg);
    if (ok) {
        ok = pump_posts(job);
        nothing_left(job, dg);
        flush_diag(job, dg);
    }
    cover_wait(job->book->cover, dg);
    flush_diag(job, dg);
    bool finish = ok && is_good(job), publish = finish && !job->set->check;
    outputs_close(&job->outputs, finish, dg);
    library_close(job->book->library, publish && is_good(job), dg);
    flush_diag(job, dg);
    job->published = publish && is_good(job) && job->outputs.n > 0;
}

static const char *state_word(const struct job *job, enum status status)
{
    if (is_interrupted(job))
        return "interrupted";
    if (status == STATUS_FAILED)
        return "failed";
    if (status == STATUS_LOST)
        return job->published ? "incomplete" : "not published";
    return job->set->check ? "checked" : "built";
}

/* "970 posts (2004-2026) -> blog.epub (2.1 MB), 0.4 s" */
static void print_closing(struct job *job, double seconds)
{
    const struct settings *set = job->set;
    FILE *to = job->env->out;

    if (!to || set->quiet || set->dump != DUMP_NOTHING ||
        (set->strict && !set->verbose && !isatty(STDOUT_FILENO)))
        return;
    closing_print(job->book, job->totals.chapters, &job->outputs, to);
    fprintf(to, ", %.1f s\n", seconds);
}

/* "blogs/a: built, 20 posts (2020) -> a.epub (31 KB)" */
static void print_labelled(struct job *job, enum status status)
{
    FILE *to = job->env->out;

    diag_print_safe(str_of(job->env->label), to);
    fprintf(to, ": %s", state_word(job, status));
    if (job->published || (job->set->check && job->totals.chapters)) {
        fputs(", ", to);
        closing_print(job->book, job->totals.chapters, &job->outputs, to);
    }
    fputc('\n', to);
}

static void print_strict(const struct job *job)
{
    uint32_t n = report_count(job->report, SEV_WARNING);

    if (job->set->strict && n && job->set->diagnostics == MESSAGES_TEXT)
        fprintf(job->env->err,
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

static void dump_posts(struct job *job)
{
    struct buf out = { 0 };

    book_dump(job->book, &out);
    fwrite(out.p, 1, out.n, job->env->out);
    buf_done(&out);
    for (uint32_t i = 0; i < job->book->n_posts; i++)
        report_add(job->report, &job->book->posts[i]->diag);
}

static bool read_settings(struct job *job, struct diag *dg)
{
    bool ok = true;

    if (job->env->read) {
        report_add(job->report, job->env->read);
        if (job->env->report)
            diag_repeat(&job->kept, job->env->read);
        ok = report_effect(job->report) != FAILED;
    } else {
        ok = settings_read_file(job->set, dg);
        flush_diag(job, dg);
    }
    if (job->env->report) {
        report_json_settings(job->env->report, job->set);
        json_open(job->env->report, "posts", '[');
        job->posts_open = true;
    }
    return ok;
}

static bool open_library(struct job *job, struct book *book, struct diag *dg)
{
    str dir = cache_default_dir(job->set, &job->arena);

    job->cache = job->env->caches ? shelf_take(job->env->caches, dir, NULL)
                                  : cache_open(dir);
    struct library_options o = {
        .set = job->set,
        .cache = job->cache,
        .lock_path = library_lock_path(job->set, &job->arena),
        .interrupted = job->env->interrupted,
    };
    book->library = library_open(&o, dg);
    flush_diag(job, dg);
    if (!book->library)
        return false;
    book->made = made_open(dir.n > 0 ? job->cache : NULL);
    return true;
}

static void close_cache(struct job *job)
{
    if (job->env->caches)
        shelf_give_back(job->env->caches, job->cache);
    else
        cache_close(job->cache);
}

static void run_job(struct job *job, struct diag *dg)
{
    if (!read_settings(job, dg))
        return;
    struct book *book = book_collect(job->set, &job->arena, dg);
    flush_diag(job, dg);
    job->book = book;
    if (!book)
        return;
    book->kit = job->env->kit;
    job->totals.posts = job->book->n_posts;
    outputs_choose(&job->outputs, job->set, &job->arena);
    job->n_workers = worker_count(job->set);
    if (job->set->dump == DUMP_POSTS) {
        dump_posts(job);
        return;
    }
    if (!open_library(job, book, dg))
        return;
    if (job->set->dump == DUMP_NOTHING && job->outputs.n)
        book->cover = bookcover_start(book,
                                      outputs_have(&job->outputs, "epub"));
    make_book(job, dg);
    if (job->diff && is_good(job) && job->env->out)
        diff_print(job->diff, job->env->out);
}

static void finish_report(struct job *job, enum status status, double seconds)
{
    struct json *j = job->env->report;

    if (!j)
        return;
    json_close(j, ']');
    report_json_outputs(j, &job->outputs, job->set->lent);
    if (job->diff) {
        json_open(j, "diff", '{');
        diff_json(job->diff, j);
        json_close(j, '}');
    }
    report_json_diagnostics(j, &job->kept, NULL);
    report_json_totals(j, &job->totals, job->report);
    json_text(j, "result", str_of(state_word(job, status)));
    json_number(j, "status", status);
    report_json_timing(j, seconds);
}

enum status run_book(struct settings *set, const struct run_env *env)
{
    struct job job = { .set = set, .env = env };
    struct diag dg;
    double started = clock_seconds();

    arena_init(&job.arena);
    diag_init(&dg, &job.arena);
    diag_init(&job.kept, &job.arena);
    job.report = report_new(set, env->err);
    run_job(&job, &dg);
    double seconds = clock_seconds() - started;
    enum status status = status_of(&job);
    if (env->label && env->out)
        print_labelled(&job, status);
    else if (job.book && is_good(&job))
        print_closing(&job, seconds);
    if (env->out && (fflush(env->out) != 0 || ferror(env->out))) {
        diag_add(&dg, DIAG_OUTPUT_FAILED, (str){ 0 }, 0,
                 "can't write to standard output");
        flush_diag(&job, &dg);
    }
    report_summary(job.report);
    print_strict(&job);
    status = status_of(&job);
    finish_report(&job, status, seconds);
    report_free(job.report);
    diff_free(job.diff);
    cover_free(job.book ? job.book->cover : NULL);
    made_close(job.book ? job.book->made : NULL);
    close_cache(&job);
    arena_done(&job.arena);
    return status;
}
