package io.github.matrixsync.examples.adapters.ktor;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;

class KtorAdapterTest extends AdapterContract {
  KtorAdapterTest() {
    super("ktor");
  }

  /** Coroutines run on the threads of the dispatchers of Kotlin. */
  static List<Threads> variants() {
    return List.of(Threads.PLATFORM);
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return KtorAdapter.start(engine, tokens);
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.NOTICED_ON_KEPT_CONNECTIONS;
  }
}
