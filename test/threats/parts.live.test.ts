import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installFlags } from "#scripts/bootstrap/install.mjs";

test("T21: a script planted in a package does not run when packages are installed as we install them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-parts-"));
  try {
    mkdirSync(join(folder, "planted"));
    const mark = `node -e "require('fs').writeFileSync('${join(folder, "ran")}', '')"`;
    const scripts = { preinstall: mark, postinstall: mark };
    const write = (path: string, content: object) =>
      writeFileSync(join(folder, path), JSON.stringify(content));
    write("planted/package.json", { name: "planted", version: "1.0.0", scripts });
    write("package.json", { name: "shop", version: "1.0.0", dependencies: { planted: "file:planted" } });
    const said = execFileSync("npm", ["install", "--offline", "--install-links", ...installFlags], {
      // Our flags have to do it alone, whatever this machine's own settings say.
      ...{ cwd: folder, encoding: "utf8", env: { ...process.env, npm_config_ignore_scripts: "false" } },
    });
    expect(said).toContain("added 1 package");
    expect(readdirSync(folder).toSorted()).not.toContain("ran");
    expect(readdirSync(join(folder, "node_modules"))).toContain("planted");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
