/* SPDX-License-Identifier: MIT */
/* The reading half of lock.h. */
#include "assets/lock.h"

#include <errno.h>

#include "assets/lock_parts.h"
#include "base/file.h"
#include "base/hash.h"
#include "book/reader.h"

const str lock_status_words[] = {
    [LOCK_OK] = STR_INIT("ok"),
    [LOCK_ARCHIVED] = STR_INIT("archived"),
    [LOCK_DEAD] = STR_INIT("dead"),
    [LOCK_REFUSED] = STR_INIT("refused"),
    [LOCK_OFFLINE] = STR_INIT("offline"),
};

struct reading {
    struct lock *lock;
    struct arena *a;
    struct arena work; /* of one entry */
    struct diag *dg;
    str path;
};

static bool refuse(struct reading *r, unsigned line, str why)
{
    diag_add(r->dg, DIAG_LOCK_BAD, arena_dup(r->dg->arena, r->path), line,
             "%.*s; nothing was published", STR_ARG(why));
    return false;
}

static str text_of(const struct value *map, const char *key)
{
    const struct value *v = value_find(map, str_of(key));

    return v && v->kind == VALUE_TEXT ? v->text : (str){ 0 };
}

static bool read_status(str word, enum lock_status *out)
{
    for (size_t i = 0; i < LOCK_STATUS_COUNT; i++)
        if (str_eq(word, lock_status_words[i])) {
            *out = (enum lock_status)i;
            return true;
        }
    return false;
}

static bool read_pixels(str text, uint32_t *width, uint32_t *height)
{
    str rest = text, wide = str_cut(&rest, 'x');
    uint64_t w, h;

    if (text.n == 0)
        return true;
    if (!str_to_uint(wide, &w) || !str_to_uint(rest, &h) || w > UINT32_MAX ||
        h > UINT32_MAX)
        return false;
    *width = (uint32_t)w;
    *height = (uint32_t)h;
    return true;
}

/* "2026-11-22" or nothing. */
static bool is_day(str s)
{
    static const char shape[] = "dddd-dd-dd";

    if (s.n != 0 && s.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (shape[i] == 'd' ? !ascii_is_digit((unsigned char)s.p[i])
                            : s.p[i] != '-')
            return false;
    return true;
}

/* NULL, or what is wrong. */
static const char *read_file_fields(const struct value *map,
                                    struct lock_entry *e)
{
    if (!hash_from_hex(text_of(map, "sha256"), e->hash))
        return "sha256 must be 64 digits of 0-9, a-f";
    if (!str_to_uint(text_of(map, "size"), &e->size))
        return "size must be a number of bytes";
    if (!read_pixels(text_of(map, "pixels"), &e->width, &e->height))
        return "pixels must be of the form 640x480";
    return NULL;
}

static const char *read_fields(const struct value *map, struct lock_entry *e)
{
    e->url = text_of(map, "url");
    e->final_url = text_of(map, "final");
    e->type = text_of(map, "type");
    e->reason = text_of(map, "reason");
    e->date = text_of(map, "date");
    if (e->url.n == 0)
        return "an entry has no url";
    if (!read_status(text_of(map, "status"), &e->status))
        return "status must be ok, archived, dead, refused or offline";
    if (!is_day(e->date))
        return "date must be of the form 2026-11-22";
    return lock_has_file(e) ? read_file_fields(map, e) : NULL;
}

static bool keep_entry(struct reading *r, const struct lock_entry *e)
{
    if (r->lock->entries.n == LOCK_ENTRIES_MAX)
        return refuse(r, e->line, S("too many entries"));
    struct lock_entry *kept = arena_new(r->a, struct lock_entry);
    *kept = *e;
    kept->url = arena_dup(r->a, e->url);
    kept->final_url = arena_dup(r->a, e->final_url);
    kept->type = arena_dup(r->a, e->type);
    kept->reason = arena_dup(r->a, e->reason);
    kept->date = arena_dup(r->a, e->date);
    void **place = map_at(&r->lock->entries, kept->url);
    if (*place)
        return refuse(
            r, e->line,
            arena_printf(&r->work, "'%.*s' is locked twice", STR_ARG(e->url)));
    *place = kept;
    return true;
}

static bool read_entry(struct reading *r, str text, unsigned line)
{
    struct read_error err;
    struct lock_entry e = { .line = line };

    arena_reset(&r->work);
    const struct value *list = yaml_read(text, line, &r->work, &err);
    if (!list)
        return refuse(r, err.line, err.why);
    const struct value *map = list->kind == VALUE_LIST ? list->first : NULL;
    if (!map || map->kind != VALUE_MAP || map->next)
        return refuse(r, line, S("this is no entry of a lock file"));
    const char *why = read_fields(map, &e);
    return why ? refuse(r, line, str_of(why)) : keep_entry(r, &e);
}

/* What stands before the first entry. */
static bool read_head(struct reading *r, str text)
{
    struct read_error err;
    const struct value *map = yaml_read(text, 1, &r->work, &err);

    if (!map)
        return refuse(r, err.line, err.why);
    if (!str_eq(text_of(map, "version"), S(LOCK_VERSION)))
        return refuse(r, 1, S("this is no lock file of version " LOCK_VERSION));
    return true;
}

/* Cuts off the lines up to the next that starts with "- "; *LINES of them. */
static str cut_block(str *rest, unsigned *lines)
{
    str block = *rest, line;

    *lines = 0;
    while (rest->n > 0) {
        str before = *rest;
        str_next_line(rest, &line);
        if (*lines > 0 && str_starts(line, S("- "))) {
            *rest = before;
            break;
        }
        ++*lines;
    }
    block.n -= rest->n;
    return block;
}

static bool read_blocks(struct reading *r, str text)
{
    unsigned line = 1, n;
    bool ok = true;

    if (!str_starts(text, S("- "))) {
        ok = read_head(r, cut_block(&text, &n));
        line += n;
    } else {
        ok = refuse(r, 1, S("this is no lock file of version " LOCK_VERSION));
    }
    while (ok && text.n > 0) {
        ok = read_entry(r, cut_block(&text, &n), line);
        line += n;
    }
    return ok;
}

bool lock_read(struct lock *l, str path, struct arena *a, struct diag *dg)
{
    struct reading r = { .lock = l, .a = a, .dg = dg, .path = path };
    struct arena file;
    str text;

    *l = (struct lock){ 0 };
    map_init(&l->entries, a);
    arena_init(&file);
    arena_init(&r.work);
    enum file_result got = file_read(path, LOCK_FILE_MAX, &file, &text);
    bool ok = got == FILE_ERROR && errno == ENOENT;
    if (got == FILE_OK) {
        l->exists = true;
        ok = read_blocks(&r, text);
    } else if (!ok) {
        ok = refuse(&r, 0, S("this file can't be read"));
    }
    arena_done(&r.work);
    arena_done(&file);
    return ok;
}

const struct lock_entry *lock_find(const struct lock *l, str url)
{
    return map_find(&l->entries, url);
}
