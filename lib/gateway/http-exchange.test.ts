import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { rawServer, send } from "./fixtures/raw-server.ts";

describe("answers that leave us not knowing", () => {
  test("the connection closes after the request, or in the middle of the answer", async () => {
    const cuts = [
      "",
      "HTTP/1.1 200 OK\r\nContent-Le",
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
    ];
    for (const cut of cuts) {
      const { port, seen } = await rawServer((socket) => socket.end(cut));
      expect(await send(port)).toMatchObject({ kind: "lost", why: "connection-lost" });
      expect(seen.connections).toBe(1);
    }
  });

  test("the connection is reset", async () => {
    const { port } = await rawServer((socket) => socket.resetAndDestroy());
    expect(await send(port)).toMatchObject({ kind: "lost", why: "connection-lost" });
  });

  test("bytes that are no HTTP, an upgrade, and headers without end in size", async () => {
    const answers = [
      "SSH-2.0-OpenSSH\r\n",
      "HTTP/1.1 101 Up\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
      `HTTP/1.1 200 OK\r\nA: ${"a".repeat(40_000)}`,
    ];
    for (const answer of answers) {
      const { port } = await rawServer((socket) => socket.write(answer));
      expect(await send(port)).toMatchObject({ kind: "lost", why: "connection-lost" });
    }
  });

  test.each([
    ["headers come a byte at a time", "HTTP/1.1 200 OK\r\nA: ", "b"],
    ["the body comes a byte at a time", "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", "b"],
    ["provisional answers never end", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["nothing comes", "", ""],
  ])("T17: the deadline is one over everything: %s", async (_what, begin, drip) => {
    const { port } = await rawServer((socket) => {
      socket.write(begin);
      const dripping = setInterval(() => socket.write(drip), 20);
      socket.once("close", () => clearInterval(dripping));
    });
    const startedAt = performance.now();
    expect(await send(port, { deadlineMs: 250 })).toMatchObject({ kind: "lost", why: "timeout" });
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThanOrEqual(245);
    expect(tookMs).toBeLessThan(750);
  });

  test("T17: a body above the cap is dropped as soon as it is known, announced or not", async () => {
    const announced = await rawServer((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"),
    );
    expect(await send(announced.port)).toMatchObject({ kind: "lost", why: "too-large", status: 200 });
    let bytesOut = 0;
    const stream = await rawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536))) bytesOut += 65_536;
      };
      socket.on("drain", pour);
      pour();
    });
    expect(await send(stream.port)).toMatchObject({ kind: "lost", why: "too-large" });
    expect(bytesOut).toBeLessThan(20_000_000);
  });

  test("a body of exactly the cap is read", async () => {
    const { port } = await rawServer((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n${"a".repeat(1_024)}`),
    );
    expect(await send(port)).toMatchObject({ kind: "answer", status: 200 });
  });

  test("T17: a compressed answer is not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const { port } = await rawServer((socket) =>
      socket.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`),
          bomb,
        ]),
      ),
    );
    expect(await send(port)).toMatchObject({ kind: "lost", why: "encoded", status: 200 });
  });
});
