/* SPDX-License-Identifier: MIT */
#include "assets/curl_library.h"

/* By pkg-config's variable on macOS, where only the system's libraries are
 * found by their names; Debian has one more for those who build with GnuTLS. */
static const char *const names[] = {
#ifdef __APPLE__
    CURL_LIBDIR "/libcurl.4.dylib",
    "libcurl.4.dylib",
#else
    "libcurl.so.4",
    "libcurl-gnutls.so.4",
#endif
};

bool curl_library_load(struct curl_library *lib)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (DYNAMIC_LOAD(names[i], CURL_LIBRARY_FUNCTIONS, lib))
            return true;
    return false;
}
