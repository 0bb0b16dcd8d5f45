import "server-only";

/** Why an owner may not do this to an account. */
export type StaffRefusal = {
  readonly why: "notAllowed" | "notYourself" | "notFound" | "notYourStore" | "signedOut";
};
