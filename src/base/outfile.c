/* SPDX-License-Identifier: MIT */
/* The publishing half of file.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

struct outfile {
    struct arena arena;
    str path;
    const char *target, *temp, *dir;
};

#define TEMP_MARK ".blog2book-"
#define TEMP_END  ".tmp"

static void report(const struct outfile *f, const char *what, struct diag *dg)
{
    int e = errno;

    diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, f->path), 0,
             "%s: %s; nothing was published", what, strerror(e));
}

/* Is NAME the temporary file of a process for BASE that is gone? */
static bool is_litter(str name, str base)
{
    uint64_t pid;

    if (!str_starts(name, S(".")) || !str_starts(str_from(name, 1), base))
        return false;
    str rest = str_from(name, 1 + base.n);
    if (!str_starts(rest, S(TEMP_MARK)) || !str_ends(rest, S(TEMP_END)))
        return false;
    rest = str_from(rest, sizeof TEMP_MARK - 1);
    rest.n -= sizeof TEMP_END - 1;
    if (!str_to_uint(rest, &pid) || pid == 0 || pid > INT32_MAX)
        return false;
    return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static void sweep(struct outfile *f)
{
    DIR *d = opendir(f->dir);

    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));)
        if (is_litter(str_of(e->d_name), path_base(f->path)))
            unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
}

static bool prepare(struct outfile *f, struct diag *dg)
{
    struct stat st;

    if (stat(f->target, &st) == 0 && !S_ISREG(st.st_mode)) {
        diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, f->path), 0,
                 "%s; nothing was published",
                 S_ISDIR(st.st_mode) ? "this is a folder; to put the book "
                                       "into it, write a '/' behind it"
                                     : "this is no file that can be replaced");
        return false;
    }
    sweep(f);
    int fd = open(f->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        report(f, "can't write here", dg);
        return false;
    }
    close(fd);
    return true;
}

struct outfile *outfile_new(str path, struct diag *dg)
{
    struct outfile *f = calloc(1, sizeof *f);

    if (!f)
        die("out of memory");
    struct arena *a = &f->arena;
    arena_init(a);
    f->path = arena_dup(a, path);
    f->target = f->path.p;
    str dir = path_dir(f->path), base = path_base(f->path);
    f->dir = dir.n ? arena_cstr(a, dir) : ".";
    f->temp = path_join(a, dir,
                        arena_printf(a, ".%.*s" TEMP_MARK "%ld" TEMP_END,
                                     STR_ARG(base), (long)getpid()))
                  .p;
    if (prepare(f, dg))
        return f;
    arena_done(a);
    free(f);
    return NULL;
}

const char *outfile_temp(const struct outfile *f)
{
    return f->temp;
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int e = errno;
    close(fd);
    errno = e;
    return ok;
}

bool outfile_publish(struct outfile *f, struct diag *dg)
{
    bool ok = sync_path(f->temp, O_RDWR) && rename(f->temp, f->target) == 0;

    if (!ok) {
        report(f, "can't finish the file", dg);
        outfile_discard(f);
        return false;
    }
    /* Some file systems can't sync a folder; the file itself is safe. */
    sync_path(f->dir, O_RDONLY);
    arena_done(&f->arena);
    free(f);
    return true;
}

void outfile_discard(struct outfile *f)
{
    if (!f)
        return;
    unlink(f->temp);
    arena_done(&f->arena);
    free(f);
}
