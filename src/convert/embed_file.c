/* SPDX-License-Identifier: MIT */
#include "convert/embed_match.h"

/* What an address is when its host is not in the table. */
static const struct {
    str ending;
    enum embed_kind kind;
} endings[] = {
    { STR_INIT(".mp4"), EMBED_KIND_VIDEO },
    { STR_INIT(".m4v"), EMBED_KIND_VIDEO },
    { STR_INIT(".webm"), EMBED_KIND_VIDEO },
    { STR_INIT(".ogv"), EMBED_KIND_VIDEO },
    { STR_INIT(".mov"), EMBED_KIND_VIDEO },
    { STR_INIT(".wmv"), EMBED_KIND_VIDEO },
    { STR_INIT(".avi"), EMBED_KIND_VIDEO },
    { STR_INIT(".m3u8"), EMBED_KIND_VIDEO },
    { STR_INIT(".mp3"), EMBED_KIND_AUDIO },
    { STR_INIT(".m4a"), EMBED_KIND_AUDIO },
    { STR_INIT(".ogg"), EMBED_KIND_AUDIO },
    { STR_INIT(".oga"), EMBED_KIND_AUDIO },
    { STR_INIT(".opus"), EMBED_KIND_AUDIO },
    { STR_INIT(".wav"), EMBED_KIND_AUDIO },
    { STR_INIT(".wma"), EMBED_KIND_AUDIO },
    { STR_INIT(".flac"), EMBED_KIND_AUDIO },
    { STR_INIT(".pdf"), EMBED_KIND_DOCUMENT },
    { STR_INIT(".docx"), EMBED_KIND_DOCUMENT },
    { STR_INIT(".pptx"), EMBED_KIND_SLIDES },
    { STR_INIT(".swf"), EMBED_KIND_FLASH },
    { STR_INIT(".flv"), EMBED_KIND_FLASH },
    { STR_INIT(".xap"), EMBED_KIND_FLASH },
    { STR_INIT(".svg"), EMBED_KIND_IMAGE },
    { STR_INIT(".png"), EMBED_KIND_IMAGE },
    { STR_INIT(".jpg"), EMBED_KIND_IMAGE },
    { STR_INIT(".jpeg"), EMBED_KIND_IMAGE },
    { STR_INIT(".gif"), EMBED_KIND_IMAGE },
    { STR_INIT(".webp"), EMBED_KIND_IMAGE },
};

/* By the beginning of a type attribute. */
static const struct {
    str type;
    enum embed_kind kind;
} types[] = {
    { STR_INIT("video/"), EMBED_KIND_VIDEO },
    { STR_INIT("audio/"), EMBED_KIND_AUDIO },
    { STR_INIT("image/"), EMBED_KIND_IMAGE },
    { STR_INIT("application/pdf"), EMBED_KIND_DOCUMENT },
    { STR_INIT("application/x-shockwave-flash"), EMBED_KIND_FLASH },
    { STR_INIT("application/x-silverlight"), EMBED_KIND_FLASH },
    { STR_INIT("application/x-mplayer2"), EMBED_KIND_VIDEO },
    { STR_INIT("application/x-oleobject"), EMBED_KIND_VIDEO },
    { STR_INIT("application/x-java-applet"), EMBED_KIND_FLASH },
};

enum embed_kind embed_kind_by_file(str url, str type)
{
    str path = url;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts_nocase(type, types[i].type))
            return types[i].kind;
    path = str_cut(&path, '#');
    path = str_cut(&path, '?');
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends_nocase(path, endings[i].ending))
            return endings[i].kind;
    return EMBED_KIND_PAGE;
}
