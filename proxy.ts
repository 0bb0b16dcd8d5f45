import { type NextRequest, NextResponse } from "next/server";
import { deviceCookie } from "#lib/domain/device-cookie.ts";
import { drillMark } from "#lib/domain/drill-mark.ts";

const yearSeconds = 365 * 24 * 60 * 60;

/** Nothing of ours has a NUL or half a letter in its address, and the books cannot even be asked for one. */
function isText(url: string): boolean {
  try {
    return !decodeURIComponent(new URL(url).pathname).includes("\0") && !url.includes("%00");
  } catch {
    return false;
  }
}

/** Headers and the device's name for pages. Nothing protective depends on it: every page and action checks for itself. */
export function proxy(request: NextRequest): NextResponse {
  if (!isText(request.url)) return new NextResponse(null, { status: 404 });
  const nonce = btoa(crypto.randomUUID());
  const isDevelopment = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  // Where somebody who has to sign in first was going to; read as text that anybody may have written (lib/domain/own-path.ts).
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cache-control", "private, no-store");
  // The page that stands in for all others when nothing else works can read this, and nothing of the server (app/global-error.tsx).
  if (process.env.STOREDESK_DRILL === "1") response.headers.set("server-timing", drillMark);
  if (!request.cookies.has(deviceCookie)) {
    response.cookies.set(deviceCookie, crypto.randomUUID(), {
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      maxAge: yearSeconds,
      secure: request.nextUrl.protocol === "https:",
    });
  }
  return response;
}

export const config = { matcher: ["/((?!api/|metrics$|_next/static|icon(?:-drill)?.svg).*)"] };
