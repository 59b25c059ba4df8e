/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "base/utf8.h"

static void new_line(const struct json *j)
{
    fputc('\n', j->to);
    for (unsigned i = 0; i < j->depth; i++)
        fputs("  ", j->to);
}

static bool is_escaped(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '"' || c == '\\' ||
           c == 0x2028 || c == 0x2029;
}

static void put_escape(uint32_t c, FILE *to)
{
    static const struct {
        uint32_t c;
        char letter;
    } letters[] = { { '"', '"' },
                    { '\\', '\\' },
                    { '\n', 'n' },
                    { '\r', 'r' },
                    { '\t', 't' } };

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].c == c) {
            fprintf(to, "\\%c", letters[i].letter);
            return;
        }
    }
    fprintf(to, "\\u%04x", (unsigned)c);
}

static void put_text(str s, FILE *to)
{
    fputc('"', to);
    for (size_t at = 0; at < s.n;) {
        char bytes[4];
        uint32_t c = utf8_next(s, &at);
        if (is_escaped(c))
            put_escape(c, to);
        else
            fwrite(bytes, 1, utf8_encode(c, bytes), to);
    }
    fputc('"', to);
}

static void begin_item(struct json *j, const char *key)
{
    if (j->has_item)
        fputc(',', j->to);
    if (j->depth && j->depth <= j->lines)
        new_line(j);
    else if (j->has_item)
        fputc(' ', j->to);
    j->has_item = true;
    if (key) {
        put_text(str_of(key), j->to);
        fputs(": ", j->to);
    }
}

void json_open(struct json *j, const char *key, char bracket)
{
    begin_item(j, key);
    fputc(bracket, j->to);
    j->depth++;
    j->has_item = false;
}

void json_close(struct json *j, char bracket)
{
    j->depth--;
    if (j->has_item && j->depth < j->lines)
        new_line(j);
    fputc(bracket, j->to);
    j->has_item = true;
}

void json_text(struct json *j, const char *key, str value)
{
    begin_item(j, key);
    put_text(value, j->to);
}

void json_number(struct json *j, const char *key, uint64_t value)
{
    begin_item(j, key);
    fprintf(j->to, "%llu", (unsigned long long)value);
}

void json_thousandths(struct json *j, const char *key, double value)
{
    uint64_t n = value > 0 ? (uint64_t)(value * 1000 + 0.5) : 0;

    begin_item(j, key);
    fprintf(j->to, "%llu.%03u", (unsigned long long)(n / 1000),
            (unsigned)(n % 1000));
}

void json_raw(struct json *j, const char *key, str value)
{
    begin_item(j, key);
    fwrite(value.p, 1, value.n, j->to);
}
