/* SPDX-License-Identifier: MIT */
#include "assets/curl_library.h"

#include <dlfcn.h>

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
    void *handle = NULL;

    /* What OpenSSL leaves for the end of the process must stay. */
    for (size_t i = 0; !handle && i < sizeof names / sizeof *names; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_NODELETE);
    if (!handle)
        return false;
#define X(name) *(void **)&lib->name##_ = dlsym(handle, #name);
    CURL_LIBRARY_FUNCTIONS(X)
#undef X
#define X(name) lib->name##_ &&
    return CURL_LIBRARY_FUNCTIONS(X) true;
#undef X
}
