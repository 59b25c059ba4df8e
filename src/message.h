/* SPDX-License-Identifier: MIT */
/* message.h - one diagnostic for whoever reads it: a person, a program, or
 * GitHub's workflows. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "base/diag.h"
#include "book/settings.h"
#include "json.h"

/* Writes IT and a line feed to TO. COLOR is for people only. */
void message_print(const struct diag_item *it, enum messages how, bool color,
                   FILE *to);

/* The members code, severity, path, line and text of an open object; without
 * a path or a line those are left out. */
void message_json(const struct diag_item *it, struct json *j);

#endif
