/* SPDX-License-Identifier: MIT */
/* The one file that knows libseccomp. */
#define _GNU_SOURCE /* CLONE_THREAD */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "safe/parts.h"

enum verdict { ALLOW, REFUSE, DEADLY };

static const struct {
    const char *name;
    enum verdict verdict;
} calls[] = {
#define ALLOW(name)  { #name, ALLOW },
#define REFUSE(name) { #name, REFUSE },
#define DEADLY(name) { #name, DEADLY },
#include "safe/calls.def"
#undef ALLOW
#undef REFUSE
#undef DEADLY
};

static uint32_t action_of(enum verdict v)
{
    return v == ALLOW    ? SCMP_ACT_ALLOW
           : v == REFUSE ? SCMP_ACT_ERRNO(EPERM)
                         : SCMP_ACT_KILL_PROCESS;
}

/* Negative: there is no such call here. */
static int find_call(const char *name)
{
    int nr = seccomp_syscall_resolve_name(name);

    return nr == __NR_SCMP_ERROR ? -1 : nr;
}

static bool add_plain(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int nr = find_call(calls[i].name);
        if (nr >= 0 &&
            seccomp_rule_add(filter, action_of(calls[i].verdict), nr, 0) != 0)
            return false;
    }
    return true;
}

/* Calls that are fine when argument ARG, of its bits in MASK, is VALUE. With
 * any other they fail. */
struct condition {
    const char *name;
    unsigned arg;
    uint64_t mask, value;
};

static bool add_condition(scmp_filter_ctx filter, const struct condition *c)
{
    int nr = find_call(c->name);

    if (nr < 0)
        return true;
    struct scmp_arg_cmp yes = { c->arg, SCMP_CMP_MASKED_EQ, c->mask, c->value };
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, nr, 1, &yes) == 0;
}

#define ALL 0xffffffffull
/* A new thread shares all of this; a new process doesn't. */
#define OF_THREAD                                                              \
    (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define NEW_SPACES                                                             \
    (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |               \
     CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP)

static bool add_conditions(scmp_filter_ctx filter)
{
    const uint64_t self = (uint64_t)getpid();
    /* s390's clone() has the first two arguments the other way round. */
    const unsigned flags = seccomp_arch_native() == SCMP_ARCH_S390X ? 1 : 0;
    const struct condition conditions[] = {
        { "clone", flags, OF_THREAD | NEW_SPACES, OF_THREAD },
        { "kill", 0, ALL, self },
        { "tgkill", 0, ALL, self },
        /* Memory is written to or executed, never both. */
        { "mmap", 2, PROT_EXEC, 0 },
        { "mmap", 2, PROT_WRITE, 0 },
        { "mmap2", 2, PROT_EXEC, 0 },
        { "mmap2", 2, PROT_WRITE, 0 },
        { "mprotect", 2, PROT_EXEC, 0 },
        { "mprotect", 2, PROT_WRITE, 0 },
        /* Limits may be asked for, not set. */
        { "prlimit64", 2, UINT64_MAX, 0 },
        { "prctl", 0, ALL, PR_SET_NAME },
        { "prctl", 0, ALL, PR_GET_NAME },
        { "prctl", 0, ALL, PR_GET_DUMPABLE },
        { "prctl", 0, ALL, 0x53564d41 /* PR_SET_VMA: names only */ },
        { "ioctl", 1, ALL, TCGETS },
        { "ioctl", 1, ALL, TIOCGWINSZ },
        { "ioctl", 1, ALL, FIONREAD },
        { "ioctl", 1, ALL, FIOCLEX },
    };

    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (!add_condition(filter, &conditions[i]))
            return false;
    return true;
}

/* Calls of another architecture (i386's on x86-64) have other numbers. */
static bool set_up(scmp_filter_ctx filter)
{
    return seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
                            SCMP_ACT_KILL_PROCESS) == 0 &&
           seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1) == 0 &&
           add_plain(filter) && add_conditions(filter);
}

str calls_enter(struct arena *a)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));

    if (!filter)
        return S("libseccomp can't make a filter");
    if (!set_up(filter)) {
        seccomp_release(filter);
        return S("libseccomp doesn't know all of the rules");
    }
    int e = -seccomp_load(filter);
    seccomp_release(filter);
    if (e == 0)
        return (str){ 0 };
    return e == EINVAL || e == ENOSYS
               ? S("this kernel has no filter for system calls")
               : arena_printf(a, "seccomp: %s", strerror(e));
}
