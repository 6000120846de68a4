// A bounded wait. Nothing waits longer than it takes; the bound is for a machine that does much else.

const MOST_MILLISECONDS = 60_000;

// what: a text, or a function that gives one when it is too late.
export function within(milliseconds = MOST_MILLISECONDS, what, promise) {
  return new Promise((resolve, reject) => {
    const late = () => {
      const missed = typeof what === "function" ? what() : what;
      reject(new Error(`${missed}: not within ${milliseconds / 1000} s`));
    };
    const timer = setTimeout(late, milliseconds);
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
