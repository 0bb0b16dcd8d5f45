import { describe, expect, test } from "vitest";
import { scan2payStatus } from "./status-codes.ts";

function reason(code: string): string {
  const { verdict } = scan2payStatus(code);
  return verdict.kind === "declined"
    ? verdict.reason
    : verdict.kind === "unknown"
      ? verdict.why
      : verdict.kind;
}

describe("what staff and money may conclude from a status code", () => {
  test.each([
    ["done", ["0000"]],
    ["gateway-pending", ["9997", "7305", "7313", "7341"]],
    ["credentials", ["7100", "7105", "7132", "7143", "7168", "7202", "8006"]],
    ["locked-out", ["7145", "7158"]],
    ["duplicate-number", ["7000", "7003", "7146", "8013"]],
    ["already-done", ["7001", "7112", "7133", "7137"]],
    ["too-late", ["7155", "7327"]],
    ["too-soon", ["7108"]],
    ["in-progress", ["7114", "7119"]],
    ["amount", ["7107", "7110", "7111", "7126"]],
    ["not-found", ["2000", "7002", "7004"]],
    ["our-request", ["7102", "7127", "7139", "8001", "8002", "8003", "8004", "8005"]],
    ["configuration", ["7200", "7201", "7203"]],
    ["not-payable-back", ["7113"]],
    ["refused", ["7134", "7138", "8014"]],
    [
      "gateway-trouble",
      ["2005", "7141", "7404", "8011", "8012", "8015", "9994", "9995", "9996", "9998", "9999"],
    ],
    ["unknown-code", ["7109", "7331", "7339", "9000", "0001", "", "constructor", "__proto__"]],
  ])("%s", (wanted, codes) => {
    expect(codes.map(reason)).toEqual(codes.map(() => wanted));
  });

  test("only 0000 is done", () => {
    const all = Array.from({ length: 10_000 }, (_, code) => String(code).padStart(4, "0"));
    expect(all.filter((code) => reason(code) === "done")).toEqual(["0000"]);
    expect(all.filter((code) => reason(code) !== "unknown-code")).toHaveLength(145);
  });
});
