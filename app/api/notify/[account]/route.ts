import { limits } from "#lib/domain/limits.ts";
import { isStorable } from "#lib/domain/storable-text.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { takeNotice } from "#lib/use-cases/take-notice.ts";

const statusOf = { forged: 400, noSuchAccount: 404, tooMany: 429 } as const;

/** The body up to the limit; null when there is more. Never holds more than the limit and one piece. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > limits.noticeBytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Where gateways tell of payments. The signature is the only password; see `takeNotice` for what a notice is worth. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ account: string }> },
): Promise<Response> {
  const body = await readBody(request);
  if (body === null) return new Response(null, { status: 413 });
  const { account } = await params;
  if (!isStorable(account)) return new Response(null, { status: statusOf.noSuchAccount });
  const taken = await takeNotice(appContext(), account, body);
  if (taken.what !== "taken") return new Response(null, { status: statusOf[taken.what] });
  return new Response(taken.reply.body, { headers: { "content-type": taken.reply.contentType } });
}
