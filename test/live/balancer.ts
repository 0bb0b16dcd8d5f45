import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What the test needs of a reverse proxy, as deploy/Caddyfile sets it: `/api/ready` decides who gets requests, in turn. */
export type Balancer = {
  readonly origin: string;
  /** Answers above 499, and requests that no instance took. */
  readonly failures: string[];
  close(): Promise<void>;
};

const lookMs = 100;

/** An instance may be gone in the middle of its answer. */
async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  const ready = new Set<number>();
  const failures: string[] = [];
  let turn = 0;
  let isOpen = true;
  const look = async (port: number) => {
    while (isOpen) {
      if (await isReady(port)) ready.add(port);
      else ready.delete(port);
      await pause(lookMs);
    }
  };
  const looks = ports.map(look);
  const server = createServer((asked, answer) => {
    const order = [...ready];
    turn += 1;
    pass(asked, answer, [...order.slice(turn % order.length), ...order.slice(0, turn % order.length)]);
  });

  /** Only what reached nobody is tried at the next one. */
  function pass(asked: IncomingMessage, answer: ServerResponse, left: readonly number[]): void {
    const [port, ...others] = left;
    const fail = (why: string) => {
      failures.push(`${asked.method} ${asked.url}: ${why}`);
      answer.writeHead(502).end();
    };
    if (port === undefined) {
      fail("no instance is ready");
      return;
    }
    const { method, url: path, headers } = asked;
    const onward = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (got) => {
      if ((got.statusCode ?? 0) >= 500) failures.push(`${method} ${path}: ${got.statusCode}`);
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") pass(asked, answer, others);
      else fail(error.message);
    });
    asked.pipe(onward);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    failures,
    async close() {
      isOpen = false;
      server.closeAllConnections();
      await Promise.all([...looks, new Promise((resolve) => server.close(resolve))]);
    },
  };
}
