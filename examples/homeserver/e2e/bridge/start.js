// The bridge listens, the homeserver is started with its registration, and the two meet.

async function play(scene) {
  const { report, network, homeserver } = scene;
  await report.expect("the bridge listens and writes its registration", async () => {
    await network.launch();
    network.register();
  });
  await report.expect("the homeserver starts with it", async () => {
    scene.server = await homeserver.start("--appservice", network.registration);
  });
  await report.expect("the bridge knows its homeserver", () => network.connect(scene.server));
}

module.exports = { play, essential: true };
