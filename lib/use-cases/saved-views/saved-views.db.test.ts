import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { savedView } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { listChoices } from "../list-choices.ts";
import { dropView, renameView } from "./change-view.ts";
import { listViews } from "./list-views.ts";
import { saveView } from "./save-view.ts";

const here = freshDatabase();
const ctx = () => makeContext(here.database);
let cashier: CurrentStaff;
let colleague: CurrentStaff;
let account = "";
beforeEach(async () => {
  const shop = await makeShop(here.database);
  account = shop.account.slug;
  cashier = staffWith(await makeStaff(here.database, shop.shop.id, "cashier"), shop);
  colleague = staffWith(await makeStaff(here.database, shop.shop.id, "cashier"), shop);
});

const save = (name: string, list: string, by = cashier) => saveView(ctx(), by, { name, list });
const views = async (by = cashier) => listViews(ctx(), by, await listChoices(ctx(), by));
async function idOf(name: string, by = cashier) {
  return (await views(by)).find((view) => view.name === name)?.id ?? "";
}
const kept = { ok: true, value: null };
const refused = (why: string) => ({ ok: false, refusal: { why } });

describe("a saved view", () => {
  test("is its owner's alone: colleagues neither see it, nor rename it, nor drop it", async () => {
    expect(await save("未付款", "state=waiting")).toEqual(kept);
    const id = await idOf("未付款");
    expect(await views(colleague)).toEqual([]);
    expect(await renameView(ctx(), colleague, { id, name: "x" })).toEqual(refused("gone"));
    expect(await dropView(ctx(), colleague, { id })).toEqual(refused("gone"));
    expect(await views()).toMatchObject([{ id, name: "未付款", list: "state=waiting", unfit: [] }]);
    expect(await save("未付款", "state=paid", colleague)).toEqual(kept);
  });

  test("pressed twice it is kept once; the same name for another filter is refused and changes nothing", async () => {
    const presses = await Promise.all([save("late", "from=22:00"), save("late", "from=22:00")]);
    expect(presses).toEqual([kept, kept]);
    expect(await save("late", "from=23:00")).toEqual(refused("nameTaken"));
    expect(await views()).toMatchObject([{ name: "late", list: "from=22%3A00" }]);
  });

  test("gets another name, once or twice pressed, but none that another of hers has", async () => {
    await save("a", "state=paid");
    await save("b", "state=waiting");
    const id = await idOf("a");
    expect(await renameView(ctx(), cashier, { id, name: "b" })).toEqual(refused("nameTaken"));
    for (let press = 0; press < 2; press += 1)
      expect(await renameView(ctx(), cashier, { id, name: "c" })).toEqual(kept);
    expect((await views()).map(({ name }) => name)).toEqual(["b", "c"]);
  });

  test("dropped it is gone, and says so to whoever presses again or renames it in another tab", async () => {
    await save("a", "state=paid");
    const id = await idOf("a");
    expect(await dropView(ctx(), cashier, { id })).toEqual(kept);
    expect(await dropView(ctx(), cashier, { id })).toEqual(refused("gone"));
    expect(await renameView(ctx(), cashier, { id, name: "b" })).toEqual(refused("gone"));
    expect(await views()).toEqual([]);
  });

  test("the twentieth is kept and the next one is not, also when many tabs save at once", async () => {
    const names = Array.from({ length: limits.viewsMax + 5 }, (_, no) => `view ${no}`);
    const answers = await Promise.all(names.map((name) => save(name, "state=paid")));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(limits.viewsMax);
    expect(answers).toContainEqual(refused("tooMany"));
    expect(await views()).toHaveLength(limits.viewsMax);
    expect(await save("her own", "state=paid", colleague)).toEqual(kept);
  });

  test("of a list that cannot be read, or of another store's account, nothing is kept", async () => {
    const other = await makeShop(here.database);
    expect(await save("a", `account=${other.account.slug}`)).toEqual(refused("unreadable"));
    expect(await save("a", "amount=1e3")).toEqual(refused("unreadable"));
    expect(await save("a", "")).toEqual(refused("nothingNarrowed"));
    expect(await save("a", `account=${account}`)).toEqual(kept);
    expect(await views()).toHaveLength(1);
  });

  test("whose account is not hers any more names the field; back at the store it fits again", async () => {
    await save("a", `account=${account}&state=paid`);
    const moved = { ...cashier, storeIds: [] };
    expect(await views(moved)).toMatchObject([{ unfit: ["account"], kept: { state: "paid" } }]);
    expect(await views()).toMatchObject([{ unfit: [] }]);
  });

  test("of today follows the store's day", async () => {
    const { today, yesterday } = await listChoices(ctx(), cashier);
    await save("a", `day=${yesterday}&dayTo=${today}`);
    const [row] = await here.database.db
      .select()
      .from(savedView)
      .where(eq(savedView.staffId, cashier.staffId));
    expect(row?.query).toBe("day=yesterday&dayTo=today");
    expect(await views()).toMatchObject([{ list: `day=${yesterday}&dayTo=${today}` }]);
  });

  test("the books themselves take no empty and no endless view, and no name twice", async () => {
    const put = (name: string, query: string) =>
      here.database.db.execute(
        sql`insert into saved_view (staff_id, name, query) values (${cashier.staffId}, ${name}, ${query})`,
      );
    await put("x".repeat(limits.viewNameLengthMax), "q".repeat(limits.viewQueryLengthMax));
    await expect(put("x".repeat(limits.viewNameLengthMax), "state=paid")).rejects.toThrow();
    for (const [name, query] of [
      ["", "state=paid"],
      ["x".repeat(limits.viewNameLengthMax + 1), "state=paid"],
      ["y", ""],
      ["y", "q".repeat(limits.viewQueryLengthMax + 1)],
    ] as const)
      await expect(put(name, query)).rejects.toThrow();
    expect(await views()).toHaveLength(1);
  });
});
