/* SPDX-License-Identifier: MIT */
/* fetch_url.h - what libcurl itself makes of an address. Asking another parser
 * would leave room for addresses that each of the two reads differently. */
#ifndef ASSETS_FETCH_URL_H
#define ASSETS_FETCH_URL_H

#include "base/buf.h"

struct curl_library;

/* Owns its buffers; {0} is empty. */
struct fetch_url {
    struct buf url;    /* a C string; without fragment */
    struct buf scheme; /* lower case; may be one that we don't fetch */
    struct buf host;   /* lower case; an IPv4 address in its plain form, an
                          IPv6 address in brackets */
    struct buf place;  /* "http://example.org:80": what a connection is to */
};

/* False: libcurl can't read URL; U then holds what could be read. */
bool fetch_url_parse(const struct curl_library *c, str url,
                     struct fetch_url *u);
void fetch_url_done(struct fetch_url *u);

#endif
