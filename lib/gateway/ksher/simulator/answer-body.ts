import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import { dataCanonical } from "./protocol/canonical.ts";
import { writeJson } from "./protocol/form.ts";
import { signMd5 } from "./protocol/rsa.ts";
import { type KeyVersion, platformKeyPems, strangerKeyPems } from "./protocol/test-keys.ts";
import { codeText } from "./protocol/texts.ts";
import { envelopeTime } from "./protocol/times.ts";
import type { ServiceAnswer } from "./services/answer.ts";
import type { Family } from "./services/catalogue.ts";
import type { Fault } from "./state/faults.ts";
import type { World } from "./state/world.ts";

type To = { readonly family: Family; readonly version: KeyVersion; readonly fault: Fault | undefined };

/** The HTTP body of an answer (section 5), with what a fault takes away, swaps or signs otherwise. */
export function answerBody(world: World, answer: ServiceAnswer, to: To): string {
  const { settings, clock } = world;
  const data = bentData(answer.data, to.fault);
  const code = to.fault?.kind === "missing-code" ? {} : { code: answer.code };
  const sign = isObject(data) ? signOf(data, answer.members, to) : {};
  const shownData = to.fault?.kind === "tampered" && isObject(data) ? tampered(data) : data;
  if (to.family === "gateway") {
    const text = answer.text ?? codeText(answer.code, settings.textLanguage);
    const texts = { msg: text, message: text };
    // A documented cancel has its data between the two texts.
    const whole =
      typeof data === "string"
        ? { ...code, msg: text, data, message: text }
        : { ...code, ...texts, ...(shownData === undefined ? {} : { data: shownData }), ...sign };
    return writeJson(whole, settings.jsonEscapes);
  }
  const frame = { status_code: "", status_msg: "", time_stamp: envelopeTime(clock.now()), version: "3.0.0" };
  const msg = answer.text ?? (answer.code === 0 ? "ok" : codeText(answer.code, settings.textLanguage));
  return writeJson({ ...code, msg, ...frame, data: shownData ?? {}, ...sign }, settings.jsonEscapes);
}

const isObject = (data: JsonObject | string | undefined): data is JsonObject => typeof data === "object";

function signOf(
  data: JsonObject,
  members: readonly string[] | undefined,
  { version, fault }: To,
): { sign?: string } {
  if (fault?.kind === "no-signature") return {};
  const other = version === "V1" ? "V2" : "V1";
  const pems = fault?.kind === "wrong-key" ? strangerKeyPems : platformKeyPems;
  const pem = pems[fault?.kind === "wrong-version" ? other : version];
  return { sign: signMd5(pem, dataCanonical(data, members)) };
}

/** What a fault changes before the signature: it verifies, and is wrong. */
function bentData(data: ServiceAnswer["data"], fault: Fault | undefined): ServiceAnswer["data"] {
  if (!isObject(data)) return data;
  if (fault?.kind === "wrong-echo") return otherNumbers(data);
  if (fault?.kind !== "result" || fault.code === undefined || data.result === undefined) return data;
  if (fault.code !== "FAIL") return { ...data, result: fault.code };
  const { nonce_str = "" } = data;
  return { err_code: "SIM_SCRIPTED", err_msg: "scripted", nonce_str, result: "FAIL" };
}

const numberNames = ["mch_order_no", "pay_mch_order_no", "ksher_order_no", "mch_refund_no"];

function otherNumbers(data: JsonObject): JsonObject {
  const swapped = Object.entries(data).map(([name, value]) => [
    name,
    numberNames.includes(name) ? "OTHER0001" : value,
  ]);
  return Object.fromEntries(swapped);
}

/** Changed after the signature: one more satang, or another result. */
function tampered(data: JsonObject): JsonObject {
  const amount = ["total_fee", "refund_fee"].find((name) => typeof data[name] === "number");
  if (amount !== undefined) return { ...data, [amount]: Number(data[amount]) + 1 };
  return { ...data, result: data.result === "SUCCESS" ? "FAIL" : "SUCCESS" };
}
