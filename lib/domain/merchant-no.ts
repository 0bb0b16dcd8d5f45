const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const COUNTER_WIDTH = 12;
const CHECK_MODULUS = 1_021n;

/** Crockford base 32 at a fixed width. */
function encode(value: bigint, width: number): string {
  let rest = value;
  let text = "";
  for (let place = 0; place < width; place += 1) {
    text = ALPHABET[Number(rest % 32n)] + text;
    rest /= 32n;
  }
  if (rest !== 0n) throw new Error(`the counter ${value} does not fit ${width} places`);
  return text;
}

/**
 * Our number of a money operation at the gateway: `R`, the epoch letter (changes at every restore, so that no number is
 * used twice), twelve places of the counter and two check characters. 16 letters and digits: fits Scan2Pay's 20 (4.6)
 * and Ksher's 32 (6.5).
 */
export function merchantNo(epoch: string, counter: number): string {
  if (!/^[A-Z]$/.test(epoch)) throw new Error("the epoch is one capital letter");
  const value = BigInt(counter);
  return `R${epoch}${encode(value, COUNTER_WIDTH)}${encode(value % CHECK_MODULUS, 2)}`;
}
