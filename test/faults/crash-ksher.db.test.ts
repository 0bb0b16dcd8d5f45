import { isExhaustive } from "../thoroughness.ts";
import { type DeedName, deedNames } from "./parts/deeds.ts";
import { strikeEverywhere } from "./parts/enumerate.ts";
import { ksher, ksherWithoutRefundQuery } from "./parts/profile.ts";

/** `npm test` strikes what differs from the first gateway: its calls, and the question that finds a lost refund. */
const namesOf = (...differ: DeedName[]) => (isExhaustive ? deedNames : differ);

strikeEverywhere(namesOf("send", "query", "send a cancel"), ksher);
strikeEverywhere(namesOf("query"), ksherWithoutRefundQuery);
