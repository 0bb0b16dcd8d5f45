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
