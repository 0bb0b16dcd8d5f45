import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openKsherSettings } from "./config.ts";
import { vectorEntry, vectors, versionTwo } from "./fixtures/vectors.ts";
import { ksher } from "./kind.ts";

const origin = "https://gateway.ksher.example";
const { merchant_1024, platform_v1_512, platform_v2_2048 } = vectors.keys;

function faults(more: Record<string, unknown>) {
  const read = ksher.readSettings(vectorEntry(origin, more));
  return read.ok ? [] : read.faults;
}

function settings(more: Record<string, unknown> = {}) {
  const read = ksher.readSettings(vectorEntry(origin, more));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.value;
}

describe("a provisioning entry", () => {
  test("becomes readable config and one secret, the merchant's key", () => {
    const value = settings();
    expect(value).toEqual({
      config: {
        gatewayUrl: `${origin}/api`,
        payUrl: `${origin}/KsherPay`,
        appId: "mch99001",
        platformPublicKeyPem: platform_v1_512.public_spki_pem,
        signVersion: "V1",
        partialRefund: true,
      },
      secrets: { merchantPrivateKeyPem: merchant_1024.private_pkcs1_pem },
    });
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  test("takes every form of key a portal gives out, and keys of old accounts", () => {
    const forms = [
      { merchantPrivateKeyPem: merchant_1024.private_pkcs8_pem },
      { merchantPrivateKeyPem: platform_v1_512.private_pkcs1_pem },
      { platformPublicKeyPem: platform_v1_512.public_pkcs1_pem },
      versionTwo,
      { ...versionTwo, platformPublicKeyPem: platform_v2_2048.public_pkcs1_pem },
      { noticePublicKeyPem: platform_v2_2048.public_spki_pem },
      { signVersion: undefined },
      { lang: "th", partialRefund: false },
    ];
    expect(forms.map(faults)).toEqual(forms.map(() => []));
  });

  test("may come without the parts that the house reads", () => {
    expect(faults({ slug: undefined, store: undefined, gateway: undefined })).toEqual([]);
  });

  test.each([
    ["gatewayUrl", { gatewayUrl: "http://gateway.ksher.example/api" }, "https://"],
    ["gatewayUrl", { gatewayUrl: "https://10.0.0.1/api" }, "private or link-local"],
    ["gatewayUrl", { gatewayUrl: `${origin}/api?lang=en` }, "must not hold a ? part"],
    ["gatewayUrl", { gatewayUrl: undefined }, "missing"],
    ["payUrl", { payUrl: "https://user:secret@pay.example/" }, "user name"],
    ["payUrl", { payUrl: "nowhere" }, "not a URL"],
    ["payUrl", { payUrl: undefined }, "missing"],
    ["appId", { appId: "99001" }, "mch and the merchant number"],
    ["appId", { appId: `mch${"1".repeat(30)}` }, "mch and the merchant number"],
    ["merchantPrivateKeyPem", { merchantPrivateKeyPem: "hello" }, "RSA private key"],
    ["merchantPrivateKeyPem", { merchantPrivateKeyPem: merchant_1024.public_spki_pem }, "RSA private key"],
    ["merchantPrivateKeyPem", { merchantPrivateKeyPem: undefined }, "missing"],
    ["platformPublicKeyPem", { platformPublicKeyPem: "hello" }, "RSA public key"],
    ["platformPublicKeyPem", { platformPublicKeyPem: platform_v1_512.private_pkcs1_pem }, "RSA public key"],
    ["signVersion", { signVersion: "V3" }, "V1 or V2"],
    ["signVersion", { signVersion: "V2" }, "does not fit the size"],
    ["signVersion", { ...versionTwo, signVersion: "V1" }, "does not fit the size"],
    ["signVersion", { ...versionTwo, signVersion: undefined }, "does not fit the size"],
    ["noticePublicKeyPem", { noticePublicKeyPem: "" }, "RSA public key"],
    ["lang", { lang: "zh" }, "en, cn or th"],
    ["partialRefund", { partialRefund: "yes" }, "true or false"],
    ["partialRefunds", { partialRefunds: true }, "not a setting"],
  ])("with a wrong %s is refused with its place and a sentence", (path, more, sentence) => {
    expect(faults(more)).toEqual([{ path, message: expect.stringContaining(sentence) }]);
  });

  test("with an elliptic or a locked private key is refused", () => {
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    const locked = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "canary",
    });
    for (const merchantPrivateKeyPem of [curve, locked])
      expect(faults({ merchantPrivateKeyPem })).toMatchObject([{ path: "merchantPrivateKeyPem" }]);
  });

  test("tells all its faults at once and repeats no secret", () => {
    const found = faults({
      merchantPrivateKeyPem: "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----",
      platformPublicKeyPem: undefined,
      appId: 5,
      gatewayUrl: "http://canary.example",
      signVersion: "canary",
      canary: "canary",
    });
    expect(found.map(({ path }) => path).sort()).toEqual([
      "appId",
      "canary",
      "gatewayUrl",
      "merchantPrivateKeyPem",
      "platformPublicKeyPem",
      "signVersion",
    ]);
    expect(found.map(({ message }) => message).join()).not.toMatch(/canary/i);
  });

  test("tells a version that does not fit its key beside other faults", () => {
    const found = faults({ signVersion: "V2", appId: "" });
    expect(found.map(({ path }) => path).sort()).toEqual(["appId", "signVersion"]);
  });

  test.each([null, "text", [], 5])("%j is no entry", (entry) => {
    expect(ksher.readSettings(entry).ok).toBe(false);
  });

  test.each(["http://localhost:4020/api", "http://127.0.0.1:4020/api", "http://[::1]:4020/api"])(
    "may name this machine: %s",
    (local) => expect(faults({ gatewayUrl: local, payUrl: local })).toEqual([]),
  );
});

describe("stored settings", () => {
  test("open into keys", () => {
    const more = { noticePublicKeyPem: platform_v2_2048.public_spki_pem, lang: "th" };
    const account = openKsherSettings(settings(more));
    expect(account).toMatchObject({ appId: "mch99001", signVersion: "V1", lang: "th", canRefundPart: true });
    const bits = [account.merchantKey, account.platformKey, account.noticeKey].map(
      (key) => key?.asymmetricKeyDetails?.modulusLength,
    );
    expect(bits).toEqual([1_024, 512, 2_048]);
    expect(openKsherSettings(settings())).toMatchObject({ lang: null, noticeKey: null });
  });

  test("that do not parse throw, and the message holds no secret", () => {
    const { config } = settings();
    const open = () => openKsherSettings({ config, secrets: { merchantPrivateKeyPem: "canary" } });
    expect(open).toThrow(/secrets\.merchantPrivateKeyPem must be an RSA private key/);
    expect(open).not.toThrow(/canary/);
  });

  test("decide about partial refunds; what a gateway cannot do stays so", () => {
    const can = (more: Record<string, unknown>) => ksher.capabilities(settings(more).config);
    expect(can({}).refund.canPartial).toBe(true);
    expect(can({ partialRefund: false }).refund.canPartial).toBe(false);
    expect(can({})).toMatchObject({
      currency: "THB",
      orderNoLengthMax: 32,
      cancel: { offeredForMs: null, windowMs: null, isProvisional: true },
      refund: { canQuery: true, noQueryWallets: expect.arrayContaining(["promptpay", "alipay"]) },
      canListOrders: false,
      canResend: false,
    });
  });

  test("an opened line gives no key away", () => {
    const line = ksher.open(settings());
    const body = merchant_1024.private_pkcs1_pem.split("\n")[1] ?? "?";
    expect(JSON.stringify(line)).not.toContain(body);
    expect(line.id).toBe("ksher");
  });
});

test("a wallet is called by its name, and an unknown channel stays as it is", () => {
  const names = ["promptpay", "airpay", "card", "newpay", "toString"].map(ksher.walletName);
  expect(names).toEqual(["PromptPay", "ShopeePay", "Card", "newpay", "toString"]);
});
