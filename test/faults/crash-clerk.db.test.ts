import { strikeEverywhere } from "./enumerate.ts";

strikeEverywhere(["send", "query", "send a cancel"]);
