/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#define STACK_SIZE (8u << 20)

bool thread_start(pthread_t *thread, void *(*run)(void *), void *context)
{
    pthread_attr_t attr;

    if (pthread_attr_init(&attr) != 0)
        return false;
    bool ok = pthread_attr_setstacksize(&attr, STACK_SIZE) == 0 &&
              pthread_create(thread, &attr, run, context) == 0;
    pthread_attr_destroy(&attr);
    return ok;
}
