/* SPDX-License-Identifier: MIT */
/* hearsay.h - what a book's own process says, looked at before it is passed
 * on: if its blog has taken it over, it may say anything, but no more than
 * about its own book, and nothing that a reader of logs and reports could not
 * expect of the program. */
#ifndef HEARSAY_H
#define HEARSAY_H

#include "book/settings.h"
#include "status.h"

struct hearsay {
    str out, err, report; /* report: empty where none was asked for */
    str label;            /* of the book */
    enum status status;
    bool with_report;
};

/* What is wrong with it, as safebook_settle() wants it; NULL: nothing. */
const char *hearsay_fault(const struct hearsay *h, enum messages how);

#endif
