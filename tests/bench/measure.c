/* SPDX-License-Identifier: MIT */
/* measure COMMAND...: runs it and prints its CPU seconds, wall seconds, peak
 * memory in KB and exit status. A program of its own because what a process
 * has used before exec() counts as its child's peak, and Python is big. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage use;
    int status;

    (void)argc;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        execv(argv[1], argv + 1);
        _exit(127);
    }
    if (wait4(child, &status, 0, &use) != child)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%f %f %ld %d\n", seconds(use.ru_utime) + seconds(use.ru_stime),
           (double)(end.tv_sec - start.tv_sec) +
               (double)(end.tv_nsec - start.tv_nsec) * 1e-9,
           use.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
