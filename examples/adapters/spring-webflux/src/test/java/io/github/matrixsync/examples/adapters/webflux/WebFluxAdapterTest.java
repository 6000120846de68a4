package io.github.matrixsync.examples.adapters.webflux;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;

class WebFluxAdapterTest extends AdapterContract {
  WebFluxAdapterTest() {
    super("spring-webflux");
  }

  /** Its event loops are platform threads. */
  static List<Threads> variants() {
    return List.of(Threads.PLATFORM);
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return WebFluxAdapter.start(engine, tokens);
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.NOTICED;
  }
}
