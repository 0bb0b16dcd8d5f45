import fc from "fast-check";

/**
 * Any character of Unicode, as a unit of fc.string(). Its own unit "binary" makes the same ones, but first lists all 1.1 million
 * of them for its shrinking: two seconds, whatever the test.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
