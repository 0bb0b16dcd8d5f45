import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { AccountSettings } from "#lib/gateway/gateway-kind.ts";
import { ksher } from "#lib/gateway/ksher/kind.ts";
import { startKsherSimulator } from "#lib/gateway/ksher/simulator/server.ts";
import { scan2pay } from "#lib/gateway/scan2pay/kind.ts";
import { startScan2PaySimulator } from "#lib/gateway/scan2pay/simulator/server.ts";

/** A gateway over HTTP and the settings of a merchant of it. */
export type TestGateway = {
  readonly origin: string;
  readonly mchId: string;
  readonly gateway: GatewayId;
  readonly currency: Currency;
  readonly timeZone: string;
  /** Its account as a provisioning file has it, and as it is stored. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly settings: AccountSettings;
  close(): Promise<void>;
};

/**
 * The gap of the tests, in ms: short, and kept all the same. The lane's is 60 (test/counter.ts): in one process the gateway's
 * own clock of an answer may run a few dozen ms behind ours on a busy machine.
 */
const queryGapMs = 20;

type Read = ReturnType<typeof scan2pay.readSettings>;

function settled(read: Read): AccountSettings {
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.value;
}

type Merchant = Record<string, string> & { ivs: string[] };

async function merchantOf(origin: string, mchId: string): Promise<Merchant> {
  const merchants: Merchant[] = await (await fetch(`${origin}/_control/merchants`)).json();
  const merchant = merchants.find((one) => one.mchId === mchId);
  if (!merchant) throw new Error(`no merchant ${mchId}`);
  return merchant;
}

/** Taiwan's gateway; `canPartial` chooses the merchant that may refund parts. */
export async function openScan2Pay({ slug, canPartial }: { slug: string; canPartial: boolean }) {
  const simulator = await startScan2PaySimulator({ settings: { queryGapMs } });
  const mchId = canPartial ? "S2PSIM0002" : "S2PSIM0001";
  const merchant = await merchantOf(simulator.origin, "S2PSIM0001");
  const entry = {
    ...{ slug, store: "1", gateway: "scan2pay", url: simulator.url, merchantId: mchId },
    ...{ partialRefund: canPartial, tradePassword: "1234", refundPassword: "0000" },
    ...{ publicKeyPem: merchant.publicKeyPem, iv: merchant.ivs[0] },
  };
  const gateway: TestGateway = {
    ...{ origin: simulator.origin, mchId, gateway: "scan2pay", currency: "TWD", timeZone: "Asia/Taipei" },
    ...{ entry, settings: settled(scan2pay.readSettings(entry)), close: () => simulator.close() },
  };
  return gateway;
}

/** Thailand's gateway; its account may refund parts, as often as it wants. */
export async function openKsher({ slug }: { slug: string }) {
  const simulator = await startKsherSimulator({ settings: { queryGapMs } });
  const { mchId, privateKeyPem, platformPublicKeyPem } = await merchantOf(simulator.origin, "mch99001");
  const entry = {
    ...{ slug, store: "1", gateway: "ksher", signVersion: "V1", appId: mchId },
    ...{ gatewayUrl: simulator.gatewayUrl, payUrl: simulator.payUrl },
    ...{ merchantPrivateKeyPem: privateKeyPem, platformPublicKeyPem },
  };
  const gateway: TestGateway = {
    ...{ origin: simulator.origin, mchId: String(mchId), gateway: "ksher", currency: "THB" },
    ...{ timeZone: "Asia/Bangkok", entry, settings: settled(ksher.readSettings(entry)) },
    close: () => simulator.close(),
  };
  return gateway;
}
