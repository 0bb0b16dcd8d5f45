import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { csvText } from "#app/_server/csv-answer.ts";
import { deviceOf } from "#lib/auth/options.ts";
import { auditQuery, readAuditFilter } from "#lib/domain/audit-filter.ts";
import * as forms from "#lib/domain/forms.ts";
import { parseAmount, toDecimalText } from "#lib/domain/money.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import { parseOrderNo } from "#lib/domain/order-no.ts";
import { listQuery, orderFilterFields, orderQuery } from "#lib/domain/order-query.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { readInput } from "#lib/domain/read-input.ts";
import { keptView, openView } from "#lib/domain/saved-view.ts";
import { isStorableInput } from "#lib/domain/storable-text.ts";
import { readGatewayUrl } from "#lib/gateway/gateway-url.ts";
import { readEnvelope } from "#lib/gateway/ksher/wire.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import { openAnswer } from "#lib/gateway/scan2pay/envelope.ts";
import { readInner } from "#lib/gateway/scan2pay/wire.ts";
import { readJson, readUtf8 } from "#lib/gateway/strict-json.ts";
import { pickLocale } from "#lib/i18n/locales.ts";
import { requestId } from "#lib/request-id.ts";
import { readCheck } from "#lib/use-cases/exports/audit-check.ts";
import { readRows } from "#lib/use-cases/exports/check-export.ts";
import { readProvisioningFile } from "#lib/use-cases/provision/read-file.ts";
import { runs } from "../thoroughness.ts";
import { address, anyText, anyThing, mostly } from "./fuzz/inputs.ts";

/** The same inputs in every run, or those of a seed that is given. */
const seed = Number(process.env.STOREDESK_FUZZ_SEED ?? 37);
let tried = 0;
let accepted = 0;

/** Throws so much at a door. It may say no; it may not throw, and what it accepts has to be `right`. */
function throwAt<T>(times: number, input: fc.Arbitrary<T>, door: (input: T) => boolean): void {
  fc.assert(
    fc.property(input, (one) => {
      tried += 1;
      if (door(one)) accepted += 1;
    }),
    { ...runs(times), seed },
  );
}

afterAll(() => {
  process.stdout.write(
    `| fuzz | ${tried} inputs at every door, ${accepted} of them accepted: 0 thrown, 0 wrong |\n`,
  );
  expect(tried).toBeGreaterThanOrEqual(runs(20_000).numRuns);
});

const schemas = Object.entries(forms).filter(
  (entry): entry is [string, z.ZodObject] => entry[1] instanceof z.ZodObject,
);
const perForm = Math.ceil(8_000 / schemas.length);

describe("F37: whatever comes, a door says no or reads it, and never throws", () => {
  test("every form is here", () => {
    expect(schemas.length).toBe(Object.values(forms).filter((one) => one instanceof z.ZodType).length);
    expect(schemas.length).toBeGreaterThan(30);
  });

  test.each(schemas)(
    "%s: what it takes the books can keep, and it takes that again as it is",
    (_, schema) => {
      throwAt(perForm, mostly(Object.keys(schema.shape)), (input) => {
        const read = readInput(schema, input);
        if (!read.ok) return false;
        expect(isStorableInput(read.value)).toBe(true);
        expect(Object.keys(read.value).filter((name) => !(name in schema.shape))).toEqual([]);
        expect(readInput(schema, read.value)).toEqual(read);
        return true;
      });
    },
  );

  const choices = {
    stores: [
      { code: "00001", currency: "TWD" as const },
      { code: "00002", currency: "THB" as const },
    ],
    accounts: [{ slug: "xinyi" }],
  };
  const addressNames = [...orderFilterFields, "before", "after", "kind", "order", "who", "refused"];

  test("addresses of lists: a filter holds only what the books can be asked for", () => {
    throwAt(2_000, address(addressNames), (params) => {
      const { filter, before, after } = readOrderFilter(params, choices);
      expect(isStorableInput([filter, before, after])).toBe(true);
      expect(filter.day?.startsWith("0000") ?? false).toBe(false);
      for (const at of [before?.at, after?.at]) if (at) expect(Number.isNaN(Date.parse(at))).toBe(false);
      return Object.values(filter).some((value) => value !== null);
    });
    const days = { ...choices, today: "2026-11-26", yesterday: "2026-11-25" };
    throwAt(2_000, address(addressNames), (params) => {
      const list = orderQuery(readOrderFilter(params, days).typed);
      const kept = keptView(list, days);
      if (kept.ok) expect(openView(kept.value, days)).toMatchObject({ list, unfit: [] });
      return kept.ok;
    });
    throwAt(2_000, address(addressNames), (params) => {
      const filter = readAuditFilter(params);
      expect(isStorableInput(filter)).toBe(true);
      expect(readAuditFilter(Object.fromEntries(new URLSearchParams(auditQuery(filter))))).toEqual(filter);
      return Object.values(filter).some((value) => value !== null);
    });
  });

  test("numbers, amounts, paths, cookies, languages and names of requests", () => {
    throwAt(1_000, anyText, (text) => {
      const no = parseOrderNo(text);
      if (no.ok) expect(no.value).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
      return no.ok;
    });
    throwAt(1_000, fc.tuple(anyText, fc.constantFrom("TWD" as const, "THB" as const)), ([text, currency]) => {
      const amount = parseAmount(text, currency);
      if (!amount.ok) return false;
      expect(Number.isSafeInteger(amount.value) && amount.value > 0).toBe(true);
      expect(parseAmount(toDecimalText({ amountMinor: amount.value, currency }), currency)).toEqual(amount);
      return true;
    });
    throwAt(1_000, anyText, (text) => {
      const path = ownPath(text);
      if (path !== null) expect(new URL(path, "https://desk.example").origin).toBe("https://desk.example");
      expect(listQuery(text)).not.toContain("\u0000");
      expect(deviceOf(text)).toMatch(/^[A-Za-z0-9-]{7,64}$/);
      expect(["zh-TW", "en", "th"]).toContain(pickLocale(text, text));
      expect(requestId({ get: () => text })).toMatch(/^[\w-]{8,64}$/);
      return path !== null;
    });
  });

  test("what gateways say: bytes, envelopes and JSON", () => {
    const key = Buffer.alloc(16, 1);
    throwAt(
      1_500,
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        anyThing.map((it) => Buffer.from(JSON.stringify(it) ?? "")),
      ),
      (bytes) => {
        const text = readUtf8(bytes);
        if (text === null) return false;
        const json = readJson(text);
        expect(["object", "string"]).toContain(typeof readEnvelope(text));
        expect(["object", "string"]).toContain(typeof readInner(text));
        const opened = openAnswer(bytes, key, key);
        expect(
          "text" in opened && opened.text !== undefined ? JSON.stringify(opened).includes('"0000"') : false,
        ).toBe(false);
        return json !== undefined;
      },
    );
  });

  test("settings of accounts and addresses of gateways", () => {
    const names = [
      "url",
      "merchantId",
      "tradePassword",
      "refundPassword",
      "tradeKey",
      "refundKey",
      "publicKeyPem",
      "iv",
      "partialRefund",
      "gatewayUrl",
      "payUrl",
      "appId",
      "merchantPrivateKeyPem",
      "platformPublicKeyPem",
      "signVersion",
    ];
    throwAt(1_000, mostly(names), (entry) =>
      (["scan2pay", "ksher"] as const).some((gateway) => gatewayKind(gateway).readSettings(entry).ok),
    );
    throwAt(500, anyText, (text) => "url" in readGatewayUrl(text));
  });

  test("a provisioning file: its faults have places and repeat no value, and what is read is of its shape", () => {
    const entry = mostly([
      "code",
      "name",
      "timeZone",
      "currency",
      "dayCutAt",
      "slug",
      "store",
      "gateway",
      "username",
      "role",
      "stores",
      "password",
      "pin",
      "refundLimitMinor",
    ]);
    const file = fc.oneof(
      anyThing,
      fc.record({ stores: fc.array(entry), merchantAccounts: fc.array(entry), staff: fc.array(entry) }),
    );
    throwAt(1_000, file, (given) => {
      const { stores, staff, faults } = readProvisioningFile(given);
      for (const { path, message } of faults)
        expect([typeof path, typeof message]).toEqual(["string", "string"]);
      for (const { wish } of stores) expect(wish.currency).toMatch(/^(TWD|THB)$/);
      for (const { wish } of staff) expect(wish.pin).toMatch(/^\d{6}$/);
      return faults.length === 0;
    });
  });

  test("cells of a file come back as they were, none of them a formula; and any text is read as some rows", () => {
    throwAt(1_000, fc.array(fc.array(anyText, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const read = readRows(csvText(rows));
      expect(read.map((cells) => cells.length)).toEqual(rows.map((cells) => cells.length));
      for (const [row, cells] of read.entries())
        for (const [column, cell] of cells.entries()) {
          expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
          expect([cell, cell.slice(1)]).toContain(rows[row]?.[column]);
        }
      return true;
    });
    throwAt(500, anyText, (text) => readRows(text).length > 0 && readCheck(text) !== null);
  });
});
