/* SPDX-License-Identifier: MIT */
/* report_json.h - the members of a report (--report); their meaning stands in
 * docs/report.schema.json. Members that take a clock are left out when
 * SOURCE_DATE_EPOCH asks for the same bytes every time. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "diff.h"
#include "input.h"
#include "json.h"
#include "outputs.h"
#include "report.h"
#include "stats.h"

/* A picture's file. */
struct post_file {
    str path;
    struct input input;
};

/* What is known of one post. */
struct post_facts {
    bool has_input;
    struct input input;
    bool has_chapter;
    struct stats stats;
    str language;
    VEC(struct post_file) files; /* what it shows that lies on this disk */
    double seconds;
};

/* Format, version, program, libraries. */
void report_json_head(struct json *j);
/* Paths, settings, and the inputs that are no posts. */
void report_json_settings(struct json *j, const struct settings *set);
/* An item of the array of posts. DG: what its conversion said. */
void report_json_post(struct json *j, const struct post *post,
                      const struct post_facts *facts, const struct diag *dg);
/* LENT: where the books are as yet; NULL: in their places. */
void report_json_outputs(struct json *j, const struct outputs *o,
                         const struct lent *lent);
void report_json_diagnostics(struct json *j, const struct diag *first,
                             const struct diag *second);

struct report_totals {
    uint32_t posts, chapters;
    struct stats stats;
};
void report_json_totals(struct json *j, const struct report_totals *t,
                        const struct report *r);
void report_json_timing(struct json *j, double seconds);

#endif
