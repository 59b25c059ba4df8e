/* SPDX-License-Identifier: MIT */
/* The program, which ends itself when a thread begins before libzip was used.
 * The linker puts the functions in place of the real ones (--wrap). */
#include <stdlib.h>
#include <zip.h>

#include "base/thread.h"

zip_t *__real_zip_open_from_source(zip_source_t *source, int flags,
                                   zip_error_t *error);
zip_t *__wrap_zip_open_from_source(zip_source_t *source, int flags,
                                   zip_error_t *error);
bool __real_thread_start(pthread_t *thread, void *(*run)(void *),
                         void *context);
bool __wrap_thread_start(pthread_t *thread, void *(*run)(void *),
                         void *context);

static bool is_used;

zip_t *__wrap_zip_open_from_source(zip_source_t *source, int flags,
                                   zip_error_t *error)
{
    is_used = true;
    return __real_zip_open_from_source(source, flags, error);
}

bool __wrap_thread_start(pthread_t *thread, void *(*run)(void *), void *context)
{
    if (!is_used)
        abort();
    return __real_thread_start(thread, run, context);
}
