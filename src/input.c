/* SPDX-License-Identifier: MIT */
#include "input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool input_digest(str path, struct input *out)
{
    struct arena a;
    struct stat st;

    arena_init(&a);
    int fd = open(arena_cstr(&a, path),
                  O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    arena_done(&a);
    if (fd < 0)
        return false;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
              hash_sha256_fd(fd, out->sha256, &out->bytes);
    close(fd);
    return ok;
}
