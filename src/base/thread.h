/* SPDX-License-Identifier: MIT */
/* thread.h - threads with room enough on their stacks. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Trees of posts may be 512 levels deep, and drawing libraries recurse; macOS
 * gives threads half a megabyte. False: no thread could be started. */
bool thread_start(pthread_t *thread, void *(*run)(void *), void *context);

#endif
