/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "message.h"

/* More warnings than this are counted by kind, not listed. */
#define FEW 10
/* Seconds before a bar appears and between its steps. */
#define BAR_AFTER 1.0
#define BAR_STEP  0.1
#define BAR_WIDTH 40
#define HOST_MOST 40

struct report {
    const struct settings *set;
    FILE *to;
    bool color, terminal, bar_drawn;
    double started, bar_time;
    /* The scout draws the bar too, so all that it touches is locked. */
    pthread_mutex_t lock;
    uint32_t done, total, waiting;
    struct buf host;
    uint32_t by_severity[3];
    uint32_t by_code[DIAG_COUNT];
    enum diag_effect effect;
    struct arena arena; /* of the first few warnings */
    struct diag few;
};

static bool wants_color(const struct settings *set)
{
    const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

    if (set->color != COLOR_AUTO)
        return set->color == COLOR_ALWAYS;
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0 &&
           !(no && *no);
}

struct report *report_new(const struct settings *set, FILE *to)
{
    struct report *r = calloc(1, sizeof *r);

    if (!r)
        die("out of memory");
    r->set = set;
    r->to = to;
    r->color = wants_color(set);
    r->terminal = to == stderr && set->diagnostics == MESSAGES_TEXT &&
                  isatty(STDERR_FILENO);
    r->started = clock_seconds();
    arena_init(&r->arena);
    diag_init(&r->few, &r->arena);
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

void report_free(struct report *r)
{
    if (!r)
        return;
    pthread_mutex_destroy(&r->lock);
    buf_done(&r->host);
    arena_done(&r->arena);
    free(r);
}

static void erase_bar(struct report *r)
{
    if (r->bar_drawn)
        fputs("\r\033[K", r->to);
    r->bar_drawn = false;
}

static void keep(struct report *r, const struct diag_item *it)
{
    if (r->by_severity[SEV_WARNING] <= FEW)
        diag_add(&r->few, it->code, arena_dup(&r->arena, it->path), it->line,
                 "%.*s", STR_ARG(it->text));
}

/* Is an item of this severity printed as soon as it is met? */
static bool is_due(const struct report *r, enum severity sev)
{
    const struct settings *set = r->set;

    if (sev == SEV_WARNING)
        return set->strict ||
               (!set->quiet &&
                (set->verbose || set->diagnostics != MESSAGES_TEXT));
    return sev == SEV_ERROR || (set->verbose && !set->quiet);
}

static void add_item(struct report *r, const struct diag_item *it)
{
    enum severity sev = diag_severity(it->code);

    r->by_severity[sev]++;
    r->by_code[it->code]++;
    if (diag_effect(it->code) > r->effect)
        r->effect = diag_effect(it->code);
    if (is_due(r, sev)) {
        erase_bar(r);
        message_print(it, r->set->diagnostics, r->color, r->to);
    } else if (sev == SEV_WARNING && !r->set->quiet) {
        keep(r, it);
    }
}

void report_add(struct report *r, const struct diag *dg)
{
    pthread_mutex_lock(&r->lock);
    for (const struct diag_item *it = dg->first; it; it = it->next)
        add_item(r, it);
    pthread_mutex_unlock(&r->lock);
}

/* "[=====>     ] 120/970, waiting for 14 pictures, one from example.org"; the
 * lock is held. */
static void draw_bar(struct report *r)
{
    double t = clock_seconds();

    if (!r->terminal || r->set->quiet || r->total == 0 ||
        t - r->started < BAR_AFTER || t - r->bar_time < BAR_STEP)
        return;
    r->bar_time = t;
    r->bar_drawn = true;
    unsigned full = (unsigned)((uint64_t)r->done * BAR_WIDTH / r->total);
    fputs("\r[", r->to);
    for (unsigned i = 0; i < BAR_WIDTH; i++)
        fputc(i < full ? '=' : i == full ? '>' : ' ', r->to);
    fprintf(r->to, "] %u/%u", r->done, r->total);
    if (r->waiting) {
        fprintf(r->to, ", waiting for %u picture%s, one from ", r->waiting,
                r->waiting == 1 ? "" : "s");
        diag_print_safe(buf_str(&r->host), r->to);
    }
    fputs("\033[K", r->to);
    fflush(r->to);
}

void report_progress(struct report *r, uint32_t done, uint32_t total)
{
    pthread_mutex_lock(&r->lock);
    r->done = done;
    r->total = total;
    draw_bar(r);
    pthread_mutex_unlock(&r->lock);
}

void report_waiting(struct report *r, uint32_t n, str host)
{
    pthread_mutex_lock(&r->lock);
    r->waiting = n;
    buf_reset(&r->host);
    buf_put(&r->host, str_sub(host, 0, HOST_MOST));
    draw_bar(r);
    pthread_mutex_unlock(&r->lock);
}

static void print_counts(const struct report *r)
{
    const char *sep = ": ";

    fprintf(r->to, "%u warnings (blog2book -v shows them)",
            r->by_severity[SEV_WARNING]);
    for (unsigned code = 0; code < DIAG_COUNT; code++) {
        if (!r->by_code[code] ||
            diag_severity((enum diag_code)code) != SEV_WARNING)
            continue;
        fprintf(r->to, "%s%u %s", sep, r->by_code[code],
                diag_group((enum diag_code)code, r->by_code[code]));
        sep = ", ";
    }
    fputc('\n', r->to);
}

void report_summary(struct report *r)
{
    const struct settings *set = r->set;

    erase_bar(r);
    if (set->quiet || set->verbose || set->strict ||
        set->diagnostics != MESSAGES_TEXT)
        return;
    if (r->by_severity[SEV_WARNING] > FEW)
        print_counts(r);
    else
        for (const struct diag_item *it = r->few.first; it; it = it->next)
            diag_print(it, r->color, r->to);
}

uint32_t report_count(const struct report *r, enum severity sev)
{
    return r->by_severity[sev];
}

enum diag_effect report_effect(const struct report *r)
{
    return r->effect;
}
