package io.github.matrixsync.examples.adapters.mvc;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;

class MvcAdapterTest extends AdapterContract {
  MvcAdapterTest() {
    super("spring-mvc");
  }

  static List<Threads> variants() {
    return Threads.available();
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return MvcAdapter.start(engine, tokens, threads == Threads.VIRTUAL);
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.UNNOTICED;
  }
}
