/* SPDX-License-Identifier: MIT */
/* `deny_tool PART COMMAND...`: runs COMMAND where PART of the sandbox can't be
 * had, as on an old kernel or in a container that forbids it: "landlock" or
 * "seccomp". */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

    if (argc < 3 || !filter)
        return 2;
    bool landlock = strcmp(argv[1], "landlock") == 0;
    int call = landlock ? SCMP_SYS(landlock_create_ruleset) : SCMP_SYS(seccomp);
    /* libseccomp would do with the older way. */
    struct scmp_arg_cmp set = SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP);
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) != 0 ||
        (!landlock && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EINVAL),
                                             SCMP_SYS(prctl), 1, &set) != 0) ||
        seccomp_load(filter) != 0)
        return 3;
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 3;
}
