/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_value.h"

bool value_is_address(str s)
{
    return str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

bool value_is_picture(str s)
{
    static const str ends[] = {
        STR_INIT(".png"),  STR_INIT(".jpg"),  STR_INIT(".jpeg"),
        STR_INIT(".gif"),  STR_INIT(".webp"), STR_INIT(".svg"),
        STR_INIT(".avif"),
    };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends_nocase(s, ends[i]))
            return true;
    return false;
}
