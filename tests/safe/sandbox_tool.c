/* SPDX-License-Identifier: MIT */
/* Does what code that took over the program would do, in the program's own
 * sandbox: `sandbox_tool DEED INSIDE OUTSIDE LENT`, where INSIDE is a folder
 * that may be read, OUTSIDE a file that may not, and LENT one to write to.
 * Prints "done" when the deed was possible and why it was not otherwise; a
 * signal may end it instead. With "missing" prints what the sandbox lacks. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/path.h"
#include "safe/sandbox.h"

struct scene {
    const char *inside, *outside, *lent;
    struct arena *a;
};

static const char *below(const struct scene *s, const char *name)
{
    return path_join(s->a, str_of(s->inside), str_of(name)).p;
}

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static bool read_inside(const struct scene *s)
{
    return opens(below(s, "post.md"), O_RDONLY);
}

static bool write_lent(const struct scene *s)
{
    return opens(s->lent, O_RDWR | O_TRUNC);
}

static bool read_outside(const struct scene *s)
{
    return opens(s->outside, O_RDONLY);
}

static bool read_link(const struct scene *s)
{
    return opens(below(s, "link"), O_RDONLY);
}

static bool read_dots(const struct scene *s)
{
    return opens(below(s, "../outside"), O_RDONLY);
}

static bool read_environment(const struct scene *s)
{
    (void)s;
    return opens("/proc/self/environ", O_RDONLY) ||
           opens("/proc/self/mem", O_RDWR);
}

static bool write_outside(const struct scene *s)
{
    return opens(s->outside, O_WRONLY);
}

static bool write_inside(const struct scene *s)
{
    return opens(below(s, "post.md"), O_WRONLY);
}

static bool cut_outside(const struct scene *s)
{
    return truncate(s->outside, 0) == 0;
}

static bool make_file(const struct scene *s)
{
    return opens(below(s, "new"), O_WRONLY | O_CREAT | O_EXCL);
}

static bool make_beside(const struct scene *s)
{
    return opens(path_join(s->a, path_dir(str_of(s->lent)), S("new")).p,
                 O_WRONLY | O_CREAT);
}

static bool replace(const struct scene *s)
{
    return rename(s->lent, s->outside) == 0;
}

static bool remove_it(const struct scene *s)
{
    return unlink(s->outside) == 0 || unlink(s->lent) == 0;
}

static bool link_it(const struct scene *s)
{
    return link(s->outside, below(s, "hard")) == 0 ||
           symlink(s->outside, below(s, "soft")) == 0;
}

static bool connects(int family, const void *to, socklen_t n)
{
    int fd = socket(family, SOCK_STREAM, 0);

    return fd >= 0 && connect(fd, to, n) == 0;
}

static bool connect_tcp(const struct scene *s)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)atoi(s->lent)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };

    return connects(AF_INET, &to, sizeof to);
}

static bool make_socket(const struct scene *s)
{
    (void)s;
    return socket(AF_INET, SOCK_DGRAM, 0) >= 0 ||
           socket(AF_INET6, SOCK_STREAM, 0) >= 0 ||
           socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ||
           socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}

static bool run_program(const struct scene *s)
{
    (void)s;
    execl("/bin/sh", "sh", "-c", "echo done", (char *)NULL);
    return false;
}

static bool fork_and_run(const struct scene *s)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(run_program(s));
    return pid > 0;
}

static bool trace_parent(const struct scene *s)
{
    (void)s;
    return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0;
}

static bool signal_parent(const struct scene *s)
{
    (void)s;
    return kill(getppid(), 0) == 0;
}

static bool mount_it(const struct scene *s)
{
    return mount("none", s->inside, "tmpfs", 0, NULL) == 0;
}

static bool new_spaces(const struct scene *s)
{
    (void)s;
    return syscall(SYS_unshare, 0x10000000 /* CLONE_NEWUSER */) == 0;
}

static bool use_uring(const struct scene *s)
{
    char params[256] = { 0 };

    (void)s;
    return syscall(425, 4, params) >= 0;
}

static bool use_bpf(const struct scene *s)
{
    char attr[128] = { 0 };

    (void)s;
    return syscall(SYS_bpf, 0, attr, sizeof attr) >= 0;
}

static bool write_and_run(const struct scene *s)
{
    (void)s;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool raise_limits(const struct scene *s)
{
    struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };

    (void)s;
    return setrlimit(RLIMIT_DATA, &r) == 0;
}

static bool take_memory(const struct scene *s)
{
    (void)s;
    return malloc((size_t)512 << 20) != NULL;
}

static bool type_for_user(const struct scene *s)
{
    (void)s;
    return syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x") == 0 ||
           errno == ENOTTY;
}

static const struct deed {
    const char *name;
    bool (*do_it)(const struct scene *s);
} deeds[] = {
    { "read inside", read_inside },
    { "write lent", write_lent },
    { "read outside", read_outside },
    { "read through a link", read_link },
    { "read through dots", read_dots },
    { "read the environment", read_environment },
    { "write outside", write_outside },
    { "write inside", write_inside },
    { "cut outside", cut_outside },
    { "make a file", make_file },
    { "make a file beside", make_beside },
    { "replace", replace },
    { "remove", remove_it },
    { "link", link_it },
    { "connect", connect_tcp },
    { "make a socket", make_socket },
    { "run a program", run_program },
    { "fork and run", fork_and_run },
    { "trace the parent", trace_parent },
    { "signal the parent", signal_parent },
    { "mount", mount_it },
    { "new name spaces", new_spaces },
    { "io_uring", use_uring },
    { "bpf", use_bpf },
    { "write and run memory", write_and_run },
    { "raise limits", raise_limits },
    { "take memory", take_memory },
    { "type for the user", type_for_user },
};

struct act {
    const struct deed *deed;
    const struct scene *scene;
    bool done;
};

static void *perform(void *context)
{
    struct act *act = context;

    errno = 0;
    act->done = act->deed->do_it(act->scene);
    if (act->done)
        puts("done");
    else
        printf("refused: %s\n", strerror(errno));
    return NULL;
}

/* On a thread that was started afterwards, as a worker is. */
static int act_it(const struct deed *deed, const struct scene *s)
{
    struct act act = { deed, s, false };
    pthread_t thread;

    if (pthread_create(&thread, NULL, perform, &act) != 0)
        return 3;
    pthread_join(thread, NULL);
    return act.done ? 0 : 1;
}

static void enter(const struct scene *s, struct diag *dg)
{
    struct sandbox box = { .memory = (uint64_t)256 << 20,
                           .seconds = 60,
                           .file_bytes = 1u << 20 };

    *vec_push(&box.read, s->a) = str_of(s->inside);
    *vec_push(&box.write, s->a) = str_of(s->lent);
    sandbox_enter(&box, dg);
}

int main(int argc, char **argv)
{
    struct arena a;
    struct diag dg;

    if (argc != 5)
        return 2;
    arena_init(&a);
    diag_init(&dg, &a);
    setvbuf(stdout, NULL, _IONBF, 0);
    struct scene s = { argv[2], argv[3], argv[4], &a };
    enter(&s, &dg);
    for (const struct diag_item *it = dg.first; it; it = it->next)
        if (strcmp(argv[1], "missing") == 0)
            printf("%.*s\n", STR_ARG(it->text));
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].name, argv[1]) == 0)
            return act_it(&deeds[i], &s);
    return strcmp(argv[1], "missing") == 0 ? 0 : 2;
}
