import "server-only";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

/** A file in a ZIP archive, its name in ASCII. */
export type ZipEntry = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

/** Sizes and sum stand behind a file, and its name is UTF-8 (APPNOTE 4.4.4, bits 3 and 11). */
const flags = 0x0808;
const deflated = 8;
const version = 20;
/** 1980-01-01, the first day a ZIP knows: the files say themselves when they were made. */
const day = 0x0021;

type Written = { readonly name: Buffer; readonly offset: number; crc: number; packed: number; size: number };

function numbers(...parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    parts.map(([length, value]) => {
      const part = Buffer.alloc(length);
      part.writeUIntLE(value, 0, length);
      return part;
    }),
  );
}

const localHead = ({ name }: Written) =>
  Buffer.concat([
    numbers([4, 0x04034b50], [2, version], [2, flags], [2, deflated], [2, 0], [2, day]),
    numbers([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    name,
  ]);

const sums = ({ crc, packed, size }: Written) => numbers([4, crc], [4, packed], [4, size]);

const listed = (entry: Written) =>
  Buffer.concat([
    numbers([4, 0x02014b50], [2, version], [2, version], [2, flags], [2, deflated], [2, 0], [2, day]),
    sums(entry),
    numbers([2, entry.name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, entry.offset]),
    entry.name,
  ]);

async function* packedBytes(bytes: ZipEntry["bytes"], entry: Written): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw();
  async function* counted() {
    for await (const part of bytes) {
      entry.crc = crc32(part, entry.crc);
      entry.size += part.length;
      yield part;
    }
  }
  // What ends one of them ends the packing, which is what is read here.
  pipeline(Readable.from(counted()), deflate).catch(() => undefined);
  for await (const part of deflate) {
    entry.packed += part.length;
    yield part;
  }
}

/** A ZIP archive, written while its files are read, one after the other; below 4 GB. */
export async function* zipStream(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  const put = (bytes: Uint8Array) => {
    offset += bytes.length;
    return bytes;
  };
  for (const { name, bytes } of entries) {
    const entry: Written = { name: Buffer.from(name, "ascii"), offset, crc: 0, packed: 0, size: 0 };
    yield put(localHead(entry));
    for await (const part of packedBytes(bytes, entry)) yield put(part);
    yield put(Buffer.concat([numbers([4, 0x08074b50]), sums(entry)]));
    written.push(entry);
  }
  const list = Buffer.concat(written.map(listed));
  const { length } = written;
  yield list;
  yield numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, length],
    [2, length],
    [4, list.length],
    [4, offset],
    [2, 0],
  );
}
