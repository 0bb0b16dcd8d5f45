import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openScan2PaySettings } from "./config.ts";
import { vectorEntry, vectors } from "./fixtures/vectors.ts";
import { scan2pay } from "./kind.ts";

const url = "https://s.intella.example/allpaypass/api/general";

function faults(more: Record<string, unknown>) {
  const read = scan2pay.readSettings(vectorEntry(url, more));
  return read.ok ? [] : read.faults;
}

function settings(more: Record<string, unknown> = {}) {
  const read = scan2pay.readSettings(vectorEntry(url, more));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.value;
}

describe("a provisioning entry", () => {
  test("becomes readable config and secrets, and the passwords are gone", () => {
    const value = settings();
    expect(value).toEqual({
      config: {
        url,
        merchantId: "S2PSIM0001",
        publicKeyPem: vectors.rsa.publicKeySpkiPem,
        partialRefund: false,
        stringFees: true,
      },
      secrets: {
        tradeKey: vectors.sha256[1]?.hexLower,
        refundKey: vectors.sha256[0]?.hexLower,
        iv: "2718281828459045",
      },
    });
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  test.each(vectors.sha256.filter(({ text }) => text !== ""))(
    "hashes the password $text as the vectors do",
    ({ text, hexLower }) => {
      expect(settings({ refundPassword: text }).secrets.refundKey).toBe(hexLower);
    },
  );

  test("takes the hashes in place of the passwords", () => {
    const key = "ab".repeat(32);
    const value = settings({
      tradePassword: undefined,
      tradeKey: key,
      refundPassword: undefined,
      refundKey: key,
    });
    expect(value.secrets).toMatchObject({ tradeKey: key, refundKey: key });
  });

  test("may come without the parts that the house reads", () => {
    expect(faults({ slug: undefined, store: undefined, gateway: undefined })).toEqual([]);
    const { slug: _slug, store: _store, gateway: _gateway, ...own } = vectorEntry(url);
    expect(scan2pay.readSettings(own).ok).toBe(true);
  });

  test("is the same however often it is read", () => {
    expect(settings()).toEqual(settings());
  });

  test.each([
    ["url", { url: "http://s.intella.example/api" }, "https://"],
    ["url", { url: "ftp://127.0.0.1/" }, "https://"],
    ["url", { url: "https://user:secret@s.intella.example/" }, "user name"],
    ["url", { url: "https://169.254.169.254/latest" }, "private or link-local"],
    ["url", { url: "https://[fd00::1]/" }, "private or link-local"],
    ["url", { url: "nowhere" }, "not a URL"],
    ["url", { url: undefined }, "missing"],
    ["merchantId", { merchantId: "" }, "1 to 32"],
    ["iv", { iv: "123" }, "16 ASCII"],
    ["iv", { iv: "１２３４５６７８９０１２３４５６" }, "16 ASCII"],
    ["publicKeyPem", { publicKeyPem: "hello" }, "RSA public key"],
    ["publicKeyPem", { publicKeyPem: vectors.rsa.privateKeyPkcs8Pem }, "RSA public key"],
    ["tradeKey", { tradePassword: undefined, tradeKey: "AB".repeat(32) }, "64 lower-case hex"],
    ["tradeKey", { tradeKey: "ab".repeat(32) }, "must not stand beside tradePassword"],
    ["refundPassword", { refundPassword: undefined }, "missing"],
    ["refundPassword", { refundPassword: "" }, "not be empty"],
    ["partialRefund", { partialRefund: "yes" }, "true or false"],
    ["partialRefunds", { partialRefunds: true }, "not a setting"],
  ])("with a wrong %s is refused with its place and a sentence", (path, more, sentence) => {
    expect(faults(more)).toEqual([{ path, message: expect.stringContaining(sentence) }]);
  });

  test("with an elliptic or a short RSA key is refused", () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1_024 }).publicKey.export({
      type: "spki",
      format: "pem",
    });
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({
      type: "spki",
      format: "pem",
    });
    for (const publicKeyPem of [short, curve])
      expect(faults({ publicKeyPem })).toMatchObject([{ path: "publicKeyPem" }]);
  });

  test("tells all its faults at once and repeats no secret", () => {
    const found = faults({
      iv: "canary-iv",
      tradePassword: 5,
      refundPassword: undefined,
      refundKey: "CANARY-KEY",
      merchantId: undefined,
      url: "http://10.0.0.1",
    });
    expect(found.map(({ path }) => path).sort()).toEqual([
      "iv",
      "merchantId",
      "refundKey",
      "tradePassword",
      "url",
    ]);
    expect(JSON.stringify(found)).not.toMatch(/canary/i);
  });

  test("tells missing keys beside other faults", () => {
    const found = faults({ iv: "", tradePassword: undefined, refundPassword: undefined });
    expect(found.map(({ path }) => path).sort()).toEqual(["iv", "refundPassword", "tradePassword"]);
  });

  test.each([null, "text", [], 5])("%j is no entry", (entry) => {
    expect(scan2pay.readSettings(entry).ok).toBe(false);
  });

  test.each([
    "http://localhost:4010/x",
    "http://127.0.0.1:4010/x",
    "http://[::1]:4010/x",
    "https://localhost/x",
  ])("may name this machine: %s", (local) => expect(faults({ url: local })).toEqual([]));
});

describe("stored settings", () => {
  test("open into keys", () => {
    const account = openScan2PaySettings(settings({ partialRefund: true }));
    expect(account).toMatchObject({ merchantId: "S2PSIM0001", canRefundPart: true, stringFees: true });
    expect(account.iv).toEqual(Buffer.from("2718281828459045"));
  });

  test("that do not parse throw, and the message holds no secret", () => {
    const { config, secrets } = settings();
    const open = () => openScan2PaySettings({ config, secrets: { ...secrets, tradeKey: "canary" } });
    expect(open).toThrow(/secrets\.tradeKey must be 64 lower-case hex/);
    expect(open).not.toThrow(/canary/);
  });

  test("decide about partial refunds", () => {
    expect(scan2pay.capabilities(settings().config).refund.canPartial).toBe(false);
    expect(scan2pay.capabilities(settings({ partialRefund: true }).config).refund.canPartial).toBe(true);
  });

  test("an opened line gives no key away", () => {
    const line = scan2pay.open(settings());
    expect(JSON.stringify(line)).not.toMatch(
      new RegExp(`${vectors.sha256[0]?.hexLower}|${vectors.sha256[1]?.hexLower}`),
    );
  });
});

test("a wallet is called by its name, and an unknown code stays as it is", () => {
  expect([
    scan2pay.walletName("11500"),
    scan2pay.walletName("99999"),
    scan2pay.walletName("toString"),
  ]).toEqual(["LINE Pay", "99999", "toString"]);
});
