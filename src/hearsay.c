/* SPDX-License-Identifier: MIT */
#include "hearsay.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "json.h"
#include "jsonshape.h"

/* The bytes of an escape that diag_print() colours with, at the start of S. */
static size_t ink_length(str s)
{
    static const char *const inks[] = { "\033[0m", "\033[31m", "\033[33m",
                                        "\033[36m" };

    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
        if (str_starts(s, str_of(inks[i])))
            return strlen(inks[i]);
    return 0;
}

/* Nothing in a line drives a terminal. */
static bool is_plain(str line, bool color)
{
    for (size_t at = 0; at < line.n;) {
        size_t ink = color ? ink_length(str_from(line, at)) : 0;
        uint32_t c = 0x20;
        if (ink)
            at += ink;
        else
            c = utf8_next(line, &at);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            return false;
    }
    return utf8_is_valid(line);
}

static bool is_message(str line)
{
    return is_plain(line, true);
}

static bool is_object(str line)
{
    return json_has_shape(line, "diagnostic", NULL, 0);
}

static bool is_command(str line)
{
    return is_plain(line, false) && (str_starts(line, S("::error ")) ||
                                     str_starts(line, S("::warning ")) ||
                                     str_starts(line, S("::notice ")));
}

static bool is_change(str line)
{
    return is_plain(line, false) &&
           (str_starts(line, S("+ ")) || str_starts(line, S("- ")) ||
            str_starts(line, S("~ ")));
}

/* Is TEXT lines, all but the last one like that? */
static bool are_lines(str text, bool (*is_good)(str line), str *last)
{
    *last = (str){ 0 };
    for (size_t i = 0; text.n; i++) {
        size_t n = str_find(text, S("\n"));
        if (n == STR_NONE || (i && !is_good(*last)))
            return false;
        *last = str_sub(text, 0, n);
        text = str_from(text, n + 1);
    }
    return true;
}

static bool begins_with_label(str line, str label)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    if (!f)
        die("out of memory");
    diag_print_safe(label, f);
    fputs(": ", f);
    if (fclose(f) != 0)
        die("out of memory");
    bool begins = str_starts(line, (str){ text, n });
    free(text);
    return begins;
}

static bool is_result(const struct hearsay *h)
{
    str last;

    return are_lines(h->out, is_change, &last) && is_plain(last, false) &&
           begins_with_label(last, h->label);
}

static bool are_messages(str text, enum messages how)
{
    static bool (*const lines[])(str) = {
        [MESSAGES_TEXT] = is_message,
        [MESSAGES_JSON] = is_object,
        [MESSAGES_GITHUB] = is_command,
    };
    str last;

    return text.n == 0 ||
           (are_lines(text, lines[how], &last) && lines[how](last));
}

/* VALUE as json_text() writes it; the caller's to free(). */
static char *quoted(str value, size_t *n)
{
    char *text = NULL;
    struct json j = { .to = open_memstream(&text, n) };

    if (!j.to)
        die("out of memory");
    json_text(&j, NULL, value);
    if (fclose(j.to) != 0)
        die("out of memory");
    return text;
}

static bool is_report(const struct hearsay *h)
{
    static const char digits[] = "0123";
    size_t n;
    char *label = quoted(h->label, &n);
    const struct json_known known[] = {
        { "id", { label, n } },
        { "status", { digits + h->status, 1 } },
    };
    bool ok = json_has_shape(h->report, "batchBook", known, 2);

    free(label);
    return ok;
}

const char *hearsay_fault(const struct hearsay *h, enum messages how)
{
    if (!is_result(h))
        return "gave a result that the program doesn't give";
    if (!are_messages(h->err, how))
        return "wrote messages that the program doesn't write";
    if (h->with_report && !is_report(h))
        return "wrote a report that the program doesn't write";
    return NULL;
}
