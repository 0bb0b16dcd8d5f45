import { seeNoticeAction, signOutAction } from "#app/(staff)/actions.ts";
import { GET as takeAudit } from "#app/api/exports/audit/route.ts";
import { GET as takeOrders } from "#app/api/exports/orders/route.ts";
import { GET as readHealth } from "#app/api/health/route.ts";
import { GET as readKnown } from "#app/api/known/route.ts";
import { POST as takeNotice } from "#app/api/notify/[account]/route.ts";
import { GET as readReady } from "#app/api/ready/route.ts";
import { GET as readSent } from "#app/api/requests/sent/[clientRequestId]/route.ts";
import { GET as readMetrics } from "#app/metrics/route.ts";
import { paths } from "#lib/domain/paths.ts";
import readTogether from "#pages/api/approvals/together.ts";
import readWaiting from "#pages/api/approvals/waiting.ts";
import readCounter from "#pages/api/counter.ts";
import readOrder from "#pages/api/orders/[account]/[orderNo]/status.ts";
import readRequest from "#pages/api/requests/[requestNo]/status.ts";
import readStatus from "#pages/api/status.ts";
import { poll } from "#test/poll.ts";
import { deciders, everybody, type Row, readers } from "./row.ts";
import { lineAbout, lookedUp, notice, onlyRequest, paidOrder, request } from "./things.ts";

const anywhere = new Request("http://localhost:3000/");
const at = <T>(params: T) => ({ params: Promise.resolve(params) });
const textOf = async (answer: Promise<Response>) => (await answer).text();

/** The addresses under app/api and pages/api. */
export const addresses: readonly Row[] = [
  {
    ...{ name: "pages/api/approvals/waiting", scope: "store", kind: "reading", may: deciders },
    covers: ["pages/api/approvals/waiting.ts", "watchWaiting"],
    arrange: async ({ world }) => {
      const { requestNo } = await onlyRequest(world);
      return { call: () => poll(readWaiting), mark: requestNo };
    },
  },
  {
    ...{ name: "pages/api/approvals/together", scope: "store", kind: "reading", may: deciders },
    covers: ["pages/api/approvals/together.ts", "viewTogether"],
    arrange: async ({ world }) => {
      const { requestNo, orderNo } = await request(world);
      const asked = new URL(paths.togetherNow([requestNo]), anywhere.url);
      return { call: () => poll(readTogether, { no: asked.searchParams.getAll("no") }), mark: orderNo };
    },
  },
  {
    ...{ name: "pages/api/counter", scope: "store", kind: "reading", may: everybody },
    covers: ["pages/api/counter.ts", "viewCounter"],
    arrange: async ({ world, who }) => {
      const { orderNo } = await lookedUp(world, who);
      return { call: () => poll(readCounter), mark: orderNo };
    },
  },
  {
    ...{ name: "app/api/known", scope: "store", kind: "reading", may: everybody },
    ...{ permission: "look-up-order", covers: ["app/api/known/route.ts", "findKnownOrder"] },
    arrange: async ({ world }) => {
      const { orderNo, account } = await paidOrder(world);
      const asked = new Request(new URL(paths.known(orderNo), anywhere.url));
      return { call: () => textOf(readKnown(asked)), mark: account };
    },
  },
  {
    ...{ name: "pages/api/status", scope: "store", kind: "reading", may: everybody },
    covers: ["pages/api/status.ts", "viewStatus"],
    arrange: async ({ world }) => ({ call: () => poll(readStatus), mark: world.shop.account.slug }),
  },
  {
    ...{ name: "app/api/exports/orders", scope: "store", kind: "reading", may: everybody },
    ...{ permission: "export-orders", covers: ["app/api/exports/orders/route.ts", "exportOrders"] },
    arrange: async ({ world }) => {
      const { orderNo } = await paidOrder(world);
      return { call: () => textOf(takeOrders(anywhere)), mark: orderNo };
    },
  },
  {
    ...{ name: "app/api/exports/audit", scope: "store", kind: "reading", may: readers },
    ...{ permission: "export-audit", covers: ["app/api/exports/audit/route.ts", "exportAudit"] },
    arrange: async ({ world }) => {
      const mark = await lineAbout(world);
      return { call: () => textOf(takeAudit(anywhere)), mark };
    },
  },
  {
    ...{ name: "pages/api/orders/…/status", scope: "store", kind: "reading", may: everybody },
    ...{
      permission: "look-up-order",
      covers: ["pages/api/orders/[account]/[orderNo]/status.ts", "watchOrderStatus"],
    },
    arrange: async ({ world }) => {
      const order = await paidOrder(world);
      return {
        call: () => poll(readOrder, { account: order.account, orderNo: order.orderNo }),
        mark: order.orderNo,
      };
    },
  },
  {
    ...{ name: "pages/api/requests/…/status", scope: "store", kind: "reading", may: deciders },
    covers: ["pages/api/requests/[requestNo]/status.ts", "watchRequest"],
    arrange: async ({ world }) => {
      const asked = await request(world);
      return { call: () => poll(readRequest, { requestNo: asked.requestNo }), mark: "serverNow" };
    },
  },
  {
    ...{ name: "app/api/requests/sent/…", scope: "person", kind: "reading", may: everybody },
    covers: ["app/api/requests/sent/[clientRequestId]/route.ts", "findSentRequest"],
    arrange: async ({ world, who, isTheirs }) => {
      const asked = await request(world, isTheirs ? who : world.asker);
      return { call: () => textOf(readSent(anywhere, at(asked))), mark: asked.requestNo };
    },
  },
  {
    ...{ name: "app/api/health", scope: "public", kind: "reading", may: everybody },
    covers: ["app/api/health/route.ts"],
    arrange: async () => ({ call: () => textOf(readHealth()), mark: "true" }),
  },
  {
    ...{ name: "app/api/ready", scope: "public", kind: "reading", may: everybody },
    covers: ["app/api/ready/route.ts"],
    arrange: async () => ({ call: () => textOf(readReady()), mark: "true" }),
  },
  {
    // A session is worth nothing here either: only the bearer token opens it.
    ...{ name: "app/metrics", scope: "house", kind: "reading", may: [] },
    covers: ["app/metrics/route.ts"],
    arrange: async () => ({ call: () => textOf(readMetrics(anywhere)), mark: "storedesk_" }),
  },
  {
    // A session is worth nothing here: only a gateway's signature opens it, and nobody in this table has one.
    ...{ name: "app/api/notify/…", scope: "house", kind: "reading", may: [] },
    ...{ covers: ["app/api/notify/[account]/route.ts"], alsoMoves: ["notice_tally"] },
    arrange: async ({ world }) => {
      const { slug: account } = world.shop.account;
      const body = new Request(anywhere, { method: "POST", body: "{}" });
      return { call: async () => (await takeNotice(body, at({ account }))).ok, mark: "true" };
    },
  },
];

/** What is one's own. */
export const others: readonly Row[] = [
  {
    ...{ name: "app/(staff)/actions.ts seeNoticeAction", scope: "person", kind: "deed", may: everybody },
    // Nothing of the shop changes when somebody has read that their PIN was locked.
    ...{ isSilent: true, isAlike: true, covers: ["app/(staff)/actions.ts seeNoticeAction"] },
    arrange: async ({ world, who, isTheirs }) => {
      const id = await notice(world, isTheirs ? who : world.boss);
      return { call: () => seeNoticeAction({ id }) };
    },
  },
  {
    ...{ name: "app/(staff)/actions.ts signOutAction", scope: "house", kind: "deed", may: everybody },
    ...{ isAlike: true, covers: ["app/(staff)/actions.ts signOutAction"] },
    arrange: async () => ({ call: () => signOutAction().catch((error: Error) => error.message) }),
  },
];
