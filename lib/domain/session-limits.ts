import type { Role } from "./staff.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a session of a role lasts. */
export type SessionLimits = {
  /** Without a person's act the screen is locked after this: a PIN opens it again, and nothing that was typed is lost. */
  readonly lockMs: number;
  /** Without a person's act the session is over after this: a password opens a new one. */
  readonly idleMs: number;
  /** However busy it is, the session is over after this. */
  readonly absoluteMs: number;
};

const atTheDesk = { lockMs: 10 * minuteMs, idleMs: 15 * minuteMs, absoluteMs: 12 * hourMs };

/** Every limit of sessions, by role, and nowhere else (security.md 4.3; PCI 8.2.8 asks for 15 minutes). A counter is left more often. */
export const sessionLimits: Readonly<Record<Role, SessionLimits>> = {
  cashier: { lockMs: 15 * minuteMs, idleMs: 30 * minuteMs, absoluteMs: 12 * hourMs },
  manager: atTheDesk,
  owner: atTheDesk,
  auditor: atTheDesk,
};

/** The longest that any session can last: how long its cookie is kept. */
export const sessionLongestMs = Math.max(...Object.values(sessionLimits).map(({ absoluteMs }) => absoluteMs));
