/**
 * Preloaded by programs that use drizzle-orm: its package.json is 180 kB, and Node reads it again for every one of its
 * files that names another, which is most of the start of a script. The names inside the package are plain relative
 * paths of modules, so they are resolved here.
 */
import { registerHooks } from "node:module";

const inside = "/node_modules/drizzle-orm/";

registerHooks({
  resolve(name, context, next) {
    const from = context.parentURL;
    if (!from?.includes(inside) || !/^\.{1,2}\/.*\.js$/.test(name)) return next(name, context);
    return { url: new URL(name, from).href, format: "module", shortCircuit: true };
  },
});
