/* SPDX-License-Identifier: MIT */
#include "message.h"

#include "base/utf8.h"

static const struct {
    const char *word, *github;
} severities[] = {
    [SEV_INFO] = { "info", "notice" },
    [SEV_WARNING] = { "warning", "warning" },
    [SEV_ERROR] = { "error", "error" },
};

void message_json(const struct diag_item *it, struct json *j)
{
    json_text(j, "code", str_of(diag_name(it->code)));
    json_text(j, "severity", str_of(severities[diag_severity(it->code)].word));
    if (it->path.n)
        json_text(j, "path", it->path);
    if (it->line)
        json_number(j, "line", it->line);
    json_text(j, "text", it->text);
}

static void print_text(const struct diag_item *it, bool color, FILE *to)
{
    diag_print(it, color, to);
}

static void print_json(const struct diag_item *it, bool color, FILE *to)
{
    struct json j = { .to = to };

    (void)color;
    json_open(&j, NULL, '{');
    message_json(it, &j);
    json_close(&j, '}');
    fputc('\n', to);
}

/* "Workflow commands": %, CR and LF are escaped, in properties also the
 * characters that part them. Other controls would drive a terminal. */
static void put_escaped(str s, bool property, FILE *to)
{
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '%' || c == '\r' || c == '\n' ||
            (property && (c == ':' || c == ',')))
            fprintf(to, "%%%02X", (unsigned)c);
        else if (!diag_print_odd(str_sub(s, from, at - from), c, to))
            fwrite(s.p + from, 1, at - from, to);
    }
}

static void print_github(const struct diag_item *it, bool color, FILE *to)
{
    (void)color;
    fprintf(to, "::%s ", severities[diag_severity(it->code)].github);
    if (it->path.n) {
        fputs("file=", to);
        put_escaped(it->path, true, to);
        if (it->line)
            fprintf(to, ",line=%u", it->line);
        fputc(',', to);
    }
    fprintf(to, "title=%s::", diag_name(it->code));
    put_escaped(it->text, false, to);
    fputc('\n', to);
}

void message_print(const struct diag_item *it, enum messages how, bool color,
                   FILE *to)
{
    static void (*const printers[])(const struct diag_item *, bool, FILE *) = {
        [MESSAGES_TEXT] = print_text,
        [MESSAGES_JSON] = print_json,
        [MESSAGES_GITHUB] = print_github,
    };

    printers[how](it, color, to);
}
