import "server-only";
import { randomUUID } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { appDatabase } from "#lib/db/pool.ts";
import { deviceCookie } from "#lib/domain/device-cookie.ts";
import { signInForm } from "#lib/domain/forms.ts";
import { sessionLongestMs } from "#lib/domain/session-limits.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { addressOf } from "./address-limit.ts";
import { readSession } from "./current-staff.ts";
import { signIn, signOut } from "./sign-in.ts";

/**
 * Name and safety of the session cookie. Cookies ignore ports, so the port is part of the name; a drill's has a name of its
 * own, so that neither desk signs the other out or takes its cookie for one of its own.
 */
export function sessionCookie(): { name: string; isSecure: boolean } {
  const url = new URL(env().STOREDESK_URL);
  const isSecure = url.protocol === "https:";
  const desk = env().STOREDESK_DRILL ? "storedesk-drill" : "storedesk";
  return { name: isSecure ? `__Host-${desk}` : `${desk}-${url.port || "80"}`, isSecure };
}

/** next-auth's own cookies while somebody signs in: sealed by the desk's secret, so a drill beside it needs names of its own too. */
function passingCookies(isSecure: boolean): NextAuthOptions["cookies"] {
  if (!env().STOREDESK_DRILL) return {};
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure } as const;
  const prefix = isSecure ? "__Host-" : "";
  return {
    csrfToken: { name: `${prefix}storedesk-drill-csrf`, options },
    callbackUrl: { name: `${prefix}storedesk-drill-callback`, options },
  };
}

const deviceInCookies = new RegExp(`(?:^|;\\s*)${deviceCookie}=([A-Za-z0-9-]{8,64})`);

/** The name of the device in a Cookie header. */
export function deviceOf(cookieHeader: string | null): string {
  return deviceInCookies.exec(cookieHeader ?? "")?.[1] ?? "unnamed";
}

/** next-auth's settings: the encrypted token carries a session id and nothing else; the database says what it is worth. */
export function authOptions(): NextAuthOptions {
  const { name, isSecure } = sessionCookie();
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionLongestMs / 1_000 },
    pages: { signIn: "/signin", error: "/signin" },
    cookies: {
      ...passingCookies(isSecure),
      sessionToken: { name, options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure } },
    },
    providers: [
      CredentialsProvider({
        credentials: { username: {}, password: {} },
        async authorize(tried, request) {
          const sent = (name: string): string | null => {
            const value: unknown = request.headers?.[name.toLowerCase()];
            return typeof value === "string" ? value : null;
          };
          // next-auth puts the message of whatever is thrown here into the address.
          try {
            const answer = await signIn(appDatabase(), {
              ...signInForm.parse(tried ?? {}),
              deviceId: deviceOf(sent("cookie")),
              address: addressOf(sent),
            });
            return answer.ok ? { id: answer.value } : null;
          } catch (error) {
            const reference = randomUUID().slice(0, 8);
            log.error(
              { reference, error: error instanceof Error ? error.stack : String(error) },
              "sign-in failed",
            );
            return null;
          }
        },
      }),
    ],
    events: {
      /** Whatever way somebody signs out, the session row ends with it. */
      async signOut({ token }) {
        const session =
          typeof token.sid === "string"
            ? await readSession(appDatabase(), token.sid, { isAction: false })
            : null;
        if (session) await signOut(appDatabase(), session.staff);
      },
    },
    callbacks: {
      // Only a fresh sign-in writes the token; what a browser sends to /session changes nothing.
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}
