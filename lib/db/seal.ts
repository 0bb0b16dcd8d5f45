import "server-only";
import { openEnvelope, sealEnvelope } from "./keys/envelope.ts";
import { type MasterKey, ownRing } from "./keys/master-key.ts";

const seal = (master: MasterKey, place: string, content: unknown) =>
  sealEnvelope(master, place, Buffer.from(JSON.stringify(content)));

const open = (place: string, sealed: Buffer): unknown =>
  JSON.parse(openEnvelope(ownRing(), place, sealed).toString("utf8"));

/** Where an account's secrets are sealed for. */
export const accountPlace = (slug: string) => `merchant_account:${slug}`;
/** Where the second factor of a person is sealed for. */
export const factorPlace = (staffId: string) => `second_factor:${staffId}`;

/** Seals an account's secrets under the master key of the books (`sealingKey`); they open for this slug alone. */
export function sealSecrets(
  master: MasterKey,
  slug: string,
  secrets: Readonly<Record<string, string>>,
): Buffer {
  return seal(master, accountPlace(slug), secrets);
}

/** Opens what `sealSecrets` made. Throws when the master key is another one or the row was tampered with. */
export function openSecrets(slug: string, sealed: Buffer): Record<string, string> {
  try {
    return open(accountPlace(slug), sealed) as Record<string, string>;
  } catch (error) {
    throw new Error(
      `the secrets of merchant account ${slug} do not open: another STOREDESK_MASTER_KEY sealed them`,
      { cause: error },
    );
  }
}

/** What an authenticator app was given, and the recovery codes as long as they are still to be written down. */
export type FactorSecrets = { readonly seed: string; readonly codes: readonly string[] };

/** Seals the second factor of an account under the master key of the books; it opens for this account alone. */
export function sealFactor(master: MasterKey, staffId: string, secrets: FactorSecrets): Buffer {
  return seal(master, factorPlace(staffId), secrets);
}

/** Opens what `sealFactor` made. Throws when the master key is another one or the row was tampered with. */
export function openFactor(staffId: string, sealed: Buffer): FactorSecrets {
  try {
    return open(factorPlace(staffId), sealed) as FactorSecrets;
  } catch (error) {
    throw new Error(`the second factor of ${staffId} does not open: another STOREDESK_MASTER_KEY sealed it`, {
      cause: error,
    });
  }
}
