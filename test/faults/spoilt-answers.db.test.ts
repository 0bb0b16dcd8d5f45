import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { evidence, incident } from "#lib/db/schema.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import { openCounter } from "../counter.ts";
import { recoveryOf } from "../recovery.ts";
import { recover } from "./parts/recover.ts";
import { mustHold } from "./parts/witness.ts";

const counter = openCounter({ hasClerk: false });
const { open, control, order } = counter;
const { sent, opsOf, cases } = recoveryOf(counter);

beforeAll(() => control("POST", "settings", { rateLimit: false }));

/** The gateway gave the money back, and this is what came over the wire (faults.md F10, F11). */
const executedBut = [
  { kind: "http-status", status: 500, effect: true },
  { kind: "http-status", status: 502, effect: true },
  { kind: "redirect", effect: true },
  { kind: "lost-after-effect" },
  { kind: "empty" },
  { kind: "garbage" },
  { kind: "truncated" },
  { kind: "bare-code" },
  { kind: "missing-code" },
  { kind: "huge" },
  { kind: "wrong-key" },
  { kind: "wrong-echo" },
  { kind: "code", code: "9998", effect: true },
  { kind: "code", code: "7105", effect: true },
] as const;

test.each(executedBut)("executed, and then %o: nobody knows, until one question shows it", async (fault) => {
  const at = await order("paid");
  await control("POST", "faults", { ...fault, service: "Refund", storeOrderNo: at.orderNo });
  await sent(at);
  while ((await opsOf(at))[0]?.state === "READY") await workAccount(open().ctx, open().shop.account.id);
  expect((await opsOf(at))[0]?.state).toBe("UNKNOWN");
  await recover(counter, open().ctx, at);
  expect(await mustHold(counter, at)).toBe("SUCCEEDED");
  const [op] = await opsOf(at);
  expect(op?.why).toBe("seenRefunded");
  const answers = await counter.database.db
    .select()
    .from(evidence)
    .where(and(eq(evidence.opId, op?.id ?? ""), eq(evidence.source, "send")));
  expect(answers).toHaveLength(1);
  await counter.database.db
    .update(incident)
    .set({ closedAt: new Date(), closedWhy: "the next case" })
    .where(isNull(incident.closedAt));
  await counter.database.db.execute("update merchant_account set sending_paused_why = null");
});

test("an answer that names another order is an incident besides", async () => {
  const at = await order("paid");
  await control("POST", "faults", { kind: "wrong-echo", service: "Refund", storeOrderNo: at.orderNo });
  await sent(at);
  while ((await opsOf(at))[0]?.state === "READY") await workAccount(open().ctx, open().shop.account.id);
  expect(await cases(at, "brokenAnswer")).toMatchObject([{ facts: { fault: "wrong-echo" } }]);
});
