package io.github.matrixsync.examples.adapters.vertx;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;

class VertxAdapterTest extends AdapterContract {
  VertxAdapterTest() {
    super("vertx");
  }

  /** Its event loops are platform threads. */
  static List<Threads> variants() {
    return List.of(Threads.PLATFORM);
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return VertxAdapter.start(engine, tokens);
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.NOTICED;
  }
}
