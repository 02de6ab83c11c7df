/* charset_texts.h - paragraphs written for spec/bench/charset.c and the test of the
** guess: everyday matters, in languages whose pages come in legacy charsets. */
#define CHINESE \
  "去年秋天车站旁边开了一家小面包店。天还没亮，香味就飘满整条街，赶着上班的人都要停下来看一眼。店主四十岁，从前在工厂修机器。" \
  "他说每天三点起床揉面很辛苦，可是看见客人的笑脸就忘了累。星期天店里还卖咖啡，附近的孩子放学后常来买一个甜的。下雨天客人少，他就想新花样。" \
  "山上的村子冬天雪很深，路常常不通，邻居们一起扫屋顶，轮流去看望老人。春天河水涨起来，大家忙着翻地。节日的晚上广场点起灯，鼓声传得很远。"
#define CHINESE_TRADITIONAL \
  "去年秋天車站旁邊開了一家小麵包店。天還沒亮，香味就飄滿整條街，趕著上班的人都要停下來看一眼。店主四十歲，從前在工廠修機器。" \
  "他說每天三點起床揉麵很辛苦，可是看見客人的笑臉就忘了累。星期天店裡還賣咖啡，附近的孩子放學後常來買一個甜的。下雨天客人少，他就想新花樣。" \
  "山上的村子冬天雪很深，路常常不通，鄰居們一起掃屋頂，輪流去看望老人。春天河水漲起來，大家忙著翻地。節日的晚上廣場點起燈，鼓聲傳得很遠。"
#define JAPANESE \
  "去年の秋、駅の近くに小さなパン屋ができました。朝早くから焼きたての匂いが通りに広がり、会社へ行く人が足を止めます。" \
  "店を始めたのは四十歳の男性で、以前は工場で機械の修理をしていたそうです。毎日三時に起きて粉をこねるのは大変ですが、" \
  "お客さんの笑顔を見ると疲れを忘れると話していました。日曜日にはコーヒーも出しています。近所の子どもたちはメロンパンが好きで、" \
  "学校の帰りに寄っていきます。雨の日は客が少ないので、新しい商品を考える時間にあてています。来月からはインターネットでも注文を受ける予定です。" \
  "冬になると山の上の村では雪が二メートルも積もり、道路が通れなくなることがあります。村の人は協力して屋根の雪を下ろし、お年寄りの家を順番に回ります。" \
  "春が来ると川の水が増え、畑の準備が始まります。祭りの夜には広場に明かりがともり、太鼓の音が遠くまで聞こえます。"
#define KOREAN \
  "지난 가을에 역 근처에 작은 빵집이 생겼습니다. 아침 일찍부터 갓 구운 빵 냄새가 골목에 퍼져서 출근하는 사람들이 걸음을 멈춥니다. " \
  "가게를 연 사람은 마흔 살의 남자인데 예전에는 공장에서 기계를 고쳤다고 합니다. 매일 새벽 세 시에 일어나 반죽을 하는 것은 힘들지만 " \
  "손님들의 웃는 얼굴을 보면 피곤함을 잊는다고 말했습니다. 일요일에는 커피도 팝니다. 동네 아이들은 단팥빵을 좋아해서 학교에서 돌아오는 길에 들릅니다. " \
  "비가 오는 날에는 손님이 적어서 새로운 메뉴를 생각합니다. 다음 달부터는 인터넷으로도 주문을 받을 계획입니다. " \
  "겨울이 되면 산 위의 마을에는 눈이 많이 쌓여 길이 막힐 때가 있습니다. 사람들은 서로 도와 지붕의 눈을 치우고 노인들의 집을 차례로 찾아갑니다."
#define FRENCH                                                                                                     \
  "L'été dernier, ma sœur a acheté une vieille maison près de la rivière. Le toit était abîmé et les "    \
  "fenêtres ne fermaient plus, "                                                                                  \
  "mais le jardin était plein de pommiers. À la fin de l'année, après six mois de travaux, la cuisine fut "    \
  "enfin terminée. "                                                                                              \
  "Les voisins sont venus fêter ça avec du pain, du fromage et une bouteille de rosé. Où qu'on regarde, on "   \
  "voit des collines boisées; "                                                                                   \
  "le château, lui, se cache derrière une forêt de chênes. Chaque matin, le facteur s'arrête, boit un café " \
  "et raconte les nouvelles du village."
#define GERMAN                                                                                                        \
  "Im Frühjahr öffnet der alte Bahnhof wieder seine Türen. Früher fuhren täglich zwölf Züge über die "        \
  "Brücke, heute gehört das Gebäude einer Gruppe "                                                                 \
  "junger Bäcker. Sie haben die Wände weiß gestrichen, größere Öfen gekauft und verkaufen süße Brötchen an " \
  "die Schüler. Natürlich müssen sie für "                                                                        \
  "die Wärme selbst sorgen: das Dach lässt noch Kälte herein. Am schönsten ist es abends, wenn die Straße "      \
  "ruhig wird und draußen die Kühe muhen."
#define SPANISH                                                                                                    \
  "El año pasado plantamos un árbol pequeño detrás de la escuela. Los niños lo regaban cada mañana y le "    \
  "pusieron un nombre: señor Limón. "                                                                            \
  "¿Quién diría que crecería tanto? Ahora da sombra a todo el jardín, y según la maestra habrá flores en "  \
  "marzo. También construimos un banco "                                                                          \
  "de madera; allí se sientan los jóvenes después de comer. El próximo otoño iremos a la montaña a recoger " \
  "más semillas."
#define POLISH                                                                                                     \
  "W zeszłym roku na wsi otworzyliśmy małą bibliotekę. Książki przyniosły dzieci, a półki zrobił mój " \
  "dziadek, który kiedyś był stolarzem. "                                                                       \
  "Najwięcej gości przychodzi w sobotę, gdy pada śnieg i nie można pracować w ogrodzie. Pani Zofia piecze "  \
  "ciasto, chłopcy grają w szachy, "                                                                             \
  "a ktoś zawsze czyta głośno wiersze. Później wszyscy idą nad rzekę, żeby zobaczyć, czy lód jest już " \
  "gruby. Mówią, że będzie ciężka zima."
#define CZECH                                                                                                           \
  "Na konci léta jsme jeli vlakem do hor. Cesta trvala čtyři hodiny, protože na trati opravovali most. "            \
  "Večer jsme přišli k chalupě, kde už hořel oheň "                                                              \
  "a voněla houbová polévka. Ráno svítilo slunce, děti běžely k potoku a hledaly v něm barevné kameny. Můj " \
  "bratr říkal, že příště přijede i s přáteli. "                                                              \
  "Když začalo pršet, hráli jsme karty a poslouchali staré příběhy o městě, které prý leží pod jezerem."
#define TURKISH                                                                                                              \
  "Geçen yıl köyün yanındaki eski değirmeni onardık. Taşları değiştirdik, çatıyı yeniden yaptık ve küçük " \
  "bir bahçe düzenledik. Şimdi çocuklar okuldan sonra "                                                                  \
  "buraya geliyor, ağaçların altında oturup kitap okuyor. Büyükannem her sabah ekmek pişiriyor; kokusu "              \
  "bütün sokağa yayılıyor. Kışın kar yağdığında yollar "                                                         \
  "kapanıyor ama kimse üzülmüyor, çünkü komşular birbirine yardım ediyor."
#define RUSSIAN                                                                                                                                                                                    \
  "Прошлой осенью возле станции открылась маленькая пекарня. С раннего утра по улице идёт запах свежего "     \
  "хлеба, и люди, которые спешат на работу, "                                                                                                                       \
  "останавливаются у окна. Хозяину сорок лет, раньше он чинил станки на заводе. Вставать в три часа ночи "       \
  "трудно, но, говорит он, усталость проходит, "                                                                                                                 \
  "когда видишь, как улыбаются покупатели. По воскресеньям здесь варят кофе. Зимой дорогу в горную деревню " \
  "часто заносит снегом, и жители вместе чистят крыши."
#define GREEK                                                                                                                                                                                \
  "Το περασμένο φθινόπωρο άνοιξε κοντά στον σταθμό ένας μικρός φούρνος. Από νωρίς το πρωί η μυρωδιά του " \
  "ζεστού ψωμιού απλώνεται στον δρόμο και οι άνθρωποι "                                                                                           \
  "σταματούν για λίγο πριν πάνε στη δουλειά. Ο ιδιοκτήτης είναι σαράντα χρονών και παλιά επισκεύαζε "       \
  "μηχανές σε εργοστάσιο. Την Κυριακή φτιάχνει και καφέ, "                                                                                       \
  "ενώ τα παιδιά της γειτονιάς περνούν μετά το σχολείο για κουλούρια."

static const struct { const char *label, *converter, *text; } charset_texts[] = {
    {"japanese shift_jis", "windows-31j", JAPANESE}, {"japanese euc-jp", "euc-jp", JAPANESE},
    {"korean euc-kr", "windows-949", KOREAN},        {"french windows-1252", "windows-1252", FRENCH},
    {"german windows-1252", "windows-1252", GERMAN}, {"spanish windows-1252", "windows-1252", SPANISH},
    {"polish windows-1250", "windows-1250", POLISH}, {"czech windows-1250", "windows-1250", CZECH},
    {"turkish windows-1254", "windows-1254", TURKISH}, {"russian windows-1251", "windows-1251", RUSSIAN},
    {"russian koi8-r", "koi8-r", RUSSIAN},           {"greek windows-1253", "windows-1253", GREEK}};
