/**
 * Makes a fresh clone runnable: installs the locked packages when they are missing or stale, builds when the build is
 * stale. Runs on whatever Node the machine has and needs nothing that has to be installed first.
 * `--no-build` stops after the packages.
 */
import { build, isBuildFresh } from "./bootstrap/build.mjs";
import { install, isInstallFresh } from "./bootstrap/install.mjs";
import { inTurn, WorkFailed } from "./bootstrap/work.mjs";

const nodeMajorMin = 20;
const wantsBuild = !process.argv.includes("--no-build");
const isReady = () => isInstallFresh() && (!wantsBuild || isBuildFresh());

async function makeReady() {
  if (!isInstallFresh()) await install();
  if (wantsBuild && !isBuildFresh()) await build();
}

try {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < nodeMajorMin)
    throw new Error(`Node ${nodeMajorMin} or newer is needed; this is ${process.version}.`);
  if (!isReady()) await inTurn(makeReady);
} catch (error) {
  if (error instanceof WorkFailed) console.error(error.said);
  console.error(`Storedesk: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
