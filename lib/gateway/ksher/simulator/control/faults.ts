import { addFault } from "#lib/gateway/simulator/control/faults.ts";
import type { Body } from "#lib/gateway/simulator/control/input.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { type Fault, faultRules } from "../state/faults.ts";
import type { World } from "../state/world.ts";

/** Lays a fault in wait; the codes of this gateway are whole numbers. */
export function layFault(world: World, body: Body): Fault {
  if (body.kind === "code" && !/^-?\d{1,4}$/.test(String(body.code ?? 0)))
    throw new Refusal(400, '"code" must be a whole number as text, like "-6".');
  return addFault(world.faults, body, faultRules);
}
