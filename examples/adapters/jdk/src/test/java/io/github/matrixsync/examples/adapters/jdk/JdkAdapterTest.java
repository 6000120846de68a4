package io.github.matrixsync.examples.adapters.jdk;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;

class JdkAdapterTest extends AdapterContract {
  JdkAdapterTest() {
    super("jdk");
  }

  static List<Threads> variants() {
    return Threads.available();
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return JdkAdapter.start(engine, tokens, threads.executor());
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.UNNOTICED;
  }
}
