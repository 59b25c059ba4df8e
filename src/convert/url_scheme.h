/* SPDX-License-Identifier: MIT */
/* url_scheme.h - what kind of address an author wrote. */
#ifndef CONVERT_URL_SCHEME_H
#define CONVERT_URL_SCHEME_H

#include <string.h>

#include "convert/url.h"

enum url_scheme {
    URL_SCHEME_NONE,
    URL_SCHEME_HTTP,
    URL_SCHEME_HTTPS,
    URL_SCHEME_FTP,
    URL_SCHEME_MAILTO,
    URL_SCHEME_TEL,
    URL_SCHEME_OTHER
};

/* Trims *S, cuts off its scheme and says what it is. Without a scheme, what
 * looks like a host or a mail address is given one. */
enum url_kind url_cut_scheme(str *s, enum url_scheme *scheme);

static inline bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* How many slashes, of either kind, S begins with. */
static inline size_t count_slashes(str s)
{
    size_t n = 0;

    while (n < s.n && (s.p[n] == '/' || s.p[n] == '\\'))
        n++;
    return n;
}

#endif
