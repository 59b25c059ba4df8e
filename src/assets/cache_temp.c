/* SPDX-License-Identifier: MIT */
/* Temporary files of the cache: who writes one stands in its name. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/hash.h"

#define DAY       (24 * 60 * 60)
#define HOST_ROOM 256

/* Process numbers mean something on one computer only, and a cache may be
 * shared. */
static str host_mark(struct arena *a)
{
    char name[HOST_ROOM] = "";

    if (gethostname(name, sizeof name) != 0)
        name[0] = '\0';
    name[sizeof name - 1] = '\0';
    return hash_hex(str_of(name), 8, a);
}

str cache_new_nonce(struct arena *a)
{
    struct timespec now = { 0 };
    str host = host_mark(a);

    clock_gettime(CLOCK_REALTIME, &now);
    /* The address tells caches of one process apart. */
    return arena_printf(a, "%.*s-%ld-%llx%09lx%zx", STR_ARG(host),
                        (long)getpid(), (unsigned long long)now.tv_sec,
                        now.tv_nsec, (size_t)(uintptr_t)a);
}

/* The process that NAME is of is known to be gone. */
static bool is_orphan(str name, str host)
{
    uint64_t pid;

    if (!str_eq(str_cut(&name, '-'), host) ||
        !str_to_uint(str_cut(&name, '-'), &pid) || pid == 0 || pid > INT32_MAX)
        return false;
    return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static bool is_litter(str name, str host, time_t written)
{
    return str_ends(name, S(".tmp")) &&
           (time(NULL) - written > DAY || is_orphan(name, host));
}

void cache_sweep(int tmp, uint64_t *n_files, uint64_t *n_bytes)
{
    int fd = cache_folder(tmp, ".", false);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    struct arena a;
    struct stat st;

    if (!d) {
        if (fd >= 0)
            close(fd);
        return;
    }
    arena_init(&a);
    str host = host_mark(&a);
    for (struct dirent *e; (e = readdir(d));) {
        if (fstatat(tmp, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
            S_ISDIR(st.st_mode) ||
            !is_litter(str_of(e->d_name), host, st.st_mtime) ||
            unlinkat(tmp, e->d_name, 0) != 0)
            continue;
        ++*n_files;
        *n_bytes += (uint64_t)st.st_size;
    }
    closedir(d);
    arena_done(&a);
}
