import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.resetModules());

/** What a process with these variables on top of the tests' own reads, or the sentence it ends with. */
async function read(variables: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  const { env } = await import("./env.ts");
  try {
    return env();
  } catch (error) {
    return String(error);
  }
}

test("a drill is a demo in a sandbox and nothing else; left out or 0, a desk is none", async () => {
  expect(await read({ STOREDESK_DRILL: "1" })).toContain("STOREDESK_DRILL: a drill is a demo");
  expect(await read({ STOREDESK_DEMO: "1", STOREDESK_ENVIRONMENT: "production" })).toContain(
    "STOREDESK_DRILL",
  );
  expect(await read({ STOREDESK_ENVIRONMENT: "" })).toMatchObject({
    ...{ STOREDESK_DRILL: true, STOREDESK_ENVIRONMENT: "sandbox" },
  });
  expect(await read({ STOREDESK_DRILL: "0" })).toMatchObject({ STOREDESK_DRILL: false });
  expect(await read({ STOREDESK_DRILL: "" })).toMatchObject({ STOREDESK_DRILL: false });
});

test("a drill never writes the audit's head into the file of the desk beside it", async () => {
  const head = { STOREDESK_HEAD_FILE: "/var/lib/storedesk/head.json", STOREDESK_DATA: "/shop/.data" };
  expect(await read({ ...head, STOREDESK_DEMO: "1" })).toMatchObject({
    STOREDESK_HEAD_FILE: head.STOREDESK_HEAD_FILE,
  });
  expect(await read({ STOREDESK_DRILL: "1" })).toMatchObject({
    STOREDESK_HEAD_FILE: "/shop/.data/audit-head.json",
  });
});
