import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { auditActions } from "#lib/domain/audit-filter.ts";
import type { CancelRefusal } from "#lib/domain/cancel.ts";
import { gatewayOrderStates } from "#lib/domain/gateway-facts.ts";
import { gatewayIds } from "#lib/domain/gateway-id.ts";
import type { AmountRefusal } from "#lib/domain/money.ts";
import { moneyOpKinds, moneyOpStates } from "#lib/domain/money-op.ts";
import type { OrderNoRefusal } from "#lib/domain/order-no.ts";
import { type RefundRefusal, refundReasons, requestStatuses } from "#lib/domain/refund.ts";
import { requestStates } from "#lib/domain/request-state.ts";
import { permissions } from "#lib/domain/staff.ts";
import { verdicts } from "#lib/domain/verdict.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import { locales, pickLocale } from "./locales.ts";

type Tree = { [key: string]: string | Tree };
const read = (locale: string): Tree =>
  JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), "utf8"));

/** Every key with the placeholders its text holds. */
function keys(tree: Tree, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [`${path}${key} ${(value.match(/\{\w+\}/g) ?? []).sort().join("")}`]
      : keys(value, `${path}${key}.`),
  );
}

test.each(locales)("%s says everything the English screens say, with the same places to fill", (locale) => {
  expect(keys(read(locale)).sort()).toEqual(keys(read("en")).sort());
});

test("every verdict, reason and status has its words", () => {
  const all = keys(read("en")).join("\n");
  for (const verdict of verdicts) expect(all).toContain(`verdict.${verdict}.word`);
  for (const reason of refundReasons) expect(all).toContain(`refundReason.${reason} `);
  for (const status of requestStatuses) expect(all).toContain(`requestStatus.${status} `);
});

/** Every refusal of the domain; the compiler complains here when one is added and not named. */
const refusals = {
  empty: true,
  notANumber: true,
  noDecimals: true,
  tooManyDecimals: true,
  notPositive: true,
  tooLarge: true,
  notPaid: true,
  nothingRemains: true,
  moneyIsMoving: true,
  refundElsewhere: true,
  moreThanRemains: true,
  fullOnly: true,
  unknown: true,
  paid: true,
  notWaiting: true,
  tooLate: true,
} satisfies Record<AmountRefusal | RefundRefusal["why"] | CancelRefusal, true>;
const orderNoRefusals = { empty: true, tooLong: true, badCharacters: true } satisfies Record<
  OrderNoRefusal,
  true
>;

test("every refusal is said in words where the forms look for them", () => {
  const all = keys(read("en")).join("\n");
  for (const why of Object.keys(refusals)) expect(all).toContain(`errors.${why} `);
  for (const why of Object.keys(orderNoRefusals)) expect(all).toContain(`search.${why} `);
});

test.each(gatewayIds)("every setting of an account at %s has a label and a hint", (gateway) => {
  const all = keys(read("en")).join("\n");
  for (const { name, words = name } of gatewayKind(gateway).settingFields)
    for (const part of ["label", "hint"]) expect(all).toContain(`settings.${gateway}.${words}.${part} `);
});

test("every move of an operation and every state at the gateway has its words", () => {
  const all = keys(read("en")).join("\n");
  for (const kind of moneyOpKinds)
    for (const state of moneyOpStates) expect(all).toContain(`audit.move.${kind}.${state} `);
  for (const state of gatewayOrderStates) expect(all).toContain(`orderState.${state} `);
});

test("every state of a request and every step of its story has its words", () => {
  const all = keys(read("en")).join("\n");
  for (const state of requestStates) {
    expect(all).toContain(`requestState.${state}.word `);
    expect(all).toContain(`requestState.${state}.hint `);
  }
  for (const status of requestStatuses) expect(all).toContain(`decided.${status} `);
  for (const state of moneyOpStates) expect(all).toContain(`requestThread.moved.${state} `);
  const steps = [...auditActions.decisions];
  for (const step of steps) expect(all).toContain(`requestThread.${step} `);
});

test("everything staff may do has its audit sentences, done and refused", () => {
  const all = keys(read("en")).join("\n");
  for (const action of permissions.filter((permission) => !permission.startsWith("read-"))) {
    expect(all).toContain(`audit.sentence.${action}.done `);
    expect(all).toContain(`audit.sentence.${action}.refused `);
  }
});

test("a visitor's choice comes before the browser's language, and zh-TW stands in for the rest", () => {
  expect(pickLocale("th", "en")).toBe("th");
  expect(pickLocale(undefined, "en-GB,en;q=0.9")).toBe("en");
  expect(pickLocale("xx", "de")).toBe("zh-TW");
});
