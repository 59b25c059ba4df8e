/* SPDX-License-Identifier: MIT */
/* The journal: lines that several programs append to one file. Who is killed
 * leaves at most a line without its end, so each write begins with one. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/clock.h"
#include "base/hash.h"

#define JOURNAL_MAX  (64u << 20) /* of a longer one the end is read */
#define CHECK_DIGITS 16
#define TRIES        8
/* What a kill may lose of the newest lines. */
#define FLUSH_SECONDS 0.02
#define PENDING_MAX   (16u << 10)

static const struct kind {
    char letter;
    enum cache_line line;
    unsigned n_fields; /* besides the key, which is the last of the line */
} kinds[] = {
    /* These are written. */
    [LINE_NOTE] = { 'N', LINE_NOTE, 5 },
    [LINE_PLACE] = { 'Q', LINE_PLACE, 5 },
    [LINE_USE] = { 'U', LINE_USE, 1 },
    /* Without sums, by older versions. */
    { 'P', LINE_PLACE, 4 },
};

/* NULL: a line of newer versions. */
static const struct kind *find_kind(char letter)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].letter == letter)
            return &kinds[i];
    return NULL;
}

/* Of a line that is long enough. */
static const struct kind *kind_of(str line)
{
    return find_kind(line.p[CHECK_DIGITS + 1]);
}

static void index_line(struct cache_store *s, str line)
{
    size_t last = str_rfind_char(line, '\t');

    if (line.n < CHECK_DIGITS + 4 || line.p[CHECK_DIGITS] != '\t' ||
        line.p[CHECK_DIGITS + 2] != '\t' || !kind_of(line))
        return;
    str *kept = arena_new(&s->arena, str);
    *kept = line;
    map_put(&s->lines[kind_of(line)->line], str_from(line, last + 1), kept);
}

/* TEXT lives as long as S and ends with a line's end. */
static void index_lines(struct cache_store *s, str text)
{
    while (text.n > 0)
        index_line(s, str_cut(&text, '\n'));
}

static bool is_gone(int fd)
{
    struct stat st;

    return fstat(fd, &st) != 0 || st.st_nlink == 0;
}

static int open_once(int root, int flags, int operation)
{
    int fd = openat(root, CACHE_JOURNAL,
                    flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
                    0600);
    struct stat st;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
        /* A file system without locks has no --cache-gc that waits. */
        (flock(fd, operation) == 0 || !(operation & LOCK_NB)))
        return fd;
    close(fd);
    errno = EBUSY;
    return -1;
}

int cache_journal_open(str root, int flags, int operation)
{
    int at = root.n ? cache_folder(-1, root.p, false) : -1, fd = -1;

    if (at < 0)
        return -1;
    for (int i = 0; i < TRIES; i++) {
        fd = open_once(at, flags, operation);
        /* --cache-gc put another one in its place. */
        if (fd < 0 || !is_gone(fd))
            break;
        close(fd);
        fd = -1;
        errno = EBUSY;
    }
    int e = errno;
    close(at);
    errno = e;
    return fd;
}

static void open_to_read(struct cache_store *s)
{
    if (s->journal >= 0)
        return;
    s->journal = cache_journal_open(s->root, O_RDWR | O_APPEND, LOCK_SH);
    s->can_write = s->journal >= 0;
    if (!s->can_write && errno != ENOENT)
        s->journal = cache_journal_open(s->root, O_RDONLY, LOCK_SH);
}

static bool open_to_write(struct cache_store *s)
{
    cache_journal_read(s);
    if (s->journal < 0) {
        s->journal = cache_journal_open(s->root, O_RDWR | O_APPEND | O_CREAT,
                                        LOCK_SH);
        s->can_write = s->journal >= 0;
    } else if (!s->can_write) {
        errno = EACCES;
    }
    return s->can_write;
}

/* Reads what follows `seen`, up to the last line's end. */
static void read_news(struct cache_store *s, uint64_t size)
{
    if (size - s->seen > JOURNAL_MAX)
        s->seen = size - JOURNAL_MAX;
    char *text = arena_bytes(&s->arena, (size_t)(size - s->seen));
    str news = { text, file_fill_at(s->journal, s->seen, text,
                                    (size_t)(size - s->seen)) };
    size_t end = str_rfind_char(news, '\n');
    s->size = size;
    if (end == STR_NONE)
        return;
    news.n = end + 1;
    s->seen += news.n;
    index_lines(s, news);
}

void cache_journal_read(struct cache_store *s)
{
    struct stat st;

    open_to_read(s);
    if (s->journal >= 0 && fstat(s->journal, &st) == 0 &&
        (uint64_t)st.st_size > s->seen && (uint64_t)st.st_size != s->size)
        read_news(s, (uint64_t)st.st_size);
}

static void print_check(str text, char out[CHECK_DIGITS])
{
    uint64_t check = hash_fnv(text);

    for (unsigned i = CHECK_DIGITS; i-- > 0; check >>= 4)
        out[i] = "0123456789abcdef"[check & 15];
}

/* The fields of a line that is as it was written; those it lacks are empty. */
static bool understand(str line, str fields[CACHE_FIELDS_MAX])
{
    const struct kind *k = kind_of(line);
    char check[CHECK_DIGITS];
    str rest = str_from(line, CHECK_DIGITS + 1);

    print_check(rest, check);
    if (memcmp(check, line.p, CHECK_DIGITS) != 0)
        return false;
    str_cut(&rest, '\t');
    for (unsigned i = 0; i < CACHE_FIELDS_MAX; i++) {
        fields[i] = (str){ 0 };
        if (i >= k->n_fields)
            continue;
        if (str_find_char(rest, '\t') == STR_NONE)
            return false; /* the key stands behind all of them */
        fields[i] = str_cut(&rest, '\t');
    }
    return str_find_char(rest, '\t') == STR_NONE;
}

/* Whether it is long enough since *LAST; if so, that is now. */
static bool is_time(double *last)
{
    double now = clock_seconds();

    if (now - *last < FLUSH_SECONDS)
        return false;
    *last = now;
    return true;
}

bool cache_line_find(struct cache_store *s, enum cache_line kind, str key,
                     str fields[CACHE_FIELDS_MAX])
{
    const str *line = map_find(&s->lines[kind], key);

    if (!line && is_time(&s->looked)) {
        cache_journal_read(s);
        line = map_find(&s->lines[kind], key);
    }
    return line && understand(*line, fields);
}

void cache_line_forget(struct cache_store *s, enum cache_line kind, str key)
{
    if (map_find(&s->lines[kind], key))
        map_put(&s->lines[kind], key, NULL);
}

void cache_line_print(enum cache_line kind, str key, str fields,
                      struct buf *out)
{
    size_t start = out->n;

    buf_printf(out, "%016d\t%c\t", 0, kinds[kind].letter);
    buf_put(out, fields);
    buf_putc(out, '\t');
    buf_put(out, key);
    str line = str_from(buf_str(out), start + CHECK_DIGITS + 1);
    print_check(line, out->p + start);
    buf_putc(out, '\n');
}

void cache_line_add(struct cache_store *s, enum cache_line kind, str key,
                    str fields)
{
    if (s->pending.n == 0)
        buf_putc(&s->pending, '\n');
    size_t start = s->pending.n;
    cache_line_print(kind, key, fields, &s->pending);
    str line = str_from(buf_str(&s->pending), start);
    line.n--;
    index_line(s, arena_dup(&s->arena, line));
}

static bool append(struct cache_store *s, str text)
{
    ssize_t n;

    do
        n = write(s->journal, text.p, text.n);
    while (n < 0 && errno == EINTR);
    if (n >= 0 && (size_t)n < text.n)
        errno = ENOSPC; /* the rest could come behind another's line */
    /* Nobody wrote between: these lines need not be read again. */
    if (n == (ssize_t)text.n &&
        lseek(s->journal, 0, SEEK_CUR) == (off_t)(s->seen + text.n))
        s->seen += text.n;
    return n == (ssize_t)text.n;
}

bool cache_flush(struct cache_store *s)
{
    if (s->pending.n == 0)
        return true;
    bool ok = open_to_write(s) && append(s, buf_str(&s->pending));
    int e = errno;
    buf_reset(&s->pending);
    errno = e;
    return ok;
}

bool cache_flush_soon(struct cache_store *s)
{
    if (s->pending.n < PENDING_MAX && !is_time(&s->flushed))
        return true;
    return cache_flush(s);
}

void cache_store_init(struct cache_store *s, str root)
{
    *s = (struct cache_store){ .root = root, .journal = -1, .writing = -1 };
    arena_init(&s->arena);
    for (int i = 0; i < LINE_KINDS; i++)
        map_init(&s->lines[i], &s->arena);
}

void cache_store_done(struct cache_store *s)
{
    cache_flush(s);
    for (size_t i = 0; i < s->n_packs; i++)
        close(s->packs[i].fd);
    if (s->writing >= 0)
        close(s->writing);
    if (s->journal >= 0)
        close(s->journal);
    buf_done(&s->pending);
    arena_done(&s->arena);
    cache_store_init(s, s->root);
}
