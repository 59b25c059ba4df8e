/* SPDX-License-Identifier: MIT */
#include "convert/embed.h"

#include "base/path.h"
#include "convert/embed_card.h"
#include "convert/embed_match.h"
#include "convert/link.h"
#include "convert/url.h"

struct judge {
    const struct soup *e;
    const struct post *post;
    enum lang lang;
    struct arena *a;
    struct diag *dg;
    struct node **out;
};

/* Clean, or as it is when it is relative to the blog, or empty. */
static str address(str written, struct arena *a)
{
    str url;

    switch (url_clean(written, S(""), a, &url)) {
    case URL_WEB:
        return url;
    case URL_RELATIVE:
        return str_trim(written);
    default:
        return S("");
    }
}

static str attr(const struct soup *e, const char *name)
{
    return str_trim(soup_attr(e, str_of(name)));
}

/* Pages that load their players late keep the address elsewhere. */
static str source_of(const struct judge *j, const struct soup *e)
{
    static const char *const names[] = { "src", "data-src", "data-lazy-src",
                                         "data-original", "data" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str url = address(attr(e, names[i]), j->a);

        if (url.n > 0)
            return url;
    }
    return S("");
}

/* Titles that players give themselves say nothing of the film. */
static str title_of(const struct soup *e, str host)
{
    static const str empty[] = {
        STR_INIT("YouTube video player"),
        STR_INIT("YouTube player"),
        STR_INIT("video player"),
        STR_INIT("Embedded content"),
        STR_INIT("iframe"),
        STR_INIT("video"),
        STR_INIT("vimeo-player"),
        STR_INIT("flashPlayer"),
    };
    str title = attr(e, "title");

    return STR_IS_AMONG_NOCASE(title, empty) || str_eq_nocase(title, host)
               ? S("")
               : title;
}

static enum embed_verdict drop(const struct judge *j, const char *what)
{
    diag_add(j->dg, DIAG_MARKUP_DROPPED, j->post->path, j->e->line,
             "dropped %s", what);
    return EMBED_DROP;
}

static enum embed_verdict drop_ad(const struct judge *j, str host)
{
    diag_add(j->dg, DIAG_AD_DROPPED, j->post->path, j->e->line,
             "dropped an advertisement or counter of %.*s", STR_ARG(host));
    return EMBED_DROP;
}

static enum embed_verdict make_link(const struct judge *j, const struct card *c)
{
    struct node *link = node_new(j->a, TAG_A, j->e->line);

    node_set(link, j->a, ATTR_HREF, c->link);
    node_append(
        link, node_text(j->a, c->title.n > 0 ? c->title : c->link, j->e->line));
    *j->out = link;
    return EMBED_LINK;
}

static enum embed_verdict make_image(const struct judge *j,
                                     const struct card *c)
{
    struct node *img = node_new(j->a, TAG_IMG, j->e->line);

    node_set(img, j->a, ATTR_DATA_SRC, c->link);
    node_set(img, j->a, ATTR_ALT, c->title);
    *j->out = img;
    return EMBED_IMAGE;
}

static enum embed_verdict make(const struct judge *j, struct card *c)
{
    c->line = j->e->line;
    switch (c->kind) {
    case EMBED_KIND_AD:
        return drop_ad(j, c->host);
    case EMBED_KIND_SCRIPT:
        return drop(j, "a script");
    case EMBED_KIND_AFFILIATE:
        return make_link(j, c);
    case EMBED_KIND_IMAGE:
        return make_image(j, c);
    default:
        *j->out = card_new(c, j->lang, j->a);
        return EMBED_CARD;
    }
}

/* A card of what plays URL; DEFAULT where the table and the name say
 * nothing. */
static struct card describe(const struct judge *j, str url,
                            enum embed_kind otherwise)
{
    struct embed_match m;
    struct card c = { .kind = otherwise };

    if (embed_match(url, j->a, &m))
        c.kind = m.kind;
    else if (otherwise == EMBED_KIND_PAGE)
        c.kind = embed_kind_by_file(url, attr(j->e, "type"));
    c.link = m.link;
    c.host = m.name;
    c.player = link_clean_url(url, S(""), j->a);
    c.thumbnail = m.thumbnail;
    c.title = title_of(j->e, m.name);
    return c;
}

/* The value of NAME in a query, decoded. */
static str decode_value(str query, str name, struct arena *a)
{
    while (query.n > 0) {
        str value = str_cut(&query, '&'), key = str_cut(&value, '=');

        if (str_eq(key, name))
            return path_percent_decode(a, value);
    }
    return S("");
}

static enum embed_verdict judge_frame(struct judge *j)
{
    str url = source_of(j, j->e), map = attr(j->e, "mapdata");
    struct card c;

    if (url.n == 0)
        return drop(j, "a frame without an address");
    /* Daum's blog editor: the place is in an attribute, not in the address. */
    if (map.n > 0)
        url = arena_printf(j->a, "%.*s&%.*s", STR_ARG(url), STR_ARG(map));
    c = describe(j, url, EMBED_KIND_PAGE);
    if (map.n > 0) {
        c.title = decode_value(map, S("addr"), j->a);
        c.player = S("");
    }
    return make(j, &c);
}

static enum embed_verdict judge_embed(struct judge *j)
{
    str url = source_of(j, j->e);

    if (url.n == 0)
        return drop(j, "a plug-in without an address");
    struct card c = describe(j, url, EMBED_KIND_PAGE);
    return make(j, &c);
}

static bool is_film_param(const struct soup *e)
{
    static const str names[] = { STR_INIT("movie"), STR_INIT("src"),
                                 STR_INIT("source"), STR_INIT("url"),
                                 STR_INIT("FileName") };
    str name = attr(e, "name");

    if (e->tag != SOUP_PARAM)
        return false;
    return STR_IS_AMONG_NOCASE(name, names);
}

/* What an object holds beside its film. */
struct inside {
    bool embed, param, text, media;
    str film;  /* address of the first film */
    str known; /* of the first that the table knows */
};

static void note_film(const struct judge *j, struct inside *in, str url)
{
    struct embed_match m;

    if (url.n == 0)
        return;
    if (in->film.n == 0)
        in->film = url;
    if (in->known.n == 0 && embed_match(url, j->a, &m))
        in->known = url;
}

static struct inside look_inside(const struct judge *j, const struct soup *o)
{
    struct inside in = { 0 };

    note_film(j, &in, source_of(j, o));
    for (const struct soup *e = o->first; e;
         e = e->tag == SOUP_IFRAME ? soup_skip(e, o) : soup_next(e, o)) {
        if (e->tag == SOUP_TEXT) {
            in.text |= !str_is_blank(e->text);
        } else if (e->tag == SOUP_EMBED) {
            in.embed = true;
            note_film(j, &in, source_of(j, e));
        } else if (is_film_param(e)) {
            in.param = true;
            note_film(j, &in, address(attr(e, "value"), j->a));
        } else if (e->tag == SOUP_IMG || e->tag == SOUP_IFRAME ||
                   e->tag == SOUP_VIDEO || e->tag == SOUP_AUDIO) {
            in.media = true;
        }
    }
    return in;
}

/* An object with more in it than its film (often one that was never closed)
 * is cleaned as any element; its embed or its param then is the card. */
static enum embed_verdict judge_object(struct judge *j)
{
    struct inside in = look_inside(j, j->e);
    bool more = in.text || in.media;
    struct card c;

    if (in.film.n == 0 || (more && (in.embed || in.param || in.media)))
        return EMBED_NOT;
    c = describe(j, in.known.n > 0 ? in.known : in.film, EMBED_KIND_PAGE);
    if (c.kind == EMBED_KIND_PAGE && (in.embed || in.param))
        c.kind = EMBED_KIND_FLASH;
    if (more)
        c.words = j->e;
    return make(j, &c);
}

static enum embed_verdict judge_param(struct judge *j)
{
    const struct soup *object = j->e->parent;
    struct inside in;
    str url = address(attr(j->e, "value"), j->a);

    if (!object || object->tag != SOUP_OBJECT || url.n == 0 ||
        !is_film_param(j->e))
        return EMBED_DROP;
    for (const struct soup *e = j->e->prev; e; e = e->prev)
        if (is_film_param(e))
            return EMBED_DROP;
    in = look_inside(j, object);
    if (in.embed)
        return EMBED_DROP;
    struct card c = describe(j, url, EMBED_KIND_PAGE);
    if (c.kind == EMBED_KIND_PAGE)
        c.kind = EMBED_KIND_FLASH;
    return make(j, &c);
}

static enum embed_verdict judge_media(struct judge *j)
{
    str url = source_of(j, j->e), poster = attr(j->e, "poster");
    struct card c;

    for (const struct soup *e = j->e->first; e && url.n == 0;
         e = soup_next(e, j->e))
        if (e->tag == SOUP_SOURCE)
            url = source_of(j, e);
    if (url.n == 0)
        return EMBED_NOT;
    c = describe(j, url,
                 j->e->tag == SOUP_AUDIO ? EMBED_KIND_AUDIO : EMBED_KIND_VIDEO);
    if (c.kind == EMBED_KIND_IMAGE || c.kind == EMBED_KIND_SCRIPT)
        c.kind = EMBED_KIND_VIDEO;
    if (poster.n > 0)
        c.thumbnail = link_clean_url(poster, S(""), j->a);
    /* One that was never closed has the rest of the post in it. */
    if (!j->e->closed)
        c.words = j->e;
    return make(j, &c);
}

static enum embed_verdict judge_inline_script(struct judge *j)
{
    static const str ads[] = {
        STR_INIT("adsbygoogle"),
        STR_INIT("googletag"),
        STR_INIT("google_ad_"),
        STR_INIT("GoogleAnalyticsObject"),
        STR_INIT("_gaq"),
        STR_INIT("gtag("),
        STR_INIT("PartnersCoupang"),
    };

    for (const struct soup *t = j->e->first; t; t = t->next)
        for (size_t i = 0; i < sizeof ads / sizeof *ads; i++)
            if (str_find(t->text, ads[i]) != STR_NONE)
                return drop_ad(j, ads[i]);
    return drop(j, "a script");
}

static enum embed_verdict judge_script(struct judge *j)
{
    str url = source_of(j, j->e), id = attr(j->e, "data-id");
    struct embed_match m;

    if (url.n == 0)
        return judge_inline_script(j);
    if (id.n > 0 && str_has_word(attr(j->e, "class"), S("speakerdeck-embed")))
        url = arena_printf(j->a, "https://speakerdeck.com/player/%.*s",
                           STR_ARG(id));
    /* Most scripts of a known host only serve what else is on the page. */
    if (!embed_match(url, j->a, &m) || (!m.derived && m.kind != EMBED_KIND_AD))
        return drop(j, "a script");
    struct card c = describe(j, url, EMBED_KIND_PAGE);
    return make(j, &c);
}

/* Elements that a script would have turned into a post of a network: their
 * class and where the post's address is ("": in a link). */
static const struct {
    str class_name, attribute;
} quotes[] = {
    { STR_INIT("twitter-tweet"), STR_INIT("") },
    { STR_INIT("twitter-video"), STR_INIT("") },
    { STR_INIT("instagram-media"), STR_INIT("data-instgrm-permalink") },
    { STR_INIT("tiktok-embed"), STR_INIT("cite") },
    { STR_INIT("text-post-media"), STR_INIT("data-text-post-permalink") },
    { STR_INIT("bluesky-embed"), STR_INIT("") },
    { STR_INIT("reddit-card"), STR_INIT("") },
    { STR_INIT("reddit-embed-bq"), STR_INIT("") },
    { STR_INIT("fb-post"), STR_INIT("data-href") },
    { STR_INIT("fb-video"), STR_INIT("data-href") },
};

/* The last link to a post in E: those in front of it are of the text. */
static str find_post_link(const struct judge *j)
{
    struct embed_match m;
    str found = S("");

    for (const struct soup *e = j->e->first; e; e = soup_next(e, j->e)) {
        str url;

        if (e->tag != SOUP_A)
            continue;
        url = link_clean_url(attr(e, "href"), S(""), j->a);
        if (url.n > 0 && embed_match(url, j->a, &m) &&
            m.kind == EMBED_KIND_POST)
            found = url;
    }
    return found;
}

static enum embed_verdict judge_quote(struct judge *j)
{
    size_t n = sizeof quotes / sizeof *quotes, i = 0;
    str url = S("");

    if (soup_attr(j->e, S("class")).n == 0)
        return EMBED_NOT;
    while (i < n && !str_has_word(attr(j->e, "class"), quotes[i].class_name))
        i++;
    if (i == n)
        return EMBED_NOT;
    if (quotes[i].attribute.n > 0)
        url = link_clean_url(soup_attr(j->e, quotes[i].attribute), S(""), j->a);
    if (url.n == 0)
        url = find_post_link(j);
    if (url.n == 0)
        return EMBED_NOT;
    struct card c = describe(j, url, EMBED_KIND_POST);
    c.words = j->e;
    c.quoted = true;
    return make(j, &c);
}

static enum embed_verdict judge_ins(struct judge *j)
{
    return str_has_word(attr(j->e, "class"), S("adsbygoogle"))
               ? drop_ad(j, S("adsbygoogle"))
               : EMBED_NOT;
}

enum embed_verdict embed_judge(const struct soup *e, const struct post *post,
                               enum lang lang, struct arena *a, struct diag *dg,
                               struct node **out)
{
    static const struct {
        enum soup_tag tag;
        enum embed_verdict (*judge)(struct judge *);
    } judges[] = {
        { SOUP_IFRAME, judge_frame },     { SOUP_FRAME, judge_frame },
        { SOUP_SCRIPT, judge_script },    { SOUP_EMBED, judge_embed },
        { SOUP_OBJECT, judge_object },    { SOUP_APPLET, judge_object },
        { SOUP_PARAM, judge_param },      { SOUP_VIDEO, judge_media },
        { SOUP_AUDIO, judge_media },      { SOUP_BGSOUND, judge_embed },
        { SOUP_BLOCKQUOTE, judge_quote }, { SOUP_DIV, judge_quote },
        { SOUP_INS, judge_ins },
    };
    struct judge j = { e, post, lang, a, dg, out };

    *out = NULL;
    for (size_t i = 0; i < sizeof judges / sizeof *judges; i++)
        if (e->tag == judges[i].tag)
            return judges[i].judge(&j);
    return EMBED_NOT;
}
