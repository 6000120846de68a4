package io.github.matrixsync.examples.bridge;

/** The tests of the bridge over HTTP. */
class BridgeOverHttpTest extends BridgeTest {
  BridgeOverHttpTest() {
    super(new OverHttp());
  }
}
