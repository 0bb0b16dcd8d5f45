import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import {
  approveAction,
  approveHereAction,
  approveTogetherAction,
  rejectAction,
  returnAction,
  withdrawAction,
} from "#app/(staff)/approvals/actions.ts";
import {
  closeAction,
  decideAction,
  proposeAction,
  runProofAction,
  switchOnAction,
  testKeysAction,
} from "#app/(staff)/attention/actions.ts";
import { cancelOrderAction, requestRefundAction } from "#app/(staff)/orders/[account]/[orderNo]/actions.ts";
import { installation, merchantAccount } from "#lib/db/schema.ts";
import type { Permission } from "#lib/domain/staff.ts";
import { type Cell, deciders, everybody, type Row, till } from "./row.ts";
import {
  foundCase,
  lightRequest,
  openOrder,
  paidOrder,
  proposedCase,
  request,
  seen,
  stuckCase,
} from "./things.ts";
import { pin } from "./world.ts";

type Action = (input: unknown) => Promise<unknown>;
type Deed = Pick<Row, "may" | "alsoMoves"> & { readonly scope?: Row["scope"] };

/** A deed behind one server action. */
const deed = (
  [name, permission]: readonly [covers: readonly string[], permission: Permission],
  { scope = "store", ...who }: Deed,
  [action, input]: readonly [Action, (cell: Cell) => Promise<object>],
): Row => ({
  ...{ name: name[0] ?? "", covers: name, permission, scope, kind: "deed", ...who },
  arrange: async (cell) => {
    const given = await input(cell);
    return { call: () => action(given) };
  },
});

const approvals = (name: string) => `app/(staff)/approvals/actions.ts ${name}`;
const attention = (name: string) => `app/(staff)/attention/actions.ts ${name}`;
const orders = (name: string) => `app/(staff)/orders/[account]/[orderNo]/actions.ts ${name}`;

/** A deed about a request that somebody else made. */
const aboutRequest =
  (more: object) =>
  async ({ world }: Cell) => {
    const { requestNo } = await request(world);
    return { requestNo, reason: "not like this", seen, pin, ...more };
  };

const requests: readonly Row[] = [
  deed([[orders("cancelOrderAction"), "cancelOrder", "refuseNotFound"], "cancel-order"], { may: till }, [
    cancelOrderAction,
    async ({ world }) => ({ ...(await openOrder(world)), clientRequestId: randomUUID() }),
  ]),
  deed([[orders("requestRefundAction"), "requestRefund"], "request-refund"], { may: till }, [
    requestRefundAction,
    async ({ world }) => ({
      ...{ ...(await paidOrder(world)), clientRequestId: randomUUID() },
      ...{ amount: "1000", reason: "returned", note: "" },
    }),
  ]),
  deed([[approvals("withdrawAction"), "withdrawRefund"], "withdraw-refund"], { may: till }, [
    withdrawAction,
    async ({ world, who }) => ({ requestNo: (await request(world, who)).requestNo }),
  ]),
  deed([[approvals("approveAction"), "approveRefund"], "approve-refund"], { may: deciders }, [
    approveAction,
    aboutRequest({}),
  ]),
  deed([[approvals("approveTogetherAction"), "approveTogether"], "approve-refund"], { may: deciders }, [
    approveTogetherAction,
    async ({ world }) => ({ requestNos: [(await lightRequest(world)).requestNo], pin }),
  ]),
  // Whose till it is does not matter, the right is the manager's who types the PIN; the till must be of the store.
  deed([[approvals("approveHereAction"), "approveAtCounter"], "approve-refund"], { may: everybody }, [
    approveHereAction,
    async (cell) => aboutRequest({ approverId: cell.world.boss.id })(cell),
  ]),
  deed([[approvals("rejectAction"), "rejectRefund"], "reject-refund"], { may: deciders }, [
    rejectAction,
    aboutRequest({}),
  ]),
  deed([[approvals("returnAction"), "returnRefund"], "return-refund"], { may: deciders }, [
    returnAction,
    aboutRequest({}),
  ]),
];

const cases: readonly Row[] = [
  deed([[attention("proposeAction"), "proposeSettlement"], "propose-settlement"], { may: ["manager"] }, [
    proposeAction,
    async ({ world }) => {
      const { caseNo } = await stuckCase(world);
      return { caseNo, outcome: "FAILED", seen: "the portal does not have it" };
    },
  ]),
  deed(
    [[attention("decideAction"), "confirmSettlement"], "confirm-settlement"],
    { may: ["owner", "auditor"] },
    [decideAction, async ({ world }) => ({ ...(await proposedCase(world)), isRight: false })],
  ),
  deed([[attention("closeAction"), "closeCase"], "close-incident"], { may: deciders }, [
    closeAction,
    async ({ world }) => ({ ...(await foundCase(world)), found: "refunded in the portal by head office" }),
  ]),
  deed([[attention("testKeysAction"), "testCredentials"], "test-credentials"], { may: ["owner"] }, [
    testKeysAction,
    async ({ world: { database, shop } }) => {
      await database.db
        .update(merchantAccount)
        .set({ sendingPausedWhy: "credentials", sendingPausedAt: new Date() })
        .where(eq(merchantAccount.id, shop.account.id));
      return { account: shop.account.slug };
    },
  ]),
  deed(
    [[attention("switchOnAction"), "switchSendingOn"], "switch-sending-on"],
    { may: ["manager", "owner", "auditor"], scope: "house" },
    [
      switchOnAction,
      async ({ world: { database } }) => {
        const off = { sendingOffWhy: "restored", sendingOffAt: sql`clock_timestamp()` };
        const nobody = { switchBy: null, switchPerson: null, switchAt: null };
        await database.db.update(installation).set({ ...off, ...nobody });
        return {};
      },
    ],
  ),
  deed([[attention("runProofAction"), "runProof"], "run-proof"], { may: deciders }, [
    runProofAction,
    async ({ world }) => ({ account: world.shop.account.slug, day: "2026-01-02" }),
  ]),
];

export const deeds: readonly Row[] = [...requests, ...cases];
