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

#include "outputs.h"
#include "safeplaces.h"

struct safebook {
    struct arena *arena;
    struct settings *set;
    struct lent *lent;
    volatile unsigned char *ended; /* shared with the child */
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

static volatile unsigned char *share_byte(void)
{
    void *page = mmap(NULL, 1, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED)
        die("out of memory");
    return page;
}

struct safebook *safebook_new(struct settings *set, bool with_report,
                              struct arena *a, struct diag *dg)
{
    struct safebook *b = arena_new(a, struct safebook);

    *b = (struct safebook){ .arena = a, .set = set, .lent = lent_new(a) };
    if (!open_files(b, with_report, dg)) {
        lent_settle(b->lent, false, dg);
        return NULL;
    }
    b->ended = share_byte();
    set->lent = b->lent;
    set->ended = b->ended;
    return b;
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
    pid_t child = fork();
    if (child == 0) {
        die_with(parent);
        lent_borrow(b->lent);
        sandbox_enter(&box, said);
    } else if (child < 0) {
        diag_add(said, DIAG_SANDBOX_FAILED, (str){ 0 }, 0,
                 "can't start a process for the book: %s", strerror(errno));
    }
    return child;
}

void safebook_end(struct safebook *b)
{
    *b->ended = 1;
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

static void release(struct safebook *b)
{
    munmap((void *)b->ended, 1);
    b->set->lent = NULL;
    b->set->ended = NULL;
}

enum status safebook_settle(struct safebook *b, int waited, struct diag *dg)
{
    bool ended = WIFEXITED(waited) && *b->ended;
    enum status status = STATUS_FAILED;

    if (ended && WEXITSTATUS(waited) <= STATUS_FAILED)
        status = (enum status)WEXITSTATUS(waited);
    else if (WIFSIGNALED(waited))
        report_signal(b, WTERMSIG(waited), dg);
    else
        report_memory(b, "the book's process ran out of memory", dg);
    if (!lent_settle(b->lent, ended, dg))
        status = STATUS_FAILED;
    release(b);
    return status;
}

void safebook_abandon(struct safebook *b, struct diag *dg)
{
    lent_settle(b->lent, false, dg);
    release(b);
}
