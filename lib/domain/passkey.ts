import { z } from "zod";
import { limits } from "./limits.ts";

/** Base64url as WebAuthn sends it; what it holds, the server's verification says. */
const binary = (charactersMax: number) =>
  z
    .string()
    .min(1, "wrongPasskey")
    .max(charactersMax, "wrongPasskey")
    .regex(/^[\w-]+$/, "wrongPasskey");
/** An authenticator's name of a passkey has at most 1,023 bytes (WebAuthn 3, 4: credential ID). */
const credentialId = binary(1_364);
const clientDataJSON = binary(4_096);
const shape = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key", "wrongPasskey"),
  // No extension is asked for, so none is read.
  clientExtensionResults: z.object({}),
};

/** What a browser answers when a passkey was made. */
export const passkeyMadeForm = z.object({
  ...shape,
  response: z.object({
    clientDataJSON,
    attestationObject: binary(16_384),
    transports: z
      .array(z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]))
      .max(8)
      .catch([]),
  }),
});
export type PasskeyMade = z.output<typeof passkeyMadeForm>;

/** What a browser answers when a passkey was used. */
export const passkeyUsedForm = z.object({
  ...shape,
  response: z.object({
    clientDataJSON,
    authenticatorData: binary(4_096),
    signature: binary(2_048),
    userHandle: binary(96).optional(),
  }),
});
export type PasskeyUsed = z.output<typeof passkeyUsedForm>;

/** The name of a new passkey, and the password or a code. */
export const passkeyBeginForm = z.object({
  name: z.string().trim().min(1, "required").max(limits.passkeyNameLengthMax, "tooLong"),
  proof: z.string().min(1, "required").max(limits.passwordLengthMax, "tooLong"),
});
export const passkeyRemoveForm = z.object({
  passkeyId: z.uuid(),
  proof: z.string().min(1, "required").max(limits.passwordLengthMax, "tooLong"),
});
