/* SPDX-License-Identifier: MIT */
#include "safebook.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/transcode.h"
#include "outputs.h"
#include "safe/handles.h"
#include "safeplaces.h"
#include "watch.h"

struct safebook {
    struct arena *arena;
    struct settings *set;
    struct lent *lent;
    struct last_word *last;
    int out, err; /* instead of the standard ones; -1: those */
    struct handles kept;
};

static bool open_files(struct safebook *b, bool with_report, struct diag *dg)
{
    const struct settings *set = b->set;
    struct outputs o;

    outputs_choose(&o, set, b->arena);
    for (unsigned i = 0; i < o.n && set->dump == DUMP_NOTHING; i++)
        if (!lent_open(b->lent, set->check ? S("") : o.v[i].path, dg))
            return false;
    return !with_report || lent_open(b->lent, set->report, dg);
}

static struct last_word *share_memory(void)
{
    void *shared = mmap(NULL, sizeof(struct last_word), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED)
        die("out of memory");
    return shared;
}

struct safebook *safebook_new(struct settings *set, bool with_report,
                              struct arena *a, struct diag *dg)
{
    struct safebook *b = arena_new(a, struct safebook);

    *b = (struct safebook){
        .arena = a, .set = set, .lent = lent_new(a), .out = -1, .err = -1
    };
    if (!open_files(b, with_report, dg)) {
        lent_settle(b->lent, false, dg);
        return NULL;
    }
    b->last = share_memory();
    set->lent = b->lent;
    set->last_word = b->last;
    return b;
}

void safebook_redirect(struct safebook *b, FILE *out, FILE *err, FILE *report)
{
    b->out = fileno(out);
    b->err = fileno(err);
    *vec_push(&b->kept.keep, b->arena) = b->out;
    *vec_push(&b->kept.keep, b->arena) = b->err;
    *vec_push(&b->kept.keep, b->arena) = fileno(report);
}

/* What is open is open in the child too, sandbox or not. */
static void give_up_files(struct safebook *b)
{
    int fd;

    for (size_t i = 0; (fd = lent_handle(b->lent, i)) >= 0; i++)
        *vec_push(&b->kept.keep, b->arena) = fd;
    if (b->out >= 0)
        dup2(b->out, STDOUT_FILENO);
    if (b->err >= 0)
        dup2(b->err, STDERR_FILENO);
    handles_close_others(&b->kept);
}

/* A child must not outlive who would publish what it makes. */
static void die_with(pid_t parent)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(STATUS_FAILED);
}

pid_t safebook_fork(struct safebook *b, const struct str_vec *common,
                    struct diag *said)
{
    pid_t parent = getpid();
    struct sandbox box = safeplaces_of(b->set, common, b->arena);

    /* What is in a buffer now would come out of both. */
    fflush(NULL);
    /* Encodings are files too. */
    struct transcoders *encodings = transcoders_hold();
    pid_t child = fork();
    if (child == 0) {
        die_with(parent);
        lent_borrow(b->lent);
        give_up_files(b);
        sandbox_enter(&box, said);
    } else if (child < 0) {
        diag_add(said, DIAG_SANDBOX_FAILED, (str){ 0 }, 0,
                 "can't start a process for the book: %s", strerror(errno));
    }
    if (child != 0)
        transcoders_release(encodings);
    return child;
}

static void release(struct safebook *b)
{
    munmap(b->last, sizeof *b->last);
    b->set->lent = NULL;
    b->set->last_word = NULL;
}

void safebook_forget(struct safebook *b)
{
    lent_forget(b->lent);
    release(b);
}

void safebook_end(struct safebook *b)
{
    b->last->ended = 1;
}

static unsigned long long limit(const struct safebook *b, enum limit which)
{
    return (unsigned long long)limit_of(b->set, which);
}

static void report_memory(const struct safebook *b, const char *how,
                          struct diag *dg)
{
    diag_add(dg, DIAG_LIMIT_BOOK, (str){ 0 }, 0,
             "%s; the limit is %llu MB of memory (--limit memory=N); nothing "
             "was published",
             how, limit(b, LIMIT_MEMORY) >> 20);
}

static void report_signal(const struct safebook *b, int number, struct diag *dg)
{
    switch (number) {
    case SIGXCPU:
        diag_add(dg, DIAG_LIMIT_BOOK, (str){ 0 }, 0,
                 "the book took more than %llu seconds (--limit time=N); "
                 "nothing was published",
                 limit(b, LIMIT_TIME));
        return;
    case SIGABRT: /* how libraries take it that there is no memory */
    case SIGTRAP:
    case SIGKILL: /* and the kernel */
        report_memory(b,
                      "the book's process gave up, most likely for want of "
                      "memory",
                      dg);
        return;
    default:
        diag_add(dg, DIAG_SANDBOX_FAILED, (str){ 0 }, 0,
                 "the book's process was ended%s (signal %d, %s); nothing was "
                 "published",
                 number == SIGSYS ? " for a forbidden call of the kernel" : "",
                 number, strsignal(number));
    }
}

static void report_late(const struct safebook *b, struct diag *dg)
{
    str post = { b->last->post, strnlen(b->last->post, sizeof b->last->post) };

    watch_report(dg, arena_dup(dg->arena, post), b->set);
}

/* NULL: it ended as the program does. */
static const char *fault_of(const struct safebook *b, int waited,
                            const char *fault)
{
    if (!WIFEXITED(waited) || b->last->late)
        return "";
    if (!b->last->ended || WEXITSTATUS(waited) > STATUS_FAILED)
        return "";
    return fault;
}

static void report_fault(const struct safebook *b, int waited,
                         const char *fault, struct diag *dg)
{
    if (WIFSIGNALED(waited))
        report_signal(b, WTERMSIG(waited), dg);
    else if (b->last->late)
        report_late(b, dg);
    else if (*fault)
        diag_add(dg, DIAG_SANDBOX_FAILED, (str){ 0 }, 0,
                 "the book's process %s; nothing was published", fault);
    else
        report_memory(b, "the book's process ran out of memory", dg);
}

enum status safebook_settle(struct safebook *b, int waited, const char *fault,
                            struct diag *dg)
{
    enum status status = STATUS_FAILED;

    fault = fault_of(b, waited, fault);
    if (fault)
        report_fault(b, waited, fault, dg);
    else
        status = (enum status)WEXITSTATUS(waited);
    if (!lent_settle(b->lent, !fault, dg))
        status = STATUS_FAILED;
    release(b);
    return status;
}

void safebook_abandon(struct safebook *b, struct diag *dg)
{
    lent_settle(b->lent, false, dg);
    release(b);
}
