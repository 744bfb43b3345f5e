// Names that no designer draws: very long, without a place to break, from right to left, and those that try to run.

const ATTEMPT = '<img src="https://canary.invalid/x.png" onerror="window.pwned = true">';
const LONG = "The Extraordinarily Long Name of a Company That Sells Handmade Wooden Furniture and Garden Houses in Three Countries";
const UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

const NAMES = [ATTEMPT, LONG, UNBROKEN, "مجموعة الشرق الأوسط للتسويق الرقمي والإعلام", "👩‍👩‍👧‍👦 🏳️‍🌈 Family & Friends™ ‮kcab", "a", "寿司レストラン東京本店公式アカウント渋谷支店"];
const FOREIGN = ["مخبز الحي القديم", "חנות הספרים של שרה", "رستوران باغ سبز تهران", "مكتبة ABC للأطفال"];

const named = (names, change) => (page) =>
  page.route(/\/insightiq\/profiles/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.data = body.data.map((record, place) => change(record, names[place % names.length]));
    await route.fulfill({ response: answer, json: body });
  });

/** Each profile of InsightIQ has a name that is hard to draw, and other texts to match. */
export const hostile = named(NAMES, (record, name) => ({
  ...record,
  full_name: name,
  platform_username: name.replaceAll(" ", "_"),
  introduction: `${name} ${ATTEMPT} ${LONG}`,
  category: LONG,
  country: UNBROKEN,
  url: "javascript:window.pwned=true",
  unknown_field: { [UNBROKEN]: name },
}));

/** Signs that turn the direction of writing, alone and with those that end another's stretch; many pictures; a line of one letter. */
const TURNING = ["\u202ekcab desrever", "\u2069\u202edne ylrae", "\u202eמגדל 2026 (שלום)", "👩‍👩‍👧‍👦🏳️‍🌈🤹🏽‍♀️".repeat(9), "a\u0301\u0302\u0303\u0304".repeat(12), "W".repeat(140)];

/** Each profile of InsightIQ has a name and a handle that would turn around or push away what stands beside them. */
export const turning = named(TURNING, (record, name) => ({
  ...record,
  full_name: name,
  platform_username: name,
  platform_account_type: "CREATOR",
  category: name,
  country: name,
  introduction: name,
  user: { ...record.user, name },
}));

/** Each profile of InsightIQ has a name that is written from right to left. */
export const foreign = named(FOREIGN, (record, name) => ({
  ...record,
  full_name: name,
  platform_username: name.split(" ")[0],
  introduction: `${name}. ${name}!`,
}));
