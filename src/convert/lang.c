/* SPDX-License-Identifier: MIT */
#include "convert/lang.h"

#include <uchar.h>

#include "base/utf8.h"

/* Characters of everyday Chinese that only one of its two orthographies uses,
 * in code point order. */
static const char16_t hans_only[] =
    u"专业东丢两严丧个丰临为丽举么义乌乐乔习乡书买乱争亏亚产亲亿仅从仓仪们"
    u"价众优会伟传伤伦体侠侦侧债倾偿储儿兑党兰关兴养兽内冈册写军农冯决况冻"
    u"净凉减凤凭凯击刘则刚创删别剑剧劝办务动励劳势勋区医华协单卖卢卫却厂厅"
    u"历厉压厌县双发变叙叶号叹吓吗启吴员呜响哑唤啰喷团园围国图圆圣场坏块坚"
    u"坛坝垒垦垫墙壮声壳处备复够头夹夺奋奖妆妇妈娱婴孙学宁宝实审宪宫宽宾对"
    u"寻导将尘尝层属屡岁岂岛币帅师帐带帮广庄庆库应庙废开异张弯弹强归当录彦"
    u"径忆忧怀态总恋恶恼悬惊惧惨惯愿戏战户执扩扫扬扰抚抛抢护报担拟拥择挂挡"
    u"挤挥捞损换掷摄摆摇撑数断无旧时显晓晕暂术机杀杂权条来杨极构枪柜标栏树"
    u"样档桥梦检楼欢欧残毕气汉汤沟没泪泽洁浅测济浏涛润涨渐温湾湿满滤灭灯灵"
    u"灾炉点烂烧热爱爷状独狮猫献玛环现电画畅疗疯痒盐监盖盘矫码础确碍礼祸离"
    u"种积称稳穷窃竞笔筑签简类粮紧纟红约级纪纯纳纷纸线练组细织终绍经结绕绘"
    u"给络绝统继绩续维综绿缓编缘缝缩网罗罚联聪肃肠肤胆脏脑脚脸舰艺节苏苹荐"
    u"药莲获营萧蓝虑虚虽蚂蛮补袭装见观规觅视览觉计订认讨让训议讯记讲许论设"
    u"访证评识诉诊词译试诗诚话诞询该详语误说请诸诺读课谁调谈谊谋谓谢谨谱贝"
    u"负贡财责败货质贫购贴贵贸费贺资赏赖赛赞赠赢赵赶跃踪车轨转轮软轻载较辅"
    u"辑输辞边达迁过运还这进远违连迟适选递逻遗邮邻郑酱释鉴针钟钢钱铁铃铜银"
    u"铺链销锁锅锋错锦键锻镇镜长门闪闭问闲间闻阅阔队阳阴阶际陆陈险随隐难静"
    u"韩韵页顶项顺须顾顿预领频颗题颜额风飞饭饮饱饼饿馆马驱驻驾骂验骑骗骤鱼"
    u"鲜鸟鸡鸣鸥鸭鸿鹅黄齐齿龙龟";

static const char16_t hant_only[] =
    u"丟亂亞來俠倉個們倫偉側偵備傳債傷傾僅價儀億償優儲兌兒內兩冊凍凱別刪則"
    u"剛創劇劉劍動務勝勞勢勳勵勸匯區協卻厭厲吳員問啞啟喚喪喬單嗎嗚嘆嘗噴嚇"
    u"嚴囉國圍園圓圖團執堅報場塊塵墊墾壇壓壘壞壩壯夠夢夾奪奮妝娛婦媽嬰孫學"
    u"宮實寧審寫寬寶將專尋對導屢層屬岡島嶺帥師帳帶幣幫庫廟廠廢廣廳張強彈彎"
    u"彥徑從復惡惱愛態慘慣慮慶憂憑憲憶應懷懸懼戀戰戲戶拋掃掛揚換揮損搖搶撈"
    u"撐撫擁擇擊擋擔據擠擬擲擴擺擾攝敗敘數斷時暈暢暫曉書會東條楊業極構槍樂"
    u"樓標樣樹橋機檔檢櫃欄權歐歡歲歷歸殘殺殼氣決沒況涼淚淨淺減測湯溝溫滅滿"
    u"漢漲漸潔潤澤濕濟濤濾瀏灣災為烏無熱燈燒營爐爛爭爺爾牆狀獅獎獨獲獸獻現"
    u"瑪環產畢畫異當瘋療癢發監盤盧眾矯確碼礎礙禍禮種稱積穩窮竊競筆節範築簡"
    u"簽糧糹紀約紅納純紙級紛細紹終組結絕絡給統經綜綠維網緊線緣編緩練縣縫縮"
    u"總績織繞繪繼續罰罵羅義習聖聞聯聰聲肅腦腳腸膚膽臉臟臨與興舉舊艦莊華萬"
    u"葉蓋蓮蕭薦藍藝藥蘇蘋蘭處虛號虧螞蠻術衛補裝襲見規覓視親覺覽觀訂計訊討"
    u"訓記訪設許訴診評詞詢試詩話該詳認誕語誠誤說誰課誼調談請論諸諾謀謂講謝"
    u"謹證識譜譯議護讀變讓豈豐貓貝負財貢貧貨責貴買費貼貿賀資賓賞賣質賴購賽"
    u"贈贊贏趕趙蹤躍車軌軍軟較載輔輕輪輯輸轉辦辭農這連進運過達違遞遠適遲遷"
    u"選遺還邊邏郵鄉鄭鄰醫醬釋針鈴銀銅銷鋒鋪鋼錄錢錦錯鍋鍛鍵鎖鎮鏈鏡鐘鐵鑒"
    u"長門閃閉開間閱闊關陰陳陸陽隊階際隨險隱雖雙雜雞離難電靈靜韓韻響頁頂項"
    u"順須預頓領頭頻顆題額顏願類顧顯風飛飯飲飽餅養餓館馬馮駐駕騎騙驅驗驚驟"
    u"體魚鮮鳥鳳鳴鴨鴻鵝鷗鹽麗麼黃點黨齊齒龍龜";

static bool is_among(uint32_t c, const char16_t *set, size_t n)
{
    size_t lo = 0, hi = n;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (set[mid] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && set[lo] == c;
}

#define IS_AMONG(c, set) is_among(c, set, sizeof(set) / sizeof *(set)-1)

static bool is_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_hangul(uint32_t c)
{
    return (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0x1100 && c <= 0x11FF) ||
           (c >= 0x3130 && c <= 0x318F) || (c >= 0xA960 && c <= 0xA97F);
}

static bool is_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) ||
           (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xFF66 && c <= 0xFF9D);
}

static bool is_latin(uint32_t c)
{
    return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
           (c >= 0x1E00 && c <= 0x1EFF);
}

/* Letters of the scripts that no language here uses, roughly: what is neither
 * a symbol, a picture nor a mark of punctuation. */
static bool is_other_letter(uint32_t c)
{
    return (c >= 0x250 && c <= 0x10FF && !(c >= 0x2B0 && c <= 0x36F)) ||
           (c >= 0x1200 && c <= 0x1DFF) || (c >= 0x1F00 && c <= 0x1FFF) ||
           (c >= 0x2C00 && c <= 0x2DFF) || (c >= 0x10000 && c <= 0x1CFFF);
}

/* Letters that run from right to left. */
static void count_from_right(struct lang_count *n, uint32_t c)
{
    static const char16_t persian[] = u"پچژکگی", urdu[] = u"ٹڈڑںہے";

    n->hebrew += c >= 0x5D0 && c <= 0x5EA;
    n->arabic += c >= 0x620 && c <= 0x6D3;
    n->persian += IS_AMONG(c, persian);
    n->urdu += IS_AMONG(c, urdu);
}

static void count_wide(struct lang_count *n, uint32_t c)
{
    if (is_hangul(c)) {
        n->hangul++;
    } else if (is_han(c)) {
        n->han++;
        n->hans += IS_AMONG(c, hans_only);
        n->hant += IS_AMONG(c, hant_only);
    } else if (is_kana(c)) {
        n->kana++;
    } else if (is_latin(c)) {
        n->latin++;
    } else if (is_other_letter(c)) {
        n->other++;
        count_from_right(n, c);
    } else {
        return;
    }
    n->letters++;
}

/* In line, because it runs over every byte of a book. */
static bool is_letter(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool is_english(str word)
{
    static const str words[] = {
        STR_INIT("the"),  STR_INIT("and"),  STR_INIT("of"),   STR_INIT("that"),
        STR_INIT("with"), STR_INIT("this"), STR_INIT("you"),  STR_INIT("from"),
        STR_INIT("have"), STR_INIT("they"), STR_INIT("your"), STR_INIT("which"),
        STR_INIT("what"), STR_INIT("it"),   STR_INIT("is"),
    };

    if (word.n < 2 || word.n > 5)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.n == words[i].n && str_eq_nocase(word, words[i]))
            return true;
    return false;
}

/* The end of the ASCII word at I. */
static size_t word_end(str text, size_t i)
{
    while (i < text.n && is_letter(text.p[i]))
        i++;
    return i;
}

void lang_add(struct lang_count *n, str text)
{
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.p[i];

        if (c >= 0x80) {
            count_wide(n, utf8_next(text, &i));
        } else if (is_letter((char)c)) {
            size_t end = word_end(text, i);

            n->words++;
            n->english += is_english(str_sub(text, i, end - i));
            n->latin += (uint32_t)(end - i);
            n->letters += (uint32_t)(end - i);
            i = end;
        } else {
            i++;
        }
    }
}

static enum lang guess_han(const struct lang_count *n)
{
    if (n->hans == n->hant)
        return LANG_OTHER;
    return n->hans > n->hant ? LANG_ZH_HANS : LANG_ZH_HANT;
}

/* Posts about programming are half Latin whatever their language, and a
 * syllable or an ideograph says as much as three Latin letters: so a fifth
 * of the letters decides. */
enum lang lang_guess(const struct lang_count *n)
{
    uint64_t east = (uint64_t)n->hangul + n->kana + n->han;

    if (east > 0 && east * 5 >= n->letters) {
        if (n->hangul > n->kana && (uint64_t)n->hangul * 2 >= n->han)
            return LANG_KO;
        /* Chinese texts name a Japanese thing now and then. */
        if (n->kana > 0 && (uint64_t)n->kana * 20 >= n->han)
            return LANG_JA;
        return guess_han(n);
    }
    if (n->latin > n->other && n->english >= 2 &&
        (uint64_t)n->english * 20 >= n->words)
        return LANG_EN;
    return LANG_OTHER;
}

str lang_guess_tag(const struct lang_count *n)
{
    enum lang lang = lang_guess(n);
    uint64_t most = n->hebrew > n->arabic ? n->hebrew : n->arabic;

    if (lang != LANG_OTHER || most == 0 || most * 3 < n->letters)
        return lang_tag(lang);
    if (n->hebrew == most)
        return S("he");
    /* Urdu has the letters of Persian, too. */
    if ((uint64_t)n->urdu * 50 >= n->arabic)
        return S("ur");
    return (uint64_t)n->persian * 50 >= n->arabic ? S("fa") : S("ar");
}
