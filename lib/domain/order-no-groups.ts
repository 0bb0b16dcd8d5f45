const groupSizes = [4, 3] as const;

/**
 * Parts an order number for the eye: letters and digits apart, long runs of digits in fours or threes. The parts joined
 * are the number itself, so that a copy of them is the number.
 */
export function groupOrderNo(orderNo: string): readonly string[] {
  const runs = orderNo.match(/\d+|\D+/g) ?? [];
  return runs.flatMap((run) => (/^\d{5,}$/.test(run) ? inGroups(run) : [run]));
}

function inGroups(digits: string): readonly string[] {
  const size = groupSizes.find((one) => digits.length % one === 0) ?? groupSizes[0];
  return digits.match(new RegExp(`\\d{1,${size}}`, "g")) ?? [digits];
}
