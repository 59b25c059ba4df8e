/* SPDX-License-Identifier: MIT */
/* report.h - what the user sees on standard error: diagnostics, a progress
 * bar, a summary. */
#ifndef REPORT_H
#define REPORT_H

#include "base/diag.h"
#include "book/settings.h"

struct report;

/* Never NULL. Ends with report_free(). */
struct report *report_new(const struct settings *set);
void report_free(struct report *r);

/* Counts all of DG and prints what is due now: errors always; warnings at
 * once with --verbose or --strict, otherwise kept until report_summary() if
 * they stay few; info only with --verbose. The items need not live on. */
void report_add(struct report *r, const struct diag *dg);

/* DONE of TOTAL posts are in the book. Draws a bar on a terminal when more
 * than a second has gone by. */
void report_progress(struct report *r, uint32_t done, uint32_t total);

/* Takes the bar away and prints the warnings or their counts. */
void report_summary(struct report *r);

uint32_t report_count(const struct report *r, enum severity sev);
/* The worst that any diagnostic said of the book. */
enum diag_effect report_effect(const struct report *r);

#endif
