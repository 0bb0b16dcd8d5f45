import type { RequestPath } from "./refund.ts";

/** What a server action tells a form: done, or why not. `why` and the values of `fields` are message keys under `errors`. */
export type ActionAnswer = {
  readonly ok: boolean;
  /** Which way a request took that was sent with the form. */
  readonly path?: RequestPath;
  readonly refusal?: {
    readonly why: string;
    readonly fields?: Readonly<Record<string, string>>;
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
