import { describe, expect, test } from "vitest";
import type { ExportPart } from "#lib/use-cases/exports/export-part.ts";
import { csvAnswer, csvText } from "./csv-answer.ts";

const columns = [
  { head: "Order", cell: ({ no }: { no: string }) => no },
  { head: "名稱", cell: ({ name }: { name: string }) => name },
];
type Row = { no: string; name: string };
const answer = (parts: AsyncIterable<ExportPart<Row>>, drillWords: string | null = null) =>
  csvAnswer({ fileName: "orders-2026-03-02", columns, parts, cutWords: "The list goes on.", drillWords });
async function* given(...parts: ExportPart<Row>[]) {
  yield* parts;
}

describe("a list as a file", () => {
  test("scenario 52: it begins with the mark Excel knows UTF-8 by, and lines end as RFC 4180 says", async () => {
    const file = answer(given({ rows: [{ no: "PO1", name: "信義店 ร้านสยาม" }], isCut: false }));
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe('"Order","名稱"\r\n"PO1","信義店 ร้านสยาม"\r\n');
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="orders-2026-03-02.csv"');
    expect(file.headers.get("cache-control")).toBe("private, no-store");
  });

  test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"])(
    "T20: a cell that begins as %j is text to a spreadsheet",
    (text) => {
      expect(csvText([[text]])).toBe(`"'${text}"\r\n`);
    },
  );

  test("T20: nobody gets out of a cell by quotes, commas or line ends, and text that calculates nothing stays", () => {
    expect(csvText([['a","=1+1', "b\n=1", "c\r\n=1", "", "1=1"]])).toBe(
      '"a"",""=1+1","b\n=1","c\r\n=1","","1=1"\r\n',
    );
  });

  test("a list that was cut says so in its last line", async () => {
    const file = answer(given({ rows: [{ no: "PO1", name: "" }], isCut: true }));
    expect((await file.text()).split("\r\n")).toEqual([
      '"Order","名稱"',
      '"PO1",""',
      '"The list goes on.",""',
      "",
    ]);
  });

  test("T22: a drill's list says so in its name and below its last line; its columns stay as they are", async () => {
    const file = answer(given({ rows: [{ no: "PO1", name: "" }], isCut: true }), "Practice: no real money");
    expect(file.headers.get("content-disposition")).toBe(
      'attachment; filename="DRILL-orders-2026-03-02.csv"',
    );
    expect((await file.text()).split("\r\n")).toEqual([
      '"Order","名稱"',
      '"PO1",""',
      '"The list goes on.",""',
      '"Practice: no real money",""',
      "",
    ]);
  });

  test("a list without end is read only as far as it is taken, and no further once its reader is gone", async () => {
    const seen = { parts: 0, isOver: false };
    async function* endless(): AsyncGenerator<ExportPart<Row>> {
      try {
        for (;;) {
          seen.parts += 1;
          yield { rows: [{ no: "PO1", name: "" }], isCut: false };
        }
      } finally {
        seen.isOver = true;
      }
    }
    const reader = answer(endless()).body?.getReader();
    for (let taken = 0; taken < 3; taken += 1) await reader?.read();
    expect(seen.parts).toBeLessThanOrEqual(4);
    await reader?.cancel();
    expect(seen.isOver).toBe(true);
  });

  test("trouble on the way breaks the download off: half a list is never a whole file", async () => {
    async function* broken(): AsyncGenerator<ExportPart<Row>> {
      yield { rows: [{ no: "PO1", name: "" }], isCut: false };
      throw new Error("the database went away");
    }
    await expect(answer(broken()).text()).rejects.toThrow("the database went away");
  });
});
