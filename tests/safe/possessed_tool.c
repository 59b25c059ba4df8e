/* SPDX-License-Identifier: MIT */
/* The program, but for two functions that do what one that was taken over by a
 * blog would do. The linker puts them in place of the real ones (--wrap).
 *
 * convert_post(): a post whose title is "endless" is never done, and nobody
 * asks whether it may go on. run_book(): a book whose list calls it by the
 * name of a lie is told as the table below says, when it is done. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lent.h"
#include "convert/convert.h"
#include "run.h"

struct chapter *__real_convert_post(struct converter *cv,
                                    const struct post *post, struct arena *a,
                                    struct diag *dg);
struct chapter *__wrap_convert_post(struct converter *cv,
                                    const struct post *post, struct arena *a,
                                    struct diag *dg);
enum status __real_run_book(struct settings *set, const struct run_env *env);
enum status __wrap_run_book(struct settings *set, const struct run_env *env);

struct chapter *__wrap_convert_post(struct converter *cv,
                                    const struct post *post, struct arena *a,
                                    struct diag *dg)
{
    volatile bool endless = str_eq(post->title, S("endless"));

    while (endless)
        continue;
    return __real_convert_post(cv, post, a, dg);
}

static void put(FILE *to, const char *text)
{
    fputs(text, to);
}

/* Instead of all that was said. */
static void say_instead(FILE *to, const char *text)
{
    fflush(to);
    if (ftruncate(fileno(to), 0) == 0)
        rewind(to);
    put(to, text);
}

static void break_report(const struct run_env *env)
{
    put(env->report->to, "}, {\"id\": \"other\"");
}

static void fake_report(const struct run_env *env)
{
    say_instead(env->report->to, "{\"id\": \"other\", \"status\": 0");
}

static void empty_report(const struct run_env *env)
{
    say_instead(env->report->to, "{\"id\": \"empty report\"");
}

static void control_report(const struct run_env *env)
{
    put(env->report->to, ", \"\033[2J\": 1");
}

static void huge_report(const struct run_env *env)
{
    int fd = fileno(env->report->to);

    if (ftruncate(fd, (off_t)600 << 20) != 0)
        put(env->err, "huge report: no room\n");
}

static void drive_terminal(const struct run_env *env)
{
    put(env->err, "\033]0;owned\007\n");
}

static void drive_in_result(const struct run_env *env)
{
    put(env->out, "drive in result: \302\233 2J\n");
}

static void other_result(const struct run_env *env)
{
    put(env->out, "other: built, 1 post (2020) -> other.epub (1 KB)\n");
}

static void half_line(const struct run_env *env)
{
    put(env->err, "no end");
}

static void no_utf8(const struct run_env *env)
{
    put(env->err, "\377\376\n");
}

static void command(const struct run_env *env)
{
    put(env->err, "::add-mask::x\n");
}

static void not_json(const struct run_env *env)
{
    put(env->err, "{\"code\": \"a\", \"severity\": \"error\", \"text\": 1}\n");
}

/* By the way of a message that the C library would write. */
static void behind_back(const struct run_env *env)
{
    (void)env;
    if (write(STDERR_FILENO, "\033]0;owned\007", 10) < 0 ||
        write(STDOUT_FILENO, "other: built\n", 13) < 0)
        _exit(0);
}

static const struct lie {
    const char *name;
    void (*tell)(const struct run_env *env);
} lies[] = {
    { "broken report", break_report },
    { "fake report", fake_report },
    { "empty report", empty_report },
    { "control in report", control_report },
    { "huge report", huge_report },
    { "drive terminal", drive_terminal },
    { "drive in result", drive_in_result },
    { "other result", other_result },
    { "half line", half_line },
    { "no utf8", no_utf8 },
    { "command", command },
    { "not json", not_json },
    { "behind back", behind_back },
};

/* Files that are open besides the standard ones. */
static unsigned count_open(void)
{
    struct stat st;
    unsigned n = 0;

    for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
        n += fstat(fd, &st) == 0;
    return n;
}

/* Is there more than what a book with an EPUB needs: its file, its spool, and
 * three to tell? */
static bool has_too_much(void)
{
    char c;

    return count_open() != 5 || read(STDIN_FILENO, &c, 1) != 0;
}

static void give_last_word(struct last_word *last)
{
    memset(last->post, '\033', sizeof last->post);
    last->late = 2;
}

enum status __wrap_run_book(struct settings *set, const struct run_env *env)
{
    str name = str_of(env->label);

    if (str_eq(name, S("too much")) && set->last_word && has_too_much())
        other_result(env);
    enum status status = __real_run_book(set, env);
    if (!set->last_word)
        return status; /* the parent tells of a book that failed */
    if (str_eq(name, S("late")))
        give_last_word(set->last_word);
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
        if (str_eq(name, str_of(lies[i].name)))
            lies[i].tell(env);
    return status;
}
