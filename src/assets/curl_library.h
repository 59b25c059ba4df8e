/* SPDX-License-Identifier: MIT */
/* curl_library.h - libcurl, loaded when something is to be fetched: with what
 * it stands on it is thirty libraries, and loading them takes as long as a
 * small book. */
#ifndef ASSETS_CURL_LIBRARY_H
#define ASSETS_CURL_LIBRARY_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/dynamic.h"

#define CURL_LIBRARY_FUNCTIONS(X)                                              \
    X(curl_easy_cleanup)                                                       \
    X(curl_easy_getinfo)                                                       \
    X(curl_easy_init)                                                          \
    X(curl_easy_reset)                                                         \
    X(curl_easy_setopt)                                                        \
    X(curl_free)                                                               \
    X(curl_global_cleanup)                                                     \
    X(curl_global_init)                                                        \
    X(curl_multi_add_handle)                                                   \
    X(curl_multi_cleanup)                                                      \
    X(curl_multi_info_read)                                                    \
    X(curl_multi_init)                                                         \
    X(curl_multi_perform)                                                      \
    X(curl_multi_poll)                                                         \
    X(curl_multi_remove_handle)                                                \
    X(curl_multi_setopt)                                                       \
    X(curl_multi_wakeup)                                                       \
    X(curl_slist_append)                                                       \
    X(curl_slist_free_all)                                                     \
    X(curl_url)                                                                \
    X(curl_url_cleanup)                                                        \
    X(curl_url_get)                                                            \
    X(curl_url_set)

/* curl_library.curl_free_ is curl_free, and so on. No macro of curl.h checks
 * the types of options then: long, curl_off_t and pointers as they are. */
struct curl_library {
    CURL_LIBRARY_FUNCTIONS(DYNAMIC_MEMBER)
};

/* False: it is not installed, or is older than 7.68. */
bool curl_library_load(struct curl_library *lib);

#endif
