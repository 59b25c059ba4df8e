/* SPDX-License-Identifier: MIT */
/* What becomes of an address once something came for it. */
#include <string.h>
#include <unistd.h>

#include "assets/archive.h"
#include "assets/image.h"
#include "assets/library_parts.h"
#include "base/buf.h"
#include "base/file.h"

#define ANSWER_MAX (1u << 20) /* bytes of the archive's answer */

static bool is_page(str bytes)
{
    static const str starts[] = { STR_INIT("<!doctype html"), STR_INIT("<html"),
                                  STR_INIT("<head") };
    str text = str_trim_left(
        str_from(bytes, str_starts(bytes, S("\xEF\xBB\xBF")) ? 3 : 0));

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_nocase(text, starts[i]))
            return true;
    return false;
}

/* NULL, or why BYTES are no answer to what was asked. */
static const char *check_kind(struct item *it, str bytes)
{
    enum image_type type;
    const char *why;

    if (it->kind != WEB_PICTURE)
        return NULL;
    if (!image_identify(bytes, &type, &it->found.width, &it->found.height,
                        &why))
        return is_page(bytes) ? "a web page, not a picture" : why;
    it->found.type = str_of(image_media_type(type));
    return NULL;
}

bool item_read(struct library *lib, const struct item *it, struct arena *a,
               struct cache_file *file)
{
    bool locks = it->locked || lib->set->lock || lib->set->frozen;

    return cache_read_file(lib->cache, it->found.hash,
                           locks ? CACHE_PROOF_HASH : CACHE_PROOF_SUMS, a,
                           file);
}

void item_take_kept(struct library *lib, struct item *it, struct arena *a,
                    struct cache_file *file)
{
    if (!item_read(lib, it, a, file)) {
        *file = (struct cache_file){ 0 };
        item_begin(lib, it);
        return;
    }
    const char *why = check_kind(it, file->bytes);
    if (why)
        item_end(lib, it, WEB_DEAD, str_of(why));
    else
        item_end(lib, it,
                 it->found.status == LOCK_ARCHIVED ? WEB_ARCHIVED : WEB_FOUND,
                 (str){ 0 });
}

static bool is_bound(const struct library *lib, const struct item *it)
{
    return lib->obey && it->locked && lock_has_file(it->locked);
}

/* What the archive gave instead is told behind the address's own reason. */
static void end_dead(struct library *lib, struct item *it, str why)
{
    struct arena a;

    if (it->dead_why.n == 0) {
        item_end(lib, it, WEB_DEAD, why);
        return;
    }
    arena_init(&a);
    item_end(lib, it, WEB_DEAD,
             arena_printf(&a, "%.*s; in the Internet Archive: %.*s",
                          STR_ARG(it->dead_why), STR_ARG(why)));
    arena_done(&a);
}

/* The address or the archive gave nothing that is of use. */
static void give_up(struct library *lib, struct item *it, str why)
{
    if (it->stage != STAGE_DIRECT || !item_has_archive(lib, it)) {
        end_dead(lib, it, why);
        return;
    }
    struct arena a;
    struct date date = item_wait_for_date(lib, it);
    arena_init(&a);
    it->dead_why = library_keep(lib, why);
    it->stage = STAGE_QUERY;
    it->at = library_keep(
        lib, archive_query(lib->set->archive_url, it->url, &date, &a));
    arena_done(&a);
    item_fetch(lib, it);
}

/* What a server says may be anything; what is kept of it is plain. */
static str plain_url(struct library *lib, str url)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c > ' ' && c < 0x7F)
            buf_putc(&out, (char)c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    str kept = library_keep(lib, buf_str(&out));
    buf_done(&out);
    return kept;
}

static str plain_type(struct library *lib, str type)
{
    for (size_t i = 0; i < type.n; i++)
        if (!ascii_is_alnum((unsigned char)type.p[i]) &&
            !memchr("!#$&-^_.+/", type.p[i], 10))
            return (str){ 0 };
    return library_keep(lib, type);
}

static void note(struct library *lib, struct item *it)
{
    struct arena a;
    struct cache_entry e = { .size = it->found.size,
                             .final_url = it->found.final_url,
                             .type = it->found.type,
                             .date = lib->today };

    arena_init(&a);
    memcpy(e.hash, it->found.hash, CACHE_HASH);
    cache_note(lib->cache,
               it->stage == STAGE_COPY ? item_archive_name(it, &a) : it->url,
               &e);
    arena_done(&a);
}

/* The file is in the cache: is it the one that the lock wants? */
static void end_found(struct library *lib, struct item *it)
{
    bool copy = it->stage == STAGE_COPY;

    if (!is_bound(lib, it)) {
        it->found.status = copy ? LOCK_ARCHIVED : LOCK_OK;
        item_end(lib, it, copy ? WEB_ARCHIVED : WEB_FOUND, (str){ 0 });
        return;
    }
    if (memcmp(it->locked->hash, it->found.hash, LOCK_HASH) == 0) {
        it->found = *it->locked;
        item_end(lib, it,
                 it->found.status == LOCK_ARCHIVED ? WEB_ARCHIVED : WEB_FOUND,
                 (str){ 0 });
        return;
    }
    it->differs = !copy || it->locked->status == LOCK_ARCHIVED;
    end_dead(lib, it, S("another file than the one in blog2book.lock"));
}

/* What came, in A; false: it can't be read back from the disk. */
static bool read_fetched(const struct item *it, const struct fetch_result *r,
                         struct arena *a, str *bytes)
{
    if (!r->bytes.p)
        return file_read(it->temp, CACHE_FILE_MAX, a, bytes) == FILE_OK;
    *bytes = arena_dup(a, r->bytes);
    return true;
}

static void drop_fetched(const struct item *it, const struct fetch_result *r)
{
    if (!r->bytes.p)
        unlink(it->temp.p);
}

/* Small files have a temporary one only because the memory was full of others:
 * later runs find them sooner where small ones are. */
static bool keep_fetched(struct library *lib, struct item *it,
                         const struct fetch_result *r, str bytes)
{
    if (!r->bytes.p && bytes.n > CACHE_SMALL_MAX)
        return cache_take(lib->cache, it->temp, bytes, it->found.hash);
    drop_fetched(it, r);
    return cache_keep(lib->cache, bytes, it->found.hash);
}

static void take_file(struct library *lib, struct item *it,
                      const struct fetch_result *r, struct arena *a, str *bytes)
{
    const char *why = "it can't be read back from the disk";

    it->found.final_url = plain_url(lib, r->url);
    it->found.type = plain_type(lib, r->type);
    it->found.date = lib->today;
    if (read_fetched(it, r, a, bytes))
        why = check_kind(it, *bytes);
    if (why) {
        drop_fetched(it, r);
        give_up(lib, it, str_of(why));
    } else if (keep_fetched(lib, it, r, *bytes)) {
        it->found.size = bytes->n;
        note(lib, it);
        end_found(lib, it);
    } else {
        it->unsure = true;
        item_end(lib, it, WEB_DEAD, S("the disk has no room for it"));
    }
}

/* The archive's answer; the query is forgotten when it was read. */
static void take_answer(struct library *lib, struct item *it,
                        const struct fetch_result *r)
{
    struct arena a;
    str text, copy = { 0 };

    arena_init(&a);
    if (read_fetched(it, r, &a, &text) && text.n <= ANSWER_MAX)
        archive_read(lib->set->archive_url, text, &a, &copy);
    drop_fetched(it, r);
    it->at = library_keep(lib, copy);
    arena_done(&a);
    if (copy.n > 0) {
        it->stage = STAGE_COPY;
        item_fetch(lib, it);
    } else {
        end_dead(lib, it, S("no copy"));
    }
}

static void take_failure(struct library *lib, struct item *it,
                         const struct fetch_result *r)
{
    if (it->dead_why.n == 0)
        it->unsure = r->code < 400 || r->code >= 500 || r->code == 429;
    if (r->status == FETCH_DEAD)
        give_up(lib, it, r->why);
    else if (r->status == FETCH_STOPPED || it->stage != STAGE_DIRECT)
        end_dead(lib, it, r->why);
    else
        item_end(lib, it, WEB_REFUSED, r->why);
}

void item_take_fetched(struct library *lib, struct item *it, struct arena *a,
                       str *bytes)
{
    struct fetch *fe = it->fetch;
    const struct fetch_result *r = lib->calls->wait(fe);

    it->fetch = NULL;
    item_land(lib, it);
    if (r->disk_error && cache_fall_back(lib->cache, it->temp, r->disk_error))
        item_fetch(lib, it);
    else if (r->status != FETCH_OK)
        take_failure(lib, it, r);
    else if (it->stage == STAGE_QUERY)
        take_answer(lib, it, r);
    else
        take_file(lib, it, r, a, bytes);
    lib->calls->free(fe);
}
