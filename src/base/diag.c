/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include "base/utf8.h"

static const struct {
    const char *name, *one, *many;
    enum severity severity;
    enum diag_effect effect;
} kinds[] = {
#define DIAG(id, code, severity, effect, one, many)                            \
    { code, one, many, severity, effect },
#include "base/diag.def"
#undef DIAG
};

void diag_init(struct diag *dg, struct arena *a)
{
    *dg = (struct diag){ .arena = a };
}

void diag_add(struct diag *dg, enum diag_code code, str path, unsigned line,
              const char *format, ...)
{
    struct diag_item *it = arena_new(dg->arena, struct diag_item);
    va_list args;

    va_start(args, format);
    *it = (struct diag_item){
        .code = code,
        .path = path,
        .line = line,
        .text = arena_vprintf(dg->arena, format, args),
    };
    va_end(args);
    if (dg->last)
        dg->last->next = it;
    else
        dg->first = it;
    dg->last = it;
}

void diag_repeat(struct diag *dg, const struct diag *from)
{
    for (const struct diag_item *it = from->first; it; it = it->next)
        diag_add(dg, it->code, arena_dup(dg->arena, it->path), it->line, "%.*s",
                 STR_ARG(it->text));
}

enum severity diag_severity(enum diag_code code)
{
    return kinds[code].severity;
}

enum diag_effect diag_effect(enum diag_code code)
{
    return kinds[code].effect;
}

const char *diag_name(enum diag_code code)
{
    return kinds[code].name;
}

const char *diag_group(enum diag_code code, uint32_t n)
{
    return n == 1 ? kinds[code].one : kinds[code].many;
}

bool diag_print_odd(str s, uint32_t c, FILE *to)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
        fprintf(to, "\\x%02X", (unsigned)c);
        return true;
    }
    if (c != UTF8_REPLACEMENT || str_eq(s, S("\xEF\xBF\xBD")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        fprintf(to, "\\x%02X", (unsigned)(unsigned char)s.p[i]);
    return true;
}

void diag_print_safe(str s, FILE *to)
{
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        str bytes = str_sub(s, from, at - from);
        if (!diag_print_odd(bytes, c, to))
            fwrite(bytes.p, 1, bytes.n, to);
    }
}

void diag_print(const struct diag_item *it, bool color, FILE *to)
{
    static const struct {
        const char *word, *ink;
    } look[] = {
        [SEV_INFO] = { "info", "\033[36m" },
        [SEV_WARNING] = { "warning", "\033[33m" },
        [SEV_ERROR] = { "error", "\033[31m" },
    };
    enum severity sev = diag_severity(it->code);

    if (it->path.n) {
        diag_print_safe(it->path, to);
        if (it->line)
            fprintf(to, ":%u", it->line);
        fputs(": ", to);
    } else {
        fputs("blog2book: ", to);
    }
    fprintf(to, "%s%s:%s ", color ? look[sev].ink : "", look[sev].word,
            color ? "\033[0m" : "");
    diag_print_safe(it->text, to);
    fprintf(to, " [%s]\n", diag_name(it->code));
}
