/** What a server action tells a form: done, or why not. `why` and the values of `fields` are message keys under `errors`. */
export type ActionAnswer = {
  readonly ok: boolean;
  readonly refusal?: {
    readonly why: string;
    readonly fields?: Readonly<Record<string, string>>;
    /** Who was first, when somebody else decided. */
    readonly status?: string;
    readonly untilAt?: Date;
    /** In the log beside what went wrong. */
    readonly reference?: string;
  };
};
