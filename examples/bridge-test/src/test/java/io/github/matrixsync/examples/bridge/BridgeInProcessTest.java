package io.github.matrixsync.examples.bridge;

/** The tests of the bridge in the process of the server. */
class BridgeInProcessTest extends BridgeTest {
  BridgeInProcessTest() {
    super(new InProcess());
  }
}
