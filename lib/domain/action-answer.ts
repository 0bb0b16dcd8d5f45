import type { RequestPath } from "./refund.ts";

/** What became of one of several things done with one press; `refusal` null: it was done. */
export type ItemAnswer = { readonly requestNo: string; readonly refusal: ActionAnswer["refusal"] | null };

/** What a server action tells a form: done, or why not. `why` and the values of `fields` are message keys under `errors`. */
export type ActionAnswer = {
  readonly ok: boolean;
  /** Which way a request took that was sent with the form. */
  readonly path?: RequestPath;
  /** Several were done with one press: what became of each. */
  readonly items?: readonly ItemAnswer[];
  /** The practice order that was made. */
  readonly orderNo?: string;
  /** What the browser's passkeys are asked, as JSON. */
  readonly passkey?: string;
  /** Recovery codes that were just made: shown now and never again. */
  readonly codes?: readonly string[];
  readonly refusal?: {
    readonly why: string;
    readonly fields?: Readonly<Record<string, string>>;
    /** Why more precisely, and which facts moved. */
    readonly because?: string;
    readonly changes?: readonly string[];
    /** What was decided, by whom and when, when somebody was first. */
    readonly status?: string;
    readonly by?: string | null;
    readonly at?: Date | null;
    /** Until when a lock holds, and how long that is from now by the server's clock, in ms. */
    readonly untilAt?: Date;
    readonly waitMs?: number;
    /** How many more wrong PINs before the lock. */
    readonly triesLeft?: number;
    /** What remains of the order, what is reserved of it, and by which requests. */
    readonly remainingMinor?: number;
    readonly reservedMinor?: number;
    readonly reservedBy?: readonly {
      readonly requestNo: string;
      readonly by: string;
      readonly canOpen: boolean;
    }[];
    /** In the log beside what went wrong. */
    readonly reference?: string;
  };
};
