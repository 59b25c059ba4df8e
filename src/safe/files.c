/* SPDX-License-Identifier: MIT */
/* Landlock (landlock(7)) by its bare calls: the C library has none. */
#define _GNU_SOURCE /* O_PATH */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "safe/parts.h"

/* What a kernel newer than its headers knows. */
#define ACCESS_REFER     (1ull << 13) /* ABI 2 */
#define ACCESS_TRUNCATE  (1ull << 14) /* ABI 3 */
#define ACCESS_IOCTL_DEV (1ull << 15) /* ABI 5 */
#define ACCESS_ABI_1     ((1ull << 13) - 1)
#define NET_ALL          3ull /* ABI 4: bind and connect, TCP */
#define SCOPE_ALL        3ull /* ABI 6: abstract sockets, signals */

#define READ_FILE (1ull << 2)
#define READ_DIR  (1ull << 3)
#define WRITE     ((1ull << 1) | READ_FILE | ACCESS_TRUNCATE)

/* struct landlock_ruleset_attr of ABI 6; older ones are shorter. */
struct ruleset {
    uint64_t files, net, scope;
};

static size_t ruleset_size(long abi)
{
    return abi < 4   ? offsetof(struct ruleset, net)
           : abi < 6 ? offsetof(struct ruleset, scope)
                     : sizeof(struct ruleset);
}

static uint64_t known_accesses(long abi)
{
    return ACCESS_ABI_1 | (abi >= 2 ? ACCESS_REFER : 0) |
           (abi >= 3 ? ACCESS_TRUNCATE : 0) | (abi >= 5 ? ACCESS_IOCTL_DEV : 0);
}

struct fence {
    int fd;
    uint64_t handled;
};

/* What is not there can't be opened either. */
static bool allow(const struct fence *f, str path, uint64_t access,
                  struct arena *a)
{
    struct stat st;
    struct landlock_path_beneath_attr rule = { .allowed_access = access };
    int fd = open(arena_cstr(a, path), O_PATH | O_CLOEXEC);

    if (fd < 0)
        return true;
    if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.allowed_access &= ~READ_DIR;
    rule.allowed_access &= f->handled;
    rule.parent_fd = fd;
    bool ok = syscall(SYS_landlock_add_rule, f->fd, LANDLOCK_RULE_PATH_BENEATH,
                      &rule, 0) == 0;
    int e = errno;
    close(fd);
    errno = e;
    return ok;
}

static bool close_fence(const struct fence *f, const struct sandbox *b,
                        struct arena *a)
{
    for (size_t i = 0; i < b->read.n; i++)
        if (!allow(f, b->read.v[i], READ_FILE | READ_DIR, a))
            return false;
    for (size_t i = 0; i < b->write.n; i++)
        if (!allow(f, b->write.v[i], WRITE, a))
            return false;
    /* The kernel asks for it; no harm if it is set already. */
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_landlock_restrict_self, f->fd, 0) == 0;
}

static const char *why_none(int e)
{
    return e == ENOSYS       ? "this kernel has no landlock"
           : e == EOPNOTSUPP ? "landlock is switched off in this kernel"
                             : strerror(e);
}

str files_enter(const struct sandbox *b, struct arena *a)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
                       LANDLOCK_CREATE_RULESET_VERSION);

    if (abi < 1)
        return str_of(why_none(errno));
    struct ruleset rules = { known_accesses(abi), NET_ALL, SCOPE_ALL };
    struct fence f = { .handled = rules.files };
    f.fd = (int)syscall(SYS_landlock_create_ruleset, &rules, ruleset_size(abi),
                        0);
    if (f.fd < 0)
        return str_of(why_none(errno));
    bool ok = close_fence(&f, b, a);
    int e = errno;
    close(f.fd);
    if (!ok)
        return arena_printf(a, "landlock: %s", strerror(e));
    if (abi < 3)
        return S("landlock of this kernel is too old to keep files from being "
                 "cut short; all else is closed");
    return (str){ 0 };
}
