package io.github.matrixsync.store.tck.rules.event;

/** What the tests of failures need: a storage that can be made to fail. */
public interface FailureFixture extends EventStoreFixture {
  /** Makes every access to the storage fail from now on. */
  void failStorage();

  /** Makes the storage work again. */
  void mendStorage();
}
