/* SPDX-License-Identifier: MIT */
#include "base/ranges.h"

bool ranges_hold(const struct range *ranges, size_t n, uint32_t c)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c > ranges[mid].to)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && c >= ranges[low].from;
}
