import { strikeEverywhere } from "./parts/enumerate.ts";

strikeEverywhere(["send", "query", "send a cancel"]);
