import { describe, expect, test } from "vitest";
import { type DrillBooks, drillLink, judgeDrill } from "./drill.ts";
import { roles } from "./staff.ts";

const xinyi = {
  slug: "xinyi",
  config: { url: "http://127.0.0.1:4110/allpaypass/api/general", merchantId: "S2PSIM0001" },
};
const siam = {
  slug: "siam",
  config: {
    ...{ gatewayUrl: "http://localhost:4120/api", payUrl: "http://[::1]:4120/KsherPay", appId: "mch99001" },
    signVersion: "V1",
  },
};
const books = (more: Partial<DrillBooks>): DrillBooks => ({
  isDrill: false,
  accounts: [xinyi, siam],
  strangers: [],
  ...more,
});
const refusalOf = (isDrillDesk: boolean, more: Partial<DrillBooks>) => {
  const answer = judgeDrill(isDrillDesk, books(more));
  return answer.ok ? "started" : answer.refusal;
};

describe("a drill", () => {
  test("begins on empty books and on the demo's, and goes on with those it began", () => {
    expect(judgeDrill(true, books({ accounts: [] }))).toEqual({ ok: true, value: "begins" });
    expect(judgeDrill(true, books({}))).toEqual({ ok: true, value: "begins" });
    expect(judgeDrill(true, books({ isDrill: true }))).toEqual({ ok: true, value: "stays" });
  });

  test("T22: starts on no books with an account that is not the demo's, also one that reaches this machine only", () => {
    const other = { slug: "taipei-2", config: xinyi.config };
    for (const isDrill of [false, true])
      expect(refusalOf(true, { isDrill, accounts: [xinyi, other] })).toContain("account taipei-2");
    // A tunnel on this machine leads anywhere: the merchant itself has to be the simulator's.
    const tunnel = { slug: "xinyi", config: { ...xinyi.config, merchantId: "S2P0000815" } };
    expect(refusalOf(true, { accounts: [tunnel] })).toContain("account xinyi");
    expect(refusalOf(true, { accounts: [{ slug: "toString", config: {} }] })).toContain("account toString");
  });

  test.each([
    "https://a.intella.co/allpaypass/api/general",
    "http://127.0.0.1.evil.example/api",
    "http://127.0.0.1@evil.example/api",
    "http://localhost.evil.example/api",
    "https://10.0.0.7/api",
    "HTTPS://gateway.ksher.com/api",
    "ftp://127.0.0.1/api",
    "https://",
  ])("T22: starts on no books whose gateway is at %s", (url) => {
    for (const isDrill of [false, true]) {
      const said = refusalOf(true, {
        isDrill,
        accounts: [{ slug: "xinyi", config: { ...xinyi.config, url } }],
      });
      expect(said).toContain("reaches a gateway");
    }
    expect(
      refusalOf(true, { accounts: [{ slug: "siam", config: { ...siam.config, payUrl: url } }] }),
    ).toContain("siam");
  });

  test("an address on this machine is one, however it is written", () => {
    for (const url of ["http://127.1:4110/x", "http://LOCALHOST:4110/x", "https://127.8.8.8/x"])
      expect(refusalOf(true, { accounts: [{ slug: "xinyi", config: { ...xinyi.config, url } }] })).toBe(
        "started",
      );
  });

  test("T22: books that somebody real works on become none; whom a drill hires may stay", () => {
    expect(refusalOf(true, { strangers: ["mei"] })).toContain("mei works on these books");
    expect(refusalOf(true, { isDrill: true, strangers: ["mei"] })).toBe("started");
  });

  test("a name or a password in an address is not repeated", () => {
    const config = { ...xinyi.config, url: "https://me:canary-77@evil.example/api" };
    expect(refusalOf(true, { accounts: [{ slug: "xinyi", config }] })).not.toContain("canary-77");
  });
});

describe("a desk that is no drill", () => {
  test("T22: starts on no books that once were a drill's, whatever they hold by now", () => {
    for (const accounts of [[], [xinyi, siam], [{ slug: "taipei-2", config: {} }]])
      expect(refusalOf(false, { isDrill: true, accounts })).toContain("STOREDESK_DRILL=1");
  });

  test("starts on every other books, the demo's too", () => {
    expect(refusalOf(false, {})).toBe("started");
    expect(refusalOf(false, { accounts: [{ slug: "taipei-2", config: {} }], strangers: ["mei"] })).toBe(
      "started",
    );
  });
});

test("managers and owners of the real desk find a link to the drill where there is one; nobody else, and nobody in a drill", () => {
  const url = "https://drill.example.com";
  const finders = (isDrill: boolean, where: string | null) =>
    roles.filter((role) => drillLink(role, { isDrill, url: where }) !== null);
  expect(drillLink("owner", { isDrill: false, url })).toBe(url);
  expect(finders(false, url)).toEqual(["manager", "owner"]);
  expect(finders(false, null)).toEqual([]);
  expect(finders(true, url)).toEqual([]);
});
