import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { listen, plainAnswer, rawServer, send } from "./fixtures/raw-server.ts";

describe("one send", () => {
  test("delivers the body once, whole, on its own connection, and brings the answer back", async () => {
    const requests: unknown[] = [];
    const server: Server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      request.on("end", () => {
        requests.push({ method: request.method, path: request.url, headers: request.headers, body });
        response.end("answer");
      });
    });
    const port = await listen(server);
    const sent = await send(port);
    expect(sent).toEqual({ kind: "answer", status: 200, body: Buffer.from("answer"), isTls: false });
    expect(requests).toEqual([
      {
        method: "POST",
        path: "/pay?x=1",
        headers: {
          host: `127.0.0.1:${port}`,
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength('{"Request":"錢"}')),
          "accept-encoding": "identity",
          connection: "close",
        },
        body: '{"Request":"錢"}',
      },
    ]);
  });

  test("takes an answer that ends with its connection as whole", async () => {
    const { port } = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
    expect(await send(port)).toMatchObject({ kind: "answer", body: Buffer.from("until the end") });
  });

  test("T17: follows no redirect: a 302 is an answer like any other", async () => {
    const elsewhere = await rawServer((socket) => socket.end(plainAnswer));
    const { port, seen } = await rawServer((socket) =>
      socket.end(
        `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${elsewhere.port}/\r\nContent-Length: 0\r\n\r\n`,
      ),
    );
    expect(await send(port)).toMatchObject({ kind: "answer", status: 302 });
    expect([seen.connections, elsewhere.seen.connections]).toEqual([1, 0]);
  });

  test("goes straight to the gateway whatever proxy the environment names", async () => {
    const proxy = await rawServer((socket) => socket.end(plainAnswer));
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const { port } = await rawServer((socket) => socket.end(plainAnswer));
    expect(await send(port)).toMatchObject({ kind: "answer" });
    expect(proxy.seen.connections).toBe(0);
  });
});

describe("proof that nothing was sent", () => {
  test("a port that nobody listens on", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    await once(server, "close");
    expect(await send(port)).toEqual({ kind: "not-sent", why: "refused" });
  });

  test("a name that does not exist", async () => {
    const sent = await send(0, { url: new URL("https://gateway.invalid/pay") });
    expect(sent).toEqual({ kind: "not-sent", why: "dns" });
  });

  test("a gate that says no, breaks, or does not answer in time", async () => {
    const { port, seen } = await rawServer((socket) => socket.end(plainAnswer));
    const gates: (() => Promise<boolean>)[] = [
      async () => false,
      () => Promise.reject(new Error("database gone")),
      () => {
        throw new Error("bug");
      },
      () => new Promise(() => {}),
    ];
    for (const mayWrite of gates) {
      expect(await send(port, { mayWrite, deadlineMs: 200 })).toEqual({
        kind: "not-sent",
        why: "gate-closed",
      });
    }
    expect(seen).toEqual({ connections: 4, bytes: 0 });
  });

  test("a gate that opens after the deadline lets nothing out", async () => {
    const { port, seen } = await rawServer((socket) => socket.end(plainAnswer));
    let openLate = (_isOpen: boolean) => {};
    const mayWrite = () =>
      new Promise<boolean>((resolve) => {
        openLate = resolve;
      });
    expect(await send(port, { mayWrite, deadlineMs: 50 })).toEqual({ kind: "not-sent", why: "gate-closed" });
    openLate(true);
    expect(await send(port)).toMatchObject({ kind: "answer" });
    expect(seen.connections).toBe(2);
    expect(seen.bytes).toBeLessThan(250);
  });

  test("a gateway that hangs up while the gate is asked", async () => {
    const port = await listen(createTcpServer((socket) => socket.resetAndDestroy()));
    const sent = await send(port, { mayWrite: () => new Promise(() => {}) });
    expect(sent).toEqual({ kind: "not-sent", why: "unreachable" });
  });

  test("the gate is asked once, after the connection stands", async () => {
    const { port, seen } = await rawServer((socket) => socket.end(plainAnswer));
    const asked = vi.fn(async () => {
      await vi.waitFor(() => expect(seen.connections).toBe(1));
      return seen.bytes === 0;
    });
    expect(await send(port, { mayWrite: asked })).toMatchObject({ kind: "answer" });
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
