package io.github.matrixsync.store.tck.rules.event;

/** What the rules of failures need of the class that runs them. */
public interface FailureSubject extends EventStoreSubject {
  /** Has every access to the storage fail from now on. */
  void failStorage();

  /** Has the storage work again. */
  void mendStorage();
}
