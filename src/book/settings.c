/* SPDX-License-Identifier: MIT */
#include "book/settings.h"

#include "book/dates.h"
#include "book/pagesize.h"
#include "book/setoption.h"

/* Most options fill the field of their name. */
#define OFFSET(field)                 offsetof(struct settings, field)
#define OFFSET_TEXT(field)            OFFSET(field)
#define OFFSET_FLAG(field)            OFFSET(field)
#define OFFSET_COUNT(field)           OFFSET(field)
#define OFFSET_DATE(field)            OFFSET(field)
#define OFFSET_LIST(field)            OFFSET(field)
#define OFFSET_PATH_LIST(field)       OFFSET(field)
#define OFFSET_OUTPUT(field)          OFFSET(field)
#define OFFSET_LANGUAGE(field)        OFFSET(field)
#define OFFSET_ENCODING(field)        OFFSET(field)
#define OFFSET_SIZE(field)            OFFSET(page_width)
#define OFFSET_PATH(field)            OFFSET(field)
#define OFFSET_PIXELS(field)          OFFSET(image_max_width)
#define OFFSET_PERCENT(field)         OFFSET(field)
#define OFFSET_CHOICE_PROFILE(field)  OFFSET(field)
#define OFFSET_CHOICE_COLOR(field)    OFFSET(field)
#define OFFSET_CHOICE_START(field)    OFFSET(field)
#define OFFSET_CHOICE_DUMP(field)     OFFSET(field)
#define OFFSET_CHOICE_MESSAGES(field) OFFSET(field)
#define OFFSET_LIMIT(field)           OFFSET(limits)

static const struct option_info options[] = {
#define OPTION(field, name, short_name, kind, metavar, help)                   \
    { name, metavar, help, short_name, OPT_##kind, OFFSET_##kind(field) },
#include "book/options.def"
#undef OPTION
};

#define N_OPTIONS (sizeof options / sizeof *options)

_Static_assert(N_OPTIONS <= sizeof((struct settings *)0)->is_set / sizeof(bool),
               "is_set has a place for every option");

const struct option_info *option_table(size_t *n)
{
    *n = N_OPTIONS;
    return options;
}

void settings_init(struct settings *set, struct arena *a)
{
    *set = (struct settings){ .arena = a };
}

struct setting {
    struct settings *set;
    const struct option_info *option;
    void *field;
    str text;
    str *why;
};

static bool refuse(const struct setting *s, const char *expected)
{
    *s->why = arena_printf(s->set->arena, "'%.*s' is no value for %s: %s",
                           STR_ARG(s->text), s->option->name, expected);
    return false;
}

static bool set_text(const struct setting *s)
{
    *(str *)s->field = arena_dup(s->set->arena, s->text);
    return true;
}

int settings_truth(str text)
{
    static const str yes[] = { STR_INIT(""), STR_INIT("true"), STR_INIT("yes"),
                               STR_INIT("on"), STR_INIT("1") };
    static const str no[] = { STR_INIT("false"), STR_INIT("no"),
                              STR_INIT("off"), STR_INIT("0") };

    if (STR_IS_AMONG_NOCASE(text, yes))
        return 1;
    return STR_IS_AMONG_NOCASE(text, no) ? 0 : -1;
}

static bool set_flag(const struct setting *s)
{
    int value = settings_truth(s->text);

    if (value < 0)
        return refuse(s, "true or false");
    *(bool *)s->field = value;
    return true;
}

#define COUNT_MAX 10000

static bool set_count(const struct setting *s)
{
    uint64_t n;

    if (!str_to_uint(s->text, &n) || n == 0 || n > COUNT_MAX)
        return refuse(s, "a whole number from 1 to 10000");
    *(unsigned *)s->field = (unsigned)n;
    return true;
}

static bool set_date(const struct setting *s)
{
    bool last = s->option->offset == offsetof(struct settings, until);

    return date_bound(s->text, last, s->field) ||
           refuse(s, "a date such as 2020, 2020-05 or 2020-05-01");
}

static bool set_list(const struct setting *s)
{
    struct str_vec *list = s->field;

    if (s->text.n == 0)
        return refuse(s, "it is empty");
    *vec_push(list, s->set->arena) = arena_dup(s->set->arena, s->text);
    return true;
}

/* In book.yaml: "epub: true", "epub: false" or "epub: name.epub". */
static bool set_output(const struct setting *s)
{
    struct output_wish *wish = s->field;
    int value = settings_truth(s->text);

    wish->wanted = value != 0;
    wish->path = value < 0 ? arena_dup(s->set->arena, s->text) : (str){ 0 };
    return true;
}

/* BCP 47, 2.1, as far as a typing error is told from a tag; many write '_'
 * for '-'. */
static bool is_language(str s)
{
    for (bool first = true; s.n > 0; first = false) {
        size_t n = 0;
        for (; n < s.n && s.p[n] != '-' && s.p[n] != '_'; n++)
            if (first ? !ascii_is_alpha((unsigned char)s.p[n])
                      : !ascii_is_alnum((unsigned char)s.p[n]))
                return false;
        if (n < (first ? 2u : 1u) || n > 8)
            return false;
        s = str_from(s, n + 1);
    }
    return true;
}

static bool set_language(const struct setting *s)
{
    return is_language(s->text)
               ? set_text(s)
               : refuse(s, "a tag of BCP 47 such as ko, ja, zh-Hans or en-GB");
}

/* UTF-8 is always tried first. */
static bool set_encoding(const struct setting *s)
{
    s->set->encoding = encoding_of_label(s->text);
    return s->set->encoding || str_eq_nocase(s->text, S("utf-8")) ||
           refuse(s, "a name such as euc-kr, shift_jis, euc-jp, gb18030, big5 "
                     "or windows-1252");
}

static bool set_size(const struct setting *s)
{
    return pagesize_parse(s->text, &s->set->page_width, &s->set->page_height) ||
           refuse(s, "a size such as a5, b5, letter, 6x9in or 152x225mm");
}

static bool set_pixels(const struct setting *s)
{
    str rest = s->text, wide = str_cut(&rest, 'x');
    uint64_t width, height;

    if (!str_to_uint(wide, &width) || !str_to_uint(rest, &height) ||
        width < 16 || height < 16 || width > COUNT_MAX || height > COUNT_MAX)
        return refuse(s, "a size in pixels such as 1600x2560");
    s->set->image_max_width = (unsigned)width;
    s->set->image_max_height = (unsigned)height;
    return true;
}

static bool set_percent(const struct setting *s)
{
    uint64_t n;

    if (!str_to_uint(s->text, &n) || n == 0 || n > 100)
        return refuse(s, "a whole number from 1 to 100");
    *(unsigned *)s->field = (unsigned)n;
    return true;
}

static bool set_profile(const struct setting *s)
{
    static const str words[] = { STR_INIT("any"), STR_INIT("kindle") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(s->text, words[i])) {
            s->set->profile = (enum profile)i;
            return true;
        }
    }
    return refuse(s, "any or kindle");
}

static bool set_color(const struct setting *s)
{
    static const str words[] = { STR_INIT("auto"), STR_INIT("always"),
                                 STR_INIT("never") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(s->text, words[i])) {
            s->set->color = (enum color_when)i;
            return true;
        }
    }
    return refuse(s, "auto, always or never");
}

static bool set_start(const struct setting *s)
{
    static const str words[] = { STR_INIT("page"), STR_INIT("recto"),
                                 STR_INIT("continue") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(s->text, words[i])) {
            s->set->chapter_start = (enum chapter_start)i;
            return true;
        }
    }
    return refuse(s, "page, recto or continue");
}

static bool set_dump(const struct setting *s)
{
    static const str words[] = { STR_INIT("posts"), STR_INIT("tree"),
                                 STR_INIT("style"), STR_INIT("pages") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(s->text, words[i])) {
            s->set->dump = (enum dump_what)(i + 1);
            return true;
        }
    }
    return refuse(s, "posts, tree, style or pages");
}

static bool set_messages(const struct setting *s)
{
    static const str words[] = { STR_INIT("text"), STR_INIT("json"),
                                 STR_INIT("github") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(s->text, words[i])) {
            s->set->diagnostics = (enum messages)i;
            return true;
        }
    }
    return refuse(s, "text, json or github");
}

static bool set_limit(const struct setting *s)
{
    return limits_parse(s->text, s->set->limits, s->set->arena, s->why);
}

static void remember(struct settings *set, size_t i, str text)
{
    *vec_push(&set->given, set->arena) = (struct given_setting){
        .option = i, .text = arena_dup(set->arena, text), .from_file = true
    };
}

bool setoption(struct settings *set, size_t i, str text, str *why)
{
    static bool (*const setters[])(const struct setting *) = {
        [OPT_TEXT] = set_text,
        [OPT_FLAG] = set_flag,
        [OPT_COUNT] = set_count,
        [OPT_DATE] = set_date,
        [OPT_LIST] = set_list,
        [OPT_PATH_LIST] = set_list,
        [OPT_OUTPUT] = set_output,
        [OPT_LANGUAGE] = set_language,
        [OPT_ENCODING] = set_encoding,
        [OPT_SIZE] = set_size,
        [OPT_CHOICE_COLOR] = set_color,
        [OPT_CHOICE_START] = set_start,
        [OPT_CHOICE_DUMP] = set_dump,
        [OPT_PATH] = set_text,
        [OPT_PIXELS] = set_pixels,
        [OPT_PERCENT] = set_percent,
        [OPT_CHOICE_PROFILE] = set_profile,
        [OPT_CHOICE_MESSAGES] = set_messages,
        [OPT_LIMIT] = set_limit,
    };
    struct setting s = { set, &options[i], (char *)set + options[i].offset,
                         text, why };

    if (!setters[options[i].kind](&s))
        return false;
    remember(set, i, text);
    return true;
}

struct decode_hints settings_hints(const struct settings *set)
{
    return (struct decode_hints){ set->encoding, set->language.n
                                                     ? set->language
                                                     : set->site_language };
}

str settings_make_safe(struct settings *set)
{
    set->offline = true;
    set->archive_fallback = false;
    return set->lock && !set->frozen
               ? S("--lock writes into the blog's folder, and --safe doesn't")
               : (str){ 0 };
}

bool settings_set(struct settings *set, size_t i, str text, str *why)
{
    if (!setoption(set, i, text, why))
        return false;
    set->is_set[i] = true;
    set->given.v[set->given.n - 1].from_file = false;
    return true;
}
