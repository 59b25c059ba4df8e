/* SPDX-License-Identifier: MIT */
#include "base/dynamic.h"

#include <dlfcn.h>
#include <string.h>

bool dynamic_load(const char *file, const char *const *names, size_t n,
                  void *to)
{
    /* GObject's types can't be unloaded, and what OpenSSL leaves for the end
     * of the process must stay. */
    void *handle = dlopen(file, RTLD_NOW | RTLD_NODELETE);
    bool all = handle != NULL;

    for (size_t i = 0; all && i < n; i++) {
        void *function = dlsym(handle, names[i]);
        memcpy((char *)to + i * sizeof function, &function, sizeof function);
        all = function != NULL;
    }
    return all;
}
