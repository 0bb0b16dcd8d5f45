import { publicKeyOf } from "../protocol/rsa.ts";
import { merchantKeyPem, oldMerchantKeyPem } from "../protocol/test-keys.ts";

/** A merchant account at the simulated gateway. The built-in keys are made up and shown to whoever asks. */
export type Merchant = {
  /** Its appid. */
  mchId: string;
  publicKeyPem: string;
  /** Null when only the merchant has it. */
  privateKeyPem: string | null;
  partialRefund: boolean;
  /** Satang for refunds after the payment's day; null: always enough. */
  balance: number | null;
  /** Where notices of orders without mch_notify_url go; null sends none. */
  notifyUrl: string | null;
  enabled: boolean;
};

export function merchant(mchId: string, privateKeyPem: string, partialRefund: boolean): Merchant {
  const publicKeyPem = publicKeyOf(privateKeyPem);
  const account = { balance: null, notifyUrl: null, enabled: true };
  return { mchId, publicKeyPem, privateKeyPem, partialRefund, ...account };
}

export const defaultMerchants: readonly Merchant[] = [
  merchant("mch99001", merchantKeyPem, true),
  merchant("mch99002", oldMerchantKeyPem, false),
];
