import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** One word for one thing also in Chinese and Thai, where readers of code would not notice: the word to avoid, and the one to use. */
const avoided: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "zh-TW": {
    ...{ 客人: "顧客", 分店: "門市", 店主: "老闆", 主管: "店長", 職務: "角色", 使用者名稱: "登入帳號" },
    付現金: "退現金",
  },
  th: {
    ...{ เกตเวย์: "ระบบชำระเงิน", ออเดอร์: "คำสั่งซื้อ", วอลเล็ต: "กระเป๋าเงิน" },
    ...{ บริษัทรับชำระ: "ผู้ให้บริการชำระเงิน", จ่ายเงินสด: "คืนเงินสด", ส่งของให้: "มอบสินค้าให้" },
  },
};

const papers = Object.keys(avoided).flatMap((locale) =>
  [`messages/${locale}.json`, ...globSync(`docs/**/*.${locale}.md`, { cwd: root })].map(
    (path) => [path, locale] as const,
  ),
);

test.each(papers)("%s says one word for one thing", (path, locale) => {
  const text = readFileSync(join(root, path), "utf8");
  const found = Object.entries(avoided[locale] ?? {}).filter(([word]) => text.includes(word));
  expect(found.map(([word, better]) => `${word}: say ${better}`)).toEqual([]);
});

test("a PIN is called the same on every Chinese screen and in every Chinese guide", () => {
  const chinese = papers.filter(([, locale]) => locale === "zh-TW").map(([path]) => path);
  const bare = chinese.filter((path) => /PIN(?! 碼)/.test(readFileSync(join(root, path), "utf8")));
  expect(bare).toEqual([]);
});
