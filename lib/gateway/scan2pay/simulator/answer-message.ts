import type { JsonObject } from "#lib/gateway/simulator/json.ts";
import { unspecifiedMethod } from "./protocol/methods.ts";
import { describeStatus } from "./protocol/status-codes.ts";
import { toTaipeiStamp } from "./protocol/taipei-time.ts";
import type { ServiceAnswer } from "./services/answer.ts";
import type { FaultKind } from "./state/faults.ts";
import type { World } from "./state/world.ts";

/** The message inside the envelope (section 3.2), with the fields a fault takes away or swaps. */
export function answerMessage(
  { settings, clock }: World,
  answer: ServiceAnswer,
  to: { readonly service: string; readonly mchId: string; readonly fault: FaultKind | undefined },
): JsonObject {
  const isTimeless = to.service === "OrderQuery" && !settings.orderQueryResponseTime;
  const emptyData = { object: {}, null: null, "empty-string": "", missing: undefined }[settings.errorData];
  const data = answer.data ?? emptyData;
  const whole = {
    Header: {
      StatusCode: to.fault === "missing-code" ? undefined : answer.code,
      StatusDesc: describeStatus(answer.code, settings.statusLanguage),
      Method: answer.method ?? unspecifiedMethod,
      ServiceType: to.service,
      MchId: to.mchId,
      ...(isTimeless ? {} : { ResponseTime: toTaipeiStamp(clock.now()) }),
    },
    Data: settings.dataForm === "string" && data !== undefined ? JSON.stringify(data) : data,
  };
  return to.fault === "wrong-echo" ? otherNumbers(whole) : whole;
}

/** Somebody else's order and refund numbers, in rows too, whatever form Data has. */
function otherNumbers(whole: JsonObject): JsonObject {
  const swapped = /(\\?"(?:StoreOrderNo|StoreRefundNo)\\?":\\?")[^"\\]*/g;
  return JSON.parse(JSON.stringify(whole).replace(swapped, "$1OTHER0001"));
}
