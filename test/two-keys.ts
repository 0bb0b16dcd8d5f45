import { afterAll, vi } from "vitest";

/** The master key that takes the place of the tests' own one. */
export const newKeyText = Buffer.alloc(32, 9).toString("base64");

/**
 * Every process of the file that calls this knows both master keys, as the guide to changing them says. Called before its
 * imports, by `vi.hoisted`: whoever ran earlier in the worker has read the environment already.
 */
export function knowTwoKeys(): void {
  process.env.STOREDESK_MASTER_KEY_OLD = newKeyText;
  vi.resetModules();
  afterAll(() => {
    delete process.env.STOREDESK_MASTER_KEY_OLD;
    vi.resetModules();
  });
}
