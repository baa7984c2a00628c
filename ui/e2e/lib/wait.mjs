// Waiting with an end: nothing in these journeys may hang.

/** Waits this long, in milliseconds. */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Asks again and again until the answer is truthy, and gives that answer.
 * A question that throws counts as "not yet"; its last error is told when time is up.
 */
export async function waitFor(what, question, { timeout = 20_000, every = 60 } = {}) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${timeout} ms for ${what}${last ? `; last: ${last.message}` : ""}`);
    }
    await pause(every);
  }
}

/** Fails with a reason unless the condition holds. */
export function expect(condition, why) {
  if (!condition) throw new Error(why);
}

/** Fails unless both are the same, told in full. */
export function expectSame(found, wanted, what) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
  }
}
