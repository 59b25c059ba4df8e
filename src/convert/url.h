/* SPDX-License-Identifier: MIT */
/* url.h - addresses as authors write them become URLs that a strict parser
 * takes (WHATWG URL, without validation errors; RFC 3986). */
#ifndef CONVERT_URL_H
#define CONVERT_URL_H

#include "base/arena.h"

enum url_kind {
    URL_EMPTY,
    URL_WEB,      /* http, https, mailto, tel or ftp; *out is the clean URL */
    URL_RELATIVE, /* and there is no base; *out is empty */
    URL_UNSAFE,   /* javascript:, data:, file:, any unknown scheme */
    URL_BROKEN    /* no host, or none that can be repaired */
};

/* BASE is "https://host/path" or empty. */
enum url_kind url_clean(str written, str base, struct arena *a, str *out);

/* The kind that url_clean() would give without a base, from the address's
 * beginning only; URL_WEB may still turn out to be URL_BROKEN. */
enum url_kind url_look(str written);

/* HOST (no port, no user) in lower case, IDN labels in Punycode (RFC 3492);
 * empty: not a host. */
str url_host_ascii(str host, struct arena *a);

#endif
