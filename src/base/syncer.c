/* SPDX-License-Identifier: MIT */
#include "base/syncer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/thread.h"

/* A file that is shorter has no thread; a disk likes large pieces. */
#define PIECE (8u << 20)

struct syncer {
    int fd;
    pthread_t thread;
    bool runs;
    uint64_t begun; /* length of the file when the last sync was asked for */
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    bool asked, ended;
    int error; /* errno of the first sync that failed */
};

struct syncer *syncer_new(int fd)
{
    struct syncer *s = calloc(1, sizeof *s);

    if (!s || pthread_mutex_init(&s->lock, NULL) ||
        pthread_cond_init(&s->changed, NULL))
        die("out of memory");
    s->fd = fd;
    return s;
}

static int sync_file(int fd)
{
    while (fsync(fd) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

static void *work(void *arg)
{
    struct syncer *s = arg;

    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (!s->asked && !s->ended)
            pthread_cond_wait(&s->changed, &s->lock);
        if (!s->asked || s->error)
            break;
        s->asked = false;
        pthread_mutex_unlock(&s->lock);
        int error = sync_file(s->fd);
        pthread_mutex_lock(&s->lock);
        s->error = error;
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

void syncer_grown(struct syncer *s, uint64_t length)
{
    if (length - s->begun < PIECE)
        return;
    s->begun = length;
    /* Without a thread all is synced at the end. */
    s->runs = s->runs || thread_start(&s->thread, work, s);
    pthread_mutex_lock(&s->lock);
    s->asked = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

bool syncer_free(struct syncer *s)
{
    if (!s)
        return true;
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
    if (s->runs)
        pthread_join(s->thread, NULL);
    int error = s->error;
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
    errno = error;
    return error == 0;
}
