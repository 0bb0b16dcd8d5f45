/** Ninety days of two stores' approvals with friends among them, the same for the same seed. */
export type Asked = {
  readonly day: number;
  readonly store: number;
  readonly requester: string;
  readonly approver: string;
};

/** A small generator with a seed (mulberry32), so that a run can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The friends: a cashier and a manager of each store, and two managers who approve each other. */
export const planted: readonly (readonly [string, string])[] = [
  ["cashier 0.1", "manager 0.0"],
  ["cashier 1.4", "manager 1.2"],
  ["manager 1.0", "manager 1.1"],
];

const isPlanted = (a: string, b: string) =>
  planted.some((pair) => pair.includes(a) && pair.includes(b) && a !== b);

type Friends = { readonly random: () => number; readonly hasFriends: boolean };

/** Who is on duty: two cashiers and a manager always share their shifts, which is no crime. */
function onDuty(random: () => number, store: number) {
  const isEarly = random() < 0.5;
  const managers = [0, 1, 2].filter((n) => n === 2 || random() < (n === 1 && isEarly ? 1 : 0.7));
  const cashiers = [0, 1, 2, 3, 4, 5].filter((n) => (n === 2 || n === 3 ? isEarly : random() < 0.7));
  const deciding = managers.map((n) => `manager ${store}.${n}`);
  return { deciding, asking: [...cashiers.map((n) => `cashier ${store}.${n}`), ...deciding] };
}

/** Who approves: one of the managers on duty, and a friend among them is waited for four times out of five. */
function chosen(requester: string, deciding: readonly string[], { random, hasFriends }: Friends) {
  const able = deciding.filter((one) => one !== requester);
  const friend = able.find((one) => isPlanted(one, requester));
  if (hasFriends && friend && random() < 0.8) return friend;
  return able[Math.floor(random() * able.length)];
}

/** Each day some of six cashiers and of three managers are on duty in each store; managers ask too. `hasFriends` false: nobody chooses. */
export function ninetyDays(seed: number, { hasFriends = true } = {}): readonly Asked[] {
  const random = randomOf(seed);
  return Array.from({ length: 90 }, (_, day) =>
    [0, 1].flatMap((store) => {
      const { deciding, asking } = onDuty(random, store);
      const wishes = asking.flatMap((who) => (who.startsWith("manager") ? [who] : [who, who]));
      return wishes.flatMap((requester) => {
        const approver = chosen(requester, deciding, { random, hasFriends });
        return approver ? [{ day, store, requester, approver }] : [];
      });
    }),
  ).flat();
}
