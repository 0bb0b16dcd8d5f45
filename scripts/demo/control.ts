/** The control interface of a gateway simulator, as the demo uses it. */
const patienceMs = 10_000;
const pauseMs = 100;

export type Control = (method: "GET" | "POST", path: string, body?: object) => Promise<unknown>;

/** Asks a simulator; one that is just being started again is waited for. */
export function controlOf(origin: string): Control {
  return async (method, path, body) => {
    const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await reach(`${origin}/_control/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  for (const began = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, pauseMs))) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (Date.now() - began > patienceMs) throw error;
    }
  }
}

/** An order of the demo: what staff find, and what customer, till and gateway do to get it there. */
export type DemoOrder = { readonly no: string; readonly says: string; readonly make: () => Promise<unknown> };

/** Makes the orders that are not there yet, in their order. */
export async function makeMissing(control: Control, orders: readonly DemoOrder[]): Promise<void> {
  const known = new Set(
    ((await control("GET", "orders")) as { storeOrderNo: string }[]).map((one) => one.storeOrderNo),
  );
  for (const { no, make } of orders) if (!known.has(no)) await make();
}

/** Where the dashboard takes the gateway's notices; null when nobody said on which port it is. */
export function notifyUrlOf(slug: string): string | null {
  const port = process.env.PORT;
  return port ? `http://127.0.0.1:${port}/api/notify/${slug}` : null;
}
