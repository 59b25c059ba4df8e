/* SPDX-License-Identifier: MIT */
/* Making room: what nobody used, and what is left behind. */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assets/cache_parts.h"

#define DEPTH 4 /* of a cache's folders */

void cache_touch(int fd)
{
    struct stat st;

    /* A read-only cache can still be read. */
    if (fstat(fd, &st) == 0 && time(NULL) - st.st_mtime > CACHE_DAY)
        futimens(fd, NULL);
}

void cache_each_entry(int at, void (*visit)(int, const char *, void *),
                      void *data)
{
    int fd = cache_folder(at, ".", false);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);

    if (!d) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            visit(at, e->d_name, data);
    closedir(d);
}

struct tally {
    time_t before; /* what was last used before this goes */
    uint64_t *n_files, *n_bytes;
};

static bool is_hex(const char *name, size_t n)
{
    return strlen(name) == n && strspn(name, "0123456789abcdef") == n;
}

static void weigh_file(int at, const char *name, void *data)
{
    struct tally *t = data;
    struct stat st;

    /* What is not named as we name files is not ours. */
    if (!is_hex(name, 2 * CACHE_HASH - 2) ||
        fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(st.st_mode) || st.st_mtime >= t->before ||
        unlinkat(at, name, 0) != 0)
        return;
    ++*t->n_files;
    *t->n_bytes += (uint64_t)st.st_size;
}

static void weigh_shelf(int at, const char *name, void *data)
{
    int fd = is_hex(name, 2) ? cache_folder(at, name, false) : -1;

    if (fd < 0)
        return;
    cache_each_entry(fd, weigh_file, data);
    close(fd);
}

static void weigh_all(int root, const char *kind, struct tally *t)
{
    int fd = cache_folder(root, kind, false);

    if (fd < 0)
        return;
    cache_each_entry(fd, weigh_shelf, t);
    close(fd);
}

static void gc_files(int root, struct tally *t)
{
    int tmp = cache_folder(root, CACHE_TMP, false);

    weigh_all(root, CACHE_OBJECTS, t);
    weigh_all(root, CACHE_URLS, t);
    if (tmp < 0)
        return;
    cache_sweep(tmp, t->n_files, t->n_bytes);
    close(tmp);
}

bool cache_gc(struct cache *c, unsigned days, uint64_t *n_files,
              uint64_t *n_bytes)
{
    str dir = c->own.root;
    int root = dir.n ? cache_folder(-1, dir.p, false) : -1;
    struct tally t = { time(NULL) - (time_t)days * CACHE_DAY, n_files,
                       n_bytes };

    if (root < 0)
        return true;
    gc_files(root, &t);
    close(root);
    pthread_mutex_lock(&c->mutex);
    cache_store_done(&c->own); /* it may lock, and know old places */
    bool ok = cache_compact(dir, c->nonce, cache_today() - days, n_files,
                            n_bytes);
    pthread_mutex_unlock(&c->mutex);
    return ok;
}

static void remove_entry(int at, const char *name, void *data)
{
    unsigned depth = *(const unsigned *)data - 1;
    int fd;

    if (unlinkat(at, name, 0) == 0 || depth == 0)
        return;
    fd = cache_folder(at, name, false);
    if (fd < 0)
        return;
    cache_each_entry(fd, remove_entry, &depth);
    close(fd);
    unlinkat(at, name, AT_REMOVEDIR);
}

void cache_remove(str dir)
{
    unsigned depth = DEPTH;
    int fd = cache_folder(-1, dir.p, false);

    if (fd < 0)
        return;
    cache_each_entry(fd, remove_entry, &depth);
    close(fd);
    rmdir(dir.p);
}
