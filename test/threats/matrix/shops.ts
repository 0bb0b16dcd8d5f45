import { changeReasonsAction } from "#app/(staff)/admin/reasons/actions.ts";
import {
  changeSecondApprovalAction,
  putAccountAction,
  putStoreAction,
  testAccountAction,
} from "#app/(staff)/admin/stores/actions.ts";
import { refundReasons } from "#lib/domain/refund.ts";
import type { Row } from "./row.ts";

const admin = (name: string) => `app/(staff)/admin/stores/actions.ts ${name}`;

/** What owners do to stores and their merchant accounts. */
export const shops: readonly Row[] = [
  {
    ...{ name: admin("putStoreAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-store", covers: [admin("putStoreAction"), "putOwnStore"] },
    arrange: async ({ world }) => {
      const { code, name, timeZone, currency } = world.shop.shop;
      const input = { isNew: false, code, name, timeZone, currency, dayCutAt: "02:00" };
      return { call: () => putStoreAction(input) };
    },
  },
  {
    ...{ name: admin("changeSecondApprovalAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-second-approval" },
    covers: [admin("changeSecondApprovalAction"), "changeSecondApproval"],
    arrange: async ({ world }) => {
      const input = { storeCode: world.shop.shop.code, secondAbove: "5000" };
      return { call: () => changeSecondApprovalAction(input) };
    },
  },
  {
    ...{ name: "app/(staff)/admin/reasons/actions.ts changeReasonsAction", scope: "own", kind: "deed" },
    ...{ may: ["owner"], permission: "change-reasons" },
    covers: ["app/(staff)/admin/reasons/actions.ts changeReasonsAction", "changeReasons"],
    arrange: async () => ({ call: () => changeReasonsAction({ reasons: refundReasons }) }),
  },
  {
    ...{ name: admin("putAccountAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-account", covers: [admin("putAccountAction"), "putOwnAccount"] },
    arrange: async ({ world }) => {
      const { slug: _slug, store: _store, gateway, ...settings } = world.entry;
      const { code } = world.shop.shop;
      const input = { isNew: false, storeCode: code, slug: world.shop.account.slug, gateway, settings };
      return { call: () => putAccountAction(input) };
    },
  },
  {
    ...{ name: admin("testAccountAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "test-credentials", covers: [admin("testAccountAction"), "testAccount"] },
    alsoMoves: ["gateway_lane"],
    arrange: async ({ world }) => ({
      call: () => testAccountAction({ account: world.shop.account.slug }),
    }),
  },
];
