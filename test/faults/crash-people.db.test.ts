import { strikeEverywhere } from "./parts/enumerate.ts";

strikeEverywhere(["request", "approve", "cancel", "write down what was seen", "settle by hand", "take over"]);
