import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { currentStaff } from "#app/_server/session.ts";
import { dailyProof, installation, store } from "#lib/db/schema.ts";
import { readAuditFilter } from "#lib/domain/audit-filter.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import { refundReasons } from "#lib/domain/refund.ts";
import type { CurrentStaff, Permission, Role } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { viewDeputies } from "#lib/use-cases/deputy/view-deputies.ts";
import { findNearMisses } from "#lib/use-cases/find-near-misses.ts";
import { listAttention, viewSwitch } from "#lib/use-cases/incidents/view-attention.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import { findExact, listOrders } from "#lib/use-cases/list-orders.ts";
import { lookUpInBooks, lookUpOrder } from "#lib/use-cases/look-up-order.ts";
import { viewPairs } from "#lib/use-cases/pairs/view-pairs.ts";
import { listProofs } from "#lib/use-cases/proof/view-proofs.ts";
import { listApprovals, listOwn, slowestTodayMs } from "#lib/use-cases/requests/list-requests.ts";
import { viewRefundForm } from "#lib/use-cases/requests/view-refund-form.ts";
import { findNeighbours, viewRequest } from "#lib/use-cases/requests/view-request.ts";
import { listViews } from "#lib/use-cases/saved-views/list-views.ts";
import { viewReasons } from "#lib/use-cases/shop/change-reasons.ts";
import { findShop, listShops } from "#lib/use-cases/shop/view-shop.ts";
import { checkAuditChain, listAudit } from "#lib/use-cases/view-audit.ts";
import { listRecent, listStoreNames } from "#lib/use-cases/view-lists.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { type Cell, deciders, everybody, type Row, readers } from "./row.ts";
import {
  deputyship,
  foundCase,
  lineAbout,
  lookedUp,
  oddRefund,
  onlyRequest,
  paidOrder,
  request,
} from "./things.ts";
import { viewOf } from "./views.ts";

type Read = (ctx: Context, staff: CurrentStaff) => Promise<unknown>;
type More = Partial<Pick<Row, "scope" | "alsoMoves">> & { readonly permission?: Permission };

/** A reading that pages make; its door is the session alone, as on the page. */
const reading = (
  name: string,
  [may, more]: readonly [readonly Role[], More],
  arrange: (cell: Cell) => Promise<readonly [mark: string, read: Read]>,
): Row => ({
  ...{ name, may, covers: [name], kind: "reading", scope: "store", ...more },
  arrange: async (cell) => {
    const [mark, read] = await arrange(cell);
    const call = async () => {
      const staff = await currentStaff({ isAction: true });
      return staff && read(appContext(), staff);
    };
    return { mark, call };
  },
});

const ofOrders: readonly Row[] = [
  reading(
    "lookUpOrder",
    [everybody, { permission: "look-up-order", alsoMoves: ["gateway_lane"] }],
    async ({ world }) => {
      const { orderNo, account } = await paidOrder(world);
      return [account, (ctx, staff) => lookUpOrder(ctx, staff, orderNo)];
    },
  ),
  reading("lookUpInBooks", [everybody, {}], async ({ world }) => {
    const { orderNo, account } = await paidOrder(world);
    return [account, (ctx, staff) => lookUpInBooks(ctx, staff, orderNo)];
  }),
  reading("listOrders", [everybody, {}], async ({ world }) => {
    const { orderNo } = await paidOrder(world);
    const list: Read = async (ctx, staff) =>
      listOrders(ctx, staff, readOrderFilter({}, await listChoices(ctx, staff)));
    return [orderNo, list];
  }),
  reading("findExact", [everybody, {}], async ({ world }) => {
    const { orderNo } = await paidOrder(world);
    return [orderNo, (ctx, staff) => findExact(ctx, staff, orderNo)];
  }),
  reading("findNearMisses", [everybody, {}], async ({ world }) => {
    const { orderNo } = await paidOrder(world);
    const slip = `${orderNo.slice(0, -1)}${orderNo.endsWith("0") ? "1" : "0"}`;
    return [orderNo, (ctx, staff) => findNearMisses(ctx, staff, slip)];
  }),
  reading("viewOrder", [everybody, {}], async ({ world }) => {
    const order = await paidOrder(world);
    return [order.orderNo, (ctx, staff) => viewOrder(ctx, staff, order)];
  }),
  reading("listRecent", [everybody, {}], async ({ world, who }) => {
    const { orderNo } = await lookedUp(world, who);
    return [orderNo, listRecent];
  }),
  reading("listChoices", [everybody, {}], async ({ world }) => [world.shop.account.slug, listChoices]),
  reading("listViews", [everybody, { scope: "person" }], async (cell) => {
    const { name } = await viewOf(cell);
    return [name, async (ctx, staff) => listViews(ctx, staff, await listChoices(ctx, staff))];
  }),
  reading("listStoreNames", [["cashier", "manager", "owner"], {}], async ({ world }) => [
    world.shop.shop.name,
    listStoreNames,
  ]),
];

const ofRequests: readonly Row[] = [
  reading("listApprovals", [deciders, {}], async ({ world }) => {
    const { requestNo } = await onlyRequest(world);
    return [requestNo, (ctx, staff) => listApprovals(ctx, staff, "waiting")];
  }),
  reading(
    "listOwn",
    [["cashier", "manager", "owner", "auditor"], { scope: "person" }],
    async ({ world, who, isTheirs }) => {
      const { requestNo } = await request(world, isTheirs ? who : world.asker);
      return [requestNo, listOwn];
    },
  ),
  reading("slowestTodayMs", [everybody, {}], async ({ world }) => {
    await onlyRequest(world);
    await onlyRequest(world);
    return [
      "a time",
      async (ctx, staff) => ((await slowestTodayMs(ctx, staff)) === null ? "none" : "a time"),
    ];
  }),
  reading("viewRequest", [deciders, {}], async ({ world }) => {
    const { requestNo } = await request(world);
    return [requestNo, (ctx, staff) => viewRequest(ctx, staff, requestNo)];
  }),
  reading("findNeighbours", [everybody, {}], async ({ world }) => {
    const before = await request(world);
    const { requestNo } = await request(world);
    return [before.requestNo, (ctx, staff) => findNeighbours(ctx, staff, requestNo)];
  }),
  reading("viewDeputies", [deciders, { scope: "person" }], async ({ world, who, isTheirs }) => {
    const id = await deputyship(world, isTheirs ? who : world.boss);
    return [id, viewDeputies];
  }),
  reading("viewRefundForm", [everybody, {}], async ({ world }) => {
    const order = await paidOrder(world);
    return [order.orderNo, (ctx, staff) => viewRefundForm(ctx, staff, { ...order, previousNo: undefined })];
  }),
];

const ofTheHouse: readonly Row[] = [
  reading("viewSwitch", [readers, { permission: "read-attention", scope: "house" }], async ({ world }) => {
    await world.database.db.update(installation).set({ sendingOffWhy: "restored", sendingOffAt: new Date() });
    return ["accountsLeft", viewSwitch];
  }),
  reading("listAttention", [readers, { permission: "read-attention" }], async ({ world }) => {
    const { caseNo } = await foundCase(world);
    return [caseNo, listAttention];
  }),
  reading(
    "listProofs",
    [readers, { permission: "read-attention" }],
    async ({ world: { database, shop } }) => {
      const businessDay = new Date().toISOString().slice(0, 10);
      await database.db.insert(dailyProof).values({
        ...{ accountId: shop.account.id, storeId: shop.shop.id, businessDay, method: "list", isClean: true },
        ...{
          ourCount: 0,
          theirCount: 0,
          lists: { oursOnly: [], theirsOnly: [], amountDiffers: [], moreThanOne: [] },
        },
      });
      return [shop.account.slug, listProofs];
    },
  ),
  reading("listAudit", [readers, { permission: "read-audit" }], async ({ world }) => {
    const orderNo = await lineAbout(world);
    return [orderNo, (ctx, staff) => listAudit(ctx, staff, readAuditFilter({}))];
  }),
  reading("viewPairs", [["owner", "auditor"], { permission: "read-pairs" }], async ({ world }) => [
    await oddRefund(world),
    viewPairs,
  ]),
  reading("listShops", [["owner"], {}], async ({ world }) => [world.shop.shop.code, listShops]),
  reading("viewReasons", [["owner"], {}], async ({ world: { database, shop } }) => {
    const mark = `R${randomUUID().slice(0, 8)}`;
    await database.db
      .update(store)
      .set({ refundReasons: [...refundReasons, mark] })
      .where(eq(store.id, shop.shop.id));
    return [mark, viewReasons];
  }),
  reading("findShop", [["owner"], {}], async ({ world }) => {
    const { code } = world.shop.shop;
    return [code, (ctx, staff) => findShop(ctx, staff, code)];
  }),
  reading("checkAuditChain", [readers, { permission: "read-audit", scope: "house" }], async () => [
    '"isWhole":true',
    checkAuditChain,
  ]),
];

export const readings: readonly Row[] = [...ofOrders, ...ofRequests, ...ofTheHouse];
