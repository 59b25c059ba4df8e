/* SPDX-License-Identifier: MIT */
/* The folders of the cache; nothing here follows a link below its root. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/path.h"

#define TAG_NAME "CACHEDIR.TAG"

static int open_folder(int at, const char *name, int more, bool make)
{
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | more;
    int fd = openat(at, name, flags);

    if (fd >= 0 || !make || errno != ENOENT)
        return fd;
    if (mkdirat(at, name, 0700) != 0 && errno != EEXIST)
        return -1;
    return openat(at, name, flags);
}

int cache_folder(int at, const char *name, bool make)
{
    return at < 0 ? open_folder(AT_FDCWD, name, 0, make)
                  : open_folder(at, name, O_NOFOLLOW, make);
}

int cache_room(str root, const char *kind, bool make)
{
    struct arena a;

    if (root.n == 0) {
        errno = ENOENT;
        return -1;
    }
    arena_init(&a);
    str path = path_join(&a, root, str_of(kind));
    int fd = open_folder(AT_FDCWD, path.p, O_NOFOLLOW, make), e = errno;
    arena_done(&a);
    errno = e;
    return fd;
}

int cache_shelf(str root, const char *kind, str hex, bool make)
{
    char ab[3] = { hex.p[0], hex.p[1], '\0' };
    int room = cache_room(root, kind, make);

    if (room < 0)
        return -1;
    int fd = cache_folder(room, ab, make), e = errno;
    close(room);
    errno = e;
    return fd;
}

/* Makes the folders above PATH, and PATH. */
static void make_folders(str path)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 1; i <= path.n; i++)
        if (i == path.n || path.p[i] == '/')
            mkdir(arena_cstr(&a, str_sub(path, 0, i)), 0700);
    arena_done(&a);
}

/* A folder that has anything else in it is not only a cache: backups must not
 * skip it. */
static bool wants_tag(int root)
{
    static const char *const ours[] = { ".",           "..",
                                        CACHE_OBJECTS, CACHE_URLS,
                                        CACHE_PACKS,   CACHE_TMP,
                                        CACHE_JOURNAL };
    int fd = cache_folder(root, ".", false);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    bool only_ours = d != NULL;

    if (!d) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    for (struct dirent *e; only_ours && (e = readdir(d));) {
        only_ours = false;
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            only_ours |= strcmp(e->d_name, ours[i]) == 0;
    }
    closedir(d);
    return only_ours;
}

bool cache_write_all(int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static bool write_new(int tmp, const char *name, str bytes)
{
    int fd = openat(tmp, name,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;
    bool ok = cache_write_all(fd, bytes);
    int e = errno;
    if (close(fd) != 0 && ok) {
        e = errno;
        ok = false;
    }
    if (!ok)
        unlinkat(tmp, name, 0);
    errno = e;
    return ok;
}

bool cache_write(const struct cache_place *to, const char *temp, str bytes)
{
    if (!write_new(to->tmp, temp, bytes))
        return false;
    if (renameat(to->tmp, temp, to->folder, to->name) == 0)
        return true;
    int e = errno;
    unlinkat(to->tmp, temp, 0);
    errno = e;
    return false;
}

static bool prepare_open(int root, int tmp, str nonce)
{
    static const char tag[] =
        "Signature: 8a477f597d28d172789f06886806bc55\n"
        "# Pictures that blog2book fetched. To free the room: blog2book "
        "--cache-gc\n";
    uint64_t ignored = 0;
    struct arena a;

    cache_sweep(tmp, &ignored, &ignored);
    arena_init(&a);
    const char *name = arena_printf(&a, "%.*s-0.tmp", STR_ARG(nonce)).p;
    bool ok = write_new(tmp, name, S("x")) && unlinkat(tmp, name, 0) == 0;
    struct cache_place to = { tmp, root, TAG_NAME };
    if (ok && wants_tag(root))
        ok = cache_write(&to, name, str_of(tag));
    arena_done(&a);
    return ok;
}

bool cache_prepare(str root, str nonce)
{
    make_folders(root);
    int fd = cache_folder(-1, root.p, false);
    int tmp = fd < 0 ? -1 : cache_folder(fd, CACHE_TMP, true);
    bool ok = tmp >= 0 && prepare_open(fd, tmp, nonce);
    int e = errno;
    if (tmp >= 0)
        close(tmp);
    if (fd >= 0)
        close(fd);
    errno = e;
    return ok;
}
