export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("#lib/start.ts");
  const { isTraced } = await start();
  // Next makes the span of a request, and while developing it reads anew what was edited.
  if (isTraced || process.env.NODE_ENV === "development") return;
  const { answerPolls } = await import("#app/_server/answer-polls.ts");
  answerPolls();
}
