/* SPDX-License-Identifier: MIT */
/* The command line: options become settings, settings a run. */
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/config.h"
#include "base/heap.h"
#include "base/path.h"
#include "batch.h"
#include "book/settings.h"
#include "book/suggest.h"
#include "cachegc.h"
#include "run.h"

/* getopt_long's values for options without a letter start here. */
#define FIRST_LONG  256
#define OPT_HELP    1000
#define OPT_VERSION 1001

/* The one mutable global: a signal handler can reach nothing else. */
static volatile sig_atomic_t interrupted;

/* Time to end in an orderly way, in microseconds. */
#define PATIENCE 800000

/* A second signal ends the process the hard way, and so does the time: what
 * is then left beside the book is removed by the next run. */
static void on_signal(int number)
{
    struct itimerval patience = { .it_value = { .tv_usec = PATIENCE } };

    signal(number, SIG_DFL);
    /* Other threads look at it too. */
    __atomic_store_n(&interrupted, number, __ATOMIC_RELAXED);
    setitimer(ITIMER_REAL, &patience, NULL);
}

static void on_alarm(int number)
{
    (void)number;
    signal(interrupted, SIG_DFL);
    raise(interrupted);
}

static void install_signals(void)
{
    struct sigaction act = { .sa_handler = on_alarm };

    sigemptyset(&act.sa_mask);
    sigaction(SIGALRM, &act, NULL);
    act.sa_handler = on_signal;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGHUP, &act, NULL);
    /* Writing past a limit or to a closed pipe is an error we report. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

static void print_option(const struct option_info *o)
{
    char name[64];
    const char *arg = o->metavar;
    int n = snprintf(name, sizeof name, "--%s", o->name);

    if (*arg)
        snprintf(name + n, sizeof name - (size_t)n,
                 o->kind == OPT_OUTPUT ? "[=%s]" : "=%s", arg);
    if (o->short_name)
        printf("  -%c, %-22s %s\n", o->short_name, name, o->help);
    else
        printf("      %-22s %s\n", name, o->help);
}

static void print_help(void)
{
    size_t n;
    const struct option_info *table = option_table(&n);

    puts("Usage: blog2book [--epub[=FILE]] [OPTION]... PATH...\n"
         "Turns folders of Markdown posts into a book.");
    for (size_t i = 0; i < n; i++)
        if (*table[i].help)
            print_option(&table[i]);
    puts("      --help, --version      man blog2book has all options, and "
         "book.yaml");
}

static void print_intro(void)
{
    fputs("blog2book turns a folder of Markdown posts into a book.\n"
          "\n"
          "    blog2book --epub ~/blog      makes blog.epub\n"
          "    blog2book --help             shows the options\n",
          stderr);
}

/* The options in getopt_long's form. Option I of the table is I + FIRST_LONG,
 * or its letter. */
static struct option *long_options(struct arena *a)
{
    size_t n;
    const struct option_info *table = option_table(&n);
    struct option *out = arena_array(a, struct option, n + 3);

    for (size_t i = 0; i < n; i++) {
        enum option_kind kind = table[i].kind;
        int arg = kind == OPT_FLAG     ? no_argument
                  : kind == OPT_OUTPUT ? optional_argument
                                       : required_argument;
        out[i] = (struct option){ table[i].name, arg, NULL,
                                  FIRST_LONG + (int)i };
    }
    out[n] = (struct option){ "help", no_argument, NULL, OPT_HELP };
    out[n + 1] = (struct option){ "version", no_argument, NULL, OPT_VERSION };
    return out;
}

static const char *short_options(struct arena *a)
{
    size_t n, at = 0;
    const struct option_info *table = option_table(&n);
    char *out = arena_bytes(a, 2 * n + 4);

    out[at++] = ':'; /* tell a missing argument from an unknown option */
    out[at++] = 'h';
    for (size_t i = 0; i < n; i++) {
        if (!table[i].short_name)
            continue;
        out[at++] = (char)table[i].short_name;
        if (table[i].kind != OPT_FLAG)
            out[at++] = ':';
    }
    out[at] = '\0';
    return out;
}

static size_t option_index(int value)
{
    size_t n;
    const struct option_info *table = option_table(&n);

    for (size_t i = 0; i < n; i++)
        if (table[i].short_name == value || FIRST_LONG + (int)i == value)
            return i;
    return n;
}

static void usage_error(str text)
{
    fprintf(stderr, "blog2book: %.*s\n", STR_ARG(text));
}

/* The option nearest to WORD, or NULL. */
static const char *suggest_option(str word)
{
    static const char *const own[] = { "help", "version" };

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (suggest_distance(word, str_of(own[i])) <= 2)
            return own[i];
    return suggest_setting(word);
}

/* "unknown option '--ebup'; did you mean '--epub'?" */
static void complain_unknown(const char *word, struct arena *a)
{
    str bare = str_of(word);

    while (str_starts(bare, S("-")))
        bare = str_from(bare, 1);
    const char *near = suggest_option(str_cut(&bare, '='));
    str tail = near ? arena_printf(a, "did you mean '--%s'?", near)
                    : S("blog2book --help lists them");
    usage_error(
        arena_printf(a, "unknown option '%s'; %.*s", word, STR_ARG(tail)));
}

/* What getopt_long refused: WORD is the argument it stands in. */
static void complain(int value, const char *word, struct arena *a)
{
    if (value == ':') {
        usage_error(arena_printf(a, "option '%s' needs a value", word));
    } else if (optopt >= FIRST_LONG) {
        str rest = str_of(word), name = str_cut(&rest, '=');
        usage_error(
            arena_printf(a, "option '%.*s' takes no value", STR_ARG(name)));
    } else if (optopt && word[1] != '-') {
        usage_error(arena_printf(
            a, "unknown option '-%c'; blog2book --help lists them", optopt));
    } else {
        complain_unknown(word, a);
    }
}

enum parsed { PARSED_RUN, PARSED_STOP, PARSED_WRONG };

static enum parsed take_option(struct settings *set, int value)
{
    struct arena *a = set->arena;
    size_t i = option_index(value), n;
    const struct option_info *table = option_table(&n);
    str why = { 0 };

    if (settings_set(set, i, str_of(optarg), &why)) {
        set->is_set[i] = true;
        return PARSED_RUN;
    }
    usage_error(arena_printf(a, "--%s: %.*s", table[i].name, STR_ARG(why)));
    return PARSED_WRONG;
}

static enum parsed parse(struct settings *set, int argc, char **argv)
{
    struct arena *a = set->arena;
    const struct option *longs = long_options(a);
    const char *shorts = short_options(a);

    opterr = 0;
    for (;;) {
        const char *word = optind < argc ? argv[optind] : "";
        int value = getopt_long(argc, argv, shorts, longs, NULL);
        if (value == -1)
            break;
        if (value == 'h' || value == OPT_HELP) {
            print_help();
            return PARSED_STOP;
        }
        if (value == OPT_VERSION) {
            puts("blog2book " BLOG2BOOK_VERSION);
            return PARSED_STOP;
        }
        if (value == '?' || value == ':') {
            /* getopt may have moved on past paths to this argument. */
            if (*word != '-' && optind > 1)
                word = argv[optind - 1];
            complain(value, word, a);
            return PARSED_WRONG;
        }
        if (take_option(set, value) == PARSED_WRONG)
            return PARSED_WRONG;
    }
    for (int i = optind; i < argc; i++)
        *vec_push(&set->paths, a) = str_of(argv[i]);
    return PARSED_RUN;
}

/* "--epub out.epub" reads as an option and a folder. */
static bool is_output_slip(str path)
{
    return (str_ends_nocase(path, S(".epub")) ||
            str_ends_nocase(path, S(".pdf"))) &&
           access(path.p, F_OK) != 0;
}

static bool paths_make_sense(const struct settings *set)
{
    struct arena *a = set->arena;

    for (size_t i = 0; i < set->paths.n; i++) {
        str path = set->paths.v[i];
        if (path.n == 0) {
            usage_error(S("a path is empty; '.' is the current folder"));
            return false;
        }
        if (!is_output_slip(path))
            continue;
        str format = path_ext(path);
        usage_error(arena_printf(a,
                                 "'%.*s' is no folder of posts; to name the "
                                 "book: --%.*s='%.*s'",
                                 STR_ARG(path), STR_ARG(format),
                                 STR_ARG(path)));
        return false;
    }
    return true;
}

static bool was_given(const struct settings *set, const char *name)
{
    size_t i;

    return option_find(str_of(name), &i) && set->is_set[i];
}

static int start(struct settings *set, int argc, char **argv)
{
    if (argc < 2) {
        print_intro();
        return STATUS_USAGE;
    }
    enum parsed p = parse(set, argc, argv);
    if (p != PARSED_RUN)
        return p == PARSED_STOP ? STATUS_DONE : STATUS_USAGE;
    if (set->batch.n && set->paths.n == 0 && set->dump == DUMP_NOTHING)
        return run_batch(set, &interrupted);
    if (set->batch.n) {
        usage_error(S("--batch takes no paths and no --dump; the list has "
                      "them"));
        return STATUS_USAGE;
    }
    if (was_given(set, "batch") && set->batch.n == 0) {
        usage_error(S("--batch needs a list of books; '-' is standard input"));
        return STATUS_USAGE;
    }
    if (set->shard.n) {
        usage_error(S("--shard takes a part of the list of --batch, which is "
                      "not given"));
        return STATUS_USAGE;
    }
    if (set->cache_gc && set->paths.n == 0)
        return run_cache_gc(set, stdout);
    if (set->paths.n == 0) {
        usage_error(S("no folder of posts given; try: blog2book --epub "
                      "~/blog"));
        return STATUS_USAGE;
    }
    if (!paths_make_sense(set))
        return STATUS_USAGE;
    enum status status = set->safe ? run_single_safely(set, &interrupted)
                                   : run_single(set, NULL, &interrupted);
    if (set->cache_gc && !interrupted)
        run_cache_gc(set, stderr);
    return status;
}

/* A file that is opened later must not get the number of a standard one that
 * the caller has closed. What goes to that place meets an error still. */
static void hold_standard_places(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct settings set;

    hold_standard_places();
    heap_tune();
    /* libzip makes local time of each entry's, and asks the disk for it. */
    setenv("TZ", "UTC0", 1);
    install_signals();
    /* One write a message: a blog may have 50,000 of them. */
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    arena_init(&arena);
    settings_init(&set, &arena);
    int status = start(&set, argc, argv);
    arena_done(&arena);
    if (fflush(stdout) != 0)
        status = STATUS_FAILED;
    if (interrupted) {
        signal(interrupted, SIG_DFL);
        raise(interrupted);
    }
    return status;
}
