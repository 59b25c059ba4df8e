/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "message.h"

/* More warnings than this are counted by kind, not listed. */
#define FEW 10
/* Seconds before a bar appears and between its steps. */
#define BAR_AFTER 1.0
#define BAR_STEP  0.1
#define BAR_WIDTH 40

struct report {
    const struct settings *set;
    FILE *to;
    bool color, terminal, bar_drawn;
    double started, bar_time;
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
    return r;
}

void report_free(struct report *r)
{
    if (!r)
        return;
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
    for (const struct diag_item *it = dg->first; it; it = it->next)
        add_item(r, it);
}

void report_progress(struct report *r, uint32_t done, uint32_t total)
{
    if (!r->terminal || r->set->quiet || total == 0)
        return;
    double t = clock_seconds();
    if (t - r->started < BAR_AFTER || t - r->bar_time < BAR_STEP)
        return;
    r->bar_time = t;
    r->bar_drawn = true;
    unsigned full = (unsigned)((uint64_t)done * BAR_WIDTH / total);
    fputs("\r[", r->to);
    for (unsigned i = 0; i < BAR_WIDTH; i++)
        fputc(i < full ? '=' : i == full ? '>' : ' ', r->to);
    fprintf(r->to, "] %u/%u\033[K", done, total);
    fflush(r->to);
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
