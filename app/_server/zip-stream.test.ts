import { expect, test } from "vitest";
import { unzip } from "#test/unzip.ts";
import { zipStream } from "./zip-stream.ts";

async function* given(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

test("two files come out as they went in, also an empty one and one in many parts", async () => {
  const long = Array.from({ length: 5_000 }, (_, no) => `"${no}","信義店"\r\n`);
  const entries = [
    { name: "audit.csv", bytes: given(...long) },
    { name: "empty.txt", bytes: given() },
  ];
  expect(unzip(await bytesOf(zipStream(entries)))).toEqual({ "audit.csv": long.join(""), "empty.txt": "" });
});

test("an error on the way breaks the archive off", async () => {
  async function* broken() {
    yield Buffer.from("a");
    throw new Error("the books are away");
  }
  await expect(bytesOf(zipStream([{ name: "a.csv", bytes: broken() }]))).rejects.toThrow(
    "the books are away",
  );
});
