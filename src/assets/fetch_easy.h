/* SPDX-License-Identifier: MIT */
/* fetch_easy.h - the two halves of a try with libcurl: what to ask for, and
 * what came of it. */
#ifndef ASSETS_FETCH_EASY_H
#define ASSETS_FETCH_EASY_H

#include "assets/curl_library.h"
#include "assets/fetch_transport.h"

#define EASY_HEAD_MAX (256u << 10)
/* Bodies of answers that are no file are read to the end, if it is near, so
 * that the connection can be used again. */
#define EASY_WASTE_MAX (256u << 10)

struct transport {
    struct curl_library curl;
    const struct fetch_options *options;
    CURLM *multi;
    CURL **idle; /* for the next tries */
    unsigned n_idle;
    struct curl_slist *headers;
    struct buf proxy, ca_file;
};

/* Sets up TR->easy. */
void easy_prepare(struct transfer *tr);
/* Fills in how it ended, which libcurl says is CODE. */
void easy_conclude(struct transfer *tr, CURLcode code);

#endif
