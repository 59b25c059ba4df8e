/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <stdlib.h>
#include <unistd.h>

#include "assets/cache.h"
#include "base/clock.h"
#include "base/nowhere.h"
#include "base/shelf.h"
#include "batch_parts.h"
#include "convert/convert.h"
#include "epub/zip.h"
#include "message.h"
#include "pdf/kit.h"
#include "pump.h"
#include "report_json.h"
#include "run.h"

/* Opened caches that no book uses at the moment. */
#define CACHES_KEPT 4

static const char *const fate_keys[] = {
    [FATE_DONE] = "done",
    [FATE_LOST] = "incomplete",
    [FATE_FAILED] = "failed",
    [FATE_UNCHANGED] = "unchanged",
};

static void page_open(struct page *p)
{
    *p = (struct page){ 0 };
    p->to = open_memstream(&p->text, &p->n);
    if (!p->to)
        die("out of memory");
}

static str page_text(struct page *p)
{
    if (p->to && fclose(p->to) != 0)
        die("out of memory");
    p->to = NULL;
    return (str){ p->text, p->n };
}

static void page_done(struct page *p)
{
    if (p->to)
        fclose(p->to);
    free(p->text);
    *p = (struct page){ 0 };
}

static void complain(struct making *m, str path, const char *why)
{
    diag_add(&m->diag, DIAG_OUTPUT_FAILED, path, 0, "%s; nothing was published",
             why);
    m->ok = false;
}

static void read_book(struct making *m, uint32_t item)
{
    struct batch *b = m->batch;
    struct arena *a = &m->slot->arena;

    m->ok = batchfile_book(&b->file, item, b->set, &m->book, a, &m->diag) &&
            settings_read_file(&m->book.set, &m->diag);
    m->book.set.jobs = b->jobs;
    if (m->ok)
        outputs_choose(&m->outputs, &m->book.set, a);
}

void batch_claim(struct making *m, uint32_t turn)
{
    struct arena *a = &m->slot->arena;
    struct claim claim = { .turn = turn,
                           .whose = arena_printf(a,
                                                 "the book '%.*s' of the list",
                                                 STR_ARG(m->book.id)),
                           .outputs = &m->outputs };

    claims_take(m->batch->claims, &claim);
    for (unsigned i = 0; i < m->outputs.n; i++)
        if (path_is_stdout(m->outputs.v[i].path))
            complain(m, m->outputs.v[i].path,
                     "a batch can't write books to standard output");
    if (claim.refused >= 0 && m->ok)
        complain(
            m, m->outputs.v[claim.refused].path,
            arena_printf(a, "%.*s has this file already", STR_ARG(claim.owner))
                .p);
}

bool batch_is_unchanged(struct making *m)
{
    const struct settings *set = m->batch->set;

    if (!m->ok || set->check || set->diff.n)
        return false;
    m->known = state_inputs(&m->batch->state, &m->book.set, m->inputs);
    return m->known && !set->force && state_matches(&m->outputs, m->inputs);
}

/* The book's object in the report; NULL: there is none. */
static struct json *open_report(struct making *m, struct json *j)
{
    *j = (struct json){ .to = m->slot->report.to };
    json_open(j, NULL, '{');
    json_text(j, "id", m->book.id);
    return m->batch->report ? j : NULL;
}

void batch_skip(struct making *m)
{
    struct json json, *j = open_report(m, &json);
    FILE *to = m->slot->out.to;

    m->slot->fate = FATE_UNCHANGED;
    m->slot->status = STATUS_DONE;
    diag_print_safe(m->book.id, to);
    fputs(": unchanged\n", to);
    if (j) {
        report_json_settings(j, &m->book.set);
        json_text(j, "result", S("unchanged"));
        json_number(j, "status", STATUS_DONE);
    }
    json_close(&json, '}');
}

void batch_make(struct making *m)
{
    struct slot *slot = m->slot;
    struct json json, *j = open_report(m, &json);

    slot->status = run_book(&m->book.set,
                            &(struct run_env){
                                .interrupted = m->batch->interrupted,
                                .out = slot->out.to,
                                .err = slot->err.to,
                                .label = arena_cstr(&slot->arena, m->book.id),
                                .report = j,
                                .kit = m->batch->kit,
                                .caches = m->batch->caches,
                                .read = &m->diag,
                            });
    json_close(&json, '}');
}

void batch_judge(struct making *m, enum status status, bool published)
{
    m->slot->status = status;
    m->slot->fate = status == STATUS_DONE   ? FATE_DONE
                    : status == STATUS_LOST ? FATE_LOST
                                            : FATE_FAILED;
    if (published && status == STATUS_DONE && m->known &&
        !*m->batch->interrupted)
        state_write(&m->outputs, m->inputs);
}

void batch_pages_open(struct slot *slot)
{
    page_open(&slot->out);
    page_open(&slot->err);
    page_open(&slot->report);
}

void batch_pages_close(struct slot *slot)
{
    page_done(&slot->out);
    page_done(&slot->err);
    page_done(&slot->report);
}

static void prepare_book(void *context, unsigned worker, uint32_t turn,
                         unsigned slot_index)
{
    struct batch *b = context;
    struct slot *slot = &b->slots[slot_index];
    struct making m = { .batch = b, .slot = slot };

    (void)worker;
    arena_reset(&slot->arena);
    diag_init(&m.diag, &slot->arena);
    batch_pages_open(slot);
    if (!*b->interrupted)
        read_book(&m, b->chosen.v[turn]);
    batch_claim(&m, turn);
    if (*b->interrupted)
        return;
    if (batch_is_unchanged(&m)) {
        batch_skip(&m);
        return;
    }
    batch_make(&m);
    batch_judge(&m, slot->status, true);
}

static void copy(str text, FILE *to)
{
    if (to && text.n)
        fwrite(text.p, 1, text.n, to);
}

bool batch_commit(struct batch *b, struct slot *slot)
{
    bool go_on = !*b->interrupted;

    if (go_on) {
        copy(page_text(&slot->err), stderr);
        copy(page_text(&slot->out), b->set->quiet ? NULL : b->out);
        if (b->report)
            json_raw(reportfile_json(b->report), NULL,
                     page_text(&slot->report));
        b->n[slot->fate]++;
        if (slot->status > b->worst)
            b->worst = slot->status;
        if (b->out)
            fflush(b->out);
    }
    batch_pages_close(slot);
    return go_on;
}

static bool commit_book(void *context, uint32_t turn, unsigned slot_index)
{
    struct batch *b = context;

    (void)turn;
    return batch_commit(b, &b->slots[slot_index]);
}

static void pump_books(struct batch *b)
{
    unsigned n_slots = pump_slots(b->n_workers);

    b->slots = arena_array(&b->arena, struct slot, n_slots);
    if (b->set->safe)
        batchsafe_pump(b);
    else
        pump_run(&(struct pump){
            .n = (uint32_t)b->chosen.n,
            .n_workers = b->n_workers,
            .context = b,
            .prepare = prepare_book,
            .commit = commit_book,
        });
    for (unsigned i = 0; i < n_slots; i++) {
        batch_pages_close(&b->slots[i]);
        arena_done(&b->slots[i].arena);
    }
}

/* Which items are this machine's. */
static void choose_books(struct batch *b)
{
    struct arena a;
    struct diag ignored;
    struct batch_book book;

    arena_init(&a);
    for (size_t i = 0; i < b->file.items.n; i++) {
        bool ours = b->shard.n == 1;
        if (!ours) {
            arena_reset(&a);
            diag_init(&ignored, &a);
            batchfile_book(&b->file, i, b->set, &book, &a, &ignored);
            ours = shard_has(&b->shard, book.id);
        }
        if (ours)
            *vec_push(&b->chosen, &b->arena) = (uint32_t)i;
    }
    arena_done(&a);
}

/* One book at a time gets all threads; otherwise each has a share. */
static void share_threads(struct batch *b)
{
    long n = b->set->jobs ? (long)b->set->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    size_t books = b->chosen.n ? b->chosen.n : 1;

    n = n < 1 ? 1 : n > 64 ? 64 : n;
    b->n_workers = books < (size_t)n ? (unsigned)books : (unsigned)n;
    b->jobs = (unsigned)n / b->n_workers;
}

static void begin_report(struct batch *b)
{
    struct json *j = reportfile_json(b->report);

    if (!j)
        return;
    json_open(j, "batch", '{');
    json_text(j, "list", b->set->batch);
    json_number(j, "books", b->file.items.n);
    json_number(j, "chosen", b->chosen.n);
    json_open(j, "shard", '{');
    json_number(j, "index", b->shard.index + 1);
    json_number(j, "of", b->shard.n);
    json_close(j, '}');
    json_close(j, '}');
    json_open(j, "books", '[');
}

static bool end_report(struct batch *b, double seconds)
{
    struct json *j = reportfile_json(b->report);

    if (!j)
        return true;
    json_close(j, ']');
    json_open(j, "totals", '{');
    for (int i = 0; i < FATE_COUNT; i++)
        json_number(j, fate_keys[i], b->n[i]);
    json_close(j, '}');
    json_number(j, "status", b->worst);
    report_json_timing(j, seconds);
    return reportfile_finish(b->report, !*b->interrupted);
}

static void print_summary(const struct batch *b, double seconds)
{
    if (b->set->quiet || b->set->diagnostics != MESSAGES_TEXT ||
        *b->interrupted)
        return;
    fprintf(stderr, "%zu book%s:", b->chosen.n, b->chosen.n == 1 ? "" : "s");
    for (int i = 0; i < FATE_COUNT; i++)
        fprintf(stderr, "%s %u %s", i ? "," : "", b->n[i], fate_keys[i]);
    fprintf(stderr, ", %.1f s\n", seconds);
}

static bool read_list(struct batch *b, struct diag *dg)
{
    str why;

    if (!shard_parse(b->set->shard, getenv, &b->shard, &why, &b->arena)) {
        diag_add(dg, DIAG_SETTING_BAD, (str){ 0 }, 0, "--shard: %.*s",
                 STR_ARG(why));
        return false;
    }
    return batchfile_read(b->set->batch, &b->file, &b->arena, dg);
}

static void *make_cache(str dir, const void *from)
{
    (void)from;
    return cache_open(dir);
}

static void free_cache(void *cache)
{
    cache_close(cache);
}

static const struct shelf_kind cache_kind = { make_cache, free_cache,
                                              CACHES_KEPT };

static enum status run_list(struct batch *b, struct diag *dg)
{
    double started = clock_seconds();

    choose_books(b);
    share_threads(b);
    b->claims = claims_new();
    b->kit = kit_new();
    b->caches = shelf_new(&cache_kind);
    if (b->set->report.n) {
        claims_reserve(b->claims, b->set->report, S("the report"));
        if (!(b->report = reportfile_new(b->set)))
            return STATUS_FAILED;
    }
    b->out = path_is_stdout(b->set->report) ? NULL : stdout;
    begin_report(b);
    convert_init();
    zip_library_start();
    state_common_init(&b->state);
    pump_books(b);
    double seconds = clock_seconds() - started;
    bool ok = end_report(b, seconds);
    if (b->out && (fflush(b->out) != 0 || ferror(b->out))) {
        diag_add(dg, DIAG_OUTPUT_FAILED, (str){ 0 }, 0,
                 "can't write to standard output");
        ok = false;
    }
    print_summary(b, seconds);
    return ok ? b->worst : STATUS_FAILED;
}

enum status run_batch(const struct settings *set,
                      const volatile sig_atomic_t *interrupted)
{
    struct batch b = { .set = set, .interrupted = interrupted };
    struct diag dg;
    enum status status = STATUS_FAILED;

    arena_init(&b.arena);
    diag_init(&dg, &b.arena);
    if (read_list(&b, &dg))
        status = run_list(&b, &dg);
    for (const struct diag_item *it = dg.first; it; it = it->next)
        message_print(it, set->diagnostics, false, stderr);
    claims_free(b.claims);
    kit_free(b.kit);
    shelf_free(b.caches);
    arena_done(&b.arena);
    return status;
}
