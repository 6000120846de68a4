// Plays the parts of a journey, one after the other, and ends the process: the exit status is 0 if
// every expectation was met in time.

// scene: what the parts share: report, participants, server; finish: called before the end.
async function perform(parts, scene, { seconds, finish = () => {} }) {
  const end = (status) => {
    scene.participants.forEach((participant) => participant.stop());
    finish(status);
    process.exit(status);
  };
  const giveUp = (error) => {
    console.error(error);
    scene.report.finish();
    end(1);
  };
  setTimeout(() => giveUp(`not done within ${seconds} s`), seconds * 1000);
  process.on("uncaughtException", giveUp); // the SDK throws what an answer's handler throws
  process.on("unhandledRejection", giveUp);
  ["SIGINT", "SIGTERM"].forEach((signal) => process.on(signal, () => end(130)));

  for (const part of parts) {
    try {
      await part.play(scene);
    } catch (error) {
      if (!error.reported) {
        giveUp(error);
      }
      if (part.essential) {
        break;
      }
    }
  }
  end(scene.report.finish() ? 0 : 1);
}

module.exports = { perform };
