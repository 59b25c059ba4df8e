/* SPDX-License-Identifier: MIT */
#include "safe/handles.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Where the system doesn't list them. */
#define GUESS 4096

static bool is_kept(const struct handles *h, int fd)
{
    for (size_t i = 0; i < h->keep.n; i++)
        if (h->keep.v[i] == fd)
            return true;
    return fd <= STDERR_FILENO;
}

static void close_guessed(const struct handles *h)
{
    for (int fd = STDERR_FILENO + 1; fd < GUESS; fd++)
        if (!is_kept(h, fd))
            close(fd);
}

void handles_close_others(const struct handles *h)
{
    int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (empty > STDIN_FILENO)
        dup2(empty, STDIN_FILENO);
    DIR *listed = opendir("/dev/fd");
    if (!listed) {
        close_guessed(h);
        return;
    }
    struct dirent *e;
    while ((e = readdir(listed))) {
        int fd = atoi(e->d_name);
        if (fd != dirfd(listed) && !is_kept(h, fd))
            close(fd);
    }
    closedir(listed);
}
