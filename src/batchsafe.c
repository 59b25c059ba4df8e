/* SPDX-License-Identifier: MIT */
/* Many books with --safe: each in a process of its own, so that what one
 * stranger's blog does to it touches no other book. The parent has no threads,
 * reads no blog, and does the rest in the order of the list. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch_parts.h"
#include "hearsay.h"
#include "pump.h"
#include "safebook.h"
#include "safeplaces.h"

/* What a child may have to say, of each kind; one that says more is broken. */
#define PAGE_MOST (256u << 20)

/* A book's process, or none. */
struct child {
    struct making making;
    struct safebook *book;
    pid_t pid; /* 0: it needs none any more */
    bool ready;
};

struct pool {
    struct batch *batch;
    struct str_vec common;
    struct child *children; /* one a slot */
    unsigned n_slots, n_running;
    uint32_t next, committed;
};

static FILE *open_file(void)
{
    FILE *f = tmpfile();

    if (!f)
        die("can't make a temporary file");
    return f;
}

/* Files, since what a process writes to its memory nobody else sees. */
static void open_pages(struct slot *slot)
{
    batch_pages_close(slot);
    slot->out = (struct page){ .to = open_file() };
    slot->err = (struct page){ .to = open_file() };
    slot->report = (struct page){ .to = open_file() };
}

static bool take_text(struct page *p)
{
    FILE *f = p->to;
    off_t n = fseeko(f, 0, SEEK_END) == 0 ? ftello(f) : -1;
    bool ok = n >= 0 && n <= PAGE_MOST;

    p->to = NULL;
    if (ok && n > 0) {
        rewind(f);
        p->text = malloc((size_t)n);
        if (!p->text)
            die("out of memory");
        p->n = fread(p->text, 1, (size_t)n, f);
        ok = p->n == (size_t)n;
    }
    fclose(f);
    return ok;
}

static bool take_pages(struct slot *slot)
{
    bool out = take_text(&slot->out), err = take_text(&slot->err);

    return take_text(&slot->report) && out && err;
}

/* What is wrong with what the child said; NULL: nothing. */
static const char *fault_of(const struct making *m, int waited)
{
    const struct slot *slot = m->slot;
    struct hearsay said = {
        .out = { slot->out.text, slot->out.n },
        .err = { slot->err.text, slot->err.n },
        .report = { slot->report.text, slot->report.n },
        .label = m->book.id,
        .status = (enum status)WEXITSTATUS(waited),
        .with_report = m->batch->report != NULL,
    };

    if (!WIFEXITED(waited) || WEXITSTATUS(waited) > STATUS_FAILED)
        return NULL;
    return hearsay_fault(&said, m->batch->set->diagnostics);
}

/* Reads the book's entry of the list, which is the operator's. */
static void read_entry(struct child *c, uint32_t turn)
{
    struct making *m = &c->making;
    struct batch *b = m->batch;
    struct arena *a = &m->slot->arena;

    m->ok = batchfile_book(&b->file, b->chosen.v[turn], b->set, &m->book, a,
                           &m->diag);
    m->book.set.jobs = b->jobs;
    str why = settings_make_safe(&m->book.set);
    if (why.n) {
        diag_add(&m->diag, DIAG_SETTING_BAD, b->file.path,
                 b->file.items.v[b->chosen.v[turn]].line, "%.*s", STR_ARG(why));
        m->ok = false;
    }
    if (m->ok)
        outputs_choose(&m->outputs, &m->book.set, a);
}

/* Books that are being made meanwhile. */
static void forget_others(struct pool *p, const struct child *own)
{
    for (unsigned i = 0; i < p->n_slots; i++)
        if (&p->children[i] != own && p->children[i].pid > 0)
            safebook_forget(p->children[i].book);
}

_Noreturn static void be_child(struct pool *p, struct child *c)
{
    struct making *m = &c->making;
    struct slot *slot = m->slot;

    forget_others(p, c);
    settings_read_file(&m->book.set, &m->diag);
    batch_make(m);
    fflush(slot->out.to);
    fflush(slot->err.to);
    fflush(slot->report.to);
    safebook_end(c->book);
    _exit((int)slot->status);
}

static void reopen_pages(struct slot *slot)
{
    batch_pages_close(slot);
    batch_pages_open(slot);
}

/* Tells of a book that tells nothing itself: its diagnostics are reason enough
 * for batch_make() not to read the blog. */
static void fail_at_once(struct child *c)
{
    batch_make(&c->making);
    batch_judge(&c->making, STATUS_FAILED, false);
    c->ready = true;
}

static void start_process(struct pool *p, struct child *c)
{
    struct making *m = &c->making;
    struct slot *slot = m->slot;

    c->book = safebook_new(&m->book.set, false, &slot->arena, &m->diag);
    if (!c->book) {
        fail_at_once(c);
        return;
    }
    open_pages(slot);
    safebook_redirect(c->book, slot->out.to, slot->err.to, slot->report.to);
    struct diag before = m->diag;
    c->pid = safebook_fork(c->book, &p->common, &m->diag);
    if (c->pid == 0)
        be_child(p, c);
    if (c->pid < 0) {
        c->pid = 0;
        safebook_abandon(c->book, &m->diag);
        reopen_pages(slot);
        fail_at_once(c);
        return;
    }
    m->diag = before; /* the child tells it */
    p->n_running++;
}

static void start(struct pool *p, uint32_t turn)
{
    unsigned at = turn % p->n_slots;
    struct child *c = &p->children[at];
    struct slot *slot = &p->batch->slots[at];

    arena_reset(&slot->arena);
    *c = (struct child){ .making = { .batch = p->batch, .slot = slot } };
    diag_init(&c->making.diag, &slot->arena);
    batch_pages_open(slot);
    read_entry(c, turn);
    batch_claim(&c->making, turn);
    if (!c->making.ok) {
        fail_at_once(c);
    } else if (batch_is_unchanged(&c->making)) {
        batch_skip(&c->making);
        c->ready = true;
    } else {
        diag_init(&c->making.diag, &slot->arena);
        start_process(p, c);
    }
}

static void finish(struct pool *p, struct child *c, int waited)
{
    struct making *m = &c->making;
    struct diag said;

    c->pid = 0;
    p->n_running--;
    diag_init(&said, &m->slot->arena);
    const char *fault = take_pages(m->slot)
                            ? fault_of(m, waited)
                            : "had more to say than can be kept";
    enum status status = safebook_settle(c->book, waited, fault, &said);
    if (said.first) {
        /* What the child has told may be half of it. */
        reopen_pages(m->slot);
        m->diag = said;
        fail_at_once(c);
        return;
    }
    batch_judge(m, status, true);
    c->ready = true;
}

static void tell_all(struct pool *p, int number)
{
    for (unsigned i = 0; i < p->n_slots; i++)
        if (p->children[i].pid > 0)
            kill(p->children[i].pid, number);
}

/* Waits for one of the children; false when a signal came instead. */
static bool wait_for_one(struct pool *p)
{
    int waited;
    pid_t pid = waitpid(-1, &waited, 0);

    if (pid < 0)
        return errno != EINTR;
    for (unsigned i = 0; i < p->n_slots; i++)
        if (p->children[i].pid == pid)
            finish(p, &p->children[i], waited);
    return true;
}

static void wait_for_all(struct pool *p)
{
    tell_all(p, *p->batch->interrupted);
    while (p->n_running)
        wait_for_one(p);
}

/* The slot of the next book in order, if that book is done. */
static bool commit_next(struct pool *p)
{
    unsigned at = p->committed % p->n_slots;
    struct child *c = &p->children[at];
    struct slot *slot = &p->batch->slots[at];

    if (p->committed == p->next || !c->ready)
        return false;
    c->ready = false;
    p->committed++;
    batch_commit(p->batch, slot);
    return true;
}

static bool may_start(const struct pool *p)
{
    return p->next < p->batch->chosen.n && p->n_running < p->batch->n_workers &&
           p->next - p->committed < p->n_slots;
}

static void run(struct pool *p)
{
    const struct batch *b = p->batch;

    while (p->committed < b->chosen.n && !*b->interrupted) {
        if (commit_next(p))
            continue;
        if (may_start(p))
            start(p, p->next++);
        else
            wait_for_one(p);
    }
    wait_for_all(p);
}

void batchsafe_pump(struct batch *b)
{
    struct pool p = { .batch = b, .n_slots = pump_slots(b->n_workers) };
    struct arena a;

    arena_init(&a);
    p.common = safeplaces_common(&a);
    p.children = arena_array(&a, struct child, p.n_slots);
    run(&p);
    arena_done(&a);
}
