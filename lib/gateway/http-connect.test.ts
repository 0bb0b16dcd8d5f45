import dns from "node:dns";
import { createServer as createSecureServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import certificates from "./fixtures/certificates.json" with { type: "json" };
import { listen, send } from "./fixtures/raw-server.ts";

describe("certificates", () => {
  const { privateKeyPem: key, authorityPem } = certificates;

  async function secureSend(
    cert: string,
    tls: { minVersion?: "TLSv1"; maxVersion?: "TLSv1.1" } = {},
    ca: string | undefined = authorityPem,
  ) {
    const requests = vi.fn();
    const server = createSecureServer(
      { key, cert, ...tls, ciphers: "DEFAULT@SECLEVEL=0" },
      (_request, response) => {
        requests();
        response.end("ok");
      },
    );
    server.on("tlsClientError", () => {});
    const port = await listen(server);
    const sent = await send(port, {
      url: new URL(`https://localhost:${port}/pay`),
      certificateAuthorityPem: ca,
    });
    return { sent, requests: requests.mock.calls.length };
  }

  test("an answer over TLS says that the other side proved its name", async () => {
    expect(await secureSend(certificates.localhostPem)).toMatchObject({
      sent: { kind: "answer", isTls: true },
      requests: 1,
    });
  });

  test.each([
    ["self-signed", certificates.selfSignedPem, authorityPem],
    ["of another host", certificates.wrongHostPem, authorityPem],
    ["expired", certificates.expiredPem, authorityPem],
    ["of an authority we do not know", certificates.localhostPem, undefined],
  ])("T17: a certificate that is %s stops the send before a byte", async (_what, cert, ca) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    expect(await secureSend(cert, {}, ca ?? "")).toEqual({
      sent: { kind: "not-sent", why: "tls" },
      requests: 0,
    });
  });

  test("T17: TLS 1.1 is not spoken", async () => {
    const { sent, requests } = await secureSend(certificates.localhostPem, {
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
    });
    expect({ sent, requests }).toEqual({ sent: { kind: "not-sent", why: "tls" }, requests: 0 });
  });

  test("a server that never shakes hands is left at the deadline, unsent", async () => {
    const port = await listen(createTcpServer(() => {}));
    const sent = await send(port, { url: new URL(`https://localhost:${port}/`), deadlineMs: 150 });
    expect(sent).toEqual({ kind: "not-sent", why: "tls" });
  });
});

describe("names that lead inside", () => {
  /** Every name but `localhost` resolves to this. */
  function resolveTo(address: string, family: 4 | 6) {
    const answer = (_host: string, options: dns.LookupOptions, done: (...told: unknown[]) => void) =>
      options.all ? done(null, [{ address, family }]) : done(null, address, family);
    vi.spyOn(dns, "lookup").mockImplementation(answer as typeof dns.lookup);
  }

  test.each([
    ["127.0.0.1", 4],
    ["10.1.2.3", 4],
    ["169.254.169.254", 4],
    ["::1", 6],
    ["fd00::1", 6],
    ["::ffff:192.168.0.1", 6],
  ] as const)(
    "T18: a name that resolves to %s is not connected to: nothing is sent",
    async (address, family) => {
      const requests = vi.fn();
      const port = await listen(createTcpServer(requests));
      resolveTo(address, family);
      const url = new URL(`http://gateway.example:${port}/`);
      expect(await send(port, { url })).toEqual({ kind: "not-sent", why: "dns" });
      expect(requests).not.toHaveBeenCalled();
    },
  );

  test("T18: the name of this machine itself still leads to the simulators", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n")));
    expect(await send(port, { url: new URL(`http://localhost:${port}/`) })).toMatchObject({ kind: "answer" });
  });
});
