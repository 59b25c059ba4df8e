/* SPDX-License-Identifier: MIT */
/* reportfile.h - the file of --report, which appears when it is whole. */
#ifndef REPORTFILE_H
#define REPORTFILE_H

#include "book/settings.h"
#include "json.h"

struct reportfile;

/* Its head is written. NULL: printed to standard error. */
struct reportfile *reportfile_new(const struct settings *set);
/* The object that takes the members; NULL of NULL. */
struct json *reportfile_json(struct reportfile *f);
/* Frees F; publishes it if PUBLISH. False: printed to standard error. */
bool reportfile_finish(struct reportfile *f, bool publish);

#endif
