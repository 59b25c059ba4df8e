/* SPDX-License-Identifier: MIT */
/* status.h - exit statuses; docs/diagnostics.md repeats them for users. The
 * worst is the highest. */
#ifndef STATUS_H
#define STATUS_H

enum status {
    STATUS_DONE = 0,
    STATUS_LOST = 1,  /* done, but something of the blog is not in the book;
                         or --strict met a warning */
    STATUS_USAGE = 2, /* the command line makes no sense */
    STATUS_FAILED = 3 /* input or output failed, nothing published */
};

#endif
