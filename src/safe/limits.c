/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "safe/parts.h"

/* Bytes of private memory that can be written, which is what RLIMIT_DATA
 * counts: proc(5), statm. */
static uint64_t memory_now(void)
{
    unsigned long long data = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (!f)
        return 0;
    if (fscanf(f, "%*u %*u %*u %*u %*u %llu", &data) != 1)
        data = 0;
    fclose(f);
    return (uint64_t)data * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* A lower one that holds already stays. */
static bool set(int which, uint64_t most)
{
    struct rlimit r;

    if (most == UINT64_MAX)
        return true;
    if (getrlimit(which, &r) != 0)
        return false;
    if (r.rlim_max != RLIM_INFINITY && r.rlim_max < most)
        most = r.rlim_max;
    if (r.rlim_cur != RLIM_INFINITY && r.rlim_cur < most)
        most = r.rlim_cur;
    r.rlim_cur = r.rlim_max = (rlim_t)most;
    /* SIGXCPU tells more than SIGKILL does. */
    if (which == RLIMIT_CPU)
        r.rlim_max += 2;
    return setrlimit(which, &r) == 0;
}

str limits_enter(const struct sandbox *b, struct arena *a)
{
    uint64_t memory = b->memory, now = memory_now();

#ifndef __linux__
    /* Others take the number and do nothing. */
    if (memory != UINT64_MAX)
        return S("this system doesn't bound a process's memory");
#endif
    if (memory != UINT64_MAX)
        memory = memory > UINT64_MAX - now ? UINT64_MAX : memory + now;
    if (set(RLIMIT_CORE, 0) && set(RLIMIT_DATA, memory) &&
        set(RLIMIT_FSIZE, b->file_bytes) && set(RLIMIT_CPU, b->seconds))
        return (str){ 0 };
    return arena_printf(a, "setrlimit: %s", strerror(errno));
}
