/* SPDX-License-Identifier: MIT */
/* report.h - what the user sees on standard error: diagnostics, a progress
 * bar, a summary. With --diagnostics other than text only diagnostics. */
#ifndef REPORT_H
#define REPORT_H

#include "base/diag.h"
#include "book/settings.h"

struct report;

/* Never NULL. Ends with report_free(). Everything goes to TO. */
struct report *report_new(const struct settings *set, FILE *to);
void report_free(struct report *r);

/* Counts all of DG and prints what is due now: errors always; warnings at
 * once with --verbose or --strict, otherwise kept until report_summary() if
 * they stay few; info only with --verbose. For programs (--diagnostics)
 * warnings are never kept back. The items need not live on. */
void report_add(struct report *r, const struct diag *dg);

/* DONE of TOTAL posts are in the book. Draws a bar on a terminal when more
 * than a second has gone by. */
void report_progress(struct report *r, uint32_t done, uint32_t total);

/* N files of the web are waited for, one of them HOST's: for the progress
 * line. This one may be called by any thread. */
void report_waiting(struct report *r, uint32_t n, str host);

/* Takes the bar away and prints the warnings or their counts. */
void report_summary(struct report *r);

uint32_t report_count(const struct report *r, enum severity sev);
/* The worst that any diagnostic said of the book. */
enum diag_effect report_effect(const struct report *r);

#endif
