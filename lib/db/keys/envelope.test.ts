import { expect, test } from "vitest";
import { envelopeStart, openEnvelope, rewrapEnvelope, sealEnvelope } from "./envelope.ts";
import { masterKeyOf } from "./master-key.ts";

const first = masterKeyOf(Buffer.alloc(32, 7));
const second = masterKeyOf(Buffer.alloc(32, 9));
const alone = (main: typeof first) => ({ main, old: null });
const both = { main: second, old: first };
const place = "merchant_account:xinyi";
const content = Buffer.from('{"tradeKey":"aaaa"}');

/** What Storedesk sealed with the first key before accounts had keys of their own. */
const earlier = Buffer.from(
  "AeZSzp3PzJy6fI6fan3UHHSs17Wh9AjABiPSYjzKLbVVhf+tywntbFxsV3fyJbAeMilz3N9BayVw76+u+oBBHR89fQCXGjX/HXJ6xEX1s2dWZ1L2weo8Enlvr7aJsFjci4T8+3eHs3HtIPl1",
  "base64",
);

test("what is wrapped anew opens with the new key alone, and its content was not sealed again", () => {
  const sealed = sealEnvelope(first, place, content);
  const anew = rewrapEnvelope(both, second, { place, sealed });
  expect(openEnvelope(alone(second), place, anew)).toEqual(content);
  expect(() => openEnvelope(alone(first), place, anew)).toThrow("another STOREDESK_MASTER_KEY");
  expect(() => openEnvelope(alone(second), place, sealed)).toThrow("another STOREDESK_MASTER_KEY");
  const boxBytes = 12 + 16 + content.length;
  expect(anew.subarray(-boxBytes)).toEqual(sealed.subarray(-boxBytes));
  expect(anew.subarray(0, 9)).toEqual(envelopeStart(second));
});

test("what an earlier version sealed opens with either of two keys, and becomes an envelope", () => {
  const opened = Buffer.from(`{"tradeKey":"${"a".repeat(64)}"}`);
  expect(openEnvelope(both, place, earlier)).toEqual(opened);
  expect(() => openEnvelope(alone(second), place, earlier)).toThrow("another STOREDESK_MASTER_KEY");
  const anew = rewrapEnvelope(both, second, { place, sealed: earlier });
  expect(openEnvelope(alone(second), place, anew)).toEqual(opened);
});

test("T15: whichever bit of an envelope is changed, and wherever it is moved, it does not open", () => {
  const sealed = sealEnvelope(first, place, content);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const bent = Buffer.from(sealed);
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => openEnvelope(alone(first), place, bent)).toThrow();
  }
  expect(() => openEnvelope(alone(first), "merchant_account:siam", sealed)).toThrow();
  const other = sealEnvelope(first, place, content);
  const mixed = Buffer.concat([sealed.subarray(0, 69), other.subarray(69)]);
  expect(() => openEnvelope(alone(first), place, mixed)).toThrow();
});

test("a mark tells two keys apart and is no part of either", () => {
  expect(first.mark).not.toBe(second.mark);
  expect(first.mark).toMatch(/^[0-9a-f]{16}$/);
  expect(Buffer.alloc(32, 7).toString("hex")).not.toContain(first.mark);
});
