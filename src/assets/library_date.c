/* SPDX-License-Identifier: MIT */
/* Of which day the archive is asked for a picture that several posts want: of
 * the first one's in the book, which need not be the first to ask. */
#include <time.h>

#include "assets/library_parts.h"

#define LOOK_NS 100000000 /* for an interruption */

void item_claim(struct item *it, const struct web_want *want)
{
    if (it->order <= want->order && it->order != UINT32_MAX)
        return;
    it->order = want->order;
    it->date = want->date;
}

void library_claim(struct library *lib, const struct web_want *want)
{
    if (!lib->set->archive_fallback)
        return;
    pthread_mutex_lock(&lib->mutex);
    item_claim(item_find(lib, want), want);
    pthread_mutex_unlock(&lib->mutex);
}

void library_told(struct library *lib, uint32_t order)
{
    if (!lib->set->archive_fallback)
        return;
    pthread_mutex_lock(&lib->mutex);
    while (lib->told.n <= order)
        *vec_push(&lib->told, &lib->arena) = false;
    lib->told.v[order] = true;
    while (lib->n_told < lib->told.n && lib->told.v[lib->n_told])
        lib->n_told++;
    pthread_cond_broadcast(&lib->changed);
    pthread_mutex_unlock(&lib->mutex);
}

struct date item_wait_for_date(struct library *lib, const struct item *it)
{
    struct timespec until;

    pthread_mutex_lock(&lib->mutex);
    while (lib->n_told < it->order &&
           !(lib->interrupted && *lib->interrupted)) {
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_NS;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&lib->changed, &lib->mutex, &until);
    }
    struct date date = it->date;
    pthread_mutex_unlock(&lib->mutex);
    return date;
}
