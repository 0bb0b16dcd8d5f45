import { beforeEach, expect, test } from "vitest";
import { draftKey, dropDraft, keepDraft, parseDraft, readDraft } from "./refund-draft.ts";

/** A tab's storage; its keys are its own members, as in a browser. */
function tabStorage(): Storage {
  const methods = {
    getItem: (name: string) => (Object.hasOwn(kept, name) ? Reflect.get(kept, name) : null),
    setItem: (name: string, value: string) => Reflect.set(kept, name, value),
    removeItem: (name: string) => Reflect.deleteProperty(kept, name),
  };
  const kept = Object.create(methods);
  return kept;
}

beforeEach(() => {
  Object.defineProperty(globalThis, "sessionStorage", { value: tabStorage(), configurable: true });
});

const form = { account: "xinyi", orderNo: "PO1", after: "" };
const draft = { clientRequestId: "id-1", isSent: false, amount: "１，０００", reason: "damaged", note: "😡" };

test("scenario 29: the draft comes back whole to the person who wrote it", () => {
  const key = draftKey("ann", form);
  keepDraft(key, draft);
  expect(readDraft(key, "ann")).toEqual(draft);
  dropDraft(key);
  expect(readDraft(key, "ann")).toBeNull();
});

test("scenario 29: another person at the same tab finds nothing, and the first one's words are thrown away", () => {
  keepDraft(draftKey("ann", form), draft);
  expect(readDraft(draftKey("bob", form), "bob")).toBeNull();
  expect(Object.keys(sessionStorage)).toEqual([]);
});

test("drafts of two orders, and of an answer beside a first request, do not mix", () => {
  const keys = new Set([
    draftKey("ann", form),
    draftKey("ann", { ...form, orderNo: "PO2" }),
    draftKey("ann", { ...form, after: "Q000001" }),
  ]);
  expect(keys.size).toBe(3);
});

test.each(["", "null", "[]", "{}", '{"clientRequestId":1,"amount":"1","reason":"","note":""}', "not json"])(
  "%j is no draft",
  (text) => expect(parseDraft(text)).toBeNull(),
);
