// Bounded waits: for a condition that the SDK's events can bring about, and for a promise. Nothing waits longer than it
// takes; the bounds are for a machine that does much else, or stands still for a while.

const DEFAULT_MILLISECONDS = 60_000;

// What the SDK emits once its models hold what came.
const SIGNALS = ["syncComplete", "Room", "event"];

function conditionMet(emitter, what, condition, milliseconds = DEFAULT_MILLISECONDS) {
  let look, fail;
  const met = new Promise((resolve, reject) => {
    look = () => {
      try {
        if (condition()) {
          resolve();
        }
      } catch (error) {
        reject(error);
      }
    };
    fail = (error) => reject(new Error(`the SDK cannot sync: ${error.message}`));
  });
  SIGNALS.forEach((signal) => emitter.on(signal, look));
  emitter.on("syncError", fail);
  look();
  return within(milliseconds, what, met).finally(() => {
    SIGNALS.forEach((signal) => emitter.removeListener(signal, look));
    emitter.removeListener("syncError", fail);
  });
}

// what: a text, or a function that gives one when it is too late.
function within(milliseconds, what, promise) {
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

module.exports = { conditionMet, within };
