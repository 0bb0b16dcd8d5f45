import { isJsonObject, type JsonObject } from "../json.ts";
import { Refusal } from "../state/refusal.ts";

/** What a simulator's settings may be: their defaults, and the words of those that are one of several. */
export type SettingRules<Settings extends object> = {
  readonly defaults: Settings;
  readonly words: { readonly [name: string]: readonly string[] };
};

/** `settings` with `changes` on top; an unknown name or value is refused and nothing is changed. */
export function changedSettings<Settings extends object>(
  rules: SettingRules<Settings>,
  settings: Settings,
  changes: object,
): Settings {
  const present: JsonObject = Object.fromEntries(Object.entries(settings));
  const checked = Object.entries(changes).map(([name, value]) => [
    name,
    checkedValue(rules, name, { value, present: present[name] }),
  ]);
  return { ...settings, ...Object.fromEntries(checked) };
}

function checkedValue<Settings extends object>(
  { defaults, words }: SettingRules<Settings>,
  name: string,
  { value, present }: { value: unknown; present: unknown },
): unknown {
  if (!Object.hasOwn(defaults, name)) throw new Refusal(400, `There is no setting "${name}".`);
  const standard: unknown = Object.entries(defaults).find(([known]) => known === name)?.[1];
  if (isJsonObject(standard)) return checkedFlags(name, Object.keys(standard), { value, present });
  const allowed = words[name];
  if (allowed && !allowed.some((word) => word === value))
    throw new Refusal(400, `"${name}" must be one of ${allowed.join(", ")}.`);
  if (typeof standard !== typeof value) throw new Refusal(400, `"${name}" must be a ${typeof standard}.`);
  if (typeof value === "number" && !(Number.isSafeInteger(value) && value >= 0))
    throw new Refusal(400, `"${name}" must be a whole number of 0 or more.`);
  return value;
}

/** A setting of several yes-or-no members; those not named stay as they are. */
function checkedFlags(
  name: string,
  members: readonly string[],
  { value, present }: { value: unknown; present: unknown },
): Record<string, unknown> {
  const next = { ...(isJsonObject(present) ? present : {}), ...(isJsonObject(value) ? value : { value }) };
  const isKnown = Object.keys(next).every((member) => members.includes(member));
  if (!isKnown || !members.every((member) => typeof Object(next)[member] === "boolean")) {
    const names = members.map((member) => `"${member}"`).join(" and ");
    throw new Refusal(400, `"${name}" must be an object with ${names}, each true or false.`);
  }
  return next;
}
